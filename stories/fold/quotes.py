"""The utterances of a story: wordings of one quote across outlets and translations are one utterance."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from articles.text.names import fold_name
from schemas.events import stable_id
from schemas.story import StoryQuote, Wording
from stories.fold.clusters import Clusters, ClustersDraft, Group, Part, Parts, Shown
from stories.fold.encode import encode, remembered
from stories.fold.likeness import is_named, same_speaker, same_words
from stories.fold.state import Member, Named, Utterance
from stories.fold.terms import LEAST, plain_words, rarities

Members = Mapping[str, Member]
_SHORT = 4
"""Below this many content words a quote is a catchword: joined only when equal and of one known speaker."""
_ANONYMOUS = 5
"""Words that a quote needs to be kept when nobody is known to have said it; fewer are a term or a title."""
_FEWEST_IN_PART = 3
_LONG = 6
_SHARE, _SHARE_OF_FEW = 0.7, 0.9
"""Share of the lighter quote's words, by weight, that a long and a short quote must have in common with another."""
_RARE = 2.0
_ASKED = 64
_CANDIDATES = 6


def place_quotes(
    known: Clusters[Utterance], member: Member, members: Members
) -> tuple[Clusters[Utterance], tuple[str, ...]]:
    """The story's utterances with the member's quotes, and the utterance that each went to ("" where left out)."""
    ids: list[str] = []
    draft = ClustersDraft(known, lambda parts, before: show_quote(parts, before, members))
    for number, quote in enumerate(member.facts.quotes):
        group = ""
        part = Part(member.facts.article_id, number)
        said = _said(part, members)
        if quote.speaker or len(said.text.split()) >= _ANONYMOUS:
            group = _home(draft, said, members) or stable_id(member.facts.article_id, "quote", str(number))[:12]
            draft.add(group, part, _keys(said.words))
        ids.append(group)
    return draft.freeze(), tuple(ids)


def remove_quotes(known: Clusters[Utterance], member: Member, members: Members) -> Clusters[Utterance]:
    """The story's utterances without the member's quotes; the member must still be among the members."""
    draft = ClustersDraft(known, lambda parts, before: show_quote(parts, before, members))
    for number, group in enumerate(member.quote_ids):
        if group:
            draft.remove(group, Part(member.facts.article_id, number), lambda other: keys_of(other, members))
    return draft.freeze()


class _Said(NamedTuple):
    """Who said it, its content words by weight, and the text."""

    speaker: str
    words: dict[str, float]
    text: str

    @property
    def plain(self) -> frozenset[str]:
        """Its words as they stand, small ones included."""
        return _plain(self.text)


def _said(part: Part, members: Members) -> _Said:
    return _of_member(members[part.article_id], part.number)


@lru_cache(maxsize=1 << 12)
def _of_member(member: Member, number: int) -> _Said:
    """The article's quote; asked again and again in a long story, where to cut out its words would cost more."""
    facts = member.facts
    quote = facts.quotes[number]
    return _of(quote.speaker, facts.text[quote.start : quote.end], facts.language)


@lru_cache(maxsize=1 << 12)
def _of(speaker: str | None, text: str, language: str) -> _Said:
    words = {word: max(LEAST, rarity) for word, rarity in rarities(text, language).items()}
    return _Said(fold_name(speaker) if speaker else "", words, text)


@lru_cache(maxsize=1 << 12)
def _plain(text: str) -> frozenset[str]:
    return frozenset(plain_words(text))


def keys_of(part: Part, members: Members) -> list[str]:
    """Keys under which other wordings of the quote are looked for: its rare words, or all if it has none."""
    return _keys(_said(part, members).words)


def _keys(words: Mapping[str, float]) -> list[str]:
    rare = [word for word, weight in words.items() if weight >= _RARE]
    return rare or list(words)


def _home(known: ClustersDraft[Utterance], said: _Said, members: Members) -> str | None:
    for group in known.candidates(_keys(said.words))[:_CANDIDATES]:
        if any(_same(said, _said(part, members)) for part in known.parts(group)[:_CANDIDATES]):
            return group
    return None


def _same(one: _Said, other: _Said) -> bool:
    fewer = min(len(one.words), len(other.words))
    if not same_speaker(one.speaker, other.speaker):
        return fewer >= _SHORT and one.words.keys() == other.words.keys()
    if same_words(one.plain, other.plain) or _is_part(one, other) or _is_part(other, one):
        return True
    if fewer < _SHORT:
        return one.words.keys() == other.words.keys() and bool(one.words) and bool(one.speaker and other.speaker)
    shared = sum(weight for word, weight in one.words.items() if word in other.words)
    needed = _SHARE if fewer >= _LONG else _SHARE_OF_FEW
    return shared >= needed * min(sum(one.words.values()), sum(other.words.values()))


def _is_part(short: _Said, long: _Said) -> bool:
    """Whether somebody is quoted with a few words, one after the other, of what the same person is quoted with."""
    words = plain_words(short.text)
    if len(words) < _FEWEST_IN_PART or not (short.speaker and long.speaker) or len(words) >= len(long.text.split()):
        return False
    return f" {' '.join(words)} " in f" {' '.join(plain_words(long.text))} "


def show_quote(parts: Parts, before: Group[Utterance] | None, members: Members) -> Shown[Utterance]:
    """One utterance for all parts, with every wording; the speaker is whom most articles name."""
    said = before.shown.shown.wordings if before is not None else ()
    wordings = (*said, *[_wording(part, members) for part in parts[len(said) :]])
    speaker, place = _speaker(parts, members)
    entity = _entity_id(speaker, members[place.article_id]) if speaker else ""
    shown = StoryQuote(speaker=speaker, wordings=wordings)
    order = (-len(wordings), wordings[0].article_id, wordings[0].start, parts[0].number)
    return Shown(Utterance(shown, entity), order)


def _wording(part: Part, members: Members) -> Wording:
    facts = members[part.article_id].facts
    quote = facts.quotes[part.number]
    text = facts.text[quote.start : quote.end]
    return Wording(text=text, article_id=part.article_id, start=quote.start, end=quote.end)


def _speaker(parts: Parts, members: Members) -> tuple[str | None, Part]:
    """Whom most parts name (of very many the first ones), and the first part that does; "the minister" is no name."""
    parts = parts[:_ASKED]
    names = [members[part.article_id].facts.quotes[part.number].speaker for part in parts]
    if len(parts) == 1:
        return names[0] or None, parts[0]
    counts = Counter([name for name in names if name])
    best = max(counts, key=lambda name: (is_named(name), counts[name], len(name), name), default=None)
    return best, parts[names.index(best)] if best else parts[0]


def _entity_id(speaker: str, member: Member) -> str:
    for entity, group in zip(member.facts.entities, member.entity_ids, strict=True):
        if speaker == entity.name or speaker in entity.aliases:
            return group
    return ""


def named(group: Group[Utterance], entities: Clusters[Named]) -> tuple[StoryQuote, bytes]:
    """The quote under the name that the story has for its speaker, and its JSON."""
    quote, speaker_id = group.shown
    entity = entities.groups.get(speaker_id)
    if entity is None or entity.shown.shown.name == quote.speaker:
        return quote, remembered(group, quote)
    name = entity.shown.shown.name
    if group.renamed is None or group.renamed[0].speaker != name:
        renamed = quote.model_copy(update={"speaker": name})
        group.renamed = renamed, encode(renamed)
    return group.renamed
