"""The way of one raw article: read by its content type, settled line by line, laid out."""

from datetime import datetime

from articles.clean.assemble import assemble, first_believable, known_time
from articles.clean.characters import scrub, squeeze
from articles.clean.draft import Draft, Stated
from articles.clean.forms import Form, open_form
from articles.clean.html.metadata import read_metadata
from articles.clean.html.page import read_page
from articles.clean.lines.peek import peek_time
from articles.clean.lines.settle import settle
from articles.clean.moments import parse_moment
from articles.clean.plain import read_plain
from schemas.articles import Cleaned, Fetched, Precision
from schemas.errors import Quarantine


def clean(fetched: Fetched) -> Cleaned:
    """The article's own words as typed blocks, what was dropped and why, and its metadata.

    Raises `Quarantine` for what is no article: empty, binary, too large or too deep, a consent, paywall or error
    page, or without a sentence.
    """
    form = open_form(fetched)
    draft = _draft(form)
    draft.repairs[:0] = form.repairs
    if form.title:
        draft.title = squeeze(scrub(form.title)[0])
    draft.state_time(_row_time(form))
    draft.url, draft.language = form.url or draft.url, form.language or draft.language
    settle(draft)
    return assemble(fetched, draft)


def stated_time(fetched: Fetched) -> tuple[datetime, Precision, str] | None:
    """When the input says it was published, with precision and origin, without cleaning it; `None` if it does not.

    Never raises: an input that cannot be read states nothing.
    """
    try:
        known = known_time(fetched)
        stated = first_believable(fetched, [known], [])
        return stated or first_believable(fetched, [_peek(open_form(fetched))], [])
    except Quarantine:
        return None


def _draft(form: Form) -> Draft:
    return read_page(form.text, form.url) if form.is_html else read_plain(form.text)


def _peek(form: Form) -> Stated | None:
    stated = _row_time(form)
    if stated:
        return stated
    return read_metadata(form.text, form.url).published if form.is_html else peek_time(form.text)


def _row_time(form: Form) -> Stated | None:
    stated = parse_moment(form.published)
    return Stated(*stated, "row") if stated else None
