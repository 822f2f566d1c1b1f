"""Progress bars: on standard error, and only where a person is looking."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Step:
    """One bar. Calling it moves it on."""

    def __init__(self, bars: "Bars | None" = None, task: "TaskID | None" = None) -> None:
        self._bars, self._task = bars, task

    def __call__(self, *_what: object, count: int = 1) -> None:
        """`count` more things are done."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task, count)

    def end(self) -> None:
        """The step is done: its bar is full, however many things it turned out to be."""
        if self._bars is not None and self._task is not None:
            done = self._bars.tasks[self._bars.task_ids.index(self._task)].completed
            self._bars.update(self._task, total=done or 1, completed=done or 1)


class Progress:
    """The bars of one command; nothing at all where standard error is no terminal."""

    def __init__(self) -> None:
        self._bars: Bars | None = _bars() if sys.stderr.isatty() else None

    def step(self, label: str, total: int | None = None) -> Step:
        """A new bar; one that only moves to and fro where the total is not known."""
        if self._bars is None:
            return Step()
        return Step(self._bars, self._bars.add_task(label, total=total))

    def __enter__(self) -> Self:
        if self._bars is not None:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()


def _bars() -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(None), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
