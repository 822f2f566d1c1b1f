"""All hooks at once, each in a thread: who is slow or dead holds up nobody else."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import orjson

from consumers.subscribe import Subscription
from consumers.webhooks.config import HookConfig
from consumers.webhooks.dead_letters import DeadLetters
from consumers.webhooks.delivery import Delivery, Gone, Surroundings
from consumers.webhooks.message import Message, message_from
from consumers.webhooks.posting import Poster
from consumers.webhooks.signing import Secret
from consumers.webhooks.worker import Say, Worker
from eventlog.base import EventLog
from schemas.errors import NewsfoldError
from schemas.topics import Naming

Hooks = Sequence[tuple[HookConfig, tuple[Secret, ...]]]
TELL_SECONDS = 60.0
GRACE, LAST_GRACE = 3.0, 2.0
"""Seconds that requests under way are given when all is to end; then threads, once their requests are broken off."""
_LOOK_SECONDS = 0.2


class _Running(NamedTuple):
    worker: Worker
    poster: Poster
    thread: threading.Thread


def run(
    hooks: Hooks,
    log: EventLog,
    naming: Naming,
    folder: Path,
    stop: threading.Event,
    say: Say,
    *,
    once: bool = False,
    tell_seconds: float = TELL_SECONDS,
    grace: float = GRACE,
) -> None:
    """Delivers until `stop` is set, or with `once` until all that is there has been; then closes the log.

    Raises what ended a hook that nothing should have ended, and `NewsfoldError` if all receivers are gone.
    """
    running: list[_Running] = []
    try:
        running += [_prepared(hook, secrets, log, naming, folder, stop, say, once) for hook, secrets in hooks]
        for each in running:
            each.thread.start()
            if dead := each.worker.dead.count():
                say(f"{each.worker.hook.name}: {dead:,} were given up earlier, kept in {each.worker.dead.path}")
        _thread("teller", lambda: _tell(running, stop, say, tell_seconds)).start()
        _watch(running, stop)
    finally:
        stop.set()
        _end(running, log, grace)
        for each in running:
            say(each.worker.line())
    _raise_what_went_wrong(running)


def again(hooks: Hooks, folder: Path, say: Say) -> int:
    """Tries every dead letter once more; gives how many are left."""
    return sum(_again(hook, secrets, folder, say) for hook, secrets in hooks)


def _prepared(
    hook: HookConfig,
    secrets: tuple[Secret, ...],
    log: EventLog,
    naming: Naming,
    folder: Path,
    stop: threading.Event,
    say: Say,
    once: bool,
) -> _Running:
    subscription = Subscription(
        log,
        naming,
        group=hook.group,
        start=hook.start,
        stories=hook.stories,
        kinds=hook.kinds,
        min_significance=hook.min_significance,
        follow=not once,
    )
    poster = _poster(hook)
    around = Surroundings(time.time, stop.wait, random.random)
    worker = Worker(hook, secrets, subscription, DeadLetters(folder, hook.name), poster, around, say)
    return _Running(worker, poster, _thread(f"hook {hook.name}", lambda: worker.run(stop)))


def _thread(name: str, work: Callable[[], None]) -> threading.Thread:
    """One that does not keep the process from ending: while the log is away, it may not hear that all is to end."""
    return threading.Thread(target=work, name=name, daemon=True)


def _poster(hook: HookConfig) -> Poster:
    return Poster(hook.url, timeout=hook.timeout, allow_private=hook.allow_private)


def _watch(running: Sequence[_Running], stop: threading.Event) -> None:
    """Returns when all is to end, nobody is at work, or one has broken down."""
    while not stop.wait(_LOOK_SECONDS):
        if any(each.worker.error for each in running) or not any(each.thread.is_alive() for each in running):
            return


def _tell(running: Sequence[_Running], stop: threading.Event, say: Say, seconds: float) -> None:
    """One line a hook now and then. Not by who watches: the log may let the question wait for minutes."""
    while not stop.wait(seconds):
        for each in running:
            with suppress(NewsfoldError):  # the log was closed
                line = each.worker.line(each.worker.waiting())
                try:
                    say(line)
                except BrokenPipeError:  # nobody listens any more; who says the last lines finds out too
                    stop.set()


def _end(running: Sequence[_Running], log: EventLog, grace: float) -> None:
    """1 what is in hand is ended, or broken off; 2 the log is closed, which wakes those who wait for it; 3 threads."""
    until = time.monotonic() + grace
    for each in running:  # 1
        if not each.worker.rest(max(0.0, until - time.monotonic())):
            each.poster.break_off()
    until = time.monotonic() + LAST_GRACE
    for each in running:
        each.worker.rest(max(0.0, until - time.monotonic()))
    closing = _thread("closing", log.close)  # 2
    closing.start()
    for thread in (closing, *(each.thread for each in running)):  # 3
        if thread.ident is not None:
            thread.join(max(0.0, until - time.monotonic()))


def _raise_what_went_wrong(running: Sequence[_Running]) -> None:
    for each in running:
        if each.worker.error is not None:
            raise each.worker.error
    if running and all(each.worker.gone for each in running):
        raise NewsfoldError("no hook is left: all receivers say that they are gone")


def _again(hook: HookConfig, secrets: tuple[Secret, ...], folder: Path, say: Say) -> int:
    dead = DeadLetters(folder, hook.name)
    delivery = Delivery(hook, secrets, _poster(hook), Surroundings(time.time, lambda _: False, random.random))
    left, away = 0, False
    with dead.taken() as rows:
        for row in rows:
            told = orjson.dumps(row["event"])
            message = message_from([(row["id"], told)], batched=hook.batch > 1)
            reason = row["reason"] if away else _once(delivery, message)
            away = away or delivery.away  # who is away for one is away for the others
            if reason is not None:
                dead.add(message.events, reason, row["at"])
                left += 1
    say(f"{hook.name}: {len(rows) - left:,} delivered, {left:,} left" + (f" in {dead.path}" if left else ""))
    return left


def _once(delivery: Delivery, message: Message) -> str | None:
    try:
        return delivery.once(message)
    except Gone as reason:
        return str(reason)
