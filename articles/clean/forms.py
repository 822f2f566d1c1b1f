"""In what form a raw article came: plain text or a page, alone or in a row; always as scrubbed text."""

import re
from typing import NamedTuple

from articles.clean.characters import scrub
from articles.clean.decode import MAX_BYTES, decode
from articles.clean.row import read_row
from articles.clean.tokens import RESTORED, is_tokenised, restore_marks
from schemas.articles import Fetched
from schemas.errors import Quarantine

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|article|section|span)\b[^<>]{0,300}>", re.I)
_REFUSED = re.compile(r"^(?:image|audio|video|font)/|^application/(?:pdf|zip|gzip|octet-stream|msword|vnd\.)", re.I)


class Form(NamedTuple):
    """The text to read, as what, and what the fetcher or a row said beside it."""

    text: str
    is_html: bool
    repairs: tuple[str, ...]
    title: str = ""
    published: str = ""
    url: str | None = None
    language: str | None = None


def open_form(fetched: Fetched) -> Form:
    """Decodes the body by its content type. Raises `Quarantine` if it cannot be text."""
    content_type = fetched.content_type.lower()
    if "json" in content_type:
        return _open_row(fetched)
    if _REFUSED.match(content_type):
        raise Quarantine(f"the input is {content_type.partition(';')[0]}, not a text")
    decoded = decode(fetched.body, content_type)
    text, repairs = scrub(decoded.text)
    is_html = "html" in content_type or bool(_PAGE.match(text[:4000]))
    return _with_marks(Form(text, is_html, (*decoded.repairs, *repairs), fetched.title or "", url=fetched.url))


def _open_row(fetched: Fetched) -> Form:
    if len(fetched.body) > MAX_BYTES:
        raise Quarantine(f"{len(fetched.body)} bytes: an article may have {MAX_BYTES}")
    if not fetched.body.strip():
        raise Quarantine("the input is empty")
    row = read_row(fetched.body)
    text, repairs = scrub(row.html or row.text or "")
    is_html = row.html is not None or len(_MARKUP.findall(text[:20_000])) >= 3
    title, url = fetched.title or row.title, fetched.url or row.url
    return _with_marks(Form(text, is_html, repairs, title, row.published, url, row.language))


def _with_marks(form: Form) -> Form:
    if form.is_html or not is_tokenised(form.text):
        return form
    repairs = (*form.repairs, RESTORED)
    return form._replace(text=restore_marks(form.text), title=restore_marks(form.title), repairs=repairs)
