"""Each update once, from a remembered place on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from consumers_handmade import NAMING, Maker, fill

from consumers.subscribe import Seen, Subscription
from eventlog.base import EventLog, Record
from schemas.errors import Retry, UsageError
from schemas.events import derive
from schemas.topics import UPDATES, Naming


def keys(subscription: Subscription) -> list[str]:
    return sorted(f"{update.story_id}@{update.version}" for update in subscription)


def test_all_updates_from_the_beginning(filled: EventLog) -> None:
    assert keys(Subscription(filled, NAMING, follow=False)) == ["flood0aa@1", "flood0aa@2", "race0bb@1"]


def test_an_idle_subscription_ends_after_its_wait(filled: EventLog) -> None:
    assert len(keys(Subscription(filled, NAMING, wait=0.01))) == 3


def test_from_the_end_only_what_comes_later(filled: EventLog) -> None:
    subscription = Subscription(filled, NAMING, start="end", follow=False)
    assert keys(subscription) == []
    maker = Maker(filled)
    maker.version(maker.article("a4", 2), "flood0aa", 3)
    assert keys(subscription) == ["flood0aa@3"]


def test_from_a_moment_on(filled: EventLog) -> None:
    past, future = (datetime.now(UTC) + timedelta(hours=hours) for hours in (-1, 1))
    assert len(keys(Subscription(filled, NAMING, start=past, follow=False))) == 3
    assert keys(Subscription(filled, NAMING, start=future, follow=False)) == []


def test_only_what_matters(filled: EventLog) -> None:
    assert keys(Subscription(filled, NAMING, min_significance=0.5, follow=False)) == ["flood0aa@1", "flood0aa@2"]
    assert keys(Subscription(filled, NAMING, stories=["race0bb"], follow=False)) == ["race0bb@1"]
    assert keys(Subscription(filled, NAMING, kinds=["joined", "merged"], follow=False)) == ["flood0aa@2"]


def test_batches_hold_what_is_there_and_the_place_waits_for_the_commit(filled: EventLog) -> None:
    endless = Subscription(filled, NAMING, group="desk").batches(10)
    assert len(next(endless)) == 3  # it does not wait until ten are there
    maker = Maker(filled)
    maker.version(maker.article("a4", 2), "flood0aa", 3)
    [last] = next(endless)
    assert last.subject == "flood0aa"
    again = Subscription(filled, NAMING, group="desk", follow=False)
    sizes = []
    for batch in again.batches(2):
        sizes.append(len(batch))
        again.commit()
    assert sizes == [2, 2]
    assert again.behind() == 0
    assert keys(Subscription(filled, NAMING, group="desk", follow=False)) == []


def test_a_group_goes_on_where_it_stopped(filled: EventLog) -> None:
    first = iter(Subscription(filled, NAMING, group="desk", follow=False))
    taken = [next(first), next(first)]  # the second was given but its handling never ended
    rest = list(Subscription(filled, NAMING, group="desk", follow=False))
    assert rest[0] == taken[1]
    assert len(rest) == 2
    assert keys(Subscription(filled, NAMING, group="desk", follow=False)) == []
    assert len(keys(Subscription(filled, NAMING, group="other desk", follow=False))) == 3


def test_a_group_that_starts_at_the_end_misses_nothing_between_runs(filled: EventLog) -> None:
    Subscription(filled, NAMING, group="desk", start="end", follow=False)
    maker = Maker(filled)
    maker.version(maker.article("a4", 2), "flood0aa", 3)
    assert keys(Subscription(filled, NAMING, group="desk", start="end", follow=False)) == ["flood0aa@3"]


def redeliver(filled: EventLog) -> None:
    """What a worker that crashed before its commit does: the same updates once more."""
    maker = Maker(filled)
    cause = maker.article("a1")
    for update in list(Subscription(filled, NAMING, stories=["flood0aa"], follow=False)):
        maker.put(UPDATES, derive(cause, update, key=update.story_id, subject=update.story_id))


def test_redelivered_updates_are_dropped(filled: EventLog) -> None:
    redeliver(filled)
    assert len(keys(Subscription(filled, NAMING, follow=False))) == 3


def test_redelivered_updates_are_dropped_across_a_restart(filled: EventLog) -> None:
    assert len(keys(Subscription(filled, NAMING, group="desk", follow=False))) == 3
    redeliver(filled)
    assert keys(Subscription(filled, NAMING, group="desk", follow=False)) == []


class LogAway:
    """Gives a record and then no answer, `times` times; takes no place meanwhile."""

    def __init__(self, log: EventLog, times: int) -> None:
        self._log, self.times = log, times

    def follow(self, topic: str, offsets: dict[int, int], *, wait: float) -> Iterator[Record]:
        yield from islice(self._log.follow(topic, offsets, wait=0), 1 if self.times else None)
        self._answer()

    def commit(self, *place: Any) -> None:
        self._answer()
        self._log.commit(*place)

    def _answer(self) -> None:
        if self.times:
            self.times -= 1
            raise Retry("no answer within 0 seconds")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


def test_an_endless_subscription_outlives_a_log_that_does_not_answer(
    filled: EventLog, caplog: pytest.LogCaptureFixture
) -> None:
    away = LogAway(filled, 0)
    endless = Subscription(away, NAMING, group="desk")  # type: ignore[arg-type]
    away.times = 2
    given = [f"{update.story_id}@{update.version}" for update in islice(endless, 3)]
    assert sorted(given) == ["flood0aa@1", "flood0aa@2", "race0bb@1"]
    assert caplog.messages
    assert set(caplog.messages) == {"no answer within 0 seconds; still waiting"}
    assert away.times == 0
    [last] = Subscription(filled, NAMING, group="desk", follow=False)  # it was given, but its handling never ended
    assert f"{last.story_id}@{last.version}" == given[-1]


def test_one_that_is_to_end_says_that_the_log_does_not_answer(filled: EventLog) -> None:
    away = LogAway(filled, 0)
    ends = Subscription(away, NAMING, wait=1.0)  # type: ignore[arg-type]
    away.times = 1
    with pytest.raises(Retry):
        list(ends)


def test_the_full_story_of_the_newest_version(filled: EventLog) -> None:
    subscription = Subscription(filled, NAMING, follow=False)
    newest = next(update for update in subscription if (update.story_id, update.version) == ("flood0aa", 2))
    assert subscription.story(newest).title == "Orrin Vale under water"


def test_an_unknown_generation_is_named(filled: EventLog) -> None:
    with pytest.raises(UsageError, match=r"no generation 'g9'.*g1"):
        Subscription(filled, Naming(generation="g9"))


def test_the_longest_quiet_story_is_forgotten_first() -> None:
    seen = Seen(limit=2)
    assert [seen.is_new(*update) for update in (("a", 1), ("b", 1), ("a", 2), ("c", 1))] == [True] * 4
    assert not seen.is_new("a", 2)
    assert seen.is_new("b", 1)


def test_two_generations_do_not_mix(make: Callable[[Naming], Maker], log: EventLog) -> None:
    fill(make(NAMING))
    second = make(Naming(generation="g2"))
    second.version(second.article("a1"), "lonely0c", 1)
    assert keys(Subscription(log, Naming(generation="g2"), follow=False)) == ["lonely0c@1"]
