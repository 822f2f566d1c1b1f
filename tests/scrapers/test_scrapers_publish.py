"""From items to events on the log."""

from datetime import UTC, datetime
from pathlib import Path

from scrapers_site import NAMING, events

from eventlog.base import EventLog
from schemas.articles import Fetched, Gone
from schemas.quarantine import Quarantined
from schemas.topics import QUARANTINE
from scrapers.files import read_inputs
from scrapers.identity import article_id
from scrapers.publish import gone_event, publish, quarantined_event, raw_event

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def article(number: int, body: bytes = b"Words.", **fields: object) -> Fetched:
    given = {"article_id": article_id("dale.test", str(number)), "source": "dale.test", "input_id": str(number)}
    return Fetched.model_validate({**given, "content_type": "text/plain", "body": body, **fields})


def test_everything_arrives_in_order_and_is_counted(log: EventLog) -> None:
    gone = Gone(article_id="0" * 16, source="dale.test", input_id="g", fetched_at=AT)
    bad = Quarantined(input_id="q", source="q", stage="scrape", reason="no", content_type="", body=b"\x00")
    counts = publish(log, NAMING, [article(1), article(2), gone, bad, article(3)], batch=2)
    assert (counts.accepted, counts.gone, counts.quarantined, counts.total) == (3, 1, 1, 5)
    assert counts.reasons == {"no": 1}
    assert [event.data for event in events(log)] == [article(1), article(2), gone, article(3)]
    assert [event.data for event in events(log, QUARANTINE)] == [bad]


def test_what_the_log_cannot_hold_is_quarantined_and_the_others_go_on(log: EventLog) -> None:
    large = article(2, b"x" * 11_000_000)
    counts = publish(log, NAMING, [article(1), large, article(3)])
    assert (counts.accepted, counts.quarantined) == (2, 1)
    assert [event.data.input_id for event in events(log) if isinstance(event.data, Fetched)] == ["1", "3"]
    [event] = events(log, QUARANTINE)
    assert isinstance(event.data, Quarantined)
    assert event.data.body == b"x" * 65_536
    assert event.data.truncated == 11_000_000 - 65_536
    assert event.data.of_type == "newsfold.article.fetched.v1"


def test_no_items_are_no_trouble(log: EventLog) -> None:
    assert publish(log, NAMING, []).total == 0


def test_ids_depend_on_the_bytes_and_the_time_of_fetching_only() -> None:
    one = raw_event(article(1, fetched_at=AT))
    assert one.id == raw_event(article(1, fetched_at=AT, title="Another")).id
    others = [article(1), article(2, fetched_at=AT), article(1, b"More.", fetched_at=AT)]
    assert len({one.id, *(raw_event(other).id for other in others)}) == 4
    assert one.time == AT
    assert raw_event(article(1, published_at=AT)).time == AT
    assert (one.key, one.subject) == ("dale.test", article_id("dale.test", "1"))


def test_other_events_have_ids_of_their_own() -> None:
    bad = Quarantined(input_id="q", source="q", stage="scrape", reason="no", content_type="", body=b"")
    assert quarantined_event(bad).id != quarantined_event(bad.model_copy(update={"reason": "other"})).id
    gone = Gone(article_id="0" * 16, source="dale.test", input_id="g", fetched_at=AT)
    assert gone_event(gone).id != gone_event(gone.model_copy(update={"input_id": "h"})).id


def test_files_in_are_accepted_plus_quarantined(log: EventLog, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"Words.")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    (tmp_path / "in" / "c.jsonl").write_bytes(b'{"text": "x"}\n{"text": \n[]\n{"id": "z"}\n{"html": "<p>y"}\n')
    counts = publish(log, NAMING, read_inputs([tmp_path / "in"], now=AT))
    assert (counts.accepted, counts.quarantined) == (3, 4)
    assert counts.total == len(events(log)) + len(events(log, QUARANTINE)) == 2 + 5
