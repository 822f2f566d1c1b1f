"""Which names of one article mean the same: surnames, acronyms, spellings, alias tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from articles.extract.lexicon import GAZETTEER, GIVEN_NAMES, Gender
from articles.extract.namings import Naming
from articles.text.names import fold_name, known_name, same_name, short_for, sound_keys, surname
from schemas.articles import EntityKind, Sentence

_BRACKETED = re.compile(r"\s+\(([A-Z][A-Za-z&.-]{1,9})\)")
_TABLED: tuple[EntityKind, ...] = ("place", "organization")
"""Kinds of whose names there are tables."""
_KIN = frozenset(("lady", "wife", "husband", "daughter", "son", "mother", "father", "sister", "brother", "widow"))
"""Whoever is named in full as one of these is somebody beside the one of that surname who was named before."""
_MOST_ALIKE = 32
"""Names of one sound that a further one is held against, the last first: a list of namesakes takes no longer."""


@dataclass(slots=True)
class Cluster:
    """All mentions of one thing; `number` counts from 0 in the order of the text."""

    number: int
    kinds: dict[EntityKind, int] = field(default_factory=dict)
    forms: dict[str, int] = field(default_factory=dict)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    gender: Gender | None = None
    roles: set[str] = field(default_factory=set)
    sure: bool = False
    kind: EntityKind = "other"
    """What most mentions say; ties go to the earlier."""
    name: str = ""
    """The fullest form; of equals the earlier."""
    salience: float = 0.0

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other forms, in the order of the text."""
        name = self.name
        return tuple(form for form in self.forms if form != name)

    def add(self, naming: Naming, form: str) -> None:
        """Takes the mention in."""
        start, end, kind, gender, roles, sure = naming
        self.mentions.append((start, end))
        kinds, forms = self.kinds, self.forms
        if kind is not None:
            kinds[kind] = kinds.get(kind, 0) + 1
            self.kind = max(kinds, key=kinds.__getitem__) if len(kinds) > 1 else kind
        if form in forms:
            forms[form] += 1
        else:
            forms[form] = 1
            self.name = self._fullest() if len(forms) > 1 else form
        self.gender = self.gender or gender
        if roles:
            self.roles.update(roles)
        self.sure = self.sure or sure

    def _fullest(self) -> str:
        return max(self.forms, key=lambda one: (one.count(" "), len(one) if self.kind != "person" else 0))


def link(text: str, namings: Sequence[Naming], headings: Iterable[Sentence]) -> list[Cluster]:
    """Clusters of namings, in the order of the text."""
    desk = _Desk(text, namings)
    for naming in namings:
        desk.take(naming)
    for heading in headings:
        _mention_again(text, heading, desk.clusters)
    kept = [cluster for cluster in desk.clusters if cluster.sure]
    for cluster in kept:
        cluster.mentions.sort()
    return kept


def _mention_again(text: str, heading: Sentence, clusters: Sequence[Cluster]) -> None:
    words = text[heading.start : heading.end]
    for cluster in clusters:
        for form in cluster.forms:
            at = find_whole(words, form) if cluster.sure and form in words else -1
            if at >= 0:
                cluster.mentions.append((heading.start + at, heading.start + at + len(form)))
                break


def find_whole(words: str, form: str) -> int:
    """Where the form first stands with the end of a word on both its sides; -1 if it does not."""
    at = words.find(form)
    while at >= 0 and not (_parts(words, at) and _parts(words, at + len(form))):
        at = words.find(form, at + 1)
    return at


def _parts(words: str, at: int) -> bool:
    """Whether a word begins or ends there. An expression would have to be compiled for each name first."""
    return _is_letter(words[at - 1 : at] if at else "") != _is_letter(words[at : at + 1])


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


class _Desk:
    """Clusters under construction, with what names lead to them."""

    def __init__(self, text: str, namings: Sequence[Naming]) -> None:
        self.text = text
        self.clusters: list[Cluster] = []
        self._by_form: dict[str, Cluster] = {}
        self._acronyms: dict[str, Cluster] = {}
        self._by_key: dict[str, dict[int, None]] = {}
        self._bracketed = "(" in text
        self._full = [text[n.start : n.end] for n in namings if n.kind == "person" and " " in text[n.start : n.end]]
        self._bearers: dict[str, set[str]] = {}
        for name in self._full:
            given, *_, last = name.split(" ")
            self._bearers.setdefault(given, set()).add(last)
        self._surnames = {surname(name) for name in self._full if _bears_surname(name)}

    def take(self, naming: Naming) -> None:
        """Finds or opens the cluster of a mention."""
        form = self.text[naming.start : naming.end]
        if naming.kind != "person" and self._surnames and " " not in form:
            naming = self._rekinded(naming, form)
        cluster = self._find(naming, form)
        if cluster is None:
            cluster = Cluster(len(self.clusters))
            self.clusters.append(cluster)
        if form not in cluster.forms:
            self._index(form, cluster)
        cluster.add(naming, form)
        self._remember(naming, form, cluster)

    def _index(self, form: str, cluster: Cluster) -> None:
        by_key = self._by_key
        for key in sound_keys(form):
            if key in by_key:
                by_key[key][cluster.number] = None
            else:
                by_key[key] = {cluster.number: None}

    def _rekinded(self, naming: Naming, form: str) -> Naming:
        """A lone word that is a full name's last means that person, whatever else it may be ("Jordan")."""
        if naming.kind == "event" or fold_name(form) not in self._surnames:
            return naming
        if naming.kind == "place" and form in GAZETTEER and self._in_place(naming):
            return naming
        return naming._replace(kind="person", sure=True)

    def _in_place(self, naming: Naming) -> bool:
        return (
            re.search(r"\b(?:in|near|from|outside|across)\s+$", self.text[max(0, naming.start - 9) : naming.start])
            is not None
        )

    def _find(self, naming: Naming, form: str) -> Cluster | None:
        if naming.kind != "person" and form in self._acronyms:
            return self._acronyms[form]
        exact = self._by_form.get(form)
        if exact is not None and _fits(exact, naming) and not self._is_namesake(exact, naming, form):
            return exact
        if naming.kind in _TABLED and (known := known_name(form, naming.kind)):
            return self._by_form.get(f"={known}")
        return self._find_alike(naming, form)

    def _is_namesake(self, cluster: Cluster, naming: Naming, form: str) -> bool:
        """Whether the cluster is a place that has its name in common with the person meant ("Jordan")."""
        return naming.kind == "person" and cluster.kind == "place" and fold_name(form) in self._surnames

    def _find_alike(self, naming: Naming, form: str) -> Cluster | None:
        known = naming.kind if naming.kind != "other" else None
        by_key = self._by_key
        keyed = [by_key[key] for key in sound_keys(form) if key in by_key]
        if not keyed:
            return None
        numbers = {number for found in keyed for number in islice(reversed(found), _MOST_ALIKE)}
        for number in sorted(numbers, reverse=True):
            cluster = self.clusters[number]
            kind = known or cluster.kind
            if not _fits(cluster, naming) or (known and cluster.kinds and cluster.kind not in (kind, "other")):
                continue
            if _is_kin(naming, form) and " " not in cluster.name:
                continue
            if self._alike(form, cluster, kind):
                return cluster
        return None

    def _alike(self, form: str, cluster: Cluster, kind: EntityKind) -> bool:
        name = cluster.name
        if same_name(form, name, kind) or short_for(form, name, kind):
            return True
        if kind != "person" or (form in GAZETTEER and not _bears_surname(name)):
            return False
        return short_for(name, form, kind) or self._is_given(form, name)

    def _is_given(self, form: str, name: str) -> bool:
        """A given name alone, where only one person of the article bears it."""
        if form not in GIVEN_NAMES or not name.startswith(f"{form} "):
            return False
        return len(self._bearers.get(form, ())) == 1

    def _remember(self, naming: Naming, form: str, cluster: Cluster) -> None:
        self._by_form[form] = cluster
        if naming.kind not in _TABLED:
            return
        if known := known_name(form, naming.kind):
            self._by_form.setdefault(f"={known}", cluster)
        if self._bracketed and (defined := _BRACKETED.match(self.text, naming.end)):
            self._acronyms[defined.group(1)] = cluster


def _fits(cluster: Cluster, naming: Naming) -> bool:
    return not naming.gender or not cluster.gender or naming.gender == cluster.gender


def _is_kin(naming: Naming, form: str) -> bool:
    return " " in form and not _KIN.isdisjoint(naming.roles)


def _bears_surname(name: str) -> bool:
    """Whether the last word alone may mean the person: of a place's name only after a given name ("Ann London")."""
    words = name.split()
    return bool(fold_name(name)) and (words[-1] not in GAZETTEER or words[0] in GIVEN_NAMES)


def mentions_by_start(clusters: Iterable[Cluster]) -> Iterator[tuple[int, int, Cluster]]:
    """All mentions with their clusters, in the order of the text."""
    found = [(start, end, cluster) for cluster in clusters for start, end in cluster.mentions]
    yield from sorted(found, key=itemgetter(0, 1))
