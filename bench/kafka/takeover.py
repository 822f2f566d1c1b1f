"""How long no updates come after a worker was killed, with few stories in its state and with many."""

import os
import random
import signal
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson

from agents.topology import STAGES
from bench.kafka.articles import Articles
from bench.kafka.latency import HOPS, RATE, chains, warm_up
from bench.kafka.rig import Site, in_chunks, pids
from bench.kafka.timed import NAME
from bench.kafka.timing import Listener, feed, seen
from eventlog.base import Entry, EventLog, Record
from eventlog.events import entry_of, read_partition
from newsfold.crew import HEALTHY_SECONDS, Crew
from schemas.articles import Facts, Sentence
from schemas.events import Event, stable_id
from schemas.topics import FACTS, RAW, UPDATES, Naming

AT = datetime(2001, 1, 1, tzinfo=UTC)
VOCABULARY, TERMS, TITLE_TERMS = 50_000, 40, 6
BEFORE = 3.0
"""Seconds of steady feed before the kill."""
AFTER = 2.0
"""Seconds of it when all stages are at work again."""
PATIENCE = 90.0
PHASES = ("started", "joined", "handed over", "loaded")


class TakeOver(NamedTuple):
    """After one kill; all in seconds since then."""

    stories: int
    wiped: bool
    """The new process found no local state."""
    phases: Mapping[str, float]
    """Until the last stage had reached each phase."""
    flowing: float
    """Until the log took the first update that an article led to which was published after the kill."""


def measure(site: Site, articles: Articles, stories: int, *, wipe: bool) -> Iterator[TakeOver]:
    """Kills the only worker under a steady feed; then, if wanted, once more with its local state gone.

    The articles of the feed are of the day of the stories, so that these stay active.
    """
    articles = articles.at(AT)
    with (
        site.open_log() as log,
        site.open_log() as listening,
        site.crew(1, "bench.kafka.timed") as crew,
        Listener(listening, site.naming.of(UPDATES)) as listener,
    ):
        in_chunks(log, list(_facts(site.naming, stories)))
        listener.wait_for(stories, 4 * PATIENCE)
        warm_up(log, site.naming, articles)
        for wiped in [False, True] if wipe else [False]:
            _let_live(site, crew)
            killed, flowing = _kill(site, articles, crew, wiped)
            phases = {name: at - killed for name, at in _phases(site, killed).items()}
            yield TakeOver(stories, wiped, phases, flowing - killed)


def _let_live(site: Site, crew: Crew) -> None:
    """A worker that ends soon after its start is not started again at once."""
    (process,) = pids(crew)
    site.wait_until_idle()
    while time.time() - os.stat(f"/proc/{process}").st_ctime < HEALTHY_SECONDS + 1:
        time.sleep(0.2)


def _kill(site: Site, articles: Articles, crew: Crew, wiped: bool) -> tuple[float, float]:
    """The moments of the kill and of the first update that an article led to which was published after it."""
    raw = [entry_of(event, site.naming.of(RAW)) for event in articles.take(int(PATIENCE * RATE))]
    stop = threading.Event()
    handed: dict[str, float] = {}
    with site.open_log() as log:
        feeder = threading.Thread(target=lambda: handed.update(feed(log, raw, RATE, stop)))
        feeder.start()
        try:
            time.sleep(BEFORE)
            (process,) = pids(crew)
            if wiped:
                site.wipe()
            os.kill(process, signal.SIGKILL)
            killed = time.time()
            _until_all_are_loaded(site, killed)
            time.sleep(AFTER)
        finally:
            stop.set()
            feeder.join()
        site.wait_until_idle()
        return killed, _first_update(log, site.naming, {one for one, at in handed.items() if at > killed}, killed)


def _until_all_are_loaded(site: Site, killed: float) -> None:
    deadline = time.monotonic() + PATIENCE
    while sum(note["phase"] == PHASES[-1] for note in _notes(site, killed)) < len(STAGES):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no worker at work {PATIENCE:.0f} s after a kill")
        time.sleep(0.05)


def _first_update(log: EventLog, naming: Naming, raw: Collection[str], since: float) -> float:
    """When the log took it. An update that was on its way at the kill, or is sent again, does not count."""
    topics = [[seen(record, 0.0) for record in _since(log, naming.of(topic), since)] for topic in HOPS]
    return min(chain[-1].taken for chain in chains(raw, topics))


def _since(log: EventLog, topic: str, moment: float) -> Iterator[Record]:
    for partition, end in log.end_offsets(topic).items():
        start = log.offset_at(topic, partition, datetime.fromtimestamp(moment, UTC))
        yield from read_partition(log, topic, partition, start, end)


def _notes(site: Site, since: float) -> list[dict[str, Any]]:
    path = site.settings.home / NAME
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [note for note in map(orjson.loads, lines) if note["at"] > since]


def _phases(site: Site, killed: float) -> dict[str, float]:
    notes = _notes(site, killed)
    return {phase: max((note["at"] for note in notes if note["phase"] == phase), default=killed) for phase in PHASES}


def _facts(naming: Naming, count: int) -> Iterator[Entry]:
    """Articles that have little in common, straight onto the facts topic: each opens a story."""
    dice = random.Random(0)
    for number in range(count):
        words = [f"word{n}" for n in dice.sample(range(VOCABULARY), TERMS + TITLE_TERMS)]
        yield entry_of(_event(f"preloaded-{number}", words[:TITLE_TERMS], words[TITLE_TERMS:]), naming.of(FACTS))


def _event(name: str, title: Sequence[str], body: Sequence[str]) -> Event:
    text = " ".join(body).capitalize() + "."
    facts = Facts(
        article_id=name,
        source=f"{name}.example",
        input_id=name,
        title=" ".join(title),
        language="en",
        published_at=AT,
        text=text,
        digest=stable_id(text),
        sentences=(Sentence(start=0, end=len(text)),),
        terms=_even(body),
        title_terms=_even(title),
    )
    return Event(id=stable_id(name), key="en", subject=name, data=facts, time=AT)


def _even(words: Sequence[str]) -> tuple[tuple[str, float], ...]:
    return tuple((word, round(len(words) ** -0.5, 4)) for word in words)
