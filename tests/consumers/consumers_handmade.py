"""A small log made by hand: two outlets on one flood, a third on something else, one discrepancy."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from eventlog.base import EventLog, TopicConfig
from eventlog.events import entry_of
from schemas.articles import Facts, Fetched, Sentence
from schemas.base import Model
from schemas.events import Event, derive
from schemas.quarantine import Quarantined
from schemas.stories import Joined, Opened, Why
from schemas.story import (
    Alteration,
    Claim,
    ClaimFigure,
    Discrepancy,
    Novelty,
    Reading,
    Story,
    StoryArticle,
    StoryEntity,
    StoryQuote,
    SummarySentence,
    Support,
    TimelineEntry,
    Update,
    Wording,
)
from schemas.topics import FACTS, LATEST, LOG, QUARANTINE, TOPICS, UPDATES, Naming, Topic

NAMING = Naming()
DAY = datetime(2031, 5, 2, tzinfo=UTC)
TEXTS = {
    "a1": ("vale.example", "Some 25 houses stand under water in Orrin Vale."),
    "a2": ("harbour.example", "26 houses were flooded in Orrin Vale, the mayor said."),
    "a3": ("sport.example", "Tamsin Okoro wins the ridge race."),
}


class Maker:
    """Appends what the stages would append."""

    def __init__(self, log: EventLog, naming: Naming = NAMING, partitions: int = 2) -> None:
        self.log, self.naming = log, naming
        for topic in TOPICS:
            log.create_topic(naming.of(topic), TopicConfig(partitions, topic.cleanup))

    def put(self, topic: Topic, event: Event) -> Event:
        self.log.append([entry_of(event, self.naming.of(topic))])
        return event

    def article(self, article_id: str, day: int = 0, language: str = "en") -> Event:
        source, text = TEXTS.get(article_id, (f"{article_id}.example", f"Something about {article_id}."))
        moment = DAY + timedelta(days=day)
        raw = Fetched(
            article_id=article_id, source=source, input_id=f"{article_id}.txt", content_type="text/plain", body=b"."
        )
        facts = Facts(
            article_id=article_id,
            source=source,
            input_id=f"{article_id}.txt",
            title=text,
            language=language,
            published_at=moment,
            published_precision="day",
            text=text,
            digest=article_id,
            sentences=(Sentence(start=0, end=len(text)),),
            terms=(("hous", 1.0),),
        )
        origin = Event(id=f"raw-{article_id}-{day}", key=source, subject=article_id, data=raw)
        return self.put(FACTS, derive(origin, facts, key=language, subject=article_id))

    def version(self, facts: Event, story_id: str, version: int, story: Story | None = None, **more: object) -> Update:
        assert isinstance(facts.data, Facts)
        at = facts.data.published_at
        made: Model = (
            Opened(story_id=story_id, version=version, at=at, facts=facts.data)
            if version == 1
            else Joined(story_id=story_id, version=version, at=at, facts=facts.data, why=Why(score=0.9))
        )
        own = self.put(LOG, derive(facts, made, key=story_id, subject=story_id))
        update = Update.model_validate(
            {
                "story_id": story_id,
                "version": version,
                "kind": "opened" if version == 1 else "joined",
                "cause": own.id,
                "article_id": facts.data.article_id,
                "title": facts.data.title,
                "at": at,
                "significance": 0.6,
                **more,
            }
        )
        self.put(UPDATES, derive(own, update, key=story_id, subject=story_id))
        full = story or plain_story(story_id, version, [facts.data])
        self.put(LATEST, derive(own, full, key=story_id, subject=story_id))
        return update


def story_article(facts: Facts, copy_of: str | None = None) -> StoryArticle:
    return StoryArticle(
        article_id=facts.article_id,
        source=facts.source,
        input_id=facts.input_id,
        title=facts.title,
        published_at=facts.published_at,
        published_precision=facts.published_precision,
        copy_of=copy_of,
        credits=("Delta Press",) if copy_of else (),
    )


def plain_story(story_id: str, version: int, articles: Sequence[Facts], **more: object) -> Story:
    claims = [
        {
            "claim_id": f"c{own.article_id}",
            "text": own.text,
            "supports": [{"article_id": own.article_id, "sentence": 0}],
            "independent_sources": 1,
        }
        for own in articles
    ]
    return Story.model_validate(
        {
            "story_id": story_id,
            "version": version,
            "title": articles[0].title if articles else "",
            "language": "en",
            "summary": [],
            "claims": claims,
            "discrepancies": [],
            "quotes": [],
            "entities": [],
            "articles": [story_article(own).model_dump() for own in articles],
            "timeline": [],
            "independent_sources": len(articles),
            "first_at": articles[0].published_at if articles else None,
            "last_at": articles[-1].published_at if articles else None,
            **more,
        }
    )


def flood_story(first: Facts, second: Facts) -> Story:
    one, two = (Support(article_id=own.article_id, sentence=0) for own in (first, second))
    values = (
        Reading(value=25, qualifier="about", supports=(one,), since=first.published_at),
        Reading(value=26, supports=(two,), since=second.published_at),
    )
    text = "Houses stand under water in Orrin Vale."
    return Story(
        story_id="flood0aa",
        version=2,
        title="Orrin Vale under water",
        language="en",
        summary=(SummarySentence(text=text, claim_id="c1", supports=(one, two)),),
        claims=(
            Claim(
                claim_id="c1",
                text=text,
                supports=(one, two),
                independent_sources=2,
                figures=(ClaimFigure(counted="houses", unit=None, values=values),),
            ),
        ),
        discrepancies=(Discrepancy(claim_id="c1", counted="houses", unit=None, values=values),),
        quotes=(
            StoryQuote(
                speaker="Mayor Ines Dalby",
                wordings=(
                    Wording(text="We were warned.", article_id=first.article_id, start=0, end=4),
                    Wording(text="We had been warned.", article_id=second.article_id, start=0, end=4),
                ),
            ),
        ),
        entities=(StoryEntity(name="Orrin Vale", kind="place", aliases=("Orinvale",), mentions=2),),
        articles=(story_article(first), story_article(second, copy_of=first.article_id)),
        timeline=(TimelineEntry(date="2031-05-01", granularity="day", claim_id="c1", text=text),),
        independent_sources=1,
        first_at=first.published_at,
        last_at=second.published_at,
    )


def fill(maker: Maker) -> None:
    """Two stories: `flood0aa` of a1 and a2 with a discrepancy, `race0bb` of a3; one input in quarantine."""
    first, race, second = maker.article("a1"), maker.article("a3", 1), maker.article("a2", 1)
    assert isinstance(first.data, Facts)
    assert isinstance(second.data, Facts)
    claim = Novelty(kind="claim", text=first.data.text, claim_id="c1")
    maker.version(first, "flood0aa", 1, new=(claim,))
    maker.version(race, "race0bb", 1, significance=0.1)
    contested = Alteration(kind="contested", text="houses", before="about 25", after="26")
    found = Novelty(kind="discrepancy", text="houses: about 25 / 26")
    maker.version(second, "flood0aa", 2, flood_story(first.data, second.data), new=(claim, found), changed=(contested,))
    bad = Quarantined(input_id="junk.bin", source="junk", stage="read", reason="no text", content_type="x", body=b"\0")
    maker.put(QUARANTINE, Event(id="q1", key="junk", subject="junk.bin", data=bad))
