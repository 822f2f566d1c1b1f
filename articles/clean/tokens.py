"""Texts whose marks stand apart from the words ("the mayor , 61 , said"), as tokenisers for corpora leave them.

The marks go back to where a writer puts them, by the conventions of the Penn Treebank's tokenisation read backwards;
some tools part numbers, times and initials as well ("1 , 200", "5 . 9", "U . S .").
"""

import re
from collections.abc import Sequence
from operator import add

from articles.clean.moments import MONTHS

RESTORED = "marks of a tokenised text restored"
_LEAST_APART = 2
_APART_FOR_EACH_BOUND = 4
_APART = re.compile(r"(?<=\w)(?: [,.](?=\s|$)| (?:'s|n't)\b)")
_BOUND = re.compile(r"\w[,.](?=\s|$)")
_THOUSANDS = re.compile(r"(?:\b([^\W\d]+)\.? )?(?<![\d.])(\d{1,3}(?: , \d{3})+)(?!\d)")
_WHOLE_NUMBER = re.compile(r"\d,\d{3}\b")
_RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"`` ?", "“"),
        (r" ?''", "”"),
        (r" ?\. \. ?\.(?=\s|$)", "..."),
        (r"(?<=\b[A-Za-z]) \. (?=[A-Za-z] \.)", "."),
        (r"(?<!\d{4}) \. (?=\d)(?<=\d \. )", "."),
        (r"(?<=\d) ([:/]) (?=\d\d)", r"\1"),
        (r" n(['’])t\b", r"n\1t"),
        (r"(?<=\w) ?(['’]) ?(?=(?:s|re|ve|ll|d|m)\b)", r"\1"),
        (r"(?<=[(\[“$£€#]) +", ""),
        (r"(?<! ) +(?=[,.;:?!%)\]”])", ""),
    )
)


_INNER_HYPHEN = re.compile(r"[a-z\d]-[a-z]")
_HYPHEN = re.compile(r"(?<=[^\W_]) - (?=[^\W_])")
_ASIDE = (
    "a an the and or but nor so if as at by for from in of on to with who whose which that this these those it he she "
    "they we you i his her their its our my not no is was are were has have had will would where when while because "
    "including perhaps even just one two three most some many all"
)
_AFTER_DASH = frozenset(_ASIDE.split())
"""Words that may follow a dash and seldom the hyphen of a compound, but in its middle ("hit-and-run")."""
_LONE_QUOTE = re.compile(r"(?<!s) ' (?=\w)")
_OF_MANY = re.compile(r"(?<=s) ' (?=\w)")


def is_tokenised(text: str) -> bool:
    """Whether commas and full stops stand apart from the word before them, all but a few."""
    if " ," not in text and " ." not in text:
        return False
    apart = len(_APART.findall(text))
    return apart >= _LEAST_APART and apart >= _APART_FOR_EACH_BOUND * len(_BOUND.findall(text))


def restore_marks(text: str) -> str:
    """A tokenised text as a writer would have set it."""
    if not _WHOLE_NUMBER.search(text):
        text = _THOUSANDS.sub(_number, text)
    if not _INNER_HYPHEN.search(text):
        text = _join_compounds(text)
    if not _LONE_QUOTE.search(text):
        text = _OF_MANY.sub("' ", text)
    for pattern, by in _RULES:
        text = pattern.sub(by, text)
    return "\n".join(map(_close_quotes, text.split("\n")))


def _join_compounds(text: str) -> str:
    """ "multi - boat" is a compound: only for a text whose tokeniser parted all of them."""
    parts = _HYPHEN.split(text)
    marks = ("-" if _is_compound(parts, number) else " - " for number in range(1, len(parts)))
    return parts[0] + "".join(map(add, marks, parts[1:]))


def _is_compound(parts: Sequence[str], number: int) -> bool:
    """Whether a word in small letters follows that begins no aside, or one that stands alone between two marks."""
    following = parts[number].split(maxsplit=1)[0]
    alone = following == parts[number] and number + 1 < len(parts)
    return following[0].islower() and (alone or following not in _AFTER_DASH)


def _close_quotes(line: str) -> str:
    """Straight double quotes in turn open and close; a line with an odd number of them stays as it is."""
    parts = line.split('"')
    if len(parts) % 2 == 0 or len(parts) == 1:
        return line
    inside = [part.strip(" ") if number % 2 else part for number, part in enumerate(parts)]
    return '"'.join(inside)


def _number(match: re.Match[str]) -> str:
    """ "2 , 000" is a number, "Nov 11 , 200 people" is not."""
    if match[1] and match[1].lower() in MONTHS:
        return match[0]
    return match[0].replace(" , ", ",")
