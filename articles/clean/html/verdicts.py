"""Pages that are no article: error pages, bot checks, consent walls, paywall teasers."""

import re
from collections.abc import Sequence

from articles.clean.draft import Piece

_ERROR_TITLE = re.compile(
    r"^(?:(?:error )?(?:40[0-9]|410|429|50[0-4])\b|(?:http )?error\b|page (?:not found|cannot be found|unavailable|gone)|not found|access (?:denied|forbidden)|"
    r"forbidden|just a moment|attention required|are you (?:a robot|human)|robot check|bad gateway|service unavailable|internal server error|"
    r"(?:oops|sorry)\b|security check|please verify|pardon our interruption|site maintenance|one moment|checking your browser|ddos)"
    r"|\b(?:page not found|404 error|error 404)\b|^404$",
    re.IGNORECASE,
)
_ERROR_TEXT = re.compile(
    r"\b(?:page (?:you (?:are|were) looking for|you requested|cannot be found|could not be found|does not exist|not found)|checking your browser|verify (?:that )?you are (?:a )?human|"
    r"enable javascript and cookies to continue|you don'?t have permission to access|unusual traffic|ray id|reference #)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|gdpr|privacy (?:policy|settings|choices)|personal data|legitimate interest|third[- ]part(?:y|ies)|our partners|accept all|reject all|manage options|einwilligung|datenschutz)\b",
    re.IGNORECASE,
)
_CONSENT_TITLE = re.compile(r"\b(?:before you continue|privacy (?:wall|settings|choices)|cookie (?:consent|wall|settings)|consent|we value your privacy|your privacy)\b", re.IGNORECASE)
_PAYWALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|read|unlock)|(?:to )?continue reading|already a (?:subscriber|member)|subscribers? only|for subscribers|members only|unlock this (?:article|story)|"
    r"start your (?:free )?(?:trial|subscription)|log in to (?:continue|read)|sign in to (?:continue|read)|register to (?:continue|read)|remaining free articles|nur für abonnenten|réservé aux abonnés|solo para suscriptores)\b",
    re.IGNORECASE,
)
_SHORT_PAGE = 700
_SHORT_CONSENT = 4000
_TEASER = 900


def page_verdict(title: str, pieces: Sequence[Piece], whole: str, paywalled: bool) -> str | None:
    """The reason to refuse the page, `None` if it may be an article. `whole` is all visible text, `pieces` the main one."""
    main = " ".join(piece.text for piece in pieces)
    if _is_error(title, main):
        return "an error page, not an article"
    if _is_consent(title, main):
        return "a consent page, not an article"
    if len(main) < _TEASER and (paywalled or _PAYWALL.search(whole)) and not _ends_whole(pieces):
        return "a paywall teaser, not the article"
    return None


def _is_error(title: str, main: str) -> bool:
    if len(main) > 2 * _SHORT_PAGE:
        return False
    return bool(_ERROR_TEXT.search(main[:_SHORT_PAGE])) and len(main) < _SHORT_PAGE or bool(_ERROR_TITLE.search(title))


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
