"""One method a page. Each looks into memory first, and asks the desk for what only the log has."""

import asyncio
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from typing import Any

import orjson
from aiohttp import web
from yarl import URL

from consumers.atom import MEDIA_TYPE, news_feed, story_feed
from consumers.views.tail import details_of
from consumers.web.article_page import article_of, stretches
from consumers.web.desk import Desk
from consumers.web.guard import only
from consumers.web.index import Line
from consumers.web.live import Cursor, message
from consumers.web.site import Site
from consumers.web.story_page import StoryView
from consumers.web.templating import environment
from schemas.errors import NewsfoldError
from schemas.story import Story, Update

PAGE = 30
"""Stories on a page of the list."""
LONGEST_QUERY = 200
MOST_DIGITS = 9
MOST_STREAMS = 200
HEARTBEAT = 15.0
"""Seconds of quiet after which an open page is told that the line still stands."""
NO_STORY = "There is no such story."
STATIC = {"newsfold.css": "text/css", "live.js": "text/javascript", "icon.svg": "image/svg+xml"}


class Handlers:
    """The pages over a site and a desk."""

    def __init__(self, site: Site, desk: Desk) -> None:
        self._site, self._desk = site, desk
        self._templates = environment()
        self._streams = 0

    def routes(self) -> list[web.RouteDef]:
        """Every address there is; all of them only read."""
        story, version = r"/stories/{story:[^/@.]+}", r"@{version:[0-9]{1,9}}"
        return [
            web.get("/", self.stories),
            web.get("/stories.json", self.stories_json),
            web.get(story, self.story),
            web.get(story + ".json", self.story_json),
            web.get(story + version, self.past),
            web.get(story + version + ".json", self.past_json),
            web.get(story + "/versions", self.versions),
            web.get(story + "/updates.json", self.updates_json),
            web.get("/atom.xml", self.news_atom),
            web.get(story + "/atom.xml", self.story_atom),
            web.get(r"/articles/{article:[^/]+}", self.article),
            web.get("/events", self.events, allow_head=False),
            web.get("/static/{name}", self.static),
        ]

    async def stories(self, request: web.Request) -> web.Response:
        """The list, newest news first; `q` are words to look for."""
        only(request.query, "q", "page")
        query, number = _query(request), _number(request, "page", 1)
        found = self._site.index.page(query, number, PAGE)
        return self._page("list.html", found=found, query=query, live=True)

    async def stories_json(self, request: web.Request) -> web.Response:
        """The list as JSON, by the same parameters."""
        only(request.query, "q", "page")
        found = self._site.index.page(_query(request), _number(request, "page", 1), PAGE)
        rows = [brief_of(line) for line in found.lines]
        return _json({"total": found.total, "page": found.page, "pages": found.pages, "stories": rows})

    async def story(self, request: web.Request) -> web.Response:
        """The newest version; an id that was merged into another leads on, and the beginning of one to the whole."""
        only(request.query, "since", "all", "from")
        line = self._line(request)
        if line.merged_into is not None:
            current = self._site.index.current(line.story_id)
            if current is not None:
                address = URL("/stories/") / current.story_id
                raise web.HTTPFound(address.with_query({"from": line.story_id}))
        everything = "all" in request.query
        story = await (self._desk.whole(line) if everything else self._desk.newest(line))
        came_from = self._site.index.get(request.query.get("from", ""))
        return await self._story_page(request, line, story, came_from=came_from, past=False)

    async def past(self, request: web.Request) -> web.Response:
        """A version that the story had."""
        only(request.query, "since", "all")
        line = self._line(request)
        story = await self._desk.past(line, self._version(request, line))
        return await self._story_page(request, line, story, came_from=None, past=True)

    async def _story_page(
        self, request: web.Request, line: Line, story: Story, *, came_from: Line | None, past: bool
    ) -> web.Response:
        since = _number(request, "since", None, least=0)
        changes: list[Update] = []
        if since is not None:
            if since > story.version:
                raise web.HTTPNotFound(text=f"The story has no version {since} yet.")
            updates = await self._desk.updates(line)
            changes = [update for update in updates if since < update.version <= story.version]
            story = story.model_copy(update={"summary": await self._desk.news(line, since, story.version)})
        words = await self._desk.wordings(line, story.version)
        view = StoryView(story, words, "all" in request.query, past, since, changes)
        return await self._long_page(
            "story.html",
            view=view,
            story=story,
            newest=line.version,
            came_from=came_from,
            links=[(own, self._site.index.get(own)) for own in dict.fromkeys((*story.links, *_thread(story)))],
            changes=changes,
            told=_told,
            live=not past,
        )

    async def versions(self, request: web.Request) -> web.Response:
        """What each version brought, the newest first."""
        only(request.query)
        line = self._line(request)
        updates = await self._desk.updates(line)
        return await self._long_page("versions.html", line=line, updates=updates[::-1], told=_told)

    async def story_json(self, request: web.Request) -> web.Response:
        """The newest version, whole."""
        only(request.query)
        return _model(await self._desk.whole(self._line(request)))

    async def past_json(self, request: web.Request) -> web.Response:
        """A version that the story had, whole."""
        only(request.query)
        line = self._line(request)
        return _model(await self._desk.past(line, self._version(request, line)))

    async def updates_json(self, request: web.Request) -> web.Response:
        """Every update of the story, oldest first."""
        only(request.query)
        updates = await self._desk.updates(self._line(request))
        return _bytes(b"[%b]" % b",\n".join(update.encoded() for update in updates), "application/json")

    async def news_atom(self, request: web.Request) -> web.Response:
        """What is new in all stories, as an Atom feed."""
        only(request.query)
        return _feed(request, news_feed(await self._desk.told(), base_url=_base(request)))

    async def story_atom(self, request: web.Request) -> web.Response:
        """What is new in one."""
        only(request.query)
        story = await self._desk.newest(self._line(request))
        told = await self._desk.told(story.story_id)
        return _feed(request, story_feed(story, told, base_url=_base(request)))

    async def article(self, request: web.Request) -> web.Response:
        """The clean text, each sentence with the claims of the story that it supports."""
        only(request.query, "story", "left-out", "all")
        article_id = request.match_info["article"]
        line, version = self._home(request, article_id)
        facts = await self._desk.facts(line, article_id, version or line.version)
        if facts is None:
            raise web.HTTPNotFound(text="There is no such article in that story.")
        newest = self._desk.whole if "all" in request.query else self._desk.newest
        story = await (self._desk.past(line, version) if version else newest(line))
        wanted = "left-out" in request.query
        return await self._long_page(
            "article.html",
            facts=facts,
            story=story,
            name=f"{line.story_id}@{version}" if version else line.story_id,
            listed=article_of(story, article_id),
            stretches=stretches,
            left_out=wanted,
            dropped=await self._desk.dropped(facts) if wanted else None,
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Updates as Server-Sent Events, from `Last-Event-ID` or `after` on."""
        only(request.query, "after")
        since = _cursor(request)
        if self._streams >= MOST_STREAMS:
            raise web.HTTPServiceUnavailable(text="Too many pages follow already.")
        self._streams += 1
        try:
            return await self._stream(request, since)
        finally:
            self._streams -= 1

    async def _stream(self, request: web.Request, since: Cursor | None) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        await response.write(b"retry: 2000\n\n")
        with suppress(NewsfoldError):  # what was missed cannot be read now: whoever follows comes back with its place
            async for cursor, told in self._site.live.stream(since, self._desk.missed, HEARTBEAT):
                await response.write(message(cursor, told) if told is not None else b": still here\n\n")
        return response

    async def static(self, request: web.Request) -> web.Response:
        """Style, script and icon; there are no other files."""
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound(text="There is no such file.")
        body = await asyncio.to_thread((files(__package__) / "static" / name).read_bytes)
        return _bytes(body, STATIC[name])

    def refuse(self, request: web.Request, status: int, why: str) -> web.Response:
        """An error, as a page or as JSON."""
        if request.path.endswith(".json"):
            return web.Response(status=status, body=orjson.dumps({"error": why}), content_type="application/json")
        return self._page("error.html", status=status, why=why)

    def _line(self, request: web.Request) -> Line:
        """The story that the address names. One that only begins so leads to it. Raises HTTP errors."""
        name = request.match_info["story"]
        line = self._site.index.get(name)
        if line is not None:
            return line
        fitting = self._site.index.beginning(name)
        if len(fitting) == 1:
            rest = request.path.removeprefix(f"/stories/{name}")
            raise web.HTTPFound(request.rel_url.with_path(f"/stories/{fitting[0].story_id}{rest}", keep_query=True))
        if fitting:
            raise web.HTTPNotFound(text="Several stories have ids that begin so; write more of the id.")
        raise web.HTTPNotFound(text="The stories are still being read." if self._site.loading else NO_STORY)

    def _version(self, request: web.Request, line: Line) -> int:
        version = int(request.match_info["version"])
        if not 1 <= version <= line.version:
            raise web.HTTPNotFound(text=f"The story has versions 1 to {line.version}.")
        return version

    def _home(self, request: web.Request, article_id: str) -> tuple[Line, int]:
        """The story that the article is shown in, and the version if one is named, else 0."""
        name, _, version = request.query.get("story", self._site.index.home_of(article_id) or "").partition("@")
        line = self._site.index.get(name)
        whole_number = version.isascii() and version.isdecimal() and len(version) <= MOST_DIGITS
        if line is None or (version and not (whole_number and 1 <= int(version) <= line.version)):
            raise web.HTTPNotFound(text="There is no such article, or no such story for it.")
        return line, int(version or 0)

    async def _long_page(self, template: str, **values: Any) -> web.Response:
        """A page that may be so long that others would have to wait while it is put together."""
        return await asyncio.to_thread(self._page, template, **values)

    def _page(self, template: str, *, status: int = 200, live: bool = False, **values: Any) -> web.Response:
        place = self._site.live.place if live else None
        common = {"away": self._site.away_since, "loading": self._site.loading, "place": place, "status": status}
        text = self._templates.get_template(template).render(**common, **values)
        return web.Response(
            status=status, body=text.encode("utf-8", "replace"), content_type="text/html", charset="utf-8"
        )


def brief_of(line: Line) -> dict[str, Any]:
    """What `stories.json` says of a story: as `newsfold stories --json`, with the outlets."""
    left_out = {"place", "held", "words", "lead"}
    return {name: value for name, value in line._asdict().items() if name not in left_out}


def _thread(story: Story) -> tuple[str, ...]:
    return (story.thread_id,) if story.thread_id not in ("", story.story_id) else ()


def _told(update: Update) -> list[tuple[str, str]]:
    """What is new and what changed, the weightiest first: a mark and a text each."""
    return [(label.plain.strip(), text.plain) for label, text in details_of(update)]


def _base(request: web.Request) -> str:
    """The address under which whoever asks knows this server: the guard has looked at the name."""
    return f"{request.scheme}://{request.host}"


def _query(request: web.Request) -> str:
    query = request.query.get("q", "")
    if len(query) > LONGEST_QUERY:
        raise web.HTTPBadRequest(text=f"Look for {LONGEST_QUERY} characters at most.")
    return query.strip()


def _number(request: web.Request, name: str, missing: Any, least: int = 1) -> Any:
    text = request.query.get(name)
    if text is None:
        return missing
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS and int(text) >= least):
        raise web.HTTPBadRequest(text=f"{name} must be a whole number from {least} on.")
    return int(text)


def _cursor(request: web.Request) -> Cursor | None:
    text = request.headers.get("Last-Event-ID") or request.query.get("after")
    try:
        return Cursor.read(text) if text else None
    except ValueError as reason:
        raise web.HTTPBadRequest(text=str(reason)) from reason


def _json(values: Mapping[str, Any]) -> web.Response:
    return _bytes(orjson.dumps(values), "application/json")


def _model(story: Story) -> web.Response:
    return _bytes(story.encoded(), "application/json")


def _feed(request: web.Request, body: bytes) -> web.Response:
    """The feed, or that it is the one that the reader has."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    known = any(own.value in (tag, "*") for own in request.if_none_match or ())
    response = web.Response(status=304) if known else _bytes(body, MEDIA_TYPE)
    response.etag = tag
    return response


def _bytes(body: bytes, kind: str) -> web.Response:
    return web.Response(body=body, content_type=kind, charset="utf-8")
