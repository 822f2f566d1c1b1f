"""Who wrote and who is credited: bylines, reporting credits, agency sign-offs."""

import re

from articles.clean.agencies import AGENCIES, agencies_in
from articles.clean.lines.shape import ends_sentence
from articles.clean.patterns import any_of, fill, load
from articles.text.hints import has_any

_PERSON = r"[A-ZÀ-Þ][\w'’.\-]*(?:[ \-](?:[A-ZÀ-Þ][\w'’.\-]*|de|da|van|von|der|den|al|bin|la|le|el|du|di)){1,4}"
_JOIN = r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|AND|&|und|et|y)\s+|\s*/\s*|\s+in\s+\w+\s*[,;]\s*)"
_TABLE = load("signatures")
_BY = f"(?:{'|'.join(_TABLE['opening'])})"
_REST = r"(?:\s?[,|•·–—]|\s-\s|\s(?:for|in|at|of|\|)\s|/|\().{0,90}"
_BYLINE = re.compile(rf"^{_BY}:?\s+(?P<names>{_PERSON}(?:{_JOIN}{_PERSON}){{0,4}})(?P<rest>{_REST})?$")
_AGENCY_BY = re.compile(rf"^{_BY}:?\s+(?:{AGENCIES})\W*$")
_REPORTING, _CONTRIBUTED = (
    re.compile(rf"^[(\[]?(?:{fill('|'.join(_TABLE[name]), {'agencies': AGENCIES})})[)\]]?\W*$", re.IGNORECASE)
    for name in ("reporting", "contributed")
)
_LONE_AGENCY = re.compile(rf"^[(\[/–—-]*\s*(?:{AGENCIES}|agencies|Agencies|AGENCIES)\s*[)\]/.]*$")
_SIGN_OFF = re.compile(
    rf"\s*(?:[(\[/]\s?(?:{AGENCIES})\s?[)\]/]\.?|[—–]\s?(?:{AGENCIES})\.?|(?<=[.!?”\"]) ?-\s?(?:{AGENCIES})\.?)$"
)
_BIO = any_of(_TABLE["note"], {}, re.IGNORECASE)
_BIO_HINTS = ("@", "witter", "acebook", "on X", "Follow ", "Contact ", "Reach ")
_NAME_LINE = re.compile(r"(?:[A-ZÀ-Þ][\w'’\-]*\.?)(?: (?:[A-ZÀ-Þ][\w'’\-]*\.?|de|da|van|von|der|al|bin)){1,3}$")
_NO_NAME = any_of(_TABLE["no_name"], {}, re.IGNORECASE)
_LONE_BRACKET = re.compile(r"^\(([A-Z][\w.&]*(?: [A-Z][\w.&]*){0,2})\)$")
_AGENCY_NAME = re.compile(
    r"[A-Z][\w'’]*(?: [A-Z][\w'’]*){0,2} (?:(?:Wire|News) Services?|Wire|Newswire|(?:News |Press )?Agency)\b"
)
_SPLIT = re.compile(_JOIN)


def read_byline(text: str) -> tuple[str, ...] | None:
    """The names of a line that is nothing but a byline; agencies come back as they stand. `None` for other lines."""
    if len(text) > 200:
        return None
    if _AGENCY_BY.match(text):
        return ()
    match = _BYLINE.match(text)
    if (
        match is None
        or match["names"].startswith(("The ", "THE "))
        or (ends_sentence(text) and not match["names"].endswith(".") and match["rest"])
    ):
        return None
    names = (_name(name) for name in _SPLIT.split(match["names"]) if name.strip())
    return tuple(name for name in names if not _AGENCY_NAME.fullmatch(name))


def is_name_line(text: str) -> bool:
    """Whether the line is two to four capitalised words, as a name is."""
    return len(text) <= 50 and bool(_NAME_LINE.match(text)) and not _NO_NAME.search(text)


def signature_rule(text: str) -> str | None:
    """The rule by which a line is a reporting credit, an agency's name alone or a note on the author."""
    if len(text) > 600:
        return None
    if _LONE_AGENCY.match(text) or _LONE_BRACKET.match(text):
        return "agency credit"
    if (_REPORTING.match(text) or _has_contributed(text)) and not _is_report(text):
        return "reporting credit"
    return "author note" if has_any(text, _BIO_HINTS) and _BIO.match(text) else None


def read_sign_off(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The agency credit after the last sentence: its words and the agencies. `None` if there is none."""
    match = _SIGN_OFF.search(text, max(0, len(text) - 48))
    return (match[0], agencies_in(match[0])) if match else None


def credited_owner(text: str) -> tuple[str, ...]:
    """Agencies that a dropped credit, byline or copyright line names; a name alone in brackets is one too."""
    known = agencies_in(text) or tuple([match[0] for match in _AGENCY_NAME.finditer(text)])
    lone = _LONE_BRACKET.match(text)
    return known or ((lone[1],) if lone else ())


def _has_contributed(text: str) -> bool:
    return "contributed" in text.lower() and _CONTRIBUTED.match(text) is not None


def _is_report(text: str) -> bool:
    return bool(re.search(r"\b(?:said|says|told)\b", text))


def _name(name: str) -> str:
    name = name.strip(" ,.")
    return " ".join(part.capitalize() if part.isupper() and len(part) > 2 else part for part in name.split())
