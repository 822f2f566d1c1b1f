"""An endless invented newswire: short articles on stories that grow, with copies, revisions, withdrawals and junk.

For runs that need many articles and little text. What the articles say comes from `stream.toml`; which of it, when and
by whom comes from a seed, so the same seed gives the same articles.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from schemas.articles import Fetched, Gone
from scrapers.identity import article_id

START = datetime(2025, 3, 3, 6, tzinfo=UTC)
STEP = timedelta(minutes=9)
"""Between two articles, so that 2,000 of them span twelve days and many stories overlap."""
ACTIVE = 12
"""Stories that are told at a time in one language."""
GERMAN_SHARE = 0.12
JUNK = (b"\x00\x01\x02\xfe\xff" * 40, b"", b"Menu\n\nHome\n\nSport\n\nContact", b"%PDF-1.7 \x00\x00 endobj")

Item = Fetched | Gone


@dataclass
class _Story:
    """What one story is about, and how far it has got."""

    kind: dict[str, Any]
    names: dict[str, str]
    toll: int
    told: list[Fetched] = field(default_factory=list)


def stream(count: int, seed: int = 1) -> Iterator[Item]:
    """`count` raw items, oldest first, one every nine invented minutes."""
    desk = _Desk(random.Random(seed))
    for number in range(count):
        yield desk.next(number)


def outlets() -> tuple[str, ...]:
    """The English outlets, enough of them to be found on every one of eight partitions."""
    return tuple(_words()["en"]["outlets"])


class _Desk:
    """Tells the stories of all languages in turn."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._stories: dict[str, list[_Story]] = {"en": [], "de": []}

    def next(self, number: int) -> Item:
        """The item of this number: a report, or now and then something else."""
        at = START + number * STEP
        language = "de" if self._chance.random() < GERMAN_SHARE else "en"
        draw = self._chance.random()
        story = self._story(language)
        if draw < 0.03:
            return self._raw(language, f"junk-{number}", at, "", self._chance.choice(JUNK))
        if story.told and draw < 0.10:
            return self._copy(language, number, at, story)
        if story.told and draw < 0.15:
            return self._revision(at, story)
        if story.told and draw < 0.17:
            return self._withdrawal(at, story)
        report = self._report(language, number, at, story)
        story.told.append(report)
        return report

    def _story(self, language: str) -> _Story:
        stories = self._stories[language]
        if len(stories) < ACTIVE or self._chance.random() < 0.12:
            stories.append(self._open(language))
        return self._chance.choice(stories[-ACTIVE:])

    def _open(self, language: str) -> _Story:
        words = _words()[language]
        names = {name: self._chance.choice(of) for name, of in words["names"].items()}
        names["place"] = self._place()
        names["craft"] = self._place()
        return _Story(self._chance.choice(words["kinds"]), names, self._chance.randint(2, 9))

    def _place(self) -> str:
        syllables = _words()["syllables"]
        return "".join(self._chance.choice(syllables[at]) for at in ("first", "last"))

    def _report(self, language: str, number: int, at: datetime, story: _Story) -> Fetched:
        story.toll += self._chance.choice((0, 0, 1, 2, 5))
        title, body = self._tell(story)
        return self._raw(language, f"story-{number}", at, title, body)

    def _tell(self, story: _Story) -> tuple[str, bytes]:
        values = {**story.names, "toll": story.toll, "toll2": 3 * story.toll + 40}
        lead, *rest = (line.format(**values) for line in story.kind["lines"])
        lines = [lead, *self._chance.sample(rest, k=min(2, len(rest)))]
        title = self._chance.choice(story.kind["titles"]).format(**values)
        return title, "\n\n".join(lines).encode()

    def _copy(self, language: str, number: int, at: datetime, story: _Story) -> Fetched:
        original = self._chance.choice(story.told)
        return self._raw(language, f"copy-{number}", at, original.title or "", original.body)

    def _revision(self, at: datetime, story: _Story) -> Fetched:
        first = self._chance.choice(story.told)
        title, body = self._tell(story)
        return first.model_copy(update={"title": title, "body": body, "fetched_at": at})

    def _withdrawal(self, at: datetime, story: _Story) -> Gone:
        first = self._chance.choice(story.told)
        return Gone(article_id=first.article_id, source=first.source, input_id=first.input_id, fetched_at=at)

    def _raw(self, language: str, input_id: str, at: datetime, title: str, body: bytes) -> Fetched:
        source = self._chance.choice(_words()[language]["outlets"])
        return Fetched(
            article_id=article_id(source, input_id),
            source=source,
            input_id=input_id,
            content_type="text/plain; charset=utf-8",
            body=body,
            title=title or None,
            fetched_at=at,
            published_at=at,
        )


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
