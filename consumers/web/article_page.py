"""What the page of an article shows: its clean text in blocks of sentences, each with the claims that it supports."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.articles import Facts, Sentence
from schemas.story import Claim, Story, StoryArticle


class Line(NamedTuple):
    """A sentence with its number, and the claims that it supports."""

    number: int
    kind: str
    text: str
    claims: Sequence[Claim]


class Stretch(NamedTuple):
    """A run of the text without a blank line in it: sentences, and what stands between them, in order."""

    heading: bool
    parts: Sequence[Line | str]


def stretches(facts: Facts, story: Story | None) -> list[Stretch]:
    """The text, whole: every character of it stands in a sentence or between two."""
    said = _claims(facts.article_id, story)
    found: list[Stretch] = []
    parts: list[Line | str] = []
    for part in _parts(facts, said):
        if isinstance(part, str) and "\n\n" in part:
            before, *_, after = part.split("\n\n")
            parts.append(before)
            found.append(_stretch(parts))
            parts = [after]
        else:
            parts.append(part)
    return [own for own in [*found, _stretch(parts)] if own.parts]


def article_of(story: Story | None, article_id: str) -> StoryArticle | None:
    """The article as the story lists it; `None` if it does not."""
    return next((own for own in story.articles if own.article_id == article_id), None) if story else None


def _parts(facts: Facts, said: dict[int, list[Claim]]) -> Iterator[Line | str]:
    at = 0
    for number, sentence in enumerate(facts.sentences):
        yield facts.text[at : sentence.start]
        yield _line(number, sentence, facts.text, said)
        at = sentence.end
    yield facts.text[at:]


def _line(number: int, sentence: Sentence, text: str, said: dict[int, list[Claim]]) -> Line:
    return Line(number, sentence.kind, sentence.of(text), said.get(number, []))


def _stretch(parts: Sequence[Line | str]) -> Stretch:
    kept = [part for part in parts if not isinstance(part, str) or part]
    lines = [part for part in kept if isinstance(part, Line)]
    if not lines and not any(isinstance(part, str) and part.strip() for part in kept):
        return Stretch(False, ())
    return Stretch(bool(lines) and all(line.kind == "heading" for line in lines), kept)


def _claims(article_id: str, story: Story | None) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in story.claims if story else ():
        for support in claim.supports:
            if support.article_id == article_id:
                found.setdefault(support.sentence, []).append(claim)
    return found
