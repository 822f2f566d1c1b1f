"""Which of several sentences says a thing most clearly to a reader who has read nothing else."""

import re
from collections.abc import Iterable
from functools import lru_cache

from stories.fold.lines import Line

_LEADING = re.compile(
    r"^[\"“‘'(]*(he|she|it|they|we|i|this|that|these|those|his|her|their|its|our|both|such|but|and|yet|or|so|however|"
    r"meanwhile|moreover|also|still|then|there|later|earlier|instead|nevertheless|nonetheless|in the meantime|"
    r"in addition|additionally|furthermore|besides|for (?:example|instance)|as a result|on the other hand|"
    r"following (?:the|these|those))\b",
    re.IGNORECASE,
)
# These begin with letters and look back only then: the engine skips to letters much faster than to "\b".
_HE = r"he(?:(?<=\bhe)|(?<=\bshe)|(?<=\bthe)y)"
_BACKWARD = re.compile(rf"{_HE}\b")
_CAPITAL = re.compile(r"[A-Z](?<=[a-z,] .)[a-z]{2,}")
_VOICE = re.compile(
    r"\b(?:[Mm][ey]|[Ww]e|[Oo]ur|us|[Yy]our?)\b|\b[a-z]+ I\b"
    r"|(?:^|[^\w ] )I(?:['’]| (?:am|was|have|had|will|would|can|could|do|did|think|thought|believe|know|knew|want|feel"
    r"|hope|see|saw|say|said|spent|remember|wonder|suspect|expect|never|also|often|once|just|still)\b)"
)
"""The writer, or the reader who is spoken to: a comment, and no report. "I ministri" begins an Italian sentence."""
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
_ENDS = frozenset(".!?…")
_CLOSING = "\"”’')"
_HE_SAID = re.compile(rf"{_HE} (?:said|added|told|wrote|stated|asserted)\b")
_SAID_HE = re.compile(r"\b(?:said|added) (?:he|she)\b")


@lru_cache(maxsize=1 << 14)
def clarity(text: str) -> float:
    """How well a sentence stands alone, 0 to 1.

    It reports, and neither asks nor speaks of the writer or to the reader; no word leans on what came before; people
    are named; it is of medium length.
    """
    words = len(text.split())
    score = 1.0
    score -= 0.35 if _LEADING.match(text) else 0.0
    if _BACKWARD.search(text.lower()):
        score -= 0.25 if _is_attributed(text) else 0.1
    score -= 0.15 if text[:1] in "\"“‘'" else 0.0
    score -= 0.0 if _CAPITAL.search(text) else 0.15
    score -= 0.0 if text.removesuffix("\n").rstrip(_CLOSING)[-1:] in _ENDS else 0.3
    score -= 0.45 if text.rstrip(_CLOSING).endswith("?") else 0.0
    score -= 0.45 if _VOICE.search(_QUOTED.sub("", text)) else 0.0
    score -= 0.02 * max(0, 10 - words) + 0.01 * max(0, words - 34)
    return round(max(0.0, score), 4)


def _is_attributed(text: str) -> bool:
    if _HE_SAID.search(text):
        return True
    return ("d he" in text or "d she" in text) and _SAID_HE.search(text) is not None


def clearest(lines: Iterable[Line]) -> Line:
    """The line that stands alone best; the first of equals, so that a later copy changes nothing."""
    lines = list(lines)
    return max(lines, key=lambda line: clarity(line.text)) if len(lines) > 1 else lines[0]
