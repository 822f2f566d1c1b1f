"""A persistent list in pages: a change makes new pages only where it changed, all others are shared."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
PAGE = 16
"""Items a page: small, because a changed page is written whole."""
Pages = tuple[tuple[T | None, ...], ...]


def get(pages: Pages[T], slot: int) -> T | None:
    """The item in the slot; `None` for a hole."""
    return pages[slot // PAGE][slot % PAGE]


def items(pages: Pages[T]) -> Iterator[tuple[int, T]]:
    """All slots that are filled, in order."""
    for number, page in enumerate(pages):
        for at, item in enumerate(page):
            if item is not None:
                yield number * PAGE + at, item


class PagesDraft(Generic[T]):
    """Changes to come on top of pages that stay as they are."""

    def __init__(self, pages: Pages[T]) -> None:
        self._pages = pages
        self._changed: dict[int, list[T | None]] = {}
        self.size = (len(pages) - 1) * PAGE + len(pages[-1]) if pages else 0

    def get(self, slot: int) -> T | None:
        """The item in the slot, changed or not."""
        page = self._changed.get(slot // PAGE)
        return page[slot % PAGE] if page is not None else self._pages[slot // PAGE][slot % PAGE]

    def put(self, slot: int, item: T | None) -> None:
        """Sets a slot that exists, or appends at `size`."""
        number = slot // PAGE
        if number not in self._changed:
            self._changed[number] = list(self._pages[number]) if number < len(self._pages) else []
        page = self._changed[number]
        if slot == self.size:
            page.append(item)
            self.size += 1
        else:
            page[slot % PAGE] = item

    def freeze(self) -> Pages[T]:
        """The pages with all changes; holes at the end are cut off."""
        pages = list(self._pages)
        for number in sorted(self._changed):
            page = tuple(self._changed[number])
            if number < len(pages):
                pages[number] = page
            else:
                pages.append(page)
        return _trimmed(pages)


def _trimmed(pages: list[tuple[T | None, ...]]) -> Pages[T]:
    while pages and pages[-1][-1] is None:
        last = list(pages.pop())
        while last and last[-1] is None:
            last.pop()
        if last:
            pages.append(tuple(last))
    return tuple(pages)
