"""Taking old records away, a stretch at a time, so that writers never wait long. Offsets are never given twice."""

from eventlog.sqlite_store import SHIFT, Store

_STRETCH = 5_000
"""Offsets looked at in one transaction."""

_OUTDATED = """
DELETE FROM records WHERE position >= ? AND position < ? AND EXISTS (
    SELECT 1 FROM records AS newer INDEXED BY records_by_key
    WHERE newer.key = records.key AND newer.position > records.position AND newer.position < ?
)
"""
_OLD = "DELETE FROM records WHERE position >= ? AND position < ?"


def drop_outdated(store: Store, partition: int, end: int) -> int:
    """Keeps the newest record of each key below offset `end` of the partition (by its id); counts what went."""
    beyond = (partition << SHIFT) + end
    return sum(_delete(store, _OUTDATED, (*stretch, beyond)) for stretch in _stretches(partition, end))


def drop_before(store: Store, partition: int, end: int) -> int:
    """Removes all records below offset `end` of the partition (by its id); counts what went."""
    return sum(_delete(store, _OLD, stretch) for stretch in _stretches(partition, end))


def _stretches(partition: int, end: int) -> list[tuple[int, int]]:
    first = partition << SHIFT
    return [(first + start, first + min(start + _STRETCH, end)) for start in range(0, end, _STRETCH)]


def _delete(store: Store, statement: str, bounds: tuple[int, ...]) -> int:
    with store.writing() as db:
        return db.execute(statement, bounds).rowcount
