"""Statements in quotation marks, with who made them; other quoted words are left out."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter

from articles.extract.attribution import Attribution, find_after, find_before, introduces
from articles.extract.cues import find_cues
from articles.extract.marks import Quotation, find_quotations
from articles.extract.speakers import Cast, Speaker
from schemas.articles import Block, Quote
from schemas.base import Span

_QUOTES = TypeAdapter(tuple[Quote, ...])
"""Builds all quotes with their spans at once: far faster than one by one."""
_STATEMENT_WORDS = 4
"""Fewer words in marks are a term, a title or irony, unless somebody is said to have said them."""
_LONGEST_TITLE = 8
_CONTINUES = re.compile(r"[,;:]?\s*(?:and|but|or|while)?\s*$")
_SO_CALLED = (
    *("so-called", "dubbed", "nicknamed", "titled", "entitled", "known as", "called", "named", "the term", "the word"),
    *("the phrase", "the words", "title of", "book", "film", "song", "album", "show", "series", "movie", "novel"),
    *("book,", "film,", "song,", "album,", "show,", "series,", "movie,", "novel,"),
)
"""What ends the words before a name or a term in marks."""
_DENIES = re.compile(r"\b(?:denied|denies|deny|denying|rejected|any)\b[^,.;]{0,40}$")
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = (".", "!", "?", "…")


class _Place(NamedTuple):
    """A quotation in its sentence: `[since, until)` are the sentence's ends, `block` the paragraph's number."""

    quotation: Quotation
    since: int
    until: int
    block: int
    previous: int
    """End of the quotation before it in the sentence, else the sentence's start."""
    following: int
    """Start of the next quotation in the sentence, else the sentence's end."""


class _Found(NamedTuple):
    place: _Place
    speaker: Speaker | None
    attribution: Attribution | None
    firm: bool = True
    """Whether it stays without a speaker: a fragment does not."""


def find_quotes(text: str, blocks: Sequence[Block], sentences: Sequence[Span], cast: Cast) -> tuple[Quote, ...]:
    """All statements in the order of the text. One that runs over paragraphs is one."""
    found: list[_Found] = []
    places = list(_places(text, blocks, sentences))
    cast.hear([(place.quotation.open, place.quotation.close) for place in places])
    for place in places:
        if found and _goes_on(text, found[-1].place, place):
            found[-1] = _joined(found[-1], place)
        else:
            statement = _read(text, place, found[-1] if found else None, cast)
            if statement is not None:
                found.append(statement)
    return _QUOTES.validate_python([_to_quote(text, one) for one in _with_late_speakers(found)])


def _places(text: str, blocks: Sequence[Block], sentences: Sequence[Span]) -> Iterator[_Place]:
    at = 0
    for number, block in enumerate(blocks):
        if block.kind in ("heading", "table"):
            continue
        quotations = find_quotations(text, block.start, block.end)
        for index, quotation in enumerate(quotations):
            while at < len(sentences) - 1 and sentences[at].end <= quotation.open:
                at += 1
            sentence = sentences[at]
            last = at
            while last < len(sentences) - 1 and sentences[last].end < quotation.close <= block.end:
                last += 1
            until = max(sentences[last].end, quotation.close)
            previous = max(quotations[index - 1].close if index else 0, sentence.start)
            following = quotations[index + 1].open if index + 1 < len(quotations) else until
            yield _Place(
                quotation, sentence.start, until, number, previous, max(min(following, until), quotation.close)
            )


def _goes_on(text: str, before: _Place, place: _Place) -> bool:
    """A paragraph that ends without a closing mark, and the next that opens with one, are one quotation."""
    starts_block = not text[place.since : place.quotation.open].strip()
    return not before.quotation.closed and place.block == before.block + 1 and starts_block


def _joined(found: _Found, place: _Place) -> _Found:
    first = found.place.quotation
    quotation = first._replace(end=place.quotation.end, close=place.quotation.close, closed=place.quotation.closed)
    return found._replace(place=place._replace(quotation=quotation, since=found.place.since))


def _read(text: str, place: _Place, last: _Found | None, cast: Cast) -> _Found | None:
    attribution = _attribution(text, place)
    speaker = last.speaker if last else None
    if attribution is not None:
        named = cast.resolve(attribution.start, attribution.end, place.since, speaker)
        if attribution.cue_end <= place.quotation.open:
            named = cast.rather_person(named, place.since, attribution.cue_start)
        return _Found(place, named, attribution)
    return _unattributed(text, place, last, cast)


def _attribution(text: str, place: _Place) -> Attribution | None:
    quotation = place.quotation
    before = text[place.previous : quotation.open]
    content = text[quotation.start : quotation.end].rstrip()
    short = len(content.split()) < _STATEMENT_WORDS and not content.endswith((",", ".", "!", "?"))
    adjacent = introduces(text, place.previous, quotation.open)
    if (
        (not adjacent and _is_title(content))
        or (short and _DENIES.search(before))
        or (_is_fragment(content) and _is_so_called(before))
    ):
        return None
    after_first = content.endswith((",", "?", "!", "—", "–", "-", "…")) or not before.strip()
    comma_after = text[quotation.close : quotation.close + 1] == ","
    after_first = (after_first or comma_after) and not adjacent
    found = find_after(text, quotation.close, place.following) if after_first else None
    if found is None and before.strip():
        found = find_before(text, place.previous, quotation.open, whole=place.previous == place.since)
    return found


def _is_so_called(before: str) -> bool:
    return before.rstrip().endswith(_SO_CALLED)


def _is_title(content: str) -> bool:
    """Whether all longer words are capitalised, as in the name of a song or a group."""
    if not 1 < len(content.split(None, _LONGEST_TITLE)) <= _LONGEST_TITLE:
        return False
    words = [word for word in _LETTERS.findall(content) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words)


def _unattributed(text: str, place: _Place, last: _Found | None, cast: Cast) -> _Found | None:
    """No cue of its own: the speaker before goes on, or the sentence before introduces."""
    quotation = place.quotation
    content = text[quotation.start : quotation.end].strip()
    before = text[place.previous : quotation.open]
    if last is not None and last.place.since == place.since and last.speaker:
        linked = _CONTINUES.fullmatch(before) or find_cues(text, place.previous, quotation.open)
        if _is_fragment(content) and not linked and len(content.split()) < _STATEMENT_WORDS:
            return None
        if _is_so_called(before):
            return None
        cues = find_cues(text, place.previous, quotation.open)
        again = (
            Attribution(cues[-1].group(1), *cues[-1].span(1), last.speaker.start, last.speaker.end) if cues else None
        )
        return _Found(place, last.speaker, again)
    if before.strip():
        return None if _is_title(content) or _is_so_called(before) else _Found(place, None, None, firm=False)
    return _continued(text, place, last, cast)


def _is_fragment(content: str) -> bool:
    return not content.rstrip(",").removesuffix("\n").endswith(_SENTENCE_ENDS)


def _continued(text: str, place: _Place, last: _Found | None, cast: Cast) -> _Found | None:
    """A sentence that is all quotation."""
    content = text[place.quotation.start : place.quotation.end].strip()
    if len(content.split()) < _STATEMENT_WORDS and _is_fragment(content):
        return None
    if last is not None and last.speaker and _adjacent(text, last.place, place):
        return _Found(place, last.speaker, None)
    introduced = _introduced(text, place, last, cast)
    return introduced or _Found(place, None, None)


def _adjacent(text: str, before: _Place, place: _Place) -> bool:
    """Nothing but the rest of the earlier quotation's own sentence stands between."""
    return not text[before.until : place.quotation.open].strip()


def _introduced(text: str, place: _Place, last: _Found | None, cast: Cast) -> _Found | None:
    """ "She was clear. "..." ": the cue of the sentence before."""
    lead = text[: place.quotation.open].rstrip()
    begin = (
        max(lead.rfind("\n"), *(lead.rfind(mark, 0, max(len(lead) - 1, 0)) for mark in (". ", "! ", "? ", "” "))) + 1
    )
    attribution = find_before(text, begin + len(text[begin:]) - len(text[begin:].lstrip()), len(lead))
    if attribution is None:
        return None
    named = cast.resolve(attribution.start, attribution.end, begin, last.speaker if last else None)
    return _Found(place, named, attribution) if named.name else None


def _with_late_speakers(found: Sequence[_Found]) -> Iterator[_Found]:
    """Words whose speaker is named only after the next words of the sentence or paragraph; fragments else go."""
    for at, one in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if one.speaker is None and following and following.speaker and _same_breath(one, following):
            yield one._replace(speaker=following.speaker)
        elif one.firm or one.speaker:
            yield one


def _same_breath(one: _Found, following: _Found) -> bool:
    if one.firm:
        return one.place.block == following.place.block
    return one.place.since == following.place.since and following.attribution is not None


def _to_quote(text: str, found: _Found) -> dict[str, object]:
    quotation, attribution = found.place.quotation, found.attribution
    speaker = found.speaker if found.speaker and found.speaker.start < found.speaker.end else None
    words = text[quotation.start : quotation.end]
    start = quotation.start + len(words) - len(words.lstrip())
    return {
        "start": start,
        "end": start + len(words.strip()),
        "speaker": speaker.name if speaker else None,
        "cue": attribution.cue if attribution else None,
        "cue_span": {"start": attribution.cue_start, "end": attribution.cue_end} if attribution else None,
        "speaker_span": {"start": speaker.start, "end": speaker.end} if speaker else None,
    }
