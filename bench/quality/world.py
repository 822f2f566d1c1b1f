"""How much of the sample world's known truth the whole pipeline finds, tick by tick."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from articles.text.names import fold_name
from eventlog.events import event_of, read_all
from eventlog.sqlite import SqliteLog
from newsfold.wiring import create_topics
from samples.raw import article_id, raw_at
from samples.truth import ClaimTruth, Statement, Truth
from samples.world import World
from schemas.articles import Facts
from schemas.story import Discrepancy, Story, Support
from schemas.topics import FACTS, LATEST, Naming
from scrapers.publish import publish

NAMING = Naming()
Scores = dict[str, float]


@dataclass
class Run:
    """What the pipeline made of the world: its stories at every tick, and the facts of every version of an article."""

    world: World
    truth: Truth
    ticks: list[dict[str, Story]] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)

    @property
    def final(self) -> list[Story]:
        """The stories at the last tick."""
        return list(self.ticks[-1].values())

    def story_of(self, article: str) -> Story | None:
        """The story that holds the article in the end."""
        wanted = article_id(self.world, article)
        return next((it for it in self.final if any(row.article_id == wanted for row in it.articles)), None)

    def is_live(self, ref: str) -> bool:
        """Whether this version of the article is the one that stands in the end."""
        return any(it.ref == ref for it in self.world.live(len(self.world.ticks) - 1))

    def supports(self, statement: Statement) -> set[Support]:
        """Where the statement stands in the newest facts of its article."""
        wanted = article_id(self.world, statement.ref.partition("@")[0])
        facts = [it for it in self.facts if it.article_id == wanted and statement.sentence in it.text]
        if not facts:
            return set()
        start = facts[-1].text.index(statement.sentence)
        end = start + len(statement.sentence)
        return {
            Support(article_id=wanted, sentence=number)
            for number, sentence in enumerate(facts[-1].sentences)
            if sentence.start < end and start < sentence.end
        }


def run_world() -> Run:
    """Feeds the world through the whole pipeline on an embedded log, one tick after the other."""
    world = World.load()
    run = Run(world, world.truth())
    with tempfile.TemporaryDirectory() as folder:
        log, tables = SqliteLog(Path(folder) / "log.sqlite"), SqliteTables(Path(folder) / "state.sqlite")
        create_topics(log, NAMING)
        pipeline = Pipeline(log, tables, NAMING)
        for tick in range(len(world.ticks)):
            publish(log, NAMING, raw_at(world, tick))
            pipeline.run_until_idle()
            run.ticks.append(_latest(log))
        run.facts += [it.data for it in map(event_of, read_all(log, NAMING.of(FACTS))) if isinstance(it.data, Facts)]
        tables.close()
        log.close()
    return run


def _latest(log: SqliteLog) -> dict[str, Story]:
    events = map(event_of, read_all(log, NAMING.of(LATEST)))
    return {event.data.story_id: event.data for event in events if isinstance(event.data, Story)}


def score_world(run: Run) -> Scores:
    """All scores by name; every one is better when higher, and 1 is all of the truth and nothing else."""
    return {
        **score_stories(run),
        **score_copies(run),
        **score_claims(run),
        **score_discrepancies(run),
        **score_names(run),
        **score_quotes(run),
    }


def score_stories(run: Run) -> Scores:
    """Pairs of articles in one story, against the truth."""
    live = {it.article for it in run.world.live(len(run.world.ticks) - 1)}
    expected = {frozenset(pair) for story in run.truth.stories for pair in combinations(live & set(story.articles), 2)}
    names = {article_id(run.world, article): article for article in live}
    found = {
        frozenset(names[row.article_id] for row in pair)
        for story in run.final
        for pair in combinations(story.articles, 2)
    }
    return _precision_recall("stories: pairs of articles", found, expected)


def score_copies(run: Run) -> Scores:
    """Articles marked as copies, against the truth."""
    names = {article_id(run.world, it): it for it in run.world.firsts}
    found = {
        (names[row.article_id], names[row.copy_of]) for story in run.final for row in story.articles if row.copy_of
    }
    return _precision_recall("copies", found, {(it.article, it.original) for it in run.truth.copies})


def score_claims(run: Run) -> Scores:
    """Pairs of statements that the truth knows: those of one claim must share a claim, those of different ones not."""
    holders = {support: claim.claim_id for story in run.final for claim in story.claims for support in claim.supports}
    owners: dict[tuple[str, str], set[str]] = {}
    claims_of: dict[tuple[str, str], set[str]] = {}
    for truth, statement in _live_statements(run):
        at = (statement.ref, statement.sentence)
        owners.setdefault(at, set()).add(truth.id)
        claims_of[at] = {holders[support] for support in run.supports(statement) if support in holders}
    pairs = list(combinations(sorted(owners), 2))
    found = {pair for pair in pairs if claims_of[pair[0]] & claims_of[pair[1]]}
    expected = {pair for pair in pairs if owners[pair[0]] & owners[pair[1]]}
    return _precision_recall("claims: pairs of sentences", found, expected)


def _live_statements(run: Run) -> Iterator[tuple[ClaimTruth, Statement]]:
    for claim in run.truth.claims:
        for statement in claim.statements:
            if run.is_live(statement.ref):
                yield claim, statement


def score_discrepancies(run: Run) -> Scores:
    """Discrepancies that stand, tick by tick: a truth counts at each tick at which it is to be seen."""
    found: set[tuple[int, str]] = set()
    expected: set[tuple[int, str]] = set()
    for tick, stories in enumerate(run.ticks):
        due: dict[frozenset[float], str] = {
            frozenset(reading.value for reading in it.readings): it.id
            for it in run.truth.discrepancies
            if it.since_tick <= tick and (it.until_tick is None or tick < it.until_tick)
        }
        expected |= {(tick, name) for name in due.values()}
        found |= {(tick, due.get(_values(it), f"false: {_told(story, it)}")) for story, it in _standing(stories)}
    return _precision_recall("discrepancies, by tick", found, expected)


def _standing(stories: dict[str, Story]) -> Iterator[tuple[Story, Discrepancy]]:
    return ((story, it) for story in stories.values() for it in story.discrepancies)


def _values(discrepancy: Discrepancy) -> frozenset[float]:
    return frozenset(reading.value for reading in discrepancy.values)


def _told(story: Story, discrepancy: Discrepancy) -> str:
    values = " / ".join(str(reading.value) for reading in discrepancy.values)
    return f"{story.title[:40]}: {values} {discrepancy.counted or ''} {discrepancy.unit or ''}"


def score_names(run: Run) -> Scores:
    """Entities of which all forms were found as one."""
    whole = sum(
        any(_holds(entity.name, entity.aliases, it.forms) for entity in _entities(run)) for it in run.truth.entities
    )
    return {"entities: all forms as one": whole / len(run.truth.entities)}


def _entities(run: Run) -> Iterable:  # type: ignore[type-arg]
    return (entity for story in run.final for entity in story.entities)


def _holds(name: str, aliases: Iterable[str], forms: Iterable[str]) -> bool:
    known = {fold_name(it) for it in (name, *aliases)}
    return all(fold_name(form) in known for form in forms)


def score_quotes(run: Run) -> Scores:
    """Utterances of which all wordings were joined under the right speaker."""
    whole = 0
    for truth in run.truth.quotes:
        wanted = {it.sentence.strip(" ,.") for it in truth.wordings if run.is_live(it.ref)}
        for story in run.final:
            for quote in story.quotes:
                texts = {it.text.strip(" ,.") for it in quote.wordings}
                whole += (
                    wanted <= texts and quote.speaker is not None and truth.speaker.endswith(quote.speaker.split()[-1])
                )
    return {"quotes: all wordings, right speaker": whole / len(run.truth.quotes)}


def standing_discrepancies(run: Run) -> list[str]:
    """Every discrepancy that ever stood, with the ticks at which it did: for reading by eye."""
    seen: dict[str, list[int]] = {}
    for tick, stories in enumerate(run.ticks):
        for story, it in _standing(stories):
            seen.setdefault(_told(story, it), []).append(tick)
    return [f"ticks {ticks[0]} to {ticks[-1]}: {told}" for told, ticks in seen.items()]


def _precision_recall(name: str, found: set, expected: set) -> Scores:  # type: ignore[type-arg]
    right = len(found & expected)
    return {
        f"{name}, precision": right / len(found) if found else 1.0,
        f"{name}, recall": right / len(expected) if expected else 1.0,
    }
