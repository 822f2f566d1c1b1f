"""What a page states about itself: JSON-LD, OpenGraph and other meta tags, canonical link, `<time>`, its address."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from selectolax.lexbor import LexborHTMLParser

from articles.clean.characters import squeeze
from articles.clean.draft import Stated
from articles.clean.html.guard import refuse_deep
from articles.clean.html.titles import without_site
from articles.clean.moments import parse_moment

_ARTICLE_TYPES = ("Article", "NewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "WebPage", "AdvertiserContent")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "og:article:published_time",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "article_date_original",
    "published_at",
    "ptime",
    "displaydate",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "article.updated",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "title")
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "dcterms.creator",
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2]|[1-9])[/-]([0-2]\d|3[01]|[1-9])(?:[/-]|$)")
_BY = re.compile(r"^\s*(?:\w+ )?by\s+", re.IGNORECASE)
_NOT_NAMES = re.compile(r"https?:|www\.|@|/|\d")


class Metadata(NamedTuple):
    """What the page states; `paywalled` if it says that it is not free to read."""

    title: str = ""
    url: str | None = None
    language: str | None = None
    published: Stated | None = None
    modified: datetime | None = None
    byline: tuple[str, ...] = ()
    paywalled: bool = False


def read_metadata(text: str, url: str | None) -> Metadata:
    """The metadata of a page given as text. Raises `Quarantine` if it is nested too deep."""
    refuse_deep(text)
    return metadata_of(LexborHTMLParser(text), url)


def metadata_of(tree: LexborHTMLParser, url: str | None) -> Metadata:
    """The metadata of a parsed page; of several statements the more exact kind wins."""
    linked = list(_linked_articles(tree))
    meta = _meta_tags(tree)
    canonical = url or _canonical(tree) or _first(meta, ("og:url",)) or None
    modified = next((stated.at for stated in _times(linked, meta, "dateModified", _MODIFIED)), None)
    return Metadata(
        title=_title(tree, linked, meta),
        url=canonical,
        language=_language(tree, meta),
        published=_published(tree, linked, meta, canonical),
        modified=modified,
        byline=tuple(dict.fromkeys(_authors(linked, meta))),
        paywalled=any(str(item.get("isAccessibleForFree", "")).lower() == "false" for item in linked),
    )


def _linked_articles(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for script in tree.css('script[type*="ld+json"]'):
        try:
            data = orjson.loads((script.text(deep=True) or "").strip().rstrip(";"))
        except orjson.JSONDecodeError:
            continue
        yield from (item for item in _items(data) if _is_article(item))


def _items(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for element in data:
            yield from _items(element, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph") or [], depth + 1)
        yield from _items(data.get("mainEntity") or [], depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(_ARTICLE_TYPES) for name in names)


def _meta_tags(tree: LexborHTMLParser) -> dict[str, str]:
    """First non-empty content of each meta name, property or itemprop, lower-cased."""
    found: dict[str, str] = {}
    for tag in tree.css("meta[content]"):
        name = tag.attributes.get("property") or tag.attributes.get("name") or tag.attributes.get("itemprop") or ""
        content = tag.attributes.get("content") or ""
        if name and content.strip():
            found.setdefault(name.lower(), content.strip())
    return found


def _first(meta: dict[str, str], names: Iterable[str]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _canonical(tree: LexborHTMLParser) -> str | None:
    link = tree.css_first('link[rel="canonical"]')
    address = (link.attributes.get("href") or "").strip() if link else ""
    return address if address.startswith(("http://", "https://")) else None


def _language(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    root = tree.css_first("html")
    return (root.attributes.get("lang") if root else None) or meta.get("og:locale") or None


def _title(tree: LexborHTMLParser, linked: list[dict[str, Any]], meta: dict[str, str]) -> str:
    """The page's heading where it agrees with what the metadata say; else the metadata without the site's name."""
    headings = [squeeze(node.text(deep=True)) for node in tree.css("h1")[:6]]
    page = tree.css_first("head title")
    stated = [
        *_strings(item.get("headline") for item in linked),
        _first(meta, _TITLES),
        squeeze(page.text()) if page else "",
    ]
    named = [squeeze(text) for text in stated if text.strip()]
    for title in named:
        agreeing = next((heading for heading in headings if len(heading) > 12 and heading in title), None)
        if agreeing:
            return agreeing
    site = meta.get("og:site_name", "")
    fallback = named[0] if named else next((heading for heading in headings if heading), "")
    return without_site(fallback, site)


def _strings(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _published(
    tree: LexborHTMLParser, linked: list[dict[str, Any]], meta: dict[str, str], url: str | None
) -> Stated | None:
    in_head = next(_times(linked, meta, "datePublished", _PUBLISHED), None)
    return in_head or _time_element(tree) or _from_address(url)


def _times(linked: list[dict[str, Any]], meta: dict[str, str], key: str, names: Iterable[str]) -> Iterator[Stated]:
    for value in _strings(item.get(key) for item in linked):
        if stated := parse_moment(value):
            yield Stated(*stated, "json-ld")
    for name in names:
        if name in meta and (stated := parse_moment(meta[name])):
            yield Stated(*stated, "meta")


def _time_element(tree: LexborHTMLParser) -> Stated | None:
    """The page's own time stands in a marked element; of unmarked ones only the first inside an article counts."""
    for selector in (
        "time[pubdate],time[itemprop=datePublished],[itemprop=datePublished]",
        "article time[datetime]",
        "time[datetime]",
    ):
        for node in tree.css(selector)[:1]:
            stated = parse_moment(
                node.attributes.get("datetime") or node.attributes.get("content") or node.text(deep=True) or ""
            )
            if stated:
                return Stated(*stated, "time element")
    return None


def _from_address(url: str | None) -> Stated | None:
    match = _URL_DATE.search(url or "")
    stated = parse_moment(f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}") if match else None
    return Stated(*stated, "url") if stated else None


def _authors(linked: list[dict[str, Any]], meta: dict[str, str]) -> Iterator[str]:
    found = [name for item in linked for name in _names(item.get("author"))]
    for name in found or [_first(meta, _AUTHORS)]:
        bare = _BY.sub("", squeeze(name))
        if 3 <= len(bare) <= 80 and not _NOT_NAMES.search(bare):
            yield bare


def _names(author: Any) -> Iterator[str]:
    if isinstance(author, str):
        yield author
    elif isinstance(author, dict):
        yield from _strings([author.get("name")])
    elif isinstance(author, list):
        for each in author[:8]:
            yield from _names(each)
