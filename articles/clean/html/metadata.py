"""What a page states about itself: JSON-LD, OpenGraph and other meta tags, canonical link, `<time>`, its address."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from itertools import chain
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from articles.clean.characters import squeeze
from articles.clean.draft import Stated
from articles.clean.html.bylines import authors_of, signers_of
from articles.clean.html.guard import refuse_deep
from articles.clean.html.linked import Item, kinds_of, linked_articles, plain
from articles.clean.html.titles import choose_title, lines_below
from articles.clean.moments import find_date, parse_moment
from articles.clean.patterns import load

_TABLE = load("metadata")
_PUBLISHED, _MODIFIED, _TITLES, _AUTHORS = (_TABLE[name] for name in ("published", "modified", "title", "author"))
_SEEN_DATE = '[class*="date" i],[class*="time" i],[class*="byline" i],[class*="publi" i],[id*="date" i]'
_MOST_SEEN = 12
_MOST_DATE_LINE = 120
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2]|[1-9])[/-]([0-2]\d|3[01]|[1-9])(?:[/-]|$)")
_NO_LETTER = re.compile(r"[^a-z]")


class Metadata(NamedTuple):
    """What the page states; `paywalled` if it says that it is not free to read, `live` that it grows by entries."""

    title: str = ""
    url: str | None = None
    language: str | None = None
    published: Stated | None = None
    modified: datetime | None = None
    byline: tuple[str, ...] = ()
    paywalled: bool = False
    live: bool = False


def read_metadata(text: str, url: str | None) -> Metadata:
    """The metadata of a page given as text. Raises `Quarantine` if it is nested too deep."""
    refuse_deep(text)
    return metadata_of(LexborHTMLParser(text), url)


def metadata_of(tree: LexborHTMLParser, url: str | None) -> Metadata:
    """The metadata of a parsed page; of several statements the more exact kind wins."""
    meta = _meta_tags(tree)
    canonical = _canonical(tree, meta, url)
    linked = linked_articles(tree, canonical)
    title = _title(tree, linked, meta)
    site = meta.get("ogsitename", "")
    below = cache(partial(lines_below, tree, title))
    modified = next((stated.at for stated in _times(linked, meta, "dateModified", _MODIFIED)), None)
    return Metadata(
        title=title,
        url=canonical,
        language=_language(tree, meta),
        published=_published(tree, linked, meta, url or canonical) or _seen_date(tree, below),
        modified=modified,
        byline=tuple(authors_of(tree, _authors(linked, meta, site), site, below)),
        paywalled=any(str(item.get("isAccessibleForFree", "")).lower() == "false" for item in linked),
        live=any(kind.endswith("LiveBlogPosting") for item in linked for kind in kinds_of(item)),
    )


def _meta_tags(tree: LexborHTMLParser) -> dict[str, str]:
    """First non-empty content of each meta name, property or itemprop, by its letters in lower case."""
    found: dict[str, str] = {}
    for tag in tree.css("meta[content]"):
        attributes = tag.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content = (attributes.get("content") or "").strip()
        if name and content:
            found.setdefault(_letters(name), content)
    return found


@lru_cache(maxsize=2048)
def _letters(name: str) -> str:
    """Cached: pages share most names."""
    return _NO_LETTER.sub("", name.lower())


def _first(meta: dict[str, str], names: Iterable[str]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _canonical(tree: LexborHTMLParser, meta: dict[str, str], url: str | None) -> str | None:
    """The address that the page gives itself, made absolute; else the one that it came from."""
    link = tree.css_first('link[rel~="canonical" i][href]')
    stated = (link.attributes.get("href") or "" if link else "", meta.get("ogurl", ""))
    for address in stated:
        try:
            full = urljoin(url or "", address.strip())
        except ValueError:
            continue
        if address.strip() and full.startswith(("http://", "https://")):
            return full
    return url


def _language(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    root = tree.css_first("html")
    return (root.attributes.get("lang") if root else None) or meta.get("oglocale") or None


def _title(tree: LexborHTMLParser, linked: list[Item], meta: dict[str, str]) -> str:
    headings = [squeeze(node.text(deep=True)) for node in tree.css("h1")[:6]]
    page = tree.css_first("head title")
    stated = [*_strings(item.get("headline") for item in linked), _first(meta, _TITLES), page.text() if page else ""]
    return choose_title(headings, [squeeze(plain(text)) for text in stated], meta.get("ogsitename", ""))


def _strings(values: Iterable[object]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _published(tree: LexborHTMLParser, linked: list[Item], meta: dict[str, str], url: str | None) -> Stated | None:
    in_head = _finest(list(_times(linked, meta, "datePublished", _PUBLISHED)))
    return in_head or _time_element(tree) or _from_address(url)


def _finest(times: list[Stated]) -> Stated | None:
    """The first, or one of the same day and origin that also tells the hour."""
    if not times or times[0].precision != "day":
        return times[0] if times else None
    day = times[0].at.date()
    alike = (it for it in times if it.precision != "day" and it.at.date() == day and it.origin == times[0].origin)
    return next(alike, times[0])


def _times(linked: list[Item], meta: dict[str, str], key: str, names: Iterable[str]) -> Iterator[Stated]:
    for value in _strings(item.get(key) for item in linked):
        if stated := parse_moment(value):
            yield Stated(*stated, "json-ld")
    for name in names:
        if name in meta and (stated := parse_moment(meta[name])):
            yield Stated(*stated, "meta")


def _time_element(tree: LexborHTMLParser) -> Stated | None:
    """The page's own time stands in a marked element; of others the first in an article or after the title."""
    for selector in (
        "time[pubdate],time[itemprop=datePublished],[itemprop=datePublished]",
        "article time[datetime]",
        "h1 ~ time[datetime],h1 ~ * time[datetime]",
        "time[datetime]",
    ):
        for node in tree.css(selector)[:1]:
            attributes = node.attributes
            stated = parse_moment(attributes.get("datetime") or attributes.get("content") or node.text(deep=True) or "")
            if stated:
                return Stated(*stated, "time element")
    return None


def _seen_date(tree: LexborHTMLParser, below: Callable[[], Sequence[str]]) -> Stated | None:
    """A date that readers see below the title: in an element named for it, or in a line of its own."""
    nodes = tree.css(f"h1,{_SEEN_DATE}")
    first = next((number for number, node in enumerate(nodes) if node.tag == "h1"), -1)
    named = (squeeze(node.text(deep=True, separator=" ")) for node in nodes[first + 1 : first + 1 + _MOST_SEEN])
    for text in chain(named, below()):
        read = find_date(text) if len(text) <= _MOST_DATE_LINE else None
        if read:
            return Stated(read.at, read.precision, "text")
    return None


def _from_address(url: str | None) -> Stated | None:
    match = _URL_DATE.search(url or "")
    stated = parse_moment(f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}") if match else None
    return Stated(*stated, "url") if stated else None


def _authors(linked: list[Item], meta: dict[str, str], site: str) -> Iterator[str]:
    for item in linked:
        found = [plain(name) for name in signers_of(item, site)]
        if found:
            yield from found
            return
    stated = (plain(meta[name]) for name in _AUTHORS if name in meta)
    yield from [name for name in stated if not name.startswith(("http://", "https://", "www."))][:1]
