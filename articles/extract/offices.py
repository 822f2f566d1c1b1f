"""What office a person is given beside the name: "Ada Kord, the union's general secretary", "its chair, Ada Kord"."""

import re

from articles.extract.lexicon import LOWER_TITLES, TITLE_MODIFIERS

OFFICE_WORDS = LOWER_TITLES | {word.lower() for word in TITLE_MODIFIERS}
"""Lower-case words that titles are made of."""
_SINGLE = frozenset(
    ("executive", "secretary", "president", "chairman", "chairwoman", "chair", "mayor", "director", "governor")
)
"""Offices that a body has one of: "its director" is the one of the article, "its lawyer" may be anybody."""
_LESSER = frozenset(("former", "vice", "deputy", "assistant", "acting", "interim", "late"))
_WORD = re.compile(r"[\w’'-]+")
_AFTER = re.compile(r",\s+((?:[\w’'-]+\s+){0,4}?[\w-]+)(?=,|\.|;|\s(?:of|for|at|in|who|and|said|told|says)\b)")
_BEFORE = re.compile(r"(?:^|\b(?:the|its|his|her|their|a)\s+|['’]s?\s+)((?:[a-z-]+\s+){0,3}[a-z-]+),\s+$")
_OWNER = re.compile(r".*(?:['’]s?|\bits)\s+(?=\S)", re.IGNORECASE | re.DOTALL)
_CLOSES = re.compile(r"[,.;:?!\"”’)]|\s*$|\s[–—-]")
_APPOSITION = re.compile(r",\s+(?=\S)")


def offices_beside(text: str, start: int, end: int) -> set[str]:
    """Words of the offices in apposition to the name at `[start, end)`."""
    found = set[str]()
    if text[end : end + 1] == "," and (after := _AFTER.match(text, end)):
        found.update(_last_run(after.group(1)))
    if text[max(0, start - 2) : start - 1] == "," and (before := _BEFORE.search(text, max(0, start - 70), start)):
        found.update(_last_run(before.group(1)))
    return found


def _last_run(words: str) -> list[str]:
    """The office words that the phrase ends with."""
    run: list[str] = []
    for word in reversed(_WORD.findall(words)):
        if word not in OFFICE_WORDS:
            break
        run.append(word)
    return run if run and run[0] in LOWER_TITLES else []


def is_office(words: str) -> bool:
    """Whether a noun phrase names an office ("the company's chief executive")."""
    return bool(_last_run(words))


def name_beside(text: str, end: int) -> int | None:
    """Where a name would begin that stands in apposition to the phrase that ends there."""
    comma = _APPOSITION.match(text, end)
    return comma.end() if comma else None


def closes(text: str, end: int) -> bool:
    """Whether the apposition ends with the name, so that it is not the next clause's subject."""
    return _CLOSES.match(text, end) is not None


def without_owner(words: str) -> str | None:
    """The office in "the union's general secretary"; `None` if nobody owns it, or many may hold it."""
    owner = _OWNER.match(words)
    if owner is None:
        return None
    run = _last_run(words[owner.end() :])
    return words[owner.end() :] if run and run[0] in _SINGLE else None


def is_lesser(roles: set[str], wanted: set[str]) -> bool:
    """Whether the roles are a former or deputy holder's, who is not meant."""
    return bool(roles & _LESSER - wanted)
