"""Who a phrase means: entity, pronoun, or description ("the French president")."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from articles.extract.lexicon import COUNTRY_OF
from articles.extract.linking import Cluster, mentions_by_start
from articles.extract.offices import closes, is_lesser, is_office, name_beside, offices_beside, without_owner
from schemas.base import Span

_PRONOUN = re.compile(r"\b(he|she|they|it|we|i|who|which)\b", re.IGNORECASE)
_DESCRIPTION = re.compile(r"(?:the|his|her|their)\s+((?:[\w’'-]+\s+){0,4}[\w’'-]+)$", re.IGNORECASE)
_NOUN_PHRASE = re.compile(
    r"(?:the|a|an|his|her|their|its|one|some|many|several|two|three|[A-Z][\w’'-]+)\s+[\w’'-]+", re.IGNORECASE
)
_ADVERB = re.compile(
    r"(?:Later|Then|Earlier|Now|Still|Also|Today|Yesterday|Meanwhile|Instead|Afterwards?|Eventually|Finally|Recently|"
    r"Once|Again|But|And|Yet|So|[A-Z][a-z]+ly),?\s+(?=\S)"
)
_NO_SPEAKER = re.compile(
    r"(?:there|here|this|in|at|on|as|or|to|if|by|for|from|with|of)\b|"
    r"(?!.*\b(?:who|whose|that|which|where)\b).*\b(?:has|have|had|was|were|is|are|will|would|could|can|did)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Words that begin no phrase for somebody, and verbs of a clause that was taken for one."""
_POSSESSIVES = {"his": "he", "her": "she", "their": "they"}
_NEAR_PRONOUN = 40
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

    def __init__(self, text: str, clusters: Sequence[Cluster], sentences: Sequence[Span]) -> None:
        self._text = text
        self._mentions = list(mentions_by_start(clusters))
        self._starts = [start for start, _, _ in self._mentions]
        self._sentences = [sentence.start for sentence in sentences]
        self._quoted: list[tuple[int, int]] = []
        self._offices: dict[int, set[str]] = {}
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
        start, end = self._bare(start, end)
        words = self._text[start:end]
        pronoun = _PRONOUN.fullmatch(words)
        if pronoun is not None or words in _POSSESSIVES:
            word = _POSSESSIVES.get(words) or words.lower()
            return self._of_pronoun(word, start, end, since, last)
        inside = self.within(start, end)
        if inside and (inside[-1][1] >= end - 1 or inside[0][2].kind == "person" or inside[-1][2].kind == "person"):
            return self._of_mention(inside)
        if is_office(words) and (named := self._named_beside(end)):
            return named
        described = self._described(words)
        if described is None and _NO_SPEAKER.match(words):
            return Speaker(start, end, None)
        return Speaker(start, end, described.name if described else words, described)

    def _named_beside(self, end: int) -> Speaker | None:
        """The person whose name follows an office ("its chief executive, Ada Kord,")."""
        at = name_beside(self._text, end)
        found = self._mentions[bisect_left(self._starts, at)] if at and at <= (self._starts or [0])[-1] else None
        if found is None or found[0] != at or found[2].kind != "person" or not closes(self._text, found[1]):
            return None
        return Speaker(found[0], found[1], found[2].name, found[2])

    def rather_person(self, speaker: Speaker, since: int, until: int) -> Speaker:
        """Where the subject was no name, or a place before a person ("in Arden, Ada Kord said"), the person."""
        if speaker.cluster is not None and speaker.cluster.kind != "place":
            return speaker
        words = self._text[speaker.start : speaker.end]
        if speaker.cluster is None and (_PRONOUN.fullmatch(words) or _NOUN_PHRASE.match(words)):
            return speaker
        begin = since if speaker.cluster is None else speaker.end
        persons = [
            found for found in self.within(begin, until) if found[2].kind == "person" and not self._is_quoted(found[0])
        ]
        return Speaker(persons[0][0], persons[0][1], persons[0][2].name, persons[0][2]) if persons else speaker

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """Without adverbs before the phrase, and of a clause that a pronoun begins the pronoun."""
        words = self._text[start:end]
        start += len(words) - len(words.lstrip())
        if lead := _ADVERB.match(self._text, start, end):
            start = lead.end()
        pronoun = _PRONOUN.match(self._text, start, end)
        return start, pronoun.end() if pronoun else start + len(self._text[start:end].rstrip())

    def _of_mention(self, inside: Sequence[tuple[int, int, Cluster]]) -> Speaker:
        persons = [found for found in inside if found[2].kind == "person"]
        start, stop, cluster = persons[-1] if persons else inside[-1]
        return Speaker(start, stop, cluster.name, cluster)

    def _of_pronoun(self, word: str, start: int, end: int, since: int, last: Speaker | None) -> Speaker:
        if word == "who" and (named := self._antecedent(since, start)):
            return Speaker(start, end, named.name, named)
        if word not in _PERSON_WORDS:
            same = last if word in ("they", "it", "who") and last and last.cluster else None
            fitting = same if same and (word != "it" or (same.cluster and same.cluster.kind != "person")) else None
            return Speaker(start, end, fitting.name if fitting else None, fitting.cluster if fitting else None)
        person = self._fitting(word, start, since, last)
        return Speaker(start, end, person.name if person else None, person)

    def _antecedent(self, since: int, at: int) -> Cluster | None:
        """The person named last before a relative pronoun, and that right before it or as the only one."""
        persons = [found for found in self.within(since, at) if found[2].kind == "person"]
        near = bool(persons) and (len(persons) == 1 or at - persons[-1][1] <= _NEAR_PRONOUN)
        return persons[-1][2] if near else None

    def hear(self, quoted: Sequence[tuple[int, int]]) -> None:
        """Takes note of what stands in quotation marks: names in there are no subjects of what stands outside."""
        self._quoted = list(quoted)

    def _is_quoted(self, at: int) -> bool:
        index = bisect_right(self._quoted, (at, len(self._text)))
        return index > 0 and at < self._quoted[index - 1][1]

    def _fitting(self, word: str, at: int, since: int, last: Speaker | None) -> Cluster | None:
        """Subject of the same sentence; else whoever spoke last, or the subject of a later sentence than that."""
        here = [found for found in self.within(since, at) if self._may_be(found, word)]
        if here:
            return here[0][2]
        earlier = next((found for found in reversed(self.before(since - 1)) if self._may_be(found, word)), None)
        if earlier is None:
            return last.cluster if last and last.cluster and self._fits(last.cluster, word) else None
        begin = self._sentences[max(bisect_right(self._sentences, earlier[0]) - 1, 0)]
        if last is not None and last.cluster is not None and last.start >= begin and self._fits(last.cluster, word):
            return last.cluster
        return next(found[2] for found in self.within(begin, earlier[1]) if self._may_be(found, word))

    def _may_be(self, found: tuple[int, int, Cluster], word: str) -> bool:
        return self._fits(found[2], word) and not self._is_quoted(found[0])

    def _fits(self, cluster: Cluster, word: str) -> bool:
        return cluster.kind == "person" and cluster.gender in (None, word)

    def _described(self, words: str) -> Cluster | None:
        """The one person whose titles hold all words of the description."""
        office = without_owner(words)
        if office is None:
            match = _DESCRIPTION.fullmatch(words.strip())
            if match is None:
                return None
            office = match.group(1)
        wanted = {COUNTRY_OF.get(word, word.lower()) for word in office.split()}
        titled = [person for person in self._persons if _holds(person.roles, wanted)]
        found = titled or [person for person in self._persons if _holds(self._roles(person), wanted)]
        if len(found) > 1:
            found = [person for person in found if not is_lesser(self._roles(person), wanted)]
        return found[0] if len(found) == 1 else None

    def _roles(self, person: Cluster) -> set[str]:
        """The titles before the name and the offices beside it."""
        known = self._offices.get(person.number)
        if known is None:
            beside = (offices_beside(self._text, start, end) for start, end in person.mentions)
            known = self._offices[person.number] = person.roles.union(*beside)
        return known


def _holds(roles: set[str], wanted: set[str]) -> bool:
    if not roles:
        return False
    missing = wanted - roles
    return not missing or (missing <= {"leader"} and bool(roles & _HEADS_OF_STATE))
