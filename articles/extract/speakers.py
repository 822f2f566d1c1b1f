"""Who a phrase means: entity, pronoun, or description ("the French president")."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from articles.extract.lexicon import COUNTRY_OF
from articles.extract.linking import Cluster, mentions_by_start

_PRONOUN = re.compile(r"\b(he|she|they|it|we|i|who)\b", re.IGNORECASE)
_DESCRIPTION = re.compile(r"(?:the|his|her|their)\s+((?:[\w’'-]+\s+){0,4}[\w’'-]+)$", re.IGNORECASE)
_PERSON_WORDS = ("he", "she")
_HEADS_OF_STATE = frozenset(("president", "premier", "minister", "chancellor", "leader", "prime"))


class Speaker(NamedTuple):
    """Who speaks: the words that say so, and the entity's name (or the same words)."""

    start: int
    end: int
    name: str | None
    cluster: Cluster | None = None


class Cast:
    """The entities of one article by place, to find who is meant at any point."""

    def __init__(self, text: str, clusters: Sequence[Cluster]) -> None:
        self._text = text
        self._mentions = list(mentions_by_start(clusters))
        self._starts = [start for start, _, _ in self._mentions]
        self._persons = [cluster for cluster in clusters if cluster.kind == "person"]

    def within(self, start: int, end: int) -> list[tuple[int, int, Cluster]]:
        """Mentions that lie in `[start, end)`."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [found for found in self._mentions[low:high] if found[1] <= end]

    def before(self, at: int) -> list[tuple[int, int, Cluster]]:
        """All mentions that begin before `at`."""
        return self._mentions[: bisect_right(self._starts, at)]

    def resolve(self, start: int, end: int, since: int, last: Speaker | None) -> Speaker:
        """Who the noun phrase at `[start, end)` means. `since` is where its sentence begins, `last` who spoke last."""
        words = self._text[start:end]
        pronoun = _PRONOUN.fullmatch(words)
        if pronoun is not None:
            return self._of_pronoun(pronoun.group().lower(), start, end, since, last)
        inside = self.within(start, end)
        if inside and (inside[-1][1] >= end - 1 or inside[0][2].kind == "person" or inside[-1][2].kind == "person"):
            return self._of_mention(inside, end)
        described = self._described(words)
        return Speaker(start, end, described.name if described else words, described)

    def _of_mention(self, inside: Sequence[tuple[int, int, Cluster]], end: int) -> Speaker:
        persons = [found for found in inside if found[2].kind == "person"]
        start, stop, cluster = persons[-1] if persons else inside[-1]
        return Speaker(start, stop, cluster.name, cluster)

    def _of_pronoun(self, word: str, start: int, end: int, since: int, last: Speaker | None) -> Speaker:
        if word not in _PERSON_WORDS:
            same = last if word in ("they", "it", "who") and last and last.cluster else None
            fitting = same if same and (word != "it" or same.cluster and same.cluster.kind != "person") else None
            return Speaker(start, end, fitting.name if fitting else None, fitting.cluster if fitting else None)
        person = self._fitting(word, start, since, last)
        return Speaker(start, end, person.name if person else None, person)

    def _fitting(self, word: str, at: int, since: int, last: Speaker | None) -> Cluster | None:
        """Subject of the same sentence, else whoever spoke last nearby, else first of the sentence before."""
        here = [cluster for _, _, cluster in self.within(since, at) if self._fits(cluster, word)]
        if here:
            return here[0]
        if last is not None and last.cluster is not None and self._fits(last.cluster, word):
            recent = [cluster for start, _, cluster in self.before(at)[-6:] if start > last.start]
            if not any(self._fits(cluster, word) and cluster is not last.cluster for cluster in recent[-1:]):
                return last.cluster
        near = [found for found in self.before(at)[-8:] if self._fits(found[2], word)]
        return self._first_of_last_sentence(near) if near else None

    def _first_of_last_sentence(self, near: Sequence[tuple[int, int, Cluster]]) -> Cluster:
        last_start = near[-1][0]
        for start, _, cluster in near:
            if not re.search(r"[.!?][\"”’']?\s", self._text[start:last_start]):
                return cluster
        return near[-1][2]

    def _fits(self, cluster: Cluster, word: str) -> bool:
        return cluster.kind == "person" and cluster.gender in (None, word)

    def _described(self, words: str) -> Cluster | None:
        """The one person whose titles hold all words of the description."""
        match = _DESCRIPTION.fullmatch(words.strip())
        if match is None:
            return None
        wanted = {COUNTRY_OF.get(word, word.lower()) for word in re.split(r"[\s]+", match.group(1))}
        found = [person for person in self._persons if _holds(person.roles, wanted)]
        return found[0] if len(found) == 1 else None


def _holds(roles: set[str], wanted: set[str]) -> bool:
    if not roles:
        return False
    missing = wanted - roles
    return not missing or (missing <= {"leader"} and bool(roles & _HEADS_OF_STATE))
