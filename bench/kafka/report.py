"""The table: what was measured, beside what is wanted of it."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table

from bench.kafka.floor import Floor
from bench.kafka.latency import RATE, Latency
from bench.kafka.takeover import TakeOver
from bench.kafka.throughput import Throughput

HEAD = ("what", "measured", "wanted", "besides")


class Report:
    """Rows, in the order in which they were measured."""

    def __init__(self, title: str) -> None:
        self._table = Table(title=title, title_justify="left", title_style="")
        for name in HEAD:
            self._table.add_column(name, justify="right" if name in ("measured", "wanted") else "left")

    def print(self) -> None:
        """To the terminal, or as wide as it has to be."""
        console = Console()
        console.print(self._table) if console.is_terminal else Console(width=150).print(self._table)

    def latency(self, name: str, found: Latency, wanted: str = "") -> None:
        """The whole way, then each hop."""
        used = f"{found.share:.0%} of a core, broker {found.broker_share:.0%}"
        self._row(
            f"{name}: append to update, p50 / p90 / p99",
            str(found.whole),
            wanted,
            f"{found.whole.records} articles, {RATE:.0f} a second; {used}",
        )
        for hop, durations in found.hops.items():
            self._row(f"  to {hop}", str(durations))
        self._table.add_section()

    def throughput(self, name: str, found: Throughput, beside: Throughput | None = None, wanted: str = "") -> None:
        """By the clock and by the processor; with the share of the speed of another that it reaches."""
        workers, broker = (1000 * seconds / found.articles for seconds in (found.workers, found.broker))
        used = f"processor time an article: workers {workers:.1f} ms, broker {broker:.1f} ms"
        about = f"{found.articles} articles in {found.seconds:.1f} s; {used}"
        self._row(f"{name}: articles a second", f"{found.rate:,.0f}", wanted, about)
        self._row("  for each second of processor time", f"{found.per_core:,.0f}")
        if beside:
            ratio = found.per_core / beside.per_core
            self._row("  the same, as a share of the in-process runtime's", f"{ratio:.2f}", ">= .60")

    def takeovers(self, found: Iterable[TakeOver], wanted: Mapping[int, str]) -> None:
        """Seconds from kill -9 to the first update, and what of them went where."""
        for one in found:
            store = "without its local state" if one.wiped else "with its local state"
            self._row(
                f"kill -9 to updates, {one.stories:,} stories, {store}",
                f"{one.flowing:.1f} s",
                "" if one.wiped else wanted.get(one.stories, ""),
                _phases(one),
            )
        self._table.add_section()

    def floor(self, name: str, found: Floor) -> None:
        """Latency and pace of copying."""
        about = f"{found.latency.records} records of {found.size} bytes, {RATE:.0f} a second"
        self._row(f"{name}: append to copy, p50 / p90 / p99", str(found.latency), "", about)
        self._row("  records a second", f"{found.rate:,.0f}", "", f"{found.per_core:,.0f} a second of processor time")

    def _row(self, what: str, measured: str, wanted: str = "", besides: str = "") -> None:
        self._table.add_row(what, measured, wanted, besides)


def _phases(one: TakeOver) -> str:
    parts, before = [], 0.0
    for name, until in {**one.phases, "updated": one.flowing}.items():
        parts.append(f"{name} {max(0.0, until - before):.1f}")
        before = max(before, until)
    return " + ".join(parts)
