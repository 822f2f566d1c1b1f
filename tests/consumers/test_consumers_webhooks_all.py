"""All hooks at once: each by itself, and all end in order."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from consumers_handmade import NAMING, Maker, fill
from hooks_desk import SECRETS, THREE, Desk, hook
from hooks_receiver import Answer, Receiver

from consumers.webhooks import run
from eventlog.base import EventLog
from eventlog.sqlite import SqliteLog
from schemas.errors import Fatal, NewsfoldError, Retry


def _hang(let_go: threading.Event) -> None:
    assert let_go.wait(30)


def test_who_hangs_holds_up_nobody_else_and_all_ends_in_order(log: EventLog, tmp_path: Path) -> None:
    fill(Maker(log))
    let_go, stop, said = threading.Event(), threading.Event(), list[str]()
    hangs = Answer(before=lambda _: _hang(let_go))
    before = threading.active_count()
    with Receiver(hangs) as slow, Receiver() as quick:
        hooks = [(hook(own.url, name=name), SECRETS) for name, own in (("slow", slow), ("quick", quick))]

        def end_when_quick_is_done(line: str) -> None:
            said.append(line)
            if len(quick.came) == 3:
                let_go.set()
                stop.set()

        run(hooks, log, NAMING, tmp_path, stop, end_when_quick_is_done, tell_seconds=0.05)
    assert sorted(quick.updates()) == THREE
    assert said[-1] == "quick: 3 delivered"
    assert any("waiting" in line for line in said[:-2])
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("hook ")]
    assert threading.active_count() <= before + 1  # the teller wakes up in a moment
    assert len(slow.came) in (1, 2)


def test_a_request_under_way_is_broken_off_in_the_end_and_comes_again(log: EventLog, tmp_path: Path) -> None:
    fill(Maker(log))
    let_go, stop = threading.Event(), threading.Event()

    def hang(_: object) -> None:
        stop.set()
        _hang(let_go)

    with Receiver(Answer(before=hang)) as receiver:
        began = time.monotonic()
        run([(hook(receiver.url, timeout=60), SECRETS)], log, NAMING, tmp_path, stop, print, grace=0.1)
        assert time.monotonic() - began < 10
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("hook ")]
        let_go.set()
        with SqliteLog(tmp_path / "home" / "log.sqlite") as reopened:
            Desk(reopened, tmp_path, hook(receiver.url)).run()
    assert receiver.came[0].body == receiver.came[1].body
    assert sorted(receiver.updates()[1:]) == THREE


def test_what_breaks_one_ends_all_loudly(filled: EventLog, tmp_path: Path) -> None:
    class NoPlace:
        def commit(self, group: str, *place: Any) -> None:
            if group == "hooks.bad" and receiver.came:
                raise Fatal("the disk is full")
            filled.commit(group, *place)

        def __getattr__(self, name: str) -> Any:
            return getattr(filled, name)

    with Receiver() as receiver:
        hooks = [(hook(receiver.url, name=name), SECRETS) for name in ("good", "bad")]
        with pytest.raises(Fatal, match="the disk is full"):
            run(hooks, NoPlace(), NAMING, tmp_path, threading.Event(), print)  # type: ignore[arg-type]


def test_with_no_receiver_left_it_ends_with_an_error(filled: EventLog, tmp_path: Path) -> None:
    with Receiver(410) as receiver, pytest.raises(NewsfoldError, match="no hook is left"):
        run([(hook(receiver.url), SECRETS)], filled, NAMING, tmp_path, threading.Event(), print)


def test_a_log_that_does_not_answer_is_waited_for(filled: EventLog, tmp_path: Path) -> None:
    class Away:
        def __init__(self) -> None:
            self.times = 3

        def follow(self, topic: str, offsets: dict[int, int], *, wait: float) -> Any:
            if self.times:
                self.times -= 1
                raise Retry("no broker answers")
            return filled.follow(topic, offsets, wait=wait)

        def __getattr__(self, name: str) -> Any:
            return getattr(filled, name)

    stop = threading.Event()
    with Receiver() as receiver:

        def say(line: str) -> None:
            if line == "desk: 3 delivered, 0 waiting":
                stop.set()

        run([(hook(receiver.url), SECRETS)], Away(), NAMING, tmp_path, stop, say, tell_seconds=0.05)  # type: ignore[arg-type]
    assert sorted(receiver.updates()) == THREE
