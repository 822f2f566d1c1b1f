"""The sample world: what every outlet has on its site at a given tick, and what is true of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property

from samples import truth
from samples.manuscripts import Manuscript, read_manuscripts
from samples.outlets import Outlet, read_outlets
from samples.render import Listing, feed_document, front_page, gone_page, html_page

FEED_LENGTH = 12
HTML = "text/html; charset=utf-8"
FEED_TYPES = {"atom": "application/atom+xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Document:
    """What a server answers for one path: status, bytes and when they last changed (invented time, UTC)."""

    outlet: Outlet
    path: str
    status: int
    content_type: str
    body: bytes
    modified: datetime
    ref: str | None = None
    """The version of an article that the page shows."""


@dataclass(frozen=True)
class World:
    """All outlets over all ticks. `bases` maps an outlet's key to the address that links begin with."""

    outlets: Mapping[str, Outlet]
    ticks: tuple[datetime, ...]
    manuscripts: tuple[Manuscript, ...]
    bases: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, bases: Mapping[str, str] | None = None) -> "World":
        """The world as it stands in the files beside this module."""
        outlets, ticks = _outlets_and_ticks()
        return cls(outlets, ticks, _manuscripts(), bases or {})

    def base(self, outlet: Outlet) -> str:
        """Scheme and host that the outlet's links begin with."""
        return self.bases.get(outlet.key, f"https://{outlet.host}")

    def url(self, article: str) -> str:
        """Where the article's page is, in every version."""
        outlet = self.outlets[self.firsts[article].outlet]
        return self.base(outlet) + self.path(article)

    def path(self, article: str) -> str:
        """The path of the article's page."""
        first = self.firsts[article]
        return self.outlets[first.outlet].article_path(first)

    @cached_property
    def firsts(self) -> dict[str, Manuscript]:
        """The first version of every article, by id."""
        return {it.article: it for it in self.manuscripts if it.version == 1}

    def live(self, tick: int) -> tuple[Manuscript, ...]:
        """The newest version of every article that can be read at the tick, oldest article first."""
        newest = {it.article: it for it in self.manuscripts if it.shown <= self.ticks[tick]}
        gone = {it.article for it in self.withdrawn(tick)}
        return tuple(it for article, it in newest.items() if article not in gone)

    def withdrawn(self, tick: int) -> tuple[Manuscript, ...]:
        """The articles that have been taken away by then."""
        now = self.ticks[tick]
        return tuple(it for it in self.manuscripts if it.withdrawn is not None and it.withdrawn <= now)

    def pages(self, tick: int) -> tuple[Document, ...]:
        """Every article page and front page; a withdrawn article has status 410."""
        articles = (self._page(it, tick) for it in self.live(tick))
        gone = (self._gone(it) for it in self.withdrawn(tick))
        return (*articles, *gone, *(self._front(outlet, tick) for outlet in self.outlets.values()))

    def feeds(self, tick: int) -> tuple[Document, ...]:
        """Each outlet's feed, newest article first."""
        return tuple(self._feed(outlet, tick) for outlet in self.outlets.values())

    def documents(self, tick: int) -> dict[tuple[str, str], Document]:
        """Pages and feeds by outlet key and path."""
        return {(it.outlet.key, it.path): it for it in (*self.pages(tick), *self.feeds(tick))}

    def truth(self) -> "truth.Truth":
        """What is known to be true of the world."""
        return truth.load()

    def _page(self, manuscript: Manuscript, tick: int) -> Document:
        outlet = self.outlets[manuscript.outlet]
        body = html_page(outlet, self._listing(manuscript), self._related(manuscript), self._trending(outlet, tick))
        path = self.path(manuscript.article)
        return Document(outlet, path, 200, HTML, body, self._page_time(manuscript, tick), manuscript.ref)

    def _page_time(self, manuscript: Manuscript, tick: int) -> datetime:
        outlet = self.outlets[manuscript.outlet]
        return max([manuscript.shown, *(it.manuscript.shown for it in self._trending(outlet, tick))])

    def _gone(self, manuscript: Manuscript) -> Document:
        outlet = self.outlets[manuscript.outlet]
        modified = manuscript.withdrawn or manuscript.shown
        return Document(outlet, self.path(manuscript.article), 410, HTML, gone_page(outlet), modified)

    def _front(self, outlet: Outlet, tick: int) -> Document:
        items = self._items(outlet, tick)
        return Document(outlet, "/", 200, HTML, front_page(outlet, items), self._changed(outlet, tick))

    def _feed(self, outlet: Outlet, tick: int) -> Document:
        changed = self._changed(outlet, tick)
        body = feed_document(outlet, self.base(outlet), self._items(outlet, tick), changed)
        kind = FEED_TYPES.get(outlet.feed_style, "application/rss+xml; charset=utf-8")
        return Document(outlet, outlet.feed, 200, kind, body, changed)

    def _listing(self, manuscript: Manuscript) -> Listing:
        return Listing(manuscript, self.url(manuscript.article), self.path(manuscript.article))

    def _items(self, outlet: Outlet, tick: int) -> list[Listing]:
        mine = (it for it in reversed(self.live(tick)) if it.outlet == outlet.key)
        return [self._listing(it) for it in mine][:FEED_LENGTH]

    def _changed(self, outlet: Outlet, tick: int) -> datetime:
        """When the outlet last published, amended or withdrew something."""
        return max(_events(self.manuscripts, outlet.key, self.ticks[tick]), default=self.ticks[0])

    def _related(self, manuscript: Manuscript) -> list[Listing]:
        """Older articles of the same outlet, so that a page does not change when newer ones come."""
        older = [it for it in self.firsts.values() if it.outlet == manuscript.outlet and it.withdrawn is None]
        return [self._listing(it) for it in older if it.published < manuscript.published][-4:]

    def _trending(self, outlet: Outlet, tick: int) -> list[Listing]:
        """The Beacon changes a box on every page whenever it publishes: the article below it stays the same."""
        return self._items(outlet, tick)[:5] if outlet.key == "beacon" else []


def _events(manuscripts: tuple[Manuscript, ...], outlet: str, now: datetime) -> Iterator[datetime]:
    for it in manuscripts:
        if it.outlet == outlet:
            yield from (moment for moment in (it.shown, it.withdrawn) if moment is not None and moment <= now)


@cache
def _manuscripts() -> tuple[Manuscript, ...]:
    return read_manuscripts()


@cache
def _outlets_and_ticks() -> tuple[dict[str, Outlet], tuple[datetime, ...]]:
    return read_outlets()
