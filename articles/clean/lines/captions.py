"""Photo captions and photo credits between the paragraphs of an article.

Sure signs settle it alone: a photo credit, a side in brackets, "pictured". A short sentence without a finite verb
("A van crushed by a tree near the town of Z.") is a caption too. What remains in doubt stays in the text.
"""

import re

from articles.clean.lines.shape import count_sentences, ends_sentence
from articles.clean.lines.verbs import lacks_finite_verb
from articles.clean.patterns import any_of, load
from articles.text.hints import any_in, has_any

MAX_CAPTION = 420
"""Characters: agencies' longest captions; a paragraph above it is never one."""

_MAX_SENTENCE = 200
_TABLE = load("captions")
_PARTS = _TABLE["parts"]
_CREDIT, _MARKED_CREDIT, _CAPTION = (
    any_of(_TABLE[name], _PARTS, re.IGNORECASE) for name in ("photo_credit", "marked_credit", "photo_caption")
)
_CREDIT_MARKS = ("/", "|", "©")
_CREDIT_ENDS = tuple((tuple(entry["needs"]), any_of(entry["any"], _PARTS)) for entry in _TABLE["credit_end"])
_SIDE = any_of(_TABLE["side"], _PARTS)
_SEEN = any_of(_TABLE["seen"], _PARTS)
_IS_SEEN = any_of(_TABLE["is_seen"], _PARTS)
_SIDE_AND_DATE = re.compile(r"[^,]{3,80}(?:,[^,]{3,60})?, (?:left|right|cent(?:er|re)),.{10,200}?\b(?:19|20)\d\d\. ")
_may_end_in_credit = any_in(
    [
        *["/", "(", "[", "©", "|", "hoto", "HOTO", "mage", "ic:", "redit", "Getty", "stock", "ndout", "AFP", "AP"],
        *["pic", "ic by", ", for"],
    ]
)
_SIDE_HINTS = ("(", " left", " right", "clockwise", ", center,", ", centre,", ", top,")
_SEEN_HINTS = (" seen ", " pictured ", " photographed ", " shown ")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|told|can|could|may|might|must|should|shows?)\b"
)
_SPEECH = re.compile(r"\b(?:said|says|told|added|asked|insisted|warned|noted|stated|wrote|according to)\b")


def photo_credit_rule(text: str) -> str | None:
    """The rule by which a line is nothing but a photo credit or an announced caption."""
    if len(text) > MAX_CAPTION:
        return None
    if _CREDIT.match(text) or (has_any(text, _CREDIT_MARKS) and _MARKED_CREDIT.match(text)):
        return None if ends_sentence(text) and _FINITE.search(text) else "photo credit"
    return "photo caption" if _CAPTION.match(text) else None


def caption_rule(text: str) -> str | None:
    """The rule by which a line that stands between paragraphs describes a picture; `None` if that is not sure."""
    if len(text) > MAX_CAPTION:
        return None
    if _may_end_in_credit(text[-160:]) and _ends_in_credit(text) and count_sentences(text) <= 4:
        return "caption with credit"
    if text[0] in "\"“‘'«":
        return None
    if has_any(text, _SIDE_HINTS) and _names_sides(text):
        return "caption naming sides"
    if len(text) > _MAX_SENTENCE:
        return None
    if has_any(text, _SEEN_HINTS) and _is_seen(text):
        return 'caption with "seen"' if count_sentences(text) == 1 else None
    lacks = " by " in text and ends_sentence(text) and lacks_finite_verb(text)
    return "caption without a verb" if lacks and count_sentences(text) == 1 else None


def _ends_in_credit(text: str) -> bool:
    return any(has_any(text, needs) and pattern.search(text) for needs, pattern in _CREDIT_ENDS)


def _names_sides(text: str) -> bool:
    """One sentence, or several of which the first gives a full date too, as agencies do."""
    if not _SIDE.search(text) or _SPEECH.search(text) or has_any(text, ('"', "“", ":")):
        return False
    return count_sentences(text) == 1 or bool(_SIDE_AND_DATE.match(text))


def _is_seen(text: str) -> bool:
    if _SPEECH.search(text):
        return False
    if _IS_SEEN.match(text):
        return True
    seen = _SEEN.match(text)
    return bool(seen) and not _FINITE.search(text)
