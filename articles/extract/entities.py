"""Persons, bodies, places and events of one article: every mention, linked to what it refers to."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from pydantic import TypeAdapter

from articles.data import read_sections
from articles.extract.lexicon import COUNTRY_OF, GAZETTEER, LOWER_TITLES, TITLE_GENDERS
from articles.extract.linking import Cluster, link
from articles.extract.namings import Naming, read_phrase
from articles.extract.offices import OFFICE_WORDS
from articles.extract.phrases import find_joined, find_phrases
from articles.extract.salience import rank
from schemas.articles import Entity, Sentence
from schemas.base import Span

_WORDS = read_sections("phrase_words.txt")
_ENTITIES = TypeAdapter(tuple[Entity, ...])
"""Builds all entities with their spans at once: far faster than one by one."""
_PLACE_NOUNS = _WORDS["place_noun"]
_LOOSE_PLACE_NOUNS = _PLACE_NOUNS | _WORDS["loose_place_noun"]
_DIRECTIONS = frozenset(["northern", "southern", "eastern", "western", "central", "nearby", "the"])
_PLACE_WORDS = frozenset(
    ["in", "near", "outside", "across", "throughout", "inside", "leaving", "visited", "toward", "towards"]
)
_NEAR = frozenset(("near",))
_GUESS_PLACE_WORDS = frozenset(["in", "near", "outside", "throughout"])
_GAZETTEER_PLACE_WORDS = _PLACE_WORDS | frozenset(["at", "from", "around", "to"])
_TELLING = {word.lower() for word in LOWER_TITLES} | _GAZETTEER_PLACE_WORDS | _DIRECTIONS | {"of", "and"}
"""All words, in lower case, that right before a name may say something of its kind."""
_SETTLED_KINDS = frozenset(("place", "organization", "event"))
_CONTEXT = 50
"""Characters before a name that are looked at."""
_PLACE_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:region|province|district|peninsula|county|airport|border|suburb|neighbou?rhood|city|oblast)\b"
)
_PERSON_AFTER = re.compile(
    r",?\s+(?:said|says|told|added|tweeted|wrote|insisted|argued|asked|noted|himself|herself|who|testified|recalled)\b"
)


def find_entities(text: str, sentences: Sequence[Sentence], title: str = "") -> list[Cluster]:
    """What the article names, most salient first. Headings add mentions of names that the text has too."""
    joined = find_joined(text) if sentences else []
    words = text
    for start, end in joined:
        words = f"{words[:start]}{'.' * (end - start)}{words[end:]}"
    namings: list[Naming] = []
    for sentence in sentences:
        if sentence.kind == "sentence" and not text[sentence.start : sentence.end].isupper():
            namings += _of_sentence(text, words, sentence, joined)
    headings = [sentence for sentence in sentences if sentence.kind == "heading"]
    return rank(text, link(text, namings, headings), sentences, title)


def _of_sentence(text: str, words: str, sentence: Span, joined: Sequence[tuple[int, int]]) -> list[Naming]:
    """The namings in order. In `words` the joined names, which are read already, stand as full stops."""
    since, until = sentence.start, sentence.end
    inside = [span for span in joined if since <= span[0] and span[1] <= until] if joined else []
    found = [Naming(start, end, GAZETTEER[text[start:end]]) for start, end in inside]
    for text_of, at, initial in find_phrases(words, since, until):
        for start, end, kind, gender, roles, sure in read_phrase(text_of, initial):
            naming = Naming(at + start, at + end, kind, gender, roles, sure)
            name = text_of[start:end]
            settled = kind in _SETTLED_KINDS and name in GAZETTEER
            found.append(naming if settled else _with_context(words, since, until, naming, name))
    if inside:
        found.sort(key=_start)
    return found


def _start(naming: Naming) -> int:
    return naming.start


def _with_context(words: str, since: int, until: int, naming: Naming, name: str) -> Naming:
    """The naming with what the words around it in its sentence, which is `[since, until)`, say of its kind."""
    low = naming.start - _CONTEXT
    context = words[low if low > since else since : naming.start]
    last = "".join(context.rsplit(None, 1)[-1:])
    telling = last.lower() in _TELLING
    before = context.rsplit(None, 4)[-4:] if telling or last[-1:] == "," else []
    if before:
        role = last.rstrip(",")
        if role in LOWER_TITLES and naming.kind not in _SETTLED_KINDS:
            gender = naming.gender or TITLE_GENDERS.get(role)
            roles = (*naming.roles, *_roles(role, before))
            return naming._replace(kind="person", gender=gender, roles=roles, sure=True)
    if name in GAZETTEER:
        in_place = telling and naming.kind == "person" and _follows(before, _GAZETTEER_PLACE_WORDS, _LOOSE_PLACE_NOUNS)
        return naming._replace(kind=GAZETTEER[name]) if in_place else naming
    return _by_surroundings(words, until, naming, before if telling else (), " " in name)


def _roles(role: str, before: Sequence[str]) -> Iterable[str]:
    yield role
    yield from takewhile(OFFICE_WORDS.__contains__, map(str.lower, reversed(before[:-1])))
    for word in before[:-1]:
        plain = word.removesuffix("'s").removesuffix("’s")
        if plain in COUNTRY_OF:
            yield COUNTRY_OF[plain]


def _follows(before: Sequence[str], words: frozenset[str], nouns: frozenset[str]) -> bool:
    """Whether what precedes a name ends with one of the words, or one of the nouns and "of"."""
    if not before:
        return False
    at = len(before) - 1
    if at >= 0 and before[at] in _DIRECTIONS:
        at -= 1
    if at < 0:
        return False
    if before[at] == "of":
        return at > 0 and before[at - 1] in nouns
    return before[at].lower() in words or (
        at > 2 and before[at] == "and" and before[at - 3 : at - 1] == ["villages", "of"]
    )


def _by_surroundings(words: str, until: int, naming: Naming, before: Sequence[str], several: bool) -> Naming:
    """`before` may be left out where its last word is none of `_TELLING`."""
    kind = naming.kind
    strong = _follows(before, _NEAR, _PLACE_NOUNS) or _PLACE_AFTER.match(words, naming.end, until)
    if strong and not (kind == "person" and several and before[-1:] == ["near"]):
        return naming._replace(kind="place", sure=True)
    if kind == "person" and several and naming.gender is None and not naming.roles:
        return naming._replace(kind="place") if _follows(before, _GUESS_PLACE_WORDS, _PLACE_NOUNS) else naming
    if (kind is None or kind == "other") and _PERSON_AFTER.match(words, naming.end, until):
        return naming._replace(kind=kind or "person")
    if kind is None and _follows(before, _PLACE_WORDS, _LOOSE_PLACE_NOUNS):
        return naming._replace(kind="place")
    return naming


def to_entities(clusters: Sequence[Cluster]) -> tuple[Entity, ...]:
    """The clusters as they go on the log."""
    return _ENTITIES.validate_python(
        [
            {
                "name": cluster.name,
                "kind": cluster.kind,
                "mentions": [{"start": start, "end": end} for start, end in cluster.mentions],
                "aliases": cluster.aliases,
                "salience": cluster.salience,
            }
            for cluster in clusters
        ]
    )
