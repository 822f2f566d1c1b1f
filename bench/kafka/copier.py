"""A process that only copies records from `articles.raw` to `articles.clean`: `python -m bench.kafka.copier WAY`.

`faust` is a Faust agent with no more to it; `lane` is a stage of ours whose step does nothing.
"""

import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faust

from agents.faust_runtime.app import BYTES
from agents.faust_runtime.options import WorkerOptions
from agents.faust_runtime.settings import app_settings
from agents.faust_runtime.worker import Worker
from agents.topology import Stage, stateless
from newsfold.opening import open_log
from newsfold.settings import Settings, load
from newsfold.wiring import relax_collector
from schemas.events import Event, derive
from schemas.topics import CLEAN, RAW


def options_of(found: Settings) -> WorkerOptions:
    """As a worker has them."""
    cluster = found.cluster
    assert cluster is not None
    folder = found.home / "workers" / found.worker
    folder.mkdir(parents=True, exist_ok=True)
    return WorkerOptions(cluster, found.naming, folder, found.worker, lambda: open_log(Path(), cluster))


def copy(_state: Any, event: Event) -> Sequence[Event]:
    """A step that passes on what comes in."""
    return [derive(event, event.data, key=event.key, subject=event.subject)]


async def run_lane(options: WorkerOptions) -> None:
    """The runtime as it is, with one stage."""
    await Worker([Stage("copy", RAW, (CLEAN,), stateless, copy)], options, lambda _: None).run()


async def run_faust(options: WorkerOptions) -> None:
    """Faust as it comes, with the same settings. Every copy says what it was made from, as our outputs do."""
    app = faust.App(**app_settings("copy", options))
    source, sink = (app.topic(options.naming.of(topic), **BYTES) for topic in (RAW, CLEAN))

    async def agent(stream: Any) -> None:
        async for event in stream.events():
            headers = [*event.message.headers, ("ce_cause", dict(event.message.headers)["ce_id"])]
            await sink.send(key=event.key, value=event.value, headers=headers)

    app.agent(source, name="copy")(agent)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await app.start()
    await stop.wait()
    await app.stop()


if __name__ == "__main__":
    relax_collector()
    asyncio.run({"lane": run_lane, "faust": run_faust}[sys.argv[1]](options_of(load())))
