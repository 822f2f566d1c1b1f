"""A worker process: the Faust apps of its stages in one loop, until it is told to stop or one of them fails."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import NoReturn

from aiokafka import AIOKafkaProducer

from agents.faust_runtime.app import StageApp
from agents.faust_runtime.options import WorkerOptions
from agents.faust_runtime.outbox import Outbox
from agents.faust_runtime.settings import producer_settings
from agents.faust_runtime.turns import Turns
from agents.faust_runtime.watchdog import Watchdog, look
from agents.handover import Handover
from agents.partition import Batch
from agents.topology import Stage
from schemas.errors import StaleOwner, UsageError

EXIT_AGAIN = 75
"""The process cannot go on, but a new one can (EX_TEMPFAIL)."""
TICK_EVERY = COMMIT_EVERY = 1.0
LOOK_EVERY = 5.0
LAST_SECONDS = 20.0
"""So long a worker whose crew is gone may take to end in order."""


class Worker:
    """Runs stages over Kafka. Create it, `run` it once."""

    def __init__(self, stages: Sequence[Stage], options: WorkerOptions, on_batch: Callable[[Batch], None]) -> None:
        self._stages, self._options, self._on_batch = stages, options, on_batch

    async def run(self) -> None:
        """Works until SIGTERM or SIGINT, then finishes the batches at hand. Ends the process if a stage fails."""
        partitions = self._partitions()
        self._options.folder.mkdir(parents=True, exist_ok=True)
        turns = Turns()
        outbox = Outbox(AIOKafkaProducer(**producer_settings(self._options)), lambda: turns.crowded)
        await outbox.start()
        handover = Handover(self._options.naming.of(stage.source) for stage in self._stages)
        apps = [
            StageApp(stage, self._options, partitions, partial(turns.run, rank), outbox, handover, self)
            for rank, stage in enumerate(self._stages)
        ]
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        tasks = [asyncio.create_task(self._tick(app)) for app in apps]
        await asyncio.gather(*[app.start() for app in apps])
        say("ready: " + ", ".join(stage.name for stage in self._stages))
        tasks += [asyncio.create_task(run(app)) for app in apps for run in (self._commit, self._watch)]
        await stop.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*[self._end(app) for app in apps])
        await outbox.stop()

    def batch(self, batch: Batch) -> None:
        """Passes it on."""
        self._on_batch(batch)

    def loading(self, stage: str, partition: int, records: int) -> None:
        """Says how far it is."""
        say(f"{stage}/{partition}: loading the state, {records:,} records so far")

    def failed(self, stage: str, reason: BaseException) -> NoReturn:
        """Ends the process at once: nothing that is still in a buffer may leave it."""
        say(f"{stage} ends: {type(reason).__name__}: {reason}")
        sys.stdout.flush()
        os._exit(EXIT_AGAIN)

    def _partitions(self) -> dict[str, int]:
        log = self._options.open_log()
        try:
            counts = {name: config.partitions for name, config in log.topics().items()}
        finally:
            log.close()
        for stage in self._stages:
            for topic in (stage.source, *stage.sinks):
                if self._options.naming.of(topic) not in counts:
                    raise UsageError(f"there is no topic {self._options.naming.of(topic)} on this cluster")
        return counts

    async def _tick(self, app: StageApp) -> None:
        """Looks at the clock and for the crew from the start on, whatever the brokers do meanwhile."""
        alone_since: float | None = None
        while True:
            await asyncio.sleep(TICK_EVERY)
            try:
                app.check_clock()
                if self._options.parent not in (None, os.getppid()):
                    os.kill(os.getpid(), signal.SIGTERM)
                    alone_since = alone_since or time.monotonic()
                    if time.monotonic() - alone_since > LAST_SECONDS:  # Faust cannot be stopped while it starts
                        raise StaleOwner("the crew is gone")
            except StaleOwner as reason:
                self.failed(app.stage_name, reason)

    async def _commit(self, app: StageApp) -> None:
        """The committed offsets are for those who look from outside, so they may lag behind."""
        committed: dict[object, int] = {}
        while True:
            await asyncio.sleep(COMMIT_EVERY)
            try:
                new = {at: offset for at, offset in app.positions().items() if committed.get(at) != offset}
                if new and await app.commit_positions(new):
                    committed.update(new)
            except Exception as reason:
                self.failed(app.stage_name, reason)

    async def _watch(self, app: StageApp) -> None:
        watchdog = Watchdog(app.stage_name, self._options.patience)
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                if app.crashed:
                    raise app.crash_reason or RuntimeError("Faust stopped without a reason")
                await look(app, watchdog)
            except Exception as reason:
                self.failed(app.stage_name, reason)

    async def _end(self, app: StageApp) -> None:
        positions = await app.let_go()
        with suppress(Exception):  # the state says where to go on, so a commit that fails costs nothing
            if positions:
                await asyncio.wait_for(app.commit_positions(positions), 5)
        with suppress(Exception):
            await asyncio.wait_for(app.stop(), 15)


def say(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"newsfold worker: {text}\n")
    sys.stderr.flush()
