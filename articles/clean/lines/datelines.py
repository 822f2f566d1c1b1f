"""Where, when and by which agency a text was filed: read off its first words, cut from them."""

import re
from typing import NamedTuple

from articles.clean.agencies import AGENCIES, AGENCY, agencies_in
from articles.clean.draft import Stated
from articles.clean.moments import MONTH, find_date
from articles.text.hints import has_any

_DASH = r"\s*(?:[–—―]|-{1,2}|‒|−)+\s*"
_SET_DASH = r"(?:\s*[–—―]\s*|\s*--\s*|\s-\s)"
_CAPS = r"[A-ZÀ-ÞŞĞİ][A-ZÀ-ÞŞĞİ.'’\-]+(?:[ /][A-ZÀ-ÞŞĞİ][A-ZÀ-ÞŞĞİ.'’\-]*){0,3}"
_TITLED = r"[A-ZÀ-Þ][\w.'’\-]+(?: (?:de|la|del|of|el|al|da|do|dos|upon|am|an|der)\b)*(?: [A-ZÀ-Þ][\w.'’\-]+){0,3}"
_REGION = r"(?:,\s?(?:[A-ZÀ-Þ][\w.'’\-]*\.?(?: [A-Z][\w.'’\-]*){0,3}))"
_DAY = rf"(?i:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}} {MONTH})(?:,? (?:19|20)\d\d)?"
_DATE = rf"(?:,?\s?(?:{_DAY}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))"
_OTHER = r"\((?P<other>[A-Z][\w.&'’]*(?: [A-Z][\w.&'’]*){0,3})\)"
"""In a dateline any name in brackets before the dash is the agency's, known to us or not."""
_CREDIT = rf"\(\s?(?P<credit>[^()]{{0,30}}{AGENCY}[^()]{{0,30}})\s?\)|/(?P<slash>{AGENCY})/|\[(?P<square>{AGENCIES})\]"

_IN_BRACKETS = ("(", "[", "/")
_LONG_DASHES = ("–", "—", "―")
_DASHES = (*_LONG_DASHES, "-", "‒", "−")
# Each with what must stand in a head that it matches: to look for that first spares most heads all of them.
_FORMS = (
    (
        ("(",),
        re.compile(rf"(?P<place>{_CAPS}){_REGION}{{0,2}}(?P<date>{_DATE})?,?\s*{_OTHER}{_SET_DASH}"),
    ),
    (
        _IN_BRACKETS,
        re.compile(
            rf"(?P<place>{_TITLED}|{_CAPS}){_REGION}{{0,2}}(?P<date>{_DATE})?[.,]?\s*(?:{_CREDIT})\s*(?:{_DASH}|[:.|]\s*|\s+(?=[\"“A-Z]))"
        ),
    ),
    (
        _IN_BRACKETS,
        re.compile(rf"(?:{_CREDIT})\s*(?:{_DASH}|[:.|]\s*|\s*(?=[\"“‘A-Z]))"),
    ),
    (
        (*_LONG_DASHES, "-", ":", "|"),
        re.compile(
            rf"(?P<place>{_CAPS}){_REGION}?(?P<date>{_DATE})?(?:{_SET_DASH}(?=[\"“‘'(A-Z0-9])|\s?[:|]\s+(?=[\"“‘'(A-Z0-9]))"
        ),
    ),
    (
        ("–", "—", "-", ":", "|"),
        re.compile(
            rf"(?P<place>{_TITLED}){_REGION}?(?P<date>{_DATE})(?:\s*[–—]\s*|\s*--?\s+|\s?[:|]\s+)(?=[\"“‘'(A-Z0-9])"
        ),
    ),
    (
        ("–", "—", "--"),
        re.compile(rf"(?P<place>{_TITLED}){_REGION}?(?:\s*[–—]\s*|\s+--\s*)(?=[\"“‘(A-Z])"),
    ),
    (
        (*_DASHES, ":"),
        re.compile(rf"(?P<bare>{AGENCIES})(?:{_DASH}|:\s+)(?=[\"“‘A-Z])"),
    ),
)
_LABELS = frozenset(
    [
        "exclusive",
        "scoop",
        "breaking",
        "update",
        "updated",
        "watch",
        "video",
        "live",
        "analysis",
        "opinion",
        "comment",
        "editorial",
        "explainer",
        "explained",
        "fact",
        "check",
        "factbox",
        "factcheck",
        "note",
        "correction",
        "corrected",
        "clarification",
        "warning",
        "spoiler",
        "alert",
        "review",
        "interview",
        "profile",
        "poll",
        "photos",
        "pictures",
        "gallery",
        "listen",
        "podcast",
        "read",
        "more",
        "related",
        "story",
        "report",
        "special",
        "feature",
        "column",
        "letter",
        "letters",
        "recap",
        "preview",
        "preview",
        "results",
        "result",
        "scores",
        "score",
        "developing",
        "just",
        "in",
        "urgent",
        "q",
        "a",
        "faq",
        "timeline",
        "data",
        "tip",
        "tips",
        "quiz",
        "sponsored",
        "advertisement",
        "press",
        "release",
        "statement",
        "news",
        "summary",
        "highlights",
        "key",
        "points",
        "topline",
        "what",
        "why",
        "how",
        "who",
        "when",
        "where",
        "caution",
        "host",
        "moderator",
        "question",
        "answer",
        "reporter",
    ]
)
_KNOWN = frozenset(
    (
        "Washington, London, Paris, Berlin, Moscow, Beijing, Tokyo, Brussels, Geneva, Rome, Madrid, Vienna, Kyiv, "
        "Kiev, Jerusalem, Cairo, Beirut, Baghdad, Tehran, Kabul, Islamabad, New Delhi, Delhi, Mumbai, Hong Kong, "
        "Singapore, Seoul, Bangkok, Jakarta, Manila, Sydney, Canberra, Nairobi, Johannesburg, Lagos, Istanbul, "
        "Ankara, Athens, Warsaw, Prague, Budapest, Stockholm, Oslo, Copenhagen, Helsinki, Dublin, Lisbon, Amsterdam, "
        "The Hague, New York, Boston, Chicago, Los Angeles, San Francisco, Miami, Atlanta, Houston, Dallas, Ottawa, "
        "Toronto, Montreal, Mexico City, Havana, Caracas, Bogota, Lima, Santiago, Buenos Aires, Brasilia, Rio de "
        "Janeiro, Sao Paulo, Dubai, Doha, Riyadh, Damascus, Gaza, Tel Aviv, Tbilisi, Minsk, Vatican City, United "
        "Nations, Taipei, Hanoi "
    )
    .strip()
    .split(", ")
)
"""Cities that need no country beside them, after the agencies' own lists."""
_ARTEFACT = re.compile(
    r"(?:date|published|pubdate|datetime|updated)\s*[:=]?\s*(?=(?:19|20)\d\d-[01]\d-[0-3]\d)(\S{10,25})\s+",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’\-]{1,40}:\s")


class Filed(NamedTuple):
    """What stood before the first sentence: the words cut, and what they say."""

    cut: str
    rule: str
    place: str | None = None
    credits: tuple[str, ...] = ()
    stated: Stated | None = None


def read_artefact(text: str) -> Filed | None:
    """A scraper's field that ran into the text: ` date 2025-03-15 LONDON: ...`."""
    match = _ARTEFACT.match(text)
    read = find_date(match[1]) if match else None
    if match is None or read is None:
        return None
    return Filed(match[0], "date artefact", stated=Stated(read.at, read.precision, "text"))


def read_dateline(text: str) -> Filed | None:
    """The dateline or agency credit that the paragraph opens with; `None` if it opens with its first sentence."""
    head = text[:320]
    for needs, form in _FORMS:
        match = form.match(head) if has_any(head, needs) else None
        if match and match.end() < len(text):
            return _filed(match)
    return None


def is_speaker_line(text: str) -> bool:
    """Whether the line opens as in a transcript: `HOST: ...`."""
    return bool(_SPEAKER.match(text[:60]))


def _filed(match: re.Match[str]) -> Filed | None:
    parts = match.groupdict()
    place = parts.get("place")
    if place and not (_is_place(place) and _stands_alone(match, parts, place)):
        return None
    credit = parts.get("credit") or parts.get("slash") or parts.get("square") or parts.get("bare") or ""
    if parts.get("bare") and not credit.isascii():
        return None
    rule = "dateline" if place else "agency credit"
    credits = agencies_in(credit or parts.get("other") or "") or tuple(filter(None, [parts.get("other")]))
    return Filed(match[0], rule, _place_name(place), credits, _stated(parts.get("date")))


def _stands_alone(match: re.Match[str], parts: dict[str, str | None], place: str) -> bool:
    """Without agency or date a place in capitals must be short; another must be known, its dash not one of a pair."""
    if any(parts.get(key) for key in ("credit", "slash", "square", "other", "date")):
        return True
    if place.isupper():
        return len(place.split()) <= 3
    if place not in _KNOWN and "," not in match[0]:
        return False
    return not re.match(r"[^.]{0,150}\s(?:[–—]|--)\s", match.string[match.end() :])


def _is_place(place: str) -> bool:
    words = re.findall(r"\w+", place.lower())
    return bool(words) and words[0] not in _LABELS and words[-1] not in _LABELS and not place.isdigit()


def _place_name(place: str | None) -> str | None:
    if place is None:
        return None
    name = place.strip(" ,./-")
    return " ".join(_cased(word) for word in name.split(" ")) if name.isupper() else name


def _cased(word: str) -> str:
    if word.count(".") > 1:
        return word
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda part: part[0].capitalize(), word)


def _stated(date: str | None) -> Stated | None:
    read = find_date(date) if date else None
    return Stated(read.at, read.precision, "dateline") if read else None
