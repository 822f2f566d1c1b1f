"""State that is restored from a changelog is right, whatever stale owners write to it, and whenever.

A model of Kafka's part: one changelog, owners with a local store each that may be wiped, crash between any two writes,
or be overtaken without noticing and go on. No ownership check at all is made here: the tokens have to be enough.
"""

import hashlib
import random
from collections.abc import Callable, Coroutine, Generator, Iterator, Sequence
from types import coroutine

import pytest

from agents.changelog import CLAIM_KEY, Restored, claim_of, tag_of
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


Log = dict[int, Pair]
"""Changelog offset -> record; compaction leaves gaps."""


def restore(store: Store, log: Log) -> None:
    """What the local store of a new owner takes from the changelog."""
    restored = Restored(claim_of(store.read(0, CLAIM_KEY)))
    for offset, pair in log.items():
        if offset > store.offset:
            own = [pair] if restored.accepts(offset, *pair) else []
            store.write(0, [*own, (CLAIM_KEY, tag_of(restored.claim))], offset)


class World:
    """Inputs 0 to n-1, each of some key; the state of a key is a chain of hashes over its inputs."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.keys = [f"k{self.chance.randrange(KEYS)}" for _ in range(INPUTS)]
        self.log: Log = {}
        self.next = 0
        self.outputs: dict[int, bytes] = {}

    async def send(self, pairs: Sequence[Pair]) -> int:
        last = -1
        for pair in pairs:
            await pause()
            last, self.next = self.next, self.next + 1
            self.log[last] = pair
        await pause()
        return last

    def output(self, offset: int, value: bytes) -> None:
        assert self.outputs.setdefault(offset, value) == value, f"output {offset} was made twice and differently"

    def truth(self, upto: int) -> dict[str, bytes]:
        """The right state after the inputs up to this offset."""
        state: dict[str, bytes] = {}
        for offset in range(upto + 1):
            state[self.keys[offset]] = chained(state.get(self.keys[offset]), offset)
        return state

    def compact(self) -> None:
        newest = {key: offset for offset, (key, _) in self.log.items()}
        self.log = {offset: pair for offset, pair in self.log.items() if newest[pair[0]] == offset}


def chained(before: bytes | None, offset: int) -> bytes:
    return hashlib.sha256(b"%s/%d" % (before or b"", offset)).hexdigest()[:12].encode()


async def own(world: World, store: Store) -> None:
    """Restores, claims, and works batch after batch until nothing is left."""
    table = await taken_over(world, store)
    state = PartitionState(table)
    right = world.truth(state.applied)
    assert {key: value for key, value in state.scan("k") if value} == right, f"restored wrongly at {state.applied}"
    while state.applied < INPUTS - 1:
        last = min(INPUTS - 1, state.applied + world.chance.randint(1, 6))
        for offset in range(state.applied + 1, last + 1):
            state.begin(offset)
            key = world.keys[offset]
            value = chained(state.get(key), offset)
            state.put(key, value)
            state.keep()
            world.output(offset, value)
        await pause()
        state.write(last)
        try:
            await table.flush()
        except StaleOwner:  # the process ends
            return


async def taken_over(world: World, store: Store) -> LaneTable:
    while True:
        restore(store, world.log)
        await pause()
        table = LaneTable(store, 0, world.send, lambda: None)  # type: ignore[arg-type]
        try:
            await table.claim()
        except StaleOwner:  # the process ends, and a new one comes
            continue
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
        truth = world.truth(-1)
        for offset, key in enumerate(world.keys):
            truth[key] = chained(truth.get(key), offset)
            assert world.outputs[offset] == truth[key], f"schedule {seed}"


async def unchecked(table: LaneTable, pairs: Sequence[Pair]) -> int:
    return await table._send(pairs)


@pytest.mark.parametrize(
    ("where", "what", "how"), [(Restored, "accepts", lambda *_: True), (LaneTable, "_append", unchecked)]
)
def test_with_one_of_the_two_checks_it_would_not_be(
    where: type, what: str, how: object, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(where, what, how)
    with pytest.raises(Exception, match=r"wrongly|twice|slots"):
        list(map(schedule, range(SCHEDULES), [stale_owners_go_on] * SCHEDULES))
