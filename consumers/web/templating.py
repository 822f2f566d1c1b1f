"""Templates: everything that comes from outside goes into a page as text, whatever is in it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from consumers.views.figures import counted_text, value_text
from consumers.views.paint import STEERING, number, when

LONGEST_LINK = 2_000


def environment() -> Environment:
    """Escapes everything, knows no undefined name, and lets no control character through."""
    made = Environment(
        loader=PackageLoader("consumers.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=steady,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"when": when, "stamp": stamp, "link": safe_link, "language": language}
    made.globals |= {"number": number, "value_text": value_text, "counted_text": counted_text}
    return made


def steady(value: Any) -> Any:
    """Without control characters: they have no place in HTML, and may steer whoever copies the text to a terminal."""
    return value.translate(STEERING) if isinstance(value, str) and not isinstance(value, Markup) else value


def stamp(moment: datetime) -> str:
    """A moment for machines, as ISO 8601."""
    return moment.isoformat()


def safe_link(url: str | None) -> str | None:
    """The address if it is one of the web that can be followed without a surprise, else `None`."""
    if not url or len(url) > LONGEST_LINK or not url.isprintable() or "\\" in url or " " in url:
        return None
    try:
        parts = urlsplit(url)
        well = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return None
    return url if well else None


def language(code: str) -> str:
    """What `lang` says of the text; empty, which is HTML's word for unknown, where it is not known."""
    return code if code.replace("-", "").isalnum() and code.isascii() and code != "und" else ""
