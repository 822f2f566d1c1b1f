"""From manuscript to page and feed: each outlet has templates of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from samples.manuscripts import Manuscript
from samples.outlets import Outlet

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Listing:
    """A version of an article and where it is to be found."""

    manuscript: Manuscript
    url: str
    path: str


def html_page(outlet: Outlet, listing: Listing, related: list[Listing], trending: list[Listing]) -> bytes:
    """An article's page with all that the outlet puts around its articles."""
    return _render(
        f"{outlet.key}.html",
        outlet=outlet,
        article=listing.manuscript,
        canonical=f"https://{outlet.host}{listing.path}",
        related=related,
        trending=trending,
    )


def front_page(outlet: Outlet, items: list[Listing]) -> bytes:
    """The outlet's home page: headlines only."""
    return _render("front.html", outlet=outlet, items=items)


def gone_page(outlet: Outlet) -> bytes:
    """What the outlet shows in place of an article that it has withdrawn."""
    return _render("gone.html", outlet=outlet)


def feed_document(outlet: Outlet, base: str, items: list[Listing], changed: datetime) -> bytes:
    """The outlet's feed in its own style: RSS with full text, with summaries, without dates, or Atom."""
    template = "feed.atom" if outlet.feed_style == "atom" else "feed.rss"
    return _render(template, outlet=outlet, base=base, items=items, changed=changed)


def _render(template: str, **values: Any) -> bytes:
    return _environment.get_template(template).render(**values).encode()


def _clock(moment: datetime) -> str:
    """`22:15`, on whatever clock the moment has."""
    return f"{moment:%H:%M}"


def _british(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _american(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}, {moment.year}"


def _american_clock(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment:%M} {'a.m.' if moment.hour < 12 else 'p.m.'}"


def _paragraphs(article: Manuscript) -> Markup:
    """The text as plain HTML, the dateline before its first paragraph: what a full-text feed carries."""
    parts = []
    dateline = article.dateline
    for passage in article.passages:
        tag = "h2" if passage.kind == "heading" else "p"
        parts.append(Markup("<{0}>{1}{2}</{0}>").format(tag, dateline, passage.text))
        dateline = ""
    return Markup("\n").join(parts)


def _make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        iso=lambda moment: moment.isoformat(),
        zulu=lambda moment: f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        rfc822=format_datetime,
        clock=_clock,
        british=_british,
        american=_american,
        american_clock=_american_clock,
        paragraphs=_paragraphs,
    )
    return environment


_environment = _make_environment()
