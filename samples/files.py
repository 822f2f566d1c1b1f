"""The same world as files, for `newsfold fold`: pages as .html, texts as .txt, rows as .jsonl."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import orjson

from samples.manuscripts import Manuscript
from samples.world import Document, World

Form = Literal["html", "txt", "jsonl"]
FORMS: tuple[Form, ...] = ("html", "txt", "jsonl")
_PAGES = ("meridian", "beacon", "observer", "ledger")
"""Outlets whose articles come as pages in a mixed folder; a page that names no outlet is known by its file's name."""


def as_files(tick: int, directory: Path, form: Form | None = None, world: World | None = None) -> list[Path]:
    """Writes what can be read at the tick; the files written. Without a form, each outlet comes in the form it suits.

    `.html` and `.txt` files are named for the article's id; `articles.jsonl` has one row an article with that id.
    """
    world = world or World.load()
    directory.mkdir(parents=True, exist_ok=True)
    wanted: dict[Form, list[Manuscript]] = {each: [] for each in FORMS}
    for manuscript in world.live(tick):
        wanted[form or _form(manuscript)].append(manuscript)
    return [
        *_write_pages(world, tick, wanted["html"], directory),
        *_write_texts(wanted["txt"], directory),
        *_write_rows(world, wanted["jsonl"], directory),
    ]


def _form(manuscript: Manuscript) -> Form:
    if manuscript.outlet in _PAGES:
        return "html"
    return "txt" if manuscript.outlet == "post" else "jsonl"


def _write_pages(world: World, tick: int, manuscripts: Iterable[Manuscript], directory: Path) -> list[Path]:
    pages: dict[str | None, Document] = {page.ref: page for page in world.pages(tick)}
    return [_write(directory / f"{it.article}.html", pages[it.ref].body) for it in manuscripts]


def _write_texts(manuscripts: Iterable[Manuscript], directory: Path) -> list[Path]:
    return [_write(directory / f"{it.article}.txt", _plain(it).encode()) for it in manuscripts]


def _plain(manuscript: Manuscript) -> str:
    """As somebody would copy it off the page: title, date and text."""
    at = manuscript.published
    return f"{manuscript.title}\n\n{at.day} {at:%B %Y}\n\n{_body(manuscript)}\n"


def _body(manuscript: Manuscript) -> str:
    credit = f"\n\n{manuscript.credit_line}" if manuscript.credit_line else ""
    return f"{manuscript.dateline}{manuscript.text}{credit}"


def _write_rows(world: World, manuscripts: Iterable[Manuscript], directory: Path) -> list[Path]:
    rows = [orjson.dumps(_row(world, it)) for it in manuscripts]
    return [_write(directory / "articles.jsonl", b"\n".join(rows) + b"\n")] if rows else []


def _row(world: World, manuscript: Manuscript) -> dict[str, str]:
    outlet = world.outlets[manuscript.outlet]
    return {
        "id": manuscript.article,
        "url": world.url(manuscript.article),
        "source": outlet.host,
        "published_at": manuscript.published.isoformat(),
        "title": manuscript.title,
        "text": _body(manuscript),
        "lang": outlet.language,
    }


def _write(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path
