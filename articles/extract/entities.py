"""Persons, bodies, places and events of one article: every mention, linked to what it refers to."""

import re
from collections.abc import Iterable, Sequence

from articles.extract.lexicon import COUNTRY_OF, GAZETTEER, LOWER_TITLES, TITLE_GENDERS
from articles.extract.linking import Cluster, link
from articles.extract.namings import Naming, read_phrase
from articles.extract.phrases import find_joined, find_phrases
from schemas.articles import Entity, EntityKind, Sentence, Span

_IN_PLACE = re.compile(
    r"\b(?:in|near|outside|around|across|throughout|inside|at|from|toward|towards|to|leaving|visited|"
    r"(?:town|village|villages|city|region|province|district|state|port|island|suburb|county|capital|area|hub|"
    r"neighbou?rhood|border|streets|people|outskirts|north|south|east|west|northwest|northeast|southwest|southeast) of|"
    r"villages of [\w-]+ and)\s+(?:the\s+|northern\s+|southern\s+|eastern\s+|western\s+|central\s+|nearby\s+)?$"
)
_STRONG_PLACE = re.compile(
    r"\b(?:(?:town|village|villages|city|region|province|district|port|island|suburb|county|capital|area|hub|outskirts)"
    r" of|villages of [\w-]+ and|near|in (?:northern|southern|eastern|western|central))\s+$"
)
_PLACE_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:region|province|district|peninsula|county|airport|border|suburb|neighbou?rhood|city|oblast)\b"
)
_ROLE_BEFORE = re.compile(r"((?:[\w’'-]+\s+){0,4})([a-z-]+),?\s+$")
_PERSON_AFTER = re.compile(
    r",?\s+(?:said|says|told|added|tweeted|wrote|insisted|argued|asked|noted|himself|herself|who|testified|recalled)\b"
)


def find_entities(text: str, sentences: Sequence[Sentence]) -> list[Cluster]:
    """What the article names, most salient first. Headings add mentions of names that the text has too."""
    namings: list[Naming] = []
    for sentence in sentences:
        if sentence.kind == "sentence":
            namings += _of_sentence(text, sentence)
    headings = [sentence for sentence in sentences if sentence.kind == "heading"]
    return link(text, namings, headings)


def _of_sentence(text: str, sentence: Sentence) -> list[Naming]:
    words = text[sentence.start : sentence.end]
    if words.isupper():
        return []
    found: list[Naming] = []
    for start, end in find_joined(words):
        found.append(Naming(start, end, GAZETTEER[words[start:end]]))
        words = f"{words[:start]}{'.' * (end - start)}{words[end:]}"
    for phrase in find_phrases(words, frozenset((0,))):
        found += (_with_context(words, naming) for naming in read_phrase(phrase))
    return [
        naming._replace(start=naming.start + sentence.start, end=naming.end + sentence.start)
        for naming in sorted(found)
    ]


def _with_context(words: str, naming: Naming) -> Naming:
    before = words[max(0, naming.start - 60) : naming.start]
    name = words[naming.start : naming.end]
    role = _ROLE_BEFORE.search(before)
    if role is not None and role.group(2) in LOWER_TITLES and naming.kind in (None, "person", "other"):
        gender = naming.gender or TITLE_GENDERS.get(role.group(2))
        return naming._replace(kind="person", gender=gender, roles=(*naming.roles, *_roles(role)), sure=True)
    if naming.kind == "person" and name in GAZETTEER and _IN_PLACE.search(before):
        return naming._replace(kind=GAZETTEER[name])
    if name in GAZETTEER or (naming.kind == "person" and " " in name and not _STRONG_PLACE.search(before)):
        return naming
    return _by_surroundings(words, naming, before)


def _roles(role: re.Match[str]) -> Iterable[str]:
    yield role.group(2)
    for word in role.group(1).split():
        plain = word.removesuffix("'s").removesuffix("’s")
        if plain in COUNTRY_OF:
            yield COUNTRY_OF[plain]


def _by_surroundings(words: str, naming: Naming, before: str) -> Naming:
    if _STRONG_PLACE.search(before) or _PLACE_AFTER.match(words, naming.end):
        return naming._replace(kind="place", sure=True)
    if naming.kind in (None, "other") and _PERSON_AFTER.match(words, naming.end):
        return naming._replace(kind=naming.kind or "person")
    if naming.kind is None and _IN_PLACE.search(before) and not re.search(r"\b(?:to|from|at|around)\s+(?:the\s+)?$", before):
        return naming._replace(kind="place")
    return naming


def to_entity(text: str, cluster: Cluster) -> Entity:
    """The cluster as it goes on the log."""
    kind: EntityKind = cluster.kind
    mentions = tuple(Span.model_construct(start=start, end=end) for start, end in cluster.mentions)
    return Entity.model_construct(name=cluster.name, kind=kind, mentions=mentions, aliases=cluster.aliases)
