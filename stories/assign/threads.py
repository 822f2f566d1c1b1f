"""Threads: which stories are one saga?

A thread is recognised by a profile: the terms of its articles, summed, older ones counting less. A story that opens is
put into the thread that its article is most like. Guards keep a crisis whole and the news of a year apart: the more
of a term stands in other threads, the less it counts; the one term that both have most in common does not count (a
president's name makes no saga); the more articles a thread has and the longer it has gone on, the more alike a story
must be; and the fewer stories have come to it, the more too, for most stories have no sequel. Sums are of whole
numbers, so a rebuilt desk decides the same.
"""

import math
from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from importlib.resources import files
from itertools import accumulate, chain, islice
from operator import mul
from typing import NamedTuple

import orjson

from schemas.stories import Why
from stories.assign.records import SCALE, Weighted
from stories.assign.shelf import DAY

ARTICLE_TERMS, TERMS = 60, 150
"""Heaviest terms of an article and of a thread that count. They bound what a thread costs and holds."""
LEAST_SHARED = 3
"""Terms that must be shared: a full name and something that happened."""
BUSY = 400
"""A term that more threads hold tells them apart too poorly to be worth its cost."""

MET = 256
"""Threads that an article meets by its rarest terms; one that two terms lead to counts twice."""
PROMISING = 16
"""Threads that are looked at, those met most often, where an article would meet more. Both bound a look-up."""


class ThreadWeights(NamedTuple):
    """When a story belongs to a thread: data, made by `bench/train_threads.py`."""

    join: float
    """Likeness from which an article's story is put into a thread."""
    first: float
    """How much more alike a thread of one story must be; of n stories, this by n squared."""
    unite: float
    """Likeness from which two threads are one."""
    lone: float
    """Share of `unite` that is enough for a thread of one article; of n articles, the n-th root of it."""
    half_days: float
    """Days after which an article counts half in its thread's profile."""
    growth: float
    """How much more alike a thread must be for each doubling of its articles beyond `crowd`."""
    crowd: int
    ageing: float
    """How much more alike a thread must be for each doubling of the days that it has gone on beyond `young_days`."""
    young_days: float
    others: float
    """How much a term's weight in the other threads counts beside its weight in a thread."""
    quiet_days: float
    """Days without an article after which nothing is put into a thread any more."""


def _load() -> ThreadWeights:
    stored = orjson.loads(files("stories.assign").joinpath("threads.json").read_bytes())
    return ThreadWeights(**{name: stored[name] for name in ThreadWeights._fields})


THREAD_WEIGHTS = _load()


class _Numbers(dict[int, int]):
    def __missing__(self, number: int) -> int:
        return number


one_object: Callable[[int], int] = _Numbers({number: number for number in range(SCALE + 1)}).__getitem__
"""The number itself, but every small one as one object: Python makes a new one of 28 bytes for each of a vector."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A saga that goes on: named by the story that began it, at `first`; an article came last to `latest`, at `last`.

    Times are in seconds.
    """

    thread: str
    language: str
    latest: str
    first: int
    last: int
    articles: int = 0
    stories: int = 1
    """That have come to it; one that was merged since counts too."""
    terms: Weighted = field(default_factory=dict)

    @property
    def days(self) -> float:
        """How long it has gone on."""
        return (self.last - self.first) / DAY

    def with_article(self, body: Weighted, at: int, story: str, by: ThreadWeights, *, opens: bool) -> "Thread":
        """The thread with one article more. Whichever is older counts less, by the days between.

        `opens`: the article is the first one of its story.
        """
        days = (at - self.last) / DAY
        older, newer = (0.5 ** (max(0.0, gap) / by.half_days) for gap in (days, -days))
        terms = _sum(self.terms.items(), older, islice(body.items(), ARTICLE_TERMS), newer)
        latest = story if at >= self.last else self.latest
        return replace(
            self,
            latest=latest,
            last=max(at, self.last),
            articles=self.articles + 1,
            stories=self.stories + (opens and self.articles > 0),
            terms=terms,
        )

    def united(self, other: "Thread") -> "Thread":
        """This thread with all articles of another."""
        latest = max((self.last, self.latest), (other.last, other.latest))[1]
        return replace(
            self,
            latest=latest,
            last=max(self.last, other.last),
            articles=self.articles + other.articles,
            stories=self.stories + other.stories,
            terms=_sum(self.terms.items(), 1.0, other.terms.items(), 1.0),
        )


Terms = Iterable[tuple[str, int]]


def _sum(one: Terms, kept: float, other: Terms, added: float) -> Weighted:
    """The heaviest terms of both, each side weighted."""
    total = {term: round(weight * kept) for term, weight in one}
    for term, weight in other:
        total[term] = total.get(term, 0) + round(weight * added)
    bar = sorted(total.values(), reverse=True)[TERMS] if len(total) > TERMS else 0
    heaviest = {term: one_object(weight) for term, weight in total.items() if weight > bar}
    if bar > 0:  # of the terms on the bar, the first by name
        level = sorted([term for term, weight in total.items() if weight == bar])
        heaviest.update(dict.fromkeys(level[: TERMS - len(heaviest)], bar))
    return heaviest


class Nearness(NamedTuple):
    """How much of the terms is shared: without the one that is shared most, that one, and the tolls."""

    score: float
    shared: float
    dominant: float
    crowd: float
    age: float
    first: float

    def why(self) -> Why:
        """For the event, rounded."""
        parts = {name: round(getattr(self, name), 4) for name in self._fields[1:]}
        return Why(score=round(self.score, 4), parts=parts)


def nearness(products: list[int], norm: float, articles: int, days: float, first: float, by: ThreadWeights) -> Nearness:
    """From the summands of a dot product, the product of the norms, a thread's articles and days, and a last toll."""
    total, dominant = sum(products), max(products, default=0)
    crowd = by.growth * max(0.0, math.log2(max(articles, 1) / by.crowd))
    age = by.ageing * max(0.0, math.log2(max(days, 1.0) / by.young_days))
    shared = (total - dominant) / norm if norm else 0.0
    return Nearness(shared - crowd - age - first, shared, dominant / norm if norm else 0.0, crowd, age, first)


class _Posting:
    """What all threads together hold of a term, and the numbers of these threads in ascending order."""

    __slots__ = ("threads", "total")

    def __init__(self, total: int, thread: int) -> None:
        self.total = total
        self.threads: int | array[int] = thread  # most terms lead to one, and an array takes 80 bytes


class Threads:
    """The threads of one language that go on, and an inverted index over their profiles."""

    def __init__(self, by: ThreadWeights = THREAD_WEIGHTS) -> None:
        self.active: dict[str, Thread] = {}
        self._by = by
        self._postings: dict[str, _Posting] = {}
        self._norms: dict[str, float] = {}
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._free: list[int] = []
        self._due: list[tuple[int, str]] = []

    def put(self, thread: Thread) -> None:
        """Lets a thread be found as it is now."""
        name, before = thread.thread, self.active.get(thread.thread)
        held: Weighted = before.terms if before else {}
        number = self._number(name)
        self._put_up(thread.terms, held, number)
        if before:
            self._take_down({term: held[term] for term in held.keys() - thread.terms.keys()}, number)
        self.active[name] = thread
        self._norms[name] = _norm(thread.terms)
        heappush(self._due, (thread.last, name))

    def remove(self, thread: str) -> None:
        """Lets a thread be found no longer; one that is not here is no error."""
        gone = self.active.pop(thread, None)
        if gone is None:
            return
        del self._norms[thread]
        number = self._numbers.pop(thread)
        self._take_down(gone.terms, number)
        self._free.append(number)

    def _number(self, name: str) -> int:
        """The number of a thread; a new one takes that of one that has gone."""
        if name not in self._numbers:
            if not self._free:
                self._free.append(len(self._names))
                self._names.append("")
            self._numbers[name] = self._free.pop()
            self._names[self._numbers[name]] = name
        return self._numbers[name]

    def _put_up(self, terms: Weighted, held: Weighted, thread: int) -> None:
        """Counts a thread's terms in; of those that it held before, what there is more or less of them."""
        postings = self._postings
        for term, weight in terms.items():
            posting = postings.get(term)
            if posting is None:
                postings[term] = _Posting(weight, thread)
            elif term in held:
                posting.total += weight - held[term]
            else:
                posting.total += weight
                threads = posting.threads
                if isinstance(threads, array):
                    insort(threads, thread)
                else:
                    posting.threads = array("I", sorted((threads, thread)))

    def _take_down(self, terms: Weighted, thread: int) -> None:
        postings = self._postings
        for term, weight in terms.items():
            posting = postings[term]
            threads = posting.threads
            if not isinstance(threads, array):
                del postings[term]
                continue
            posting.total -= weight
            del threads[bisect_left(threads, thread)]
            if len(threads) == 1:
                posting.threads = threads[0]

    def pop_quiet(self, now: int) -> Iterator[str]:
        """Takes down the threads that have been quiet for too long."""
        while self._due and self._due[0][0] < now - self._by.quiet_days * DAY:
            at, name = heappop(self._due)
            thread = self.active.get(name)
            if thread and thread.last == at:
                self.remove(name)
                yield name

    def near(self, body: Weighted) -> list[tuple[str, Nearness]]:
        """The threads that an article may belong to, the nearest first, of equal ones the one that began first."""
        asked = dict(islice(body.items(), ARTICLE_TERMS))
        held: dict[str, Sequence[int]] = {}
        for term, posting in zip(asked, map(self._postings.get, asked), strict=True):
            if posting:
                threads = posting.threads
                if not isinstance(threads, array):
                    held[term] = (threads,)
                elif len(threads) <= BUSY:
                    held[term] = threads
        found = [(name, near) for name in self._met(held) if (near := self._nearness(name, asked, held.keys()))]
        return sorted(found, key=lambda one: (-one[1].score, self.active[one[0]].first, one[0]))

    def _met(self, held: Mapping[str, Sequence[int]]) -> list[str]:
        """The threads that may share enough of the terms that are held by these.

        Where the rarest terms lead to many, it is those that several of these lead to.
        """
        rarest, names = sorted(held.values(), key=len), self._names
        met = sum(total <= MET for total in accumulate(map(len, rarest)))
        shared = Counter(chain.from_iterable(rarest[:met]))
        if met == len(rarest):
            return [names[thread] for thread, count in shared.items() if count >= LEAST_SHARED]
        often = sorted([(-count, names[thread]) for thread, count in shared.items() if count > 1])[:PROMISING]
        return [thread for _, thread in often]

    def _nearness(self, name: str, asked: Weighted, telling: Set[str]) -> Nearness | None:
        """How near a thread is, if it is near and shares enough of the terms that tell threads apart.

        Nine of ten are not, which takes no look at other threads: they were too far if all of it were their own.
        """
        thread, by = self.active[name], self._by
        shared = asked.keys() & thread.terms.keys()
        if len(telling & shared) < LEAST_SHARED:
            return None
        norm, first = SCALE * self._norms[name], by.first / thread.stories**2
        at_most = [asked[term] * thread.terms[term] for term in shared]
        if (sum(at_most) - max(at_most)) / norm - first < by.join:
            return None
        found = nearness(self._own(asked, thread.terms, {}), norm, thread.articles, thread.days, first, by)
        return found if found.score >= by.join else None

    def between(self, one: Thread, other: Thread) -> Nearness:
        """How near two threads that go on are to one another; the larger and the longer take their tolls."""
        norm = self._norms[one.thread] * self._norms[other.thread]
        articles, days = max(one.articles, other.articles), max(one.days, other.days)
        return nearness(self._own(one.terms, other.terms, one.terms), norm, articles, days, 0.0, self._by)

    def _own(self, asked: Weighted, terms: Weighted, beside: Weighted) -> list[int]:
        """The summands of a dot product with a thread, each by how much of the term is the thread's own.

        What stands in the other threads counts against it, but for what stands in `beside`.
        """
        found, postings, others = [], self._postings, self._by.others
        for term in asked.keys() & terms.keys():
            own = terms[term]
            elsewhere = postings[term].total - own - beside.get(term, 0)
            found.append(round(asked[term] * own * own / (own + others * elsewhere)))
        return found

    def is_one(self, one: Thread, other: Thread, nearness: Nearness) -> bool:
        """Whether two threads are one: of a thread of few articles, less is asked."""
        bar: float = self._by.unite * self._by.lone ** (1 / max(1, min(one.articles, other.articles)))
        return nearness.score >= bar


def _norm(terms: Weighted) -> float:
    return math.sqrt(sum(map(mul, terms.values(), terms.values())))
