"""Webhooks against a real receiver on the loopback; time and chance are made up."""

import os
import threading
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from consumers_handmade import DAY, NAMING, Maker
from hooks_desk import SECRETS, THREE, Desk, hook
from hooks_receiver import KEY, SECRET, Answer, Receiver, signed_by

from consumers.webhooks import again
from consumers.webhooks.dead_letters import DeadLetters
from consumers.webhooks.signing import Secret
from eventlog.base import EventLog
from eventlog.events import header, read_all
from schemas.errors import NewsfoldError
from schemas.topics import UPDATES


@pytest.fixture
def desk(filled: EventLog, tmp_path: Path) -> Callable[..., Desk]:
    return lambda url, **more: Desk(filled, tmp_path, hook(url, **more))


def test_an_update_comes_as_a_signed_cloud_event(filled: EventLog, desk: Callable[..., Desk]) -> None:
    with Receiver() as receiver:
        desk(receiver.url).run()
    assert sorted(receiver.updates()) == THREE
    records = {header(record, "ce_id"): record for record in read_all(filled, NAMING.of(UPDATES))}
    for own in receiver.came:
        event, record = own.json, records[own.id]
        assert own.path == "/in?desk=7"
        assert own.headers["content-type"] == "application/cloudevents+json"
        assert own.headers["host"] == f"127.0.0.1:{receiver.port}"
        assert own.headers["webhook-timestamp"] == str(int(DAY.timestamp()))
        assert (event["specversion"], event["type"]) == ("1.0", "newsfold.story.updated.v1")
        assert (event["id"], event["subject"]) == (own.id, event["data"]["story_id"])
        assert record.value in own.body


def test_several_secrets_sign_all_at_once(filled: EventLog, tmp_path: Path) -> None:
    old = bytes(range(1, 33))
    with Receiver() as receiver:
        Desk(filled, tmp_path, hook(receiver.url), (Secret(old), *SECRETS)).run()
    assert all(signed_by(KEY, own) and signed_by(old, own) for own in receiver.came)
    assert not signed_by(bytes(32), receiver.came[0])


def test_several_updates_in_one_request(desk: Callable[..., Desk]) -> None:
    with Receiver() as receiver:
        desk(receiver.url, batch=2).run()
        assert [len(own.json) for own in receiver.came] == [2, 1]
    assert sorted(receiver.updates()) == THREE
    assert {own.headers["content-type"] for own in receiver.came} == {"application/cloudevents-batch+json"}


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"stories": ["race0bb"]}, ["race0bb@1"]),
        ({"min_significance": 0.5}, ["flood0aa@1", "flood0aa@2"]),
        ({"kinds": ["joined", "merged"]}, ["flood0aa@2"]),
        ({"start": "end"}, []),
    ],
)
def test_only_what_is_asked_for(desk: Callable[..., Desk], filters: dict[str, Any], wanted: list[str]) -> None:
    with Receiver() as receiver:
        desk(receiver.url, **filters).run()
    assert sorted(receiver.updates()) == wanted


def test_what_fails_comes_again_the_same_to_the_byte_and_before_what_is_next(desk: Callable[..., Desk]) -> None:
    with Receiver(500, 503, 429) as receiver:
        own = desk(receiver.url).run()
    first, others = receiver.came[0], receiver.came[1:4]
    assert [(other.id, other.body) for other in others] == [(first.id, first.body)] * 3
    assert [int(other.headers["webhook-timestamp"]) - int(DAY.timestamp()) for other in others] == [5, 15, 35]
    assert sorted(receiver.updates()[3:]) == THREE
    assert receiver.updates().index("flood0aa@1") < receiver.updates().index("flood0aa@2")
    assert own.said == ["desk: its receiver takes nothing: HTTP 500", "desk: its receiver takes updates again"]
    assert own.worker.line() == "desk: 3 delivered"


def test_pauses_double_up_to_a_limit_and_are_shortened_by_chance(desk: Callable[..., Desk]) -> None:
    with Receiver(*[500] * 7) as receiver:
        own = desk(receiver.url, first_delay="1s", longest_delay="30s").run()
        assert own.pauses == [1, 2, 4, 8, 16, 30, 30]
        receiver.answers = [Answer(500)] * 2
        other = desk(receiver.url, name="other")
        other.worker._delivery._around = other.worker._delivery._around._replace(chance=lambda: 0.5)
        assert other.run().pauses == [3.75, 7.5]


@pytest.mark.parametrize(
    ("asked", "paused"),
    [
        ("120", 120.0),
        ("1", 5.0),
        ("999999999999999999", 3 * 86_400.0),
        (format_datetime(DAY.replace(hour=1), usegmt=True), 3600.0),
        (format_datetime(DAY.replace(year=2000), usegmt=True), 5.0),
        ("soon", 5.0),
        ("-5", 5.0),
        ("", 5.0),
    ],
)
def test_retry_after_is_kept_to(desk: Callable[..., Desk], asked: str, paused: float) -> None:
    with Receiver(Answer(503, (("Retry-After", asked),))) as receiver:
        assert desk(receiver.url).run().pauses == [paused]


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_what_is_refused_is_kept_as_a_dead_letter_and_the_next_ones_go_on(
    desk: Callable[..., Desk], status: int
) -> None:
    with Receiver(*[status] * 5) as receiver:
        own = desk(receiver.url).run()
    assert len(receiver.came) == 7
    [row] = own.rows()
    event = receiver.came[0].json
    assert row == {
        "hook": "desk",
        "id": event["id"],
        "at": "2031-05-02 00:01:15Z",
        "reason": f"HTTP {status}, after 5 attempts",
        "event": event,
    }
    assert own.worker.line() == "desk: 2 delivered, 1 given up"
    assert str(own.dead.path) in "".join(own.said)


def test_who_is_in_trouble_is_waited_for_until_it_is_given_up(desk: Callable[..., Desk]) -> None:
    with Receiver(*[500] * 1_000) as receiver:
        own = desk(receiver.url).run()
    assert sum(own.pauses) >= 3 * 86_400
    first, *others = own.rows()
    assert len(others) == 2
    tries = [int(row["reason"].split()[-2].replace(",", "")) for row in (first, *others)]
    assert tries[0] > 70
    assert tries[1:] == [5, 5]  # it has been away long enough for these
    assert sum(tries) == len(receiver.came)
    assert own.worker.line().startswith("desk: 0 delivered, 3 given up, failing since 2031-05-02 00:00: HTTP 500")


def test_who_comes_back_is_waited_for_anew(desk: Callable[..., Desk]) -> None:
    with Receiver(*[500] * 100, 204, *[500] * 50) as receiver:
        own = desk(receiver.url, give_up="9h", longest_delay="5m", attempts=2).run()
    assert len(own.rows()) == 0
    assert own.worker.delivered == 3


def test_nobody_there_is_trouble_too(desk: Callable[..., Desk]) -> None:
    with Receiver() as receiver:
        url = receiver.url
    own = desk(url, give_up="1m", stories=["race0bb"]).run()
    assert [row["reason"] for row in own.rows()] == ["Connection refused, after 5 attempts"]


def test_a_receiver_that_is_gone_ends_the_hook_and_keeps_its_place(desk: Callable[..., Desk]) -> None:
    with Receiver(204, 410) as receiver:
        own = desk(receiver.url).run()
        assert own.worker.gone
        assert "HTTP 410" in own.said[-1]
        assert own.worker.line().endswith("ended: its receiver is gone")
        assert own.rows() == []
        desk(receiver.url).run()
    assert len(receiver.came) == 4
    assert receiver.came[1].id == receiver.came[2].id


def test_a_crash_between_delivery_and_commit_repeats_the_same_id(filled: EventLog, tmp_path: Path) -> None:
    class Crashing:
        def __init__(self, commits: int) -> None:
            self.left = commits

        def commit(self, *place: Any) -> None:
            self.left -= 1
            if self.left < 0:
                raise SystemError("power cut")
            filled.commit(*place)

        def __getattr__(self, name: str) -> Any:
            return getattr(filled, name)

    with Receiver() as receiver:
        for commits in (1, 2, 2):  # one when it subscribes
            with pytest.raises(SystemError):
                Desk(Crashing(commits), tmp_path, hook(receiver.url)).run()  # type: ignore[arg-type]
        Desk(filled, tmp_path, hook(receiver.url)).run()
    ids = [own.id for own in receiver.came]
    assert sorted(set(receiver.updates())) == THREE
    assert len(ids) == 6
    assert (ids[0], ids[2], ids[4]) == (ids[1], ids[3], ids[5])


def test_a_restart_goes_on_where_it_was(filled: EventLog, desk: Callable[..., Desk]) -> None:
    with Receiver() as receiver:
        desk(receiver.url, start="end").run()
        maker = Maker(filled)
        maker.version(maker.article("a4", 2), "flood0aa", 3)
        desk(receiver.url, start="end").run()
        desk(receiver.url, start="end").run()
        desk(receiver.url, start="end", name="other").run()
    assert receiver.updates() == ["flood0aa@3"]


def test_one_that_is_stopped_between_attempts_keeps_its_place(desk: Callable[..., Desk]) -> None:
    with Receiver(500, 500) as receiver:
        own = desk(receiver.url)
        own.stop_after = 2
        own.run()
        desk(receiver.url).run()
    assert len({own.id for own in receiver.came[:3]}) == 1
    assert sorted(receiver.updates()[2:]) == THREE


# What is given up


@pytest.fixture
def left(desk: Callable[..., Desk]) -> Iterator[tuple[Receiver, Desk]]:
    """A receiver that refused all three."""
    with Receiver(*[400] * 15) as receiver:
        yield receiver, desk(receiver.url).run()


def test_dead_letters_are_tried_again(left: tuple[Receiver, Desk], tmp_path: Path) -> None:
    receiver, own = left
    said: list[str] = []
    bodies = [own.body for own in receiver.came[::5]]
    receiver.came.clear()
    receiver.answers = [Answer(204), Answer(400), Answer(204)]
    assert again([(hook(receiver.url), SECRETS)], tmp_path / "hooks", said.append) == 1
    assert [own.body for own in receiver.came] == bodies
    assert own.dead.count() == 1
    assert again([(hook(receiver.url), SECRETS)], tmp_path / "hooks", said.append) == 0
    assert (len(receiver.came), own.dead.count()) == (4, 0)
    assert again([(hook(receiver.url), SECRETS)], tmp_path / "hooks", said.append) == 0
    assert said[0] == f"desk: 2 delivered, 1 left in {own.dead.path}"
    assert said[1:] == ["desk: 1 delivered, 0 left", "desk: 0 delivered, 0 left"]


@pytest.mark.parametrize("status", [410, 500])
def test_who_is_still_away_is_asked_once(left: tuple[Receiver, Desk], tmp_path: Path, status: int) -> None:
    receiver, own = left
    receiver.came.clear()
    receiver.answers = [Answer(status)] * 3
    assert again([(hook(receiver.url), SECRETS)], tmp_path / "hooks", print) == 3
    assert len(receiver.came) == 1
    assert own.dead.count() == 3


def test_a_retry_that_is_killed_forgets_nothing(left: tuple[Receiver, Desk]) -> None:
    _, own = left

    def killed() -> None:
        with own.dead.taken() as rows:
            assert len(rows) == 3
            own.dead.add([("e9", b'{"id":"e9"}')], "HTTP 400", "now")  # by who delivers meanwhile
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    with own.dead.taken() as rows:
        assert [row["id"] for row in rows][3:] == ["e9"]
        with pytest.raises(NewsfoldError, match="tried again already"), own.dead.taken():
            pass
    assert own.rows() == []


def test_a_torn_line_costs_no_other(tmp_path: Path) -> None:
    dead = DeadLetters(tmp_path, "desk")
    dead.add([("e1", b'{"id":"e1"}'), ("e2", b"{}")], "HTTP 400", "now")
    with dead.path.open("ab") as file:
        file.write(b'{"hook":"desk","id":"e')
    dead.add([("e3", b"{}")], "HTTP 400", "now")
    assert dead.count() == 3
    with dead.taken() as rows:
        assert [row["id"] for row in rows] == ["e1", "e2", "e3"]


def test_nothing_is_left_open(desk: Callable[..., Desk]) -> None:
    def files() -> int:
        return len(os.listdir("/proc/self/fd"))

    with Receiver(*[500] * 40) as receiver:
        own = desk(receiver.url)
        before, threads = files(), threading.active_count()
        own.run()
        assert len(receiver.came) == 43
        assert files() <= before + 1  # one that the receiver is about to close
    assert threading.active_count() <= threads
    assert SECRET not in repr(vars(own.worker)) + repr(SECRETS)
