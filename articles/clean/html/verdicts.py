"""Pages that are no article: error pages, bot checks, consent walls, paywall teasers."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from articles.clean.characters import squeeze
from articles.clean.draft import Piece
from articles.clean.patterns import any_of, load

_TABLE = load("pages")
_ERROR_TITLE, _ERROR_TEXT, _CONSENT, _CONSENT_TITLE, _PAYWALL = (
    any_of(_TABLE[name], _TABLE["parts"], re.IGNORECASE)
    for name in ("error_title", "error_text", "consent", "consent_title", "paywall")
)
_SHORT_PAGE = 700
_SHORT_CONSENT = 4000
_TEASER = 900


def page_verdict(title: str, pieces: Sequence[Piece], page: str, paywalled: bool) -> str | None:
    """The reason to refuse the page, `None` if it may be an article. `pieces`: its main text; `page`: its source."""
    main = " ".join(piece.text for piece in pieces)
    if _is_error(title, main):
        return "an error page, not an article"
    if _is_consent(title, main):
        return "a consent page, not an article"
    if len(main) < _TEASER and not _ends_whole(pieces) and (paywalled or _PAYWALL.search(_visible(page))):
        return "a paywall teaser, not the article"
    return None


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
    return len(texts) >= 3 and texts[-1].endswith((".", "”", '"', "!", "?")) and not texts[-1].endswith(("...", "…"))
