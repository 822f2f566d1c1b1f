"""What a page states in JSON-LD (schema.org): graphs, lists, references, and JSON that is not quite JSON."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

_ARTICLE_TYPES = ("Article", "NewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "WebPage", "AdvertiserContent")
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_DEPTH = 4
MOST_AUTHORS = 8
_WRAPPER = re.compile(r"(?:<!--|(?:// ?)?<!\[CDATA\[|/\*.{0,40}?\*/|\s+)+")
_LOOSE = re.compile(r'("(?:[^"\\]|\\.)*+")|(?<!:)//[^\n]*|,(?=\s*[}\]])', re.DOTALL)
"""A string, which stays; a comment or a comma before a bracket, which go."""
_TAG = re.compile(r"<[^<>]{1,80}>")

Item = dict[str, Any]


def linked_articles(tree: LexborHTMLParser, url: str | None = None) -> list[Item]:
    """The statements on articles: those on the page of that address first, those on a mere web page last."""
    everything = [item for script in tree.css('script[type*="ld+json"]') for item in _items(_parse(script.text()))]
    named = {item["@id"]: item for item in everything if isinstance(item.get("@id"), str) and "name" in item}
    found = [_resolved(item, named) for item in everything if _is_article(item)]
    return sorted(found, key=lambda item: (_is_web_page(item), url is not None and not _is_on(item, url)))


def names_of(author: Any) -> Iterator[str]:
    """The names in an author: a text, an object with a name, or a list of these."""
    if isinstance(author, str):
        yield author
    elif isinstance(author, dict):
        yield from names_of(author.get("name"))
    elif isinstance(author, list):
        for each in author[:MOST_AUTHORS]:
            yield from names_of(each)


def plain(text: str) -> str:
    """The text without mark-up and character references, which some pages put into JSON and attributes."""
    if "&" in text:
        text = unescape(text)
    return _TAG.sub("", text) if "<" in text else text


def _parse(text: str | None) -> Any:
    source = (text or "").strip()
    try:
        return orjson.loads(source.rstrip(";"))
    except orjson.JSONDecodeError:
        return _parse_loosely(source)


def _parse_loosely(source: str) -> Any:
    """Line breaks in texts, comments, commas too many, and what stands before and after are forgiven."""
    wrapper = _WRAPPER.match(source)
    source = source[wrapper.end() :] if wrapper else source
    try:
        return json.JSONDecoder(strict=False).raw_decode(_LOOSE.sub(r"\1", source).strip())[0]
    except (ValueError, RecursionError):
        return None


def _items(data: Any, depth: int = 0) -> Iterator[Item]:
    if depth > _MOST_DEPTH:
        return
    if isinstance(data, list):
        for element in data:
            yield from _items(element, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in _INSIDE:
            yield from _items(data.get(key), depth + 1)


def kinds_of(item: Item) -> list[str]:
    """Its types: a statement may have one or several."""
    kinds = item.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _is_article(item: Item) -> bool:
    return any(kind.endswith(_ARTICLE_TYPES) for kind in kinds_of(item))


def _is_web_page(item: Item) -> bool:
    return all(kind.endswith("WebPage") for kind in kinds_of(item))


def _is_on(item: Item, url: str) -> bool:
    page = item.get("mainEntityOfPage")
    stated = (item.get("url"), item.get("@id"), page.get("@id") if isinstance(page, dict) else page)
    return any(isinstance(each, str) and each.partition("#")[0].rstrip("/") == url.rstrip("/") for each in stated)


def _resolved(item: Item, named: dict[str, Item]) -> Item:
    """The item with authors looked up that it gives by reference only."""
    author = item.get("author")
    authors = author if isinstance(author, list) else [author]
    if not any(isinstance(each, dict) and "name" not in each for each in authors):
        return item
    known = [named.get(each.get("@id", ""), each) if isinstance(each, dict) else each for each in authors]
    return {**item, "author": known}
