"""State that is restored from a changelog is right, whatever stale owners write to it, and whenever.

A model of Kafka's part: one changelog, owners with a local store each that may be wiped, crash between any two writes,
or be overtaken without noticing and go on. No ownership check at all is made here: the tokens have to be enough.
"""

import hashlib
import random
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Sequence
from types import coroutine

import pytest

from agents.changelog import CLAIM_KEY, Change, claim_of, restored
from agents.faust_runtime.table import LaneTable
from agents.state import PartitionState
from schemas.errors import StaleOwner

KEYS = 4
INPUTS = 60
SCHEDULES = 400
Pair = tuple[bytes, bytes | None]


@coroutine
def pause() -> Generator[None, None, None]:
    """Where an owner can be interrupted."""
    yield


class Store:
    """The local store of an owner: what a dictionary does, and the changelog offset it is from."""

    def __init__(self) -> None:
        self.pairs: dict[bytes, bytes] = {}
        self.offset = -1

    def restored_to(self, _partition: int) -> int:
        return self.offset

    def read(self, _partition: int, key: bytes) -> bytes | None:
        return self.pairs.get(key)

    def scan(self, _partition: int, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        yield from sorted((key, value) for key, value in self.pairs.items() if key.startswith(prefix))

    def write(self, _partition: int, pairs: Sequence[Pair], offset: int) -> None:
        for key, value in pairs:
            if value is None:
                self.pairs.pop(key, None)
            else:
                self.pairs[key] = value
        self.offset = offset

    def restore(self, _partition: int, changes: Sequence[Change]) -> None:
        new = [change for change in changes if change.offset > self.offset]
        if new:
            self.write(0, list(restored(new, claim_of(self.read(0, CLAIM_KEY)))), new[-1].offset)


class World:
    """Inputs 0 to n-1, each of some key; the state of a key is a chain of hashes over its inputs."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.keys = [f"k{self.chance.randrange(KEYS)}" for _ in range(INPUTS)]
        self.log: list[Change] = []
        self.next = 0
        self.outputs: dict[int, bytes] = {}

    async def append(self, pairs: Sequence[Pair], tag: bytes) -> int:
        last = -1
        for key, value in pairs:
            await pause()
            last, self.next = self.next, self.next + 1
            self.log.append(Change(last, key, value, tag if value is None else None))
        await pause()
        return last

    async def read(self, start: int, end: int) -> AsyncIterator[Sequence[Change]]:
        found = [change for change in self.log if start <= change.offset < end]
        while found:
            await pause()
            some = self.chance.randint(1, 8)
            yield found[:some]
            found = found[some:]

    def output(self, offset: int, value: bytes) -> None:
        assert self.outputs.setdefault(offset, value) == value, f"output {offset} was made twice and differently"

    def truth(self, upto: int) -> dict[str, bytes]:
        """The right state after the inputs up to this offset."""
        state: dict[str, bytes | None] = {}
        for offset in range(upto + 1):
            state[self.keys[offset]] = chained(state.get(self.keys[offset]), offset)
        return {key: value for key, value in state.items() if value is not None}

    def compact(self) -> None:
        """Keeps the newest record of each key; removals stay longer than any store is used again."""
        newest = {change.key: change.offset for change in self.log}
        self.log = [change for change in self.log if newest[change.key] == change.offset]


def chained(before: bytes | None, offset: int) -> bytes | None:
    """What an input makes of the value; now and then it removes it."""
    if offset % 5 == 3:
        return None
    return hashlib.sha256(b"%s/%d" % (before or b"", offset)).hexdigest()[:12].encode()


async def own(world: World, store: Store) -> None:
    """Claims, restores, and works batch after batch until nothing is left."""
    table = await taken_over(world, store)
    state = PartitionState(table)
    right = world.truth(state.applied)
    assert dict(state.scan("k")) == right, f"restored wrongly at {state.applied}"
    while state.applied < INPUTS - 1:
        last = min(INPUTS - 1, state.applied + world.chance.randint(1, 6))
        for offset in range(state.applied + 1, last + 1):
            state.begin(offset)
            key = world.keys[offset]
            value = chained(state.get(key), offset)
            state.put(key, value)
            state.keep()
            world.output(offset, value or b"")
        await pause()
        state.write(last)
        try:
            await table.flush()
        except StaleOwner:  # the process ends
            return


async def taken_over(world: World, store: Store) -> LaneTable:
    """Claimed, and restored up to the claim."""
    table = LaneTable(store, 0, world, lambda: None)  # type: ignore[arg-type]
    await table.claim()
    return table


def step(owner: Coroutine[None, None, None], steps: int) -> bool:
    """Lets an owner go on for some pauses; whether it has ended."""
    try:
        for _ in range(steps):
            owner.send(None)
    except StopIteration:
        return True
    return False


def schedule(seed: int, act: Callable[[World, list[Coroutine[None, None, None]]], None]) -> World:
    """Owners come one after another; `act` says what happens between."""
    world = World(seed)
    stores = [Store(), Store()]
    owners: list[Coroutine[None, None, None]] = []
    for _ in range(12):
        number = world.chance.randrange(2)
        # A stale owner keeps its store, and nobody sees what it does there; the next one finds what was on the disk.
        stores[number] = Store() if world.chance.random() < 0.3 else copied(stores[number])
        owner = own(world, stores[number])
        if not step(owner, world.chance.randint(1, 60)):
            owners.append(owner)
        act(world, owners)
    while not step(last := own(world, Store()), 10_000):
        last.close()
    for owner in owners:
        owner.close()
    return world


def copied(store: Store) -> Store:
    """What is on the disk when its owner is killed: the owner itself keeps another one, which nobody sees."""
    again = Store()
    again.pairs, again.offset = dict(store.pairs), store.offset
    return again


def stale_owners_go_on(world: World, owners: list[Coroutine[None, None, None]]) -> None:
    for owner in list(owners):
        if world.chance.random() < 0.5 and step(owner, world.chance.randint(1, 40)):
            owners.remove(owner)


def all_are_killed(world: World, owners: list[Coroutine[None, None, None]]) -> None:
    for owner in owners:
        owner.close()
    owners.clear()
    world.compact()


@pytest.mark.parametrize("act", [stale_owners_go_on, all_are_killed])
def test_what_is_restored_is_right(act: Callable[[World, list[Coroutine[None, None, None]]], None]):
    for seed in range(SCHEDULES):
        world = schedule(seed, act)
        for offset, key in enumerate(world.keys):
            assert world.outputs[offset] == world.truth(offset).get(key, b""), f"schedule {seed}"


def all_count(changes: Sequence[Change], claim: int) -> Iterator[Pair]:
    yield from ((change.key, change.value) for change in changes if change.key != CLAIM_KEY)


async def go_on(table: LaneTable) -> None:
    """`flush` without a look at the offsets."""
    waiting, table._waiting = table._waiting, []
    table._store.write(0, waiting, await table._changelog.append(waiting, table._tag))


@pytest.mark.parametrize(("where", "what", "how"), [(__name__, "restored", all_count), (LaneTable, "flush", go_on)])
def test_with_one_of_the_two_checks_it_would_not_be(
    where: object, what: str, how: object, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys.modules[where] if isinstance(where, str) else where, what, how)
    with pytest.raises(Exception, match=r"wrongly|twice|slots"):
        list(map(schedule, range(SCHEDULES), [stale_owners_go_on] * SCHEDULES))
