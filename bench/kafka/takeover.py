"""How long no updates come after a worker was killed, with few stories in its state and with many."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import orjson

from bench.kafka.articles import Articles
from bench.kafka.latency import RATE, warm_up
from bench.kafka.rig import Site, in_chunks, pids
from bench.kafka.timed import NAME
from bench.kafka.timing import Listener, feed
from eventlog.base import Entry
from eventlog.events import entry_of
from newsfold.crew import HEALTHY_SECONDS, Crew
from schemas.articles import Facts, Sentence
from schemas.events import Event, stable_id
from schemas.topics import FACTS, RAW, UPDATES, Naming

AT = datetime(2001, 1, 1, tzinfo=UTC)
VOCABULARY, TERMS, TITLE_TERMS = 50_000, 40, 6
BEFORE = 3.0
"""Seconds of steady feed before the kill."""
PATIENCE = 90.0
PHASES = ("started", "joined", "recovered", "loaded")


class TakeOver(NamedTuple):
    """After one kill; all in seconds since then."""

    stories: int
    wiped: bool
    """The new process found no local state."""
    phases: Mapping[str, float]
    """Until the last stage had reached each phase."""
    flowing: float
    """Until the log took the first update of the new process."""


def measure(site: Site, articles: Articles, stories: int, *, wipe: bool) -> Iterator[TakeOver]:
    """Kills the only worker under a steady feed; then, if wanted, once more with its local state gone."""
    with (
        site.open_log() as log,
        site.open_log() as listening,
        site.crew(1, ("bench.kafka.timed",)) as crew,
        Listener(listening, site.naming.of(UPDATES)) as listener,
    ):
        in_chunks(log, list(_facts(site.naming, stories)))
        listener.wait_for(stories, 4 * PATIENCE)
        warm_up(log, site.naming, articles, listener)
        for wiped in [False, True] if wipe else [False]:
            _let_live(site, crew)
            killed, flowing = _kill(site, articles, crew, listener, wiped)
            phases = {name: at - killed for name, at in _phases(site, killed).items()}
            yield TakeOver(stories, wiped, phases, flowing - killed)


def _let_live(site: Site, crew: Crew) -> None:
    """A worker that ends soon after its start is not started again at once."""
    (process,) = pids(crew)
    site.wait_until_idle()
    while time.time() - os.stat(f"/proc/{process}").st_ctime < HEALTHY_SECONDS + 1:
        time.sleep(0.2)


def _kill(site: Site, articles: Articles, crew: Crew, listener: Listener, wiped: bool) -> tuple[float, float]:
    """The moments of the kill and of the first update after it."""
    raw = [entry_of(event, site.naming.of(RAW)) for event in articles.take(int(PATIENCE * RATE))]
    stop = threading.Event()
    with site.open_log() as log:
        feeder = threading.Thread(target=feed, args=(log, raw, RATE, stop))
        feeder.start()
        try:
            time.sleep(BEFORE)
            if wiped:
                site.wipe_before_next_start()
            (process,) = pids(crew)
            os.kill(process, signal.SIGKILL)
            killed = time.time()
            return killed, _first_after(listener, killed + 0.3)
        finally:
            stop.set()
            feeder.join()


def _first_after(listener: Listener, moment: float) -> float:
    """What was on its way when the worker was killed does not count: no process is up again so soon."""
    deadline = time.time() + PATIENCE
    while time.time() < deadline:
        found = [one.taken for one in listener.seen if one.taken > moment]
        if found:
            return min(found)
        time.sleep(0.05)
    raise TimeoutError(f"no update for {PATIENCE:.0f} s after a kill")


def _phases(site: Site, killed: float) -> dict[str, float]:
    lines = (site.settings.home / NAME).read_bytes().splitlines()
    notes = [note for note in map(orjson.loads, lines) if note["at"] > killed]
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
