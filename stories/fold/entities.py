"""The entities of a story: spellings of one name across articles are one entity, its other forms are aliases."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import Indel

from articles.text.names import fold_name, known_name, same_name, short_for
from schemas.articles import Entity, EntityKind
from schemas.events import stable_id
from schemas.story import StoryEntity, made
from stories.fold.clusters import Clusters, ClustersDraft, Group, Part, Parts, Shown
from stories.fold.state import Member, Named

Members = Mapping[str, Member]
_MANY = 40
"""Groups with a key in common that are looked at one by one."""
_LONG_GIVEN_NAME, _ALIKE = 6, 0.85
"""Shorter given names are too often two people's (Jon and Jan, Maria and Marta)."""
_MAIN = 4
"""How many times as often as any other of that surname somebody is named who is meant by the surname alone."""


def place_entities(known: Clusters[Named], member: Member, members: Members) -> tuple[Clusters[Named], tuple[str, ...]]:
    """The story's entities with those of the member, and the group that each of the member's went to."""
    ids: list[str] = []
    draft = ClustersDraft(known, lambda parts, before: show_entity(parts, before, members))
    for number, entity in enumerate(member.facts.entities):
        part = Part(member.facts.article_id, number)
        keys = keys_of(entity)
        group = _home(draft, entity, keys[:-1], members) or stable_id(member.facts.article_id, str(number))[:12]
        draft.add(group, part, keys)
        ids.append(group)
    return draft.freeze(), tuple(ids)


def remove_entities(known: Clusters[Named], member: Member, members: Members) -> Clusters[Named]:
    """The story's entities without those of the member, which must still be among the members."""
    draft = ClustersDraft(known, lambda parts, before: show_entity(parts, before, members))
    for number, group in enumerate(member.entity_ids):
        part = Part(member.facts.article_id, number)
        draft.remove(group, part, lambda other: keys_of(_entity(other, members)))
    return draft.freeze()


def keys_of(entity: Entity) -> list[str]:
    """Keys under which other spellings are looked for: the table's name, else how the last word begins.

    The last key is the very name, for where too many groups have another key in common.
    """
    if not entity.aliases:
        return [_key(entity.name, entity.kind), _exact(entity)]
    return [*dict.fromkeys([_key(form, entity.kind) for form in (entity.name, *entity.aliases)]), _exact(entity)]


def _exact(entity: Entity) -> str:
    return f"{entity.kind}={entity.name}"


@lru_cache(maxsize=1 << 15)
def _key(form: str, kind: EntityKind) -> str:
    known = known_name(form, kind)
    return f"={fold_name(known)}" if known else fold_name(form).rpartition(" ")[2][:3]


def _entity(part: Part, members: Members) -> Entity:
    return members[part.article_id].facts.entities[part.number]


def _home(known: ClustersDraft[Named], entity: Entity, keys: list[str], members: Members) -> str | None:
    """The group that holds another spelling of the name; else the one that the name can be short for."""
    candidates = known.candidates(keys)
    if len(candidates) > _MANY:
        candidates = known.candidates([_exact(entity)])[:1] or candidates[:_MANY]
    if not candidates:
        return None
    others = {group: _forms(known, group, members) for group in candidates}
    for group, forms in others.items():
        if any(_same(entity.name, entity.kind, name, kind) for name, kind in forms):
            return group
    short = [g for g, forms in others.items() if any(_short(entity, name, kind) for name, kind in forms)]
    return short[0] if len(short) == 1 else _meant(known, short)


def _meant(known: ClustersDraft[Named], groups: Iterable[str]) -> str | None:
    """Of several whom a name can be short for the one that the story is about."""
    found = [(before.shown.shown.mentions, group) for group in groups if (before := known.grown(group)[0]) is not None]
    (most, group), (second, _) = [*sorted(found, reverse=True), (0, ""), (0, "")][:2]
    return group if most >= _MAIN * max(1, second) else None


def _forms(known: ClustersDraft[Named], group: str, members: Members) -> Collection[tuple[str, EntityKind]]:
    before, parts = known.grown(group)
    if before is not None and not parts:
        return before.shown.names
    forms = set(before.shown.names) if before is not None else set()
    for part in parts:
        entity = _entity(part, members)
        forms.add((entity.name, entity.kind))
    return forms


def _same(name: str, kind: EntityKind, other: str, other_kind: EntityKind) -> bool:
    if kind == other_kind:
        return same_name(name, other, kind) or (kind == "person" and _given_spelled_alike(name, other))
    return "person" not in (kind, other_kind) and fold_name(name) == fold_name(other)


def _given_spelled_alike(name: str, other: str) -> bool:
    """Within one story, people of one surname whose given names differ in a letter are one: Yuliana and Juliana."""
    given, _, surname = fold_name(name).rpartition(" ")
    given_other, _, surname_other = fold_name(other).rpartition(" ")
    if surname != surname_other or min(len(given), len(given_other)) < _LONG_GIVEN_NAME:
        return False
    return Indel.normalized_similarity(given, given_other) >= _ALIKE


def _short(entity: Entity, name: str, kind: EntityKind) -> bool:
    if kind != entity.kind or kind not in ("person", "organization"):
        return False
    return short_for(entity.name, name, kind) or short_for(name, entity.name, kind)


def show_entity(parts: Parts, before: Group[Named] | None, members: Members) -> Shown[Named]:
    """One entity for all parts, under its most usual full name; of equals the longest, then the first by letter."""
    if len(parts) == 1:
        named = _alone(_entity(parts[0], members))
    elif before is None:
        named = _together(_alone(_entity(parts[0], members)), parts[1:], members)
    else:
        named = _together(before.shown, parts[len(before.parts) :], members)
    entity = named.shown
    return Shown(named, (-entity.mentions, entity.name, entity.kind, entity.aliases, parts[0]))


def _alone(entity: Entity) -> Named:
    aliases = _others(dict.fromkeys(entity.aliases), entity.name) if entity.aliases else ()
    shown = _shown(entity.name, entity.kind, aliases, len(entity.mentions))
    return Named(shown, {(entity.name, entity.kind): 1}, frozenset((entity.name, *entity.aliases)))


def _shown(name: str, kind: EntityKind, aliases: tuple[str, ...], mentions: int) -> StoryEntity:
    return made(StoryEntity, {"name": name, "kind": kind, "aliases": aliases, "mentions": mentions})


def _together(known: Named, more: Iterable[Part], members: Members) -> Named:
    names, forms, mentions = dict(known.names), set(known.forms), known.shown.mentions
    for part in more:
        entity = _entity(part, members)
        names[entity.name, entity.kind] = names.get((entity.name, entity.kind), 0) + 1
        forms.update((entity.name, *entity.aliases))
        mentions += len(entity.mentions)
    kind, name = _usual(names)
    shown = _shown(name, kind, _others(forms, name), mentions)
    return Named(shown, names, frozenset(forms))


def _usual(names: Mapping[tuple[str, EntityKind], int]) -> tuple[EntityKind, str]:
    articles: dict[str, int] = {}
    kinds: dict[EntityKind, int] = {}
    for (name, kind), count in names.items():
        articles[name] = articles.get(name, 0) + count
        kinds[kind] = kinds.get(kind, 0) + count
    usual = max(sorted(kinds), key=lambda k: kinds[k])
    return usual, min(articles, key=lambda form: (-_words(form, usual), -articles[form], -len(form), form))


def _words(form: str, kind: EntityKind) -> int:
    """Two words or more make a full name of a person; of all else a longer name is not a better one."""
    return int(kind == "person" and " " in form)


def _others(forms: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(sorted(form for form in forms if form != name))
