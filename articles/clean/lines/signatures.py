"""Who wrote and who is credited: bylines, reporting credits, agency sign-offs."""

import re

from articles.clean.agencies import AGENCIES, agencies_in
from articles.clean.lines.shape import ends_sentence, has_any

_PERSON = r"[A-ZÀ-Þ][\w'’.\-]*(?:[ \-](?:[A-ZÀ-Þ][\w'’.\-]*|de|da|van|von|der|den|al|bin|la|le|el|du|di)){1,4}"
_JOIN = r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|&|und|et|y)\s+|\s*/\s*|\s+in\s+\w+\s*[,;]\s*)"
_BY = r"(?:[Bb]y|BY|(?:[Ww]ritten|[Ss]tory|[Rr]eported|[Tt]ext|[Aa]nalysis|[Ww]ords|[Aa]uthor) ?(?:[Bb]y|:)|Von|Por|Par|Di|Автор:|Text:|AUTHOR:)"
_BYLINE = re.compile(rf"^{_BY}:?\s+(?P<names>{_PERSON}(?:{_JOIN}{_PERSON}){{0,4}})(?P<rest>(?:[,|•·–—-]|\s(?:for|in|at|of|\|)\s|/|\().{{0,90}})?$")
_AGENCY_BY = re.compile(rf"^{_BY}:?\s+(?:{AGENCIES})\W*$")
_REPORTING = re.compile(
    r"^[(\[]?(?:(?:additional |extra )?(?:reporting|writing|editing|compiled|translated|edited|with reporting|with (?:additional )?(?:inputs?|files?|contributions?|reporting))(?: and (?:writing|editing))? (?:by|from)\b.{2,400}"
    r"|(?:contributing|contributors?|contributed by|reporters?|editors?|edited by|translation|source|sources|quelle|via|fuente)\s*:\s.{2,200}|with (?:agencies|agency)\b.{0,80}"
    rf"|with (?:inputs? from )?{AGENCIES}\b.{{0,40}}"
    r"|[^.]{3,160} (?:contributed|contributed reporting|contributed to this (?:report|story|article|piece))\b.{0,60})[)\]]?\W*$",
    re.IGNORECASE,
)
_LONE_AGENCY = re.compile(rf"^[(\[/–—-]*\s*(?:{AGENCIES}|agencies|Agencies|AGENCIES)\s*[)\]/.]*$")
_SIGN_OFF = re.compile(rf"\s*(?:[(\[/]\s?(?:{AGENCIES})\s?[)\]/]\.?|[—–]\s?(?:{AGENCIES})\.?|(?<=[.!?”\"]) ?-\s?(?:{AGENCIES})\.?)$")
_COPYRIGHT_OWNER = re.compile(r"(?:©|\(c\)|copyright)", re.IGNORECASE)
_BIO = re.compile(
    r"^[A-ZÀ-Þ][^.]{2,160}\b(?:is|was|writes|covers|reports)\b.{0,400}\b(?:follow|contact|reach|e-?mail|tweets?|find)\b.{0,40}(?:@|on twitter|on x\b|facebook|at \S+@).{0,120}$|^(?:follow|contact|reach) (?:him|her|them)\b.{0,160}$",
    re.IGNORECASE,
)
_BIO_HINTS = ("@", "witter", "acebook", "on X", "Follow ", "Contact ", "Reach ")
_NAME_LINE = re.compile(r"(?:[A-ZÀ-Þ][\w'’\-]*\.?)(?: (?:[A-ZÀ-Þ][\w'’\-]*\.?|de|da|van|von|der|al|bin)){1,3}$")
_SPLIT = re.compile(_JOIN)


def read_byline(text: str) -> tuple[str, ...] | None:
    """The names of a line that is nothing but a byline; agencies come back as they stand. `None` for other lines."""
    if len(text) > 200:
        return None
    if _AGENCY_BY.match(text):
        return ()
    match = _BYLINE.match(text)
    if match is None or (ends_sentence(text) and not match["names"].endswith(".") and match["rest"]):
        return None
    return tuple(_name(name) for name in _SPLIT.split(match["names"]) if name.strip())


def is_name_line(text: str) -> bool:
    """Whether the line is two to four capitalised words, as a name is."""
    return len(text) <= 50 and bool(_NAME_LINE.match(text))


def signature_rule(text: str) -> str | None:
    """The rule by which a line is a reporting credit, an agency's name alone or a note on the author."""
    if len(text) > 600:
        return None
    if _LONE_AGENCY.match(text):
        return "agency credit"
    if _REPORTING.match(text) and not _is_report(text):
        return "reporting credit"
    return "author note" if has_any(text, _BIO_HINTS) and _BIO.match(text) else None


def read_sign_off(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The agency credit after the last sentence: its words and the agencies. `None` if there is none."""
    match = _SIGN_OFF.search(text, max(0, len(text) - 48))
    return (match[0], tuple(agencies_in(match[0]))) if match else None


def credited_owner(text: str) -> tuple[str, ...]:
    """Agencies that a dropped credit or copyright line names."""
    return tuple(agencies_in(text))


def _is_report(text: str) -> bool:
    return bool(re.search(r"\b(?:said|says|told)\b", text))


def _name(name: str) -> str:
    name = name.strip(" ,.")
    return " ".join(part.capitalize() if part.isupper() and len(part) > 2 else part for part in name.split())
