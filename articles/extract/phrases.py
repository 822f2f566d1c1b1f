"""Runs of capitalised words, as candidates for names."""

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extract.lexicon import GIVEN_NAMES, JOINED_NAMES, LAST_WORDS

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƏȘȚ"
_DOTTED = (
    "Mr|Mrs|Ms|Dr|Gen|Sen|Sens|Rep|Reps|Gov|Govs|Lt|Col|Maj|Capt|Cpl|Sgt|Adm|Cmdr|Brig|Prof|Rev|Fr|Hon|Supt|Det|St|Ft|"
    "Mt|Jr|Sr|Inc|Corp|Co|Ltd"
)
# Possessive, as a letter given back can never end a word: to try each of them costs more than the word itself.
_REST = (
    rf"\w*+(?:(?:-(?=[{_UP}])|['’](?:(?=[{_UP}])|(?!s\b|S\b|re\b|ll\b|ve\b|d\b|t\b)(?=[^\W\d_]{{2}})))\w*+)*(?![\w-])"
)
# It begins with a set of characters, which sre searches for far faster than for alternatives.
_DOTTED_REST = "|".join(f"(?<={word[0]}){word[1:]}" for word in _DOTTED.split("|"))
_AFTER_CAPITAL = rf"(?:\.(?:[{_UP}]\.)*(?:[{_UP}]\b)?|(?=[a-z]{{1,4}}\.)(?:{_DOTTED_REST})\.|{_REST})"
_WORD = rf"(?:[{_UP}]{_AFTER_CAPITAL}|(?:al-|el-|ash-|an-|as-)[{_UP}]{_REST})"
# The same without small words before it.
_FIRST = rf"[{_UP}](?<![\w@#/].){_AFTER_CAPITAL}"
_PARTICLE = r"(?:de la|de los|de|del|della|di|da|dos|du|van der|van den|van|von der|von|der|bin|bint|ibn|al|el|ter)"
_BODY_LAST = "|".join(sorted(word for word, kind in LAST_WORDS.items() if kind == "organization" and word.isalpha()))
# "Dockers' Union" is one name, "Reuters' Ada Kord" is two: the members are an agent's plural, the last word a body's.
_MEMBERS = (
    rf"(?:(?:(?<=ers)|(?<=ors)|(?<=ists)|(?<=ants)|(?<=ents)|(?<=ees)|(?<=rses)|(?<=rans)|(?<=irls)|(?<=oys))['’] |"
    rf"(?:(?<=\bPeople)|(?<=[Ww]omen)|(?<=\bMen)|(?<=\bChildren))['’]s )"
    rf"(?=(?:[{_UP}][\w-]* (?:and |of )?){{0,4}}?(?:{_BODY_LAST})(?![\w’'-]))"
)
# How every further word begins: after most names a look at two letters is enough.
_GOES_ON = rf"(?= (?:[{_UP}&]|of |d[aeiou]|v[ao]n|bi|ib|al|el|te|as|an-)|['’])"
_PHRASE = re.compile(rf"{_FIRST}(?:{_GOES_ON}(?: (?:{_PARTICLE} )?| of (?:the )?| & |{_MEMBERS}){_WORD})*")
_PARTICLE_ENDS = frozenset(
    ["la", "os", "de", "el", "di", "da", "du", "er", "en", "an", "on", "in", "nt", "bn", "al", "sh", "as"]
)
"""Last two letters of the small words: a quick look before the expression."""
_PARTICLE_BEFORE = re.compile(rf"(?<!\w){_PARTICLE} $|(?<!\w)(?:al|el|ash|an|as)-$")
_NAMES_WITH_SMALL_WORDS = AhoCorasick(JOINED_NAMES, matchkind=MatchKind.LeftmostLongest)
_OPENING = " \n\"“‘'«(["
_MARKS = '"“‘«'
_BEFORE_NICKNAME = frozenset((' "', " “", " '", " ‘"))
_AFTER_NICKNAME = frozenset(('" ', "” ", "' ", "’ "))


Phrase = tuple[str, int, bool]
"""A run of capitalised words, with the small words that join them; its start; whether its place asks for a capital."""


def find_joined(text: str) -> list[tuple[int, int]]:
    """Spans of gazetteer names that hold small words ("Trinidad and Tobago")."""
    found = _NAMES_WITH_SMALL_WORDS.find_matches_as_indexes(text)
    return [(start, end) for _, start, end in found if _stands_alone(text, start, end)]


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not text[max(0, start - 1) : start].isalnum() and not text[end : end + 1].isalnum()


def find_phrases(text: str, since: int, until: int) -> list[Phrase]:
    """All phrases of the sentence at `[since, until)`."""
    found: list[Phrase] = []
    for match in _PHRASE.finditer(text, since, until):
        start, end = match.span()
        if start - since > 2 and text[start - 3 : start - 1] in _PARTICLE_ENDS:
            start = _with_particle(text, since, start)
        # Most stand after a word and a space: a look at both spares them the longer one.
        within = start - since > 1 and text[start - 1] == " " and text[start - 2].isalnum()
        found.append((text[start:end], start, not within and _is_initial(text, since, start)))
    return found if len(found) < 3 else _with_nicknames(text, found)


def _with_nicknames(text: str, found: Sequence[Phrase]) -> list[Phrase]:
    """A given name, a phrase in marks and another phrase are one name ("Peter “Pip” Kord")."""
    kept: list[Phrase] = []
    for phrase in found:
        if text[phrase[1] - 2 : phrase[1]] in _AFTER_NICKNAME and len(kept) > 1 and _is_nickname(text, kept, phrase):
            given = kept[-2]
            kept[-2:] = [(text[given[1] : phrase[1] + len(phrase[0])], *given[1:])]
        else:
            kept.append(phrase)
    return kept


def _is_nickname(text: str, before: Sequence[Phrase], last: Phrase) -> bool:
    (given, given_at, _), (nickname, at, _) = before[-2:]
    opens = text[given_at + len(given) : at] in _BEFORE_NICKNAME
    return opens and given in GIVEN_NAMES and last[1] - at - len(nickname) == 2


def _with_particle(text: str, since: int, start: int) -> int:
    """Where the name begins if a small word before its first capital belongs to it ("von der Mey", "al-Kord")."""
    if text[start - 1] not in " -":
        return start
    found = _PARTICLE_BEFORE.search(text, max(since, start - 8), start)
    return found.start() if found else start


def _is_initial(text: str, since: int, at: int) -> bool:
    """Whether the place alone asks for a capital: after the end of a sentence, a colon or an opening mark."""
    before = at
    while before > since and text[before - 1] in _OPENING:
        before -= 1
    if before == since or text[at - 1] in _MARKS:
        return True
    last = text[before - 1]
    return last in ".!?:…•" or (last in ")”’»" and text[max(since, before - 2) : before - 1] in (".", "!", "?"))
