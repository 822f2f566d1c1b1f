"""Pages that are no article: error pages, bot checks, consent walls, paywall teasers."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from articles.clean.characters import squeeze
from articles.clean.draft import Piece
from articles.clean.lines.notices import notice_rule
from articles.clean.lines.shape import count_sentences, ends_sentence
from articles.clean.patterns import any_of, load

_TABLE = load("pages")
_ERROR_TITLE, _ERROR_TEXT, _CONSENT, _CONSENT_TITLE, _PAYWALL = (
    any_of(_TABLE[name], _TABLE["parts"], re.IGNORECASE)
    for name in ("error_title", "error_text", "consent", "consent_title", "paywall")
)
_SHORT_PAGE = 700
_SHORT_CONSENT = 4000
_TEASER = 900
_LEAST_TOLD = 2
_BROKEN_OFF = ("...", "…")


def page_verdict(title: str, pieces: Sequence[Piece]) -> str | None:
    """The reason to refuse the page, `None` if it may be an article. `pieces`: its main text."""
    main = " ".join(piece.text for piece in pieces)
    if _is_error(title, main):
        return "an error page, not an article"
    return "a consent page, not an article" if _is_consent(title, main) else None


def is_teaser(pieces: Sequence[Piece], page: str, paywalled: bool) -> bool:
    """Whether the main text is only what stands before a paywall. `page`: its source."""
    short = sum(len(piece.text) for piece in pieces) + len(pieces) <= _TEASER
    return short and not _ends_whole(pieces) and (paywalled or bool(_PAYWALL.search(_visible(page))))


def tells_something(pieces: Sequence[Piece]) -> bool:
    """Whether a teaser has whole sentences enough to be of use, none of them an offer to subscribe."""
    told = [piece.text for piece in pieces if piece.kind in ("paragraph", "line") and not _is_offer(piece.text)]
    return sum(map(_whole_sentences, told)) >= _LEAST_TOLD


def _is_offer(text: str) -> bool:
    return _PAYWALL.search(text) is not None or notice_rule(text) is not None


def _whole_sentences(text: str) -> int:
    whole = ends_sentence(text) and not text.endswith(_BROKEN_OFF)
    return count_sentences(text) - (0 if whole else 1)


def _visible(page: str) -> str:
    """All words that a reader sees, buttons too."""
    tree = LexborHTMLParser(page)
    for node in tree.css("script,style,template,noscript"):
        node.decompose()
    return squeeze(tree.body.text(deep=True, separator=" ")) if tree.body else ""


def _is_error(title: str, main: str) -> bool:
    if len(main) > 2 * _SHORT_PAGE:
        return False
    return (bool(_ERROR_TEXT.search(main[:_SHORT_PAGE])) and len(main) < _SHORT_PAGE) or bool(
        _ERROR_TITLE.search(title)
    )


def _is_consent(title: str, main: str) -> bool:
    """Every 20th word on consent in a short page, or half as many under a title that says it."""
    if len(main) > _SHORT_CONSENT:
        return False
    share = len(_CONSENT.findall(main)) / (main.count(" ") + 1)
    return share > 0.05 or (share > 0.025 and bool(_CONSENT_TITLE.search(title)))


def _ends_whole(pieces: Sequence[Piece]) -> bool:
    """A short item of three full paragraphs is an article whatever the page sells beside it."""
    texts = [piece.text for piece in pieces if piece.kind in ("paragraph", "line") and len(piece.text) > 60]
    return len(texts) >= 3 and texts[-1].endswith((".", "”", '"', "!", "?")) and not texts[-1].endswith(_BROKEN_OFF)
