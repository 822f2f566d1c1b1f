"""Records that are too large, and records that are gone."""

from kafka import KafkaAdminClient, TopicPartition
from kafka_run import Run, reasons

from eventlog.base import RECORD_LIMIT
from eventlog.events import entry_of
from samples.stream import stream
from schemas.articles import Facts, Fetched, Sentence
from schemas.events import Event
from schemas.topics import FACTS, RAW
from scrapers.publish import publish

LEAD = "The harbour office of Brenwick opened a new quay on Tuesday, its master said."
GONE = 3


def test_what_is_beyond_the_limit_is_put_aside(run: Run):
    items = list(stream(30, seed=8))
    first = next(item for item in items if isinstance(item, Fetched))
    large = first.model_copy(update={"input_id": "large", "body": b"x" * (RECORD_LIMIT + 1)})
    counts = publish(run.log, run.naming, [*items[:10], large, *items[10:20]])
    assert (counts.quarantined, counts.total) == (1, 21)
    run.append(entry_of(barely_fitting_facts(run), run.naming.of(FACTS)))
    run.workers.add("w")
    run.until_idle()
    run.publish(items[20:])
    run.until_idle()
    assert run.check().violations == []
    assert run.workers.exits == 0
    assert_put_aside(reasons(run.quarantine()))


def assert_put_aside(told: list[tuple[str, str]]) -> None:
    """The body by the publisher, the story event by the stage that made it."""
    by_size = {stage: reason for stage, reason in told if "bytes" in reason}
    assert sorted(by_size) == ["assign", "scrape"]
    assert "limit" in by_size["scrape"]
    assert "newsfold.story.opened" in by_size["assign"]


def test_records_that_are_gone_stop_a_worker_until_a_person_accepts_it(kafka: str, run: Run):
    items = list(stream(60, seed=9))
    run.publish(items)
    partition = max(run.log.end_offsets(run.naming.of(RAW)).items(), key=lambda one: one[1])[0]
    admin = KafkaAdminClient(bootstrap_servers=kafka)
    admin.delete_records({TopicPartition(run.naming.of(RAW), partition): GONE})
    admin.close()
    run.workers.add("w")
    run.workers.until(lambda: "--accept-gap" in run.workers.said("w"), "it does not complain")
    run.workers.stop("w")
    assert f"offset {GONE} where 0 was due" in run.workers.said("w")
    accept_the_gap(run, partition)


def accept_the_gap(run: Run, partition: int) -> None:
    run.workers.options = ("--accept-gap",)
    run.workers.add("w")
    run.until_idle()
    lost = [told for told in reasons(run.quarantine()) if "cleaned away" in told[1]]
    assert lost == [
        ("clean", f"{GONE} records were cleaned away before they were read; a person let the stage go on without them")
    ]
    assert run.check().violations == []


def barely_fitting_facts(run: Run) -> Event:
    """Facts that a record can hold; a story event that carries them cannot be held."""
    facts = Facts(
        article_id="f" * 16,
        source="meridian.example",
        input_id="long",
        language="en",
        text=LEAD,
        digest="d" * 32,
        sentences=(Sentence(start=0, end=len(LEAD)),),
    )
    event = Event("long-facts", "en", facts.article_id, facts)
    room = RECORD_LIMIT - entry_of(event, run.naming.of(FACTS)).size
    return Event("long-facts", "en", facts.article_id, facts.model_copy(update={"text": LEAD + " " * room}))
