"""How fast the runtime on Apache Kafka is, in one run: `python -m bench.kafka [--quick] [--only A,B] [INPUT...]`.

INPUT is anything that `newsfold fold` takes; without it, the sample world. It is taken again and again, as later news.
Of several inputs, all are taken for throughput, which depends on how long articles are, and the first for the rest.
`--only` takes `latency`, `throughput`, `takeover`, `floor`; `--quick` takes less of everything.

A broker of its own runs meanwhile, with its data in a temporary folder. Machines are noisy: compare the rows of one
run. What costs processor time is told by processor time; what waits is told by the clock, and needs an idle machine.
"""

import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from bench.kafka import floor, inprocess, latency, takeover, throughput
from bench.kafka.articles import Articles
from bench.kafka.machine import description
from bench.kafka.report import Report
from bench.kafka.rig import Site
from bench.shell import run
from newsfold.broker import Broker, free_port, leave_on_term

PARTS = ("latency", "throughput", "takeover", "floor")


class Size(NamedTuple):
    """How much of what."""

    latency: int
    throughput: int
    many_stories: int
    slow_copies: int
    fast_copies: int


FULL = Size(latency=600, throughput=800, many_stories=20_000, slow_copies=300, fast_copies=20_000)
QUICK = Size(latency=100, throughput=150, many_stories=0, slow_copies=60, fast_copies=4_000)
FEW = 100


class Run:
    """One run: a broker, a report, and what is to be measured."""

    def __init__(self, broker: Broker, folder: Path, inputs: Mapping[str, Articles], size: Size) -> None:
        self._broker, self._folder, self._inputs, self._size = broker, folder, inputs, size
        self._articles = next(iter(inputs.values()))
        about = [f"{name}: {each.count:,} articles of {each.size:,} bytes on average" for name, each in inputs.items()]
        self.report = Report("\n".join([description(), *about]))

    def latency(self) -> None:
        """On Kafka, then in process."""
        count = self._size.latency
        self.report.latency(
            "Kafka, 1 worker", latency.measure(self._site("latency"), self._articles, count), "80 / - / 200"
        )
        self.report.latency("in process", inprocess.latency(self._folder / "latency-in", self._articles, count))

    def throughput(self) -> None:
        """Of each input: in process, then on Kafka with one worker and with two."""
        count = self._size.throughput
        for number, (name, articles) in enumerate(self._inputs.items()):
            beside = inprocess.throughput(self._folder / f"throughput-{number}-in", articles.afresh(), count)
            self.report.throughput(f"{name}, in process", beside)
            for workers, wanted in ((1, ""), (2, "250")):
                site = self._site(f"throughput-{number}-{workers}")
                found = throughput.measure(site, articles.afresh(), count, workers)
                crew = f"{workers} worker{'s' if workers > 1 else ''}"
                self.report.throughput(f"{name}, Kafka, {crew}", found, beside, wanted)

    def takeover(self) -> None:
        """With few stories, then with many."""
        many = self._size.many_stories
        for stories in (FEW, many) if many else (FEW,):
            found = takeover.measure(self._site(f"takeover-{stories}"), self._articles, stories, wipe=bool(many))
            self.report.takeovers(found, {FEW: "4 s", many: "15 s"})

    def floor(self) -> None:
        """Faust alone, then our lanes."""
        ways: tuple[tuple[floor.Way, str], ...] = (("faust", "Faust alone, copying"), ("lane", "our lanes, copying"))
        for way, name in ways:
            site = self._site(f"floor-{way}")
            self.report.floor(name, floor.measure(site, way, self._size.slow_copies, self._size.fast_copies))

    def _site(self, name: str) -> Site:
        return Site(self._broker, self._folder, name)


def main(arguments: Sequence[str]) -> None:
    """Measures and prints."""
    given = _parser().parse_args(arguments)
    leave_on_term(1)
    with tempfile.TemporaryDirectory(prefix="newsfold-bench-") as name:
        folder = Path(name)
        sources = given.inputs or [_sample_world(folder / "world")]
        inputs = {source.name.partition(".")[0]: Articles.of(source) for source in sources}
        with Broker.start(folder / "kafka", free_port()) as broker:
            broker.wait_until_it_answers()
            run = Run(broker, folder, inputs, QUICK if given.quick else FULL)
            for part in given.only:
                _timed(run, part)
    run.report.print()


def _timed(run: Run, part: str) -> None:
    began = time.monotonic()
    getattr(run, part)()
    Console(stderr=True, highlight=False).print(f"{part}: {time.monotonic() - began:.0f} s", style="dim")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m bench.kafka", description="How fast the runtime on Apache Kafka is.")
    parser.add_argument("inputs", nargs="*", type=Path, metavar="INPUT", help="anything that `newsfold fold` takes")
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="A,B", help=f"of {', '.join(PARTS)}")
    return parser


def _parts(text: str) -> Sequence[str]:
    unknown = set(text.split(",")) - set(PARTS)
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no part {min(unknown)!r}; there are: {', '.join(PARTS)}")
    return [part for part in PARTS if part in text.split(",")]


def _sample_world(folder: Path) -> Path:
    """Every article as a row: title and text."""
    from samples.files import as_files
    from samples.world import World

    as_files(len(World.load().ticks) - 1, folder, "jsonl")
    return folder


if __name__ == "__main__":
    run(main)
