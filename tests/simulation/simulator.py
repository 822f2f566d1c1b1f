"""Runs the real pipeline through a schedule of crashes, take-overs, redeliveries, duplicates and reorderings."""

import random
from collections.abc import Sequence
from pathlib import Path

from sim_disturb import Crash, Fuse, FusedLog, FusedTables

from agents.inprocess import Pipeline
from eventlog.base import Record, TopicConfig
from eventlog.events import entry_of, event_of, read_all
from eventlog.sqlite import SqliteLog
from schemas.errors import StaleOwner
from schemas.events import Event
from schemas.story import Story, Update
from schemas.topics import CLEAN, FACTS, LATEST, LOG, RAW, TOPICS, UPDATES, Naming, Topic

NAMING = Naming("sim.", "g1")
PARTITIONS = {RAW.name: 2, FACTS.name: 2, LOG.name: 3, UPDATES.name: 3, LATEST.name: 3}


class Simulation:
    """A world of two independent inputs (one raw partition each), one log, one set of tables, and a process."""

    def __init__(self, inputs: Sequence[Sequence[Event]], seed: int) -> None:
        self.chance = random.Random(seed)
        self.fuse = Fuse()
        self._inner = SqliteLog(Path(":memory:"))
        self.log = FusedLog(self._inner, self.fuse)
        self.tables = FusedTables(self.fuse)
        self._waiting = [list(events) for events in inputs]
        for topic in TOPICS:
            self._inner.create_topic(NAMING.of(topic), TopicConfig(PARTITIONS.get(topic.name, 1), topic.cleanup))
        self.start()

    def start(self) -> None:
        """A process starts: nothing is in memory but what it loads."""
        self.process = Pipeline(self.log, self.tables, NAMING)  # type: ignore[arg-type]

    def disturb(self, actions: int) -> None:
        choices = (self.arrive, self.work, self.work, self.crash, self.take_over, self.redeliver, self.repeat)
        for _ in range(actions):
            self.chance.choice(choices)()

    def finish(self) -> None:
        """Everything arrives, and a fresh process brings it to the end."""
        self.fuse.put_out()
        while any(self._waiting):
            self.arrive()
        self.start()
        self.process.run_until_idle()

    def arrive(self) -> None:
        """The next raw article of one of the two inputs."""
        partition = self.chance.randrange(len(self._waiting))
        if self._waiting[partition]:
            event = self._waiting[partition].pop(0)
            self._inner.append([entry_of(event, NAMING.of(RAW), partition)])

    def work(self) -> None:
        """Any worker takes a batch of any size."""
        try:
            self.chance.choice(self.process.workers).run(self.chance.randint(1, 6))
        except (StaleOwner, Crash):
            self.start()

    def crash(self) -> None:
        """The process dies at one of its next writes."""
        self.fuse.light(self.chance.randrange(30), Fuse.crash)
        for _ in range(4):
            self.work()
        self.fuse.put_out()

    def take_over(self) -> None:
        """In the middle of a write another process opens the tables and works; the first one goes on, unaware."""
        old = self.process
        self.fuse.light(self.chance.randrange(20), self._another_process)
        for _ in range(4):
            try:
                self.chance.choice(old.workers).run(self.chance.randint(1, 6))
            except StaleOwner:
                break
        self.fuse.put_out()
        self.start()

    def _another_process(self) -> None:
        self.start()
        for _ in range(self.chance.randint(0, 4)):
            self.chance.choice(self.process.workers).run(self.chance.randint(1, 6))

    def redeliver(self) -> None:
        """Committed offsets fall back, and a new process begins there."""
        for topic, stage in ((RAW, "clean"), (CLEAN, "extract"), (FACTS, "assign"), (LOG, "fold")):
            group, source = f"sim.g1.{stage}", NAMING.of(topic)
            for partition, offset in dict(self._inner.committed(group, source)).items():
                self._inner.commit(group, source, {partition: self.chance.randint(0, offset)})
        self.start()

    def repeat(self) -> None:
        """A record is on its topic twice: what a producer leaves behind that died before it heard the answer."""
        topic = self.chance.choice((RAW, CLEAN, FACTS, LOG))
        records = list(read_all(self._inner, NAMING.of(topic)))
        if records:
            record = self.chance.choice(records)
            event = event_of(record)
            self._inner.append([entry_of(event, record.topic, record.partition)])

    def latest(self) -> dict[str, bytes]:
        """The newest version of every story, as bytes."""
        return {record.key.decode(): record.value for record in self.records(LATEST)}

    def updates(self) -> dict[tuple[str, int], bytes]:
        """Every update; the same version with other bytes is an error, and so is a version out of turn."""
        seen: dict[tuple[str, int], bytes] = {}
        for record in self.records(UPDATES):
            update = event_of(record).data
            assert isinstance(update, Update)
            at = (update.story_id, update.version)
            assert seen.setdefault(at, record.value) == record.value, f"{at} was made twice and differently"
            assert update.version == 1 or (update.story_id, update.version - 1) in seen, f"a gap before {at}"
        return seen

    def stories(self) -> list[Story]:
        """The newest version of every story."""
        return [Story.model_validate_json(value) for value in self.latest().values()]

    def records(self, topic: Topic) -> list[Record]:
        """All records of a topic, repeats included."""
        return list(read_all(self._inner, NAMING.of(topic)))
