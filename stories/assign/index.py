"""Inverted indexes over the active articles of one language."""

from collections.abc import Iterable

from stories.assign.records import Trace, Vector
from stories.assign.weights import Weights

BUSY = 400
"""A term that more active articles hold tells stories apart too poorly to be worth its cost."""
FIELDS = ("body", "title", "names")


class Index:
    """Looks up active articles by what they share with a trace. Nothing here depends on the order of insertion."""

    def __init__(self) -> None:
        self.traces: dict[str, Trace] = {}
        self.members: dict[str, set[str]] = {}
        self._postings: dict[str, dict[str, dict[str, int]]] = {name: {} for name in FIELDS}
        self._holders: dict[str, dict[str, int]] = {}

    def add(self, trace: Trace) -> None:
        """Puts an article up."""
        self.traces[trace.article] = trace
        self.members.setdefault(trace.story, set()).add(trace.article)
        for index, weights in self._indexes(trace):
            for term, weight in weights.items():
                index.setdefault(term, {})[trace.article] = weight

    def remove(self, article: str) -> None:
        """Takes an article down; one that is not here is no error."""
        trace = self.traces.pop(article, None)
        if trace is None:
            return
        _discard(self.members, trace.story, article)
        for index, weights in self._indexes(trace):
            for term in weights:
                _drop(index, term, article)

    def overlaps(self, trace: Trace, by: Weights) -> dict[str, float]:
        """How much of its less common terms an article shares with each active one, fields weighted."""
        found: dict[str, float] = {}
        for field, share in ((name, getattr(by, name)) for name in FIELDS):
            for article, overlap in self.dot(field, getattr(trace, field)).items():
                found[article] = found.get(article, 0.0) + share * overlap
        return found

    def dot(self, field: str, weights: Vector) -> dict[str, int]:
        """Dot product of one field with each active article's, over terms that are not too common."""
        found: dict[str, int] = {}
        for term, weight in weights.items():
            postings = self._postings[field].get(term, {})
            if len(postings) <= BUSY:
                for article, other in postings.items():
                    found[article] = found.get(article, 0) + weight * other
        return found

    def shared_sentences(self, sentences: Vector) -> dict[str, int]:
        """Characters of the sentences that each active article has word for word."""
        found: dict[str, int] = {}
        for sentence, length in sentences.items():
            holders = self._holders.get(sentence, {})
            if len(holders) <= BUSY:
                for article in holders:
                    found[article] = found.get(article, 0) + length
        return found

    def _indexes(self, trace: Trace) -> Iterable[tuple[dict[str, dict[str, int]], Vector]]:
        for name in FIELDS:
            yield self._postings[name], getattr(trace, name)
        yield self._holders, trace.sentences


def _drop(index: dict[str, dict[str, int]], key: str, article: str) -> None:
    index[key].pop(article)
    if not index[key]:
        del index[key]


def _discard(members: dict[str, set[str]], story: str, article: str) -> None:
    members[story].discard(article)
    if not members[story]:
        del members[story]
