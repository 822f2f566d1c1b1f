"""A dict that every version of a story has of its own, though nearly all of it is shared with the version before."""

from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any, Generic, TypeVar

V = TypeVar("V")
_MOST = 512
"""Keys of a version's own: to copy these costs little, and as seldom is all of it made into one dict again."""
_UNKNOWN: Any = object()


class Layers(MutableMapping[str, V], Generic[V]):
    """Few keys of its own above many that are shared; no value is `None`, which stands for a key that is gone.

    A plain copy of ten thousand keys takes a quarter of a millisecond, and as much again when it is let go.
    """

    __slots__ = ("_own", "_shared", "_size")

    def __init__(self) -> None:
        self._shared: dict[str, V] = {}
        self._own: dict[str, V | None] = {}
        self._size = 0

    def copy(self) -> "Layers[V]":
        """The same keys and values; what is then done to either is not seen in the other."""
        made: Layers[V] = Layers()
        made._size = self._size
        if len(self._own) > _MOST:
            made._shared = dict(self.items())
        else:
            made._shared, made._own = self._shared, dict(self._own)
        return made

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or the default if there is none."""
        found = self._own.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            return self._shared.get(key, default)
        return default if found is None else found

    def setdefault(self, key: str, default: Any = None) -> Any:
        """The value, which is the default from now on if there was none."""
        found = self.get(key)
        if found is None:
            self[key] = found = default
        return found

    def __getitem__(self, key: str) -> V:
        found: V | None = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, value: V) -> None:
        self._size += key not in self
        self._own[key] = value

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._size -= 1
        self._own[key] = None

    def __contains__(self, key: object) -> bool:
        found = self._own.get(key, _UNKNOWN)  # type: ignore[call-overload]
        return key in self._shared if found is _UNKNOWN else found is not None

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        yield from [key for key in self._shared if key not in self._own]
        yield from [key for key, value in self._own.items() if value is not None]


def layered(items: Iterable[tuple[str, V]]) -> Layers[V]:
    """Layers that hold these."""
    made: Layers[V] = Layers()
    made.update(items)
    return made
