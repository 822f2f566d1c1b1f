"""What a number counts: the noun phrase after it, or the verb or noun that it belongs to."""

import re

from articles.data import read_sections
from articles.text.hints import has_any

_WORDS = read_sections("phrase_words.txt")
_WORD = re.compile(r"[ -]?([^\W\d_][\w’'-]*\.?)")
_STOP = _WORDS["ends_noun_phrase"]
_MORE_ADJECTIVES = frozenset(("other", "more", "additional", "further", "new", "extra", "different", "separate"))
_FATE = re.compile(
    r"\s+(?:\([^)]*\)\s+)?(?:(?:have|has|had|were|was|are|is|been|being|be|reported|confirmed|reportedly|feared|also|left|"
    r"now|still|seriously|badly|critically|shot|found|to|feared)\s+){0,5}"
    r"(killed|died|dead|injured|wounded|hurt|missing|arrested|detained|evacuated|displaced|rescued|hospitali[sz]ed|infected)\b"
)
_FATE_BEFORE = re.compile(
    r"\b(killed|killing|kills|injured|injuring|injures|wounded|wounding|hurt|hurting|arrested|arresting|detained|detaining|"
    r"evacuated|displaced|displacing|rescued|rescuing)(?: (?:at least|some|about|around|up to|as many as|more than|"
    r"nearly|almost|over|fewer than|less than|another|approximately|an estimated|no fewer than|all))? $"
)
_FATE_HINTS = ("kill", "injur", "wound", "hurt", "arrest", "detain", "evacuat", "displac", "rescu")
_TOLL_BEFORE = re.compile(
    r"\b(?:death toll|toll|number of (?:dead|deaths|people (?:killed|dead|who (?:had )?died))|deaths|fatalities)\b"
    r"[^.;0-9]{0,60}\b"
    r"(?:to|at|of|was|is|reached|hit|"
    r"stood at|passed|exceeded)(?: (?:at least|some|about|around|more than|nearly|almost|over|up to|approximately))? $",
    re.IGNORECASE,
)
_FATES = {"died": "dead", "killing": "killed", "kills": "killed", "injuring": "injured", "injures": "injured",
          "wounding": "wounded", "hurting": "hurt", "arresting": "arrested", "detaining": "detained",
          "displacing": "displaced", "rescuing": "rescued", "hospitalised": "hospitalized"}  # fmt: skip
_ROUGHLY = r"(?: (?:at least|some|about|around|up to|more than|nearly|almost|over|just over|approximately|roughly))?"
_GROUP_BEFORE = re.compile(
    rf"\b(staff|workforce|crew|crowd|population|membership|audience|team|squad|garrison|congregation|herd|flock) of"
    rf"{_ROUGHLY} $"
)
_NUMBER_BEFORE = re.compile(
    r"(?<!\ba )\b[Nn]umber of (?P<fate>(?:dead|missing|injured|wounded|evacuated|displaced|rescued|arrested) )?"
    r"(?P<noun>[^.;:0-9]{0,60}?)(?: (?:stands|rises|climbs|grows|jumps|falls|drops))?"
    rf" (?:to|at|of|was|is|reached|hit|passed|exceeded){_ROUGHLY} $"
)
"""What stands before a number that no noun follows: "a staff of 40", "the number of wrecked boats was put at 12"."""
_PEOPLE = frozenset(("people", "persons", "person"))
_PLURALS = _WORDS["plural"]
_NOT_PLURAL = ("ss", "us", "is", "'s", "’s")
_OF = re.compile(r"['’]? (?:worth of|in|of) ((?:[a-z][a-z-]+ ){0,2}[a-z][a-z-]{2,})")
_MODIFIER = re.compile(r"-(country|nation|member|state|person|man|woman|party|team|strong)\b")
_LONGEST = 5


def read_counted(
    words: str, start: int, end: int, unit: str | None, value: float, *, compound: bool = False
) -> str | None:
    """Lower-case noun phrase that the number at `[start, end)` counts, or `None` where the text does not say.

    "14 people were killed" counts "people killed"; "killed 14" counts "killed"; a death toll counts "deaths".
    """
    if compound:
        return _compound_head(words, end)
    if unit is not None:
        found = _OF.match(words, end)
        return _amount_of(found.group(1)) if found else None
    before = words[max(0, start - 110) : start]
    noun, after = _noun_phrase(words, end, value)
    return _with_fate(noun, words, after, before) or _named_before(before, value)


def _named_before(before: str, value: float) -> str | None:
    """What is counted, where that stands before the number."""
    if group := _GROUP_BEFORE.search(before) if before.endswith(" ") and " of" in before[-24:] else None:
        return group[1]
    number = _NUMBER_BEFORE.search(before) if "umber of " in before else None
    if number is None:
        return None
    noun = _noun_phrase(f" {number['noun']}", 0, value)[0]
    return " ".join(filter(None, (noun, (number["fate"] or "").strip()))) or None


def _with_fate(noun: str | None, words: str, after: int, before: str) -> str | None:
    fate = _FATE.match(words, after)
    past = _FATE_BEFORE.search(before) if has_any(before, _FATE_HINTS) else None
    if noun is None:
        if fate is not None:
            return _FATES.get(fate.group(1), fate.group(1))
        if past is not None:
            return _FATES.get(past.group(1), past.group(1))
        return "deaths" if _TOLL_BEFORE.search(before) else None
    verb = fate.group(1) if fate else past.group(1) if past else None
    return noun if verb is None else f"{noun} {_FATES.get(verb, verb)}"


def _amount_of(phrase: str) -> str | None:
    kept: list[str] = []
    for word in phrase.split():
        if word in _STOP or word.endswith("ly"):
            break
        kept.append(word)
    return " ".join(kept) or None


def _run(words: str, at: int) -> list[tuple[str, int]]:
    """Words that may belong to the noun phrase, each with its end."""
    found: list[tuple[str, int]] = []
    while len(found) < _LONGEST and (match := _WORD.match(words, at)):
        word = match.group(1)
        plain = word.rstrip(".").lower()
        if plain in _STOP and plain not in _MORE_ADJECTIVES:
            break
        found.append((plain, match.start(1) + len(word.rstrip("."))))
        at = match.end()
        if word.endswith(".") and len(word) > 3:
            break
    return found


def _noun_phrase(words: str, end: int, value: float) -> tuple[str | None, int]:
    if words[end : end + 1] == "-":
        return _hyphenated(words, end)
    run = _run(words, end)
    while run and run[0][0] in _MORE_ADJECTIVES and len(run) > 1:
        run = run[1:]
    last = next((at for at in range(len(run) - 1, -1, -1) if _is_plural(run[at][0])), None)
    if last is None and value == 1 and run:
        last = next((at for at, (word, _) in enumerate(run) if not word.endswith(("y", "n", "ed", "ing"))), 0)
    if last is None:
        return None, end
    return " ".join(word for word, _ in run[: last + 1]), run[last][1]


def _hyphenated(words: str, end: int) -> tuple[str | None, int]:
    """ "27-country bloc" counts countries; "10,000-strong crowd" counts the crowd."""
    match = _MODIFIER.match(words, end)
    if match is None:
        return None, end
    word = match.group(1)
    if word == "strong":
        return _compound_head(words, match.end()), end
    return (word if _is_plural(word) else _plural(word)), match.end()


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return {"person": "people", "man": "men", "woman": "women"}.get(
        noun, f"{noun}{'es' if noun.endswith('s') else 's'}"
    )


def _compound_head(words: str, end: int) -> str | None:
    run = _run(words, end)
    kept = [word for word, _ in run[:3]]
    return " ".join(kept) or None


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (word.endswith("s") and len(word) > 3 and not word.endswith(_NOT_PLURAL))
