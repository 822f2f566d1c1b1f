"""The same world as raw articles, tick by tick: what a scraper would have fetched, without the fetching."""

from samples.manuscripts import Manuscript
from samples.world import HTML, World
from schemas.articles import Fetched, Gone
from scrapers.identity import article_id as id_of


def raw_at(world: World, tick: int) -> list[Fetched | Gone]:
    """Pages that are new or changed at the tick, oldest first, then the articles that were taken away."""
    before = {it.ref for it in world.live(tick - 1)} if tick else set()
    gone_before = {it.article for it in world.withdrawn(tick - 1)} if tick else set()
    bodies = {page.ref: page.body for page in world.pages(tick)}
    fetched = [_fetched(world, it, tick, bodies[it.ref]) for it in world.live(tick) if it.ref not in before]
    return [*fetched, *(_gone(world, it, tick) for it in world.withdrawn(tick) if it.article not in gone_before)]


def article_id(world: World, article: str) -> str:
    """The id that the article has in Newsfold when it comes from `raw_at`."""
    return id_of(world.outlets[world.firsts[article].outlet].host, article)


def _fetched(world: World, manuscript: Manuscript, tick: int, body: bytes) -> Fetched:
    return Fetched(
        article_id=article_id(world, manuscript.article),
        source=world.outlets[manuscript.outlet].host,
        input_id=manuscript.article,
        url=world.url(manuscript.article),
        content_type=HTML,
        body=body,
        fetched_at=world.ticks[tick],
    )


def _gone(world: World, manuscript: Manuscript, tick: int) -> Gone:
    return Gone(
        article_id=article_id(world, manuscript.article),
        source=world.outlets[manuscript.outlet].host,
        input_id=manuscript.article,
        url=world.url(manuscript.article),
        fetched_at=world.ticks[tick],
    )
