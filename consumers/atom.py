"""Atom feeds (RFC 4287) of what is new: an entry for each version of a story. Pure: same updates, same bytes."""

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from lxml import etree  # type: ignore[import-untyped]

from schemas.story import Alteration, Novelty, Story, Update

MEDIA_TYPE = "application/atom+xml"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated, and what no time at all is known of."""
ALWAYS = frozenset({"merged", "split", "withdrawn"})
"""Kinds that are told however little they weigh: who read an earlier entry has to know."""

_ATOM, _XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES = uuid.UUID("5f0c2f4e-9a53-5c3f-8f0b-6b1d2e7a4c90")
"""Our own namespace of name-based UUIDs (RFC 9562), so that ids do not depend on where a feed is served."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold in any form."""
_PLAIN_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NEW = {"discrepancy": "Sources disagree", "claim": "New", "quote": "New quotes", "source": "New sources"}
_CHANGED = {
    "superseded": "No longer stands",
    "resolved": "No longer in dispute",
    "contested": "Now in dispute",
    "corroborated": "Confirmed by others",
    "withdrawn": "Taken back",
    "copy": "Copies",
}
_MOVES = frozenset({"superseded", "contested"})
"""Alterations whose `before` and `after` are figures."""
_SHOWN = 12
"""Lines of one kind in an entry; of more, the number is told."""


class Told(NamedTuple):
    """An update as a feed tells it."""

    update: Update
    moment: datetime
    """When it came: nobody's clock, but what stands on the log. It never goes back within a story."""
    sources: Mapping[str, str]
    """Article id -> outlet, for the articles that its lines are supported by; of others no outlet is told."""


def news_feed(told: Sequence[Told], *, base_url: str = "") -> bytes:
    """The feed of all stories. `told`: newest first. `base_url`: where the web page is; without it, no links."""
    return _feed("News", _urn("news"), told, base_url, "/", "/atom.xml")


def story_feed(story: Story, told: Sequence[Told], *, base_url: str = "") -> bytes:
    """The feed of one story. `told`: updates of it, newest first."""
    page = story_path(story.story_id)
    feed_id = _urn("story", story.story_id)
    return _feed(story.title, feed_id, told, base_url, page, f"{page}/atom.xml", story.language)


def story_path(story_id: str, version: int | None = None) -> str:
    """Where the web page shows a story, or a version of it."""
    return f"/stories/{quote(clean(story_id), safe='')}" + (f"@{version}" if version is not None else "")


def entry_id(story_id: str, version: int) -> str:
    """The entry's id: a `urn:uuid` that is the same in every feed and for ever."""
    return _urn("update", story_id, str(version))


def matters(update: Update, min_significance: float) -> bool:
    """Whether a feed tells the update."""
    return update.significance >= min_significance or update.kind in ALWAYS


def _urn(*parts: str) -> str:
    return uuid.uuid5(_NAMES, "\x1f".join(map(clean, parts))).urn


def clean(text: str) -> str:
    """The text with what XML 1.0 cannot hold replaced by U+FFFD, and nothing else changed."""
    return _NO_XML.sub("�", text)


def _feed(
    title: str, feed_id: str, told: Sequence[Told], base_url: str, page: str, own: str, language: str = ""
) -> bytes:
    base = base_url.rstrip("/")
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    if _PLAIN_LANGUAGE.fullmatch(language):
        root.set(_LANGUAGE, language)
    _add(root, "id", feed_id)
    _add(root, "title", _line(title) or "Untitled")
    _add(root, "updated", _moment(max((each.moment for each in told), default=LONG_AGO)))
    _add(_add(root, "author"), "name", "Newsfold")
    _add(root, "generator", "Newsfold")
    if base:
        _add(root, "link", rel="self", type=MEDIA_TYPE, href=base + own)
        _add(root, "link", rel="alternate", type="text/html", href=base + page)
    for each in told:
        _entry(root, each, base)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8")) + b"\n"


def _entry(root: Any, told: Told, base: str) -> None:
    update = told.update
    entry = _add(root, "entry")
    _add(entry, "id", entry_id(update.story_id, update.version))
    _add(entry, "title", _title(update))
    _add(entry, "updated", _moment(told.moment))
    if base:
        _add(entry, "link", rel="alternate", type="text/html", href=base + story_path(update.story_id, update.version))
        if update.other is not None:
            _add(entry, "link", rel="related", type="text/html", href=base + story_path(update.other))
    _add(entry, "category", term=update.kind)
    if update.summary:
        _add(entry, "summary", _line(update.summary))
    content = _add(entry, "content", type="xhtml")
    content.append(_body(told, base))


def _title(update: Update) -> str:
    """The story's; where something befell the story itself, that comes first."""
    title = _line(update.title) or "Untitled"
    return title if update.kind in ("opened", "joined", "revised") else f"{update.kind.capitalize()}: {title}"


def _body(told: Told, base: str) -> Any:
    """The whole of an entry, in one `div`: a paragraph, what became of the story, then a list for each kind of line."""
    update = told.update
    body = etree.Element(f"{{{_XHTML}}}div", nsmap={None: _XHTML})
    if update.summary:
        _add(body, "p", _line(update.summary))
    if update.other is not None:
        _lead_on(_add(body, "p"), update.merged_into, update.other, base)
    for label, lines in _parts(told):
        if lines:
            _add(body, "p", f"{label}:")
            _list(_add(body, "ul"), lines)
    _add(body, "p", f"Version {update.version}, {update.kind}.")
    return body


def _list(points: Any, lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        _add(points, "li", line)
    if len(lines) > _SHOWN:
        _add(points, "li", f"and {len(lines) - _SHOWN:,} more")


def _lead_on(paragraph: Any, into: str | None, other: str, base: str) -> None:
    paragraph.text = "The other story: " if into is None else "It goes on in story "
    other = into or other
    if base:
        _add(paragraph, "a", clean(other), href=base + story_path(other))
    else:
        paragraph.text += clean(other)


def _parts(told: Told) -> Iterator[tuple[str, list[str]]]:
    """Label and lines of each kind, the weightiest kind first; kinds without a label are not told."""
    update = told.update
    known = {new.text for new in update.new if new.kind == "discrepancy"}
    for kind, label in _NEW.items():
        yield label, [_told(new, told.sources) for new in update.new if new.kind == kind]
    for kind, label in _CHANGED.items():
        yield label, [_told(own, told.sources) for own in update.changed if own.kind == kind and own.text not in known]


def _told(item: Novelty | Alteration, sources: Mapping[str, str]) -> str:
    """`26 houses stand under water (harbour.example, vale.example)`, and how its figure moved."""
    text = _line(item.text)
    if isinstance(item, Alteration) and item.kind in _MOVES and (item.before or item.after):
        text += f": {_line(item.before or '-')} → {_line(item.after or '-')}"
    if isinstance(item, Novelty) and item.kind == "source":
        return text
    said = dict.fromkeys(sources[own.article_id] for own in item.supports if own.article_id in sources)
    return f"{text} ({', '.join(map(_line, said))})" if said else text


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """A child in the namespace of its parent. lxml escapes whatever needs it."""
    child = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)
    child.text = text or None
    return child
