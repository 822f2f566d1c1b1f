"""The JSON Lines files: whole, ordered, the same bytes for the same log."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from consumers_handmade import DAY, NAMING, Maker, fill, plain_story

from consumers.export import export
from consumers.ordering import order_of
from eventlog.base import Entry, EventLog
from eventlog.sqlite import SqliteLog
from schemas.articles import Facts, Gone
from schemas.events import derive
from schemas.topics import FACTS, UPDATES, Naming

FILES = ("articles", "assignments", "stories", "updates", "rejected")


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in (folder / f"{name}.jsonl").read_bytes().splitlines()]


def test_every_file_has_its_rows(filled: EventLog, tmp_path: Path) -> None:
    counts = export(filled, NAMING, tmp_path / "out")
    assert counts._asdict() == {"articles": 3, "assignments": 3, "stories": 2, "updates": 3, "rejected": 1}
    assert {name: len(rows(tmp_path / "out", name)) for name in FILES} == counts._asdict()


def test_articles_and_assignments_stand_in_the_order_of_decisions(filled: EventLog, tmp_path: Path) -> None:
    export(filled, NAMING, tmp_path)
    assert [row["article_id"] for row in rows(tmp_path, "articles")] == ["a1", "a3", "a2"]
    assert rows(tmp_path, "assignments")[2] == {
        "article_id": "a2",
        "input_id": "a2.txt",
        "story_id": "flood0aa",
        "thread_id": "flood0aa",
    }


def test_a_day_is_written_as_a_day(filled: EventLog, tmp_path: Path) -> None:
    export(filled, NAMING, tmp_path)
    article = rows(tmp_path, "articles")[0]
    assert article["published_at"] == DAY.date().isoformat()
    assert "terms" not in article


def test_updates_follow_the_articles_across_stories(filled: EventLog, tmp_path: Path) -> None:
    export(filled, NAMING, tmp_path)
    keys = [(row["story_id"], row["version"]) for row in rows(tmp_path, "updates")]
    assert keys == [("flood0aa", 1), ("race0bb", 1), ("flood0aa", 2)]
    assert [row["story_id"] for row in rows(tmp_path, "stories")] == ["flood0aa", "race0bb"]
    assert rows(tmp_path, "stories")[0]["version"] == 2


def test_languages_are_merged_by_time(make: Callable[[], Maker], log: EventLog) -> None:
    maker = make()
    for day, language in ((0, "en"), (2, "en"), (1, "es"), (3, "es")):
        maker.article(f"{language}{day}", day, language)
    assert list(order_of(log, NAMING).articles) == ["en0", "es1", "en2", "es3"]


def test_a_late_article_does_not_jump_the_queue(make: Callable[[], Maker], log: EventLog) -> None:
    maker = make()
    for name, day in (("first", 5), ("late", 1), ("last", 6)):
        maker.article(name, day)
    assert list(order_of(log, NAMING).articles) == ["first", "late", "last"]


def test_a_revised_article_keeps_its_place_and_shows_its_newest_text(filled: EventLog, tmp_path: Path) -> None:
    maker = Maker(filled)
    event = maker.article("a1", 3)
    assert isinstance(event.data, Facts)
    maker.put(FACTS, derive(event, event.data.model_copy(update={"title": "Anew"}), key="en", subject="a1"))
    export(filled, NAMING, tmp_path)
    articles = rows(tmp_path, "articles")
    assert [row["article_id"] for row in articles] == ["a1", "a3", "a2"]
    assert articles[0]["title"] == "Anew"


def test_a_withdrawn_article_is_left_out(filled: EventLog, tmp_path: Path) -> None:
    maker = Maker(filled)
    gone = Gone(article_id="a3", source="sport.example", input_id="a3.txt")
    maker.put(FACTS, derive(maker.article("a4", 3), gone, key="en", subject="a3"))
    export(filled, NAMING, tmp_path)
    assert [row["article_id"] for row in rows(tmp_path, "articles")] == ["a1", "a2", "a4"]
    assert [row["article_id"] for row in rows(tmp_path, "assignments")] == ["a1", "a2"]


def test_redelivery_changes_no_byte(filled: EventLog, tmp_path: Path) -> None:
    export(filled, NAMING, tmp_path / "before")
    for topic in (FACTS, UPDATES):
        name = NAMING.of(topic)
        last = {record.key: record for at in (0, 1) for record in filled.read(name, at, 0, 99)}
        filled.append([Entry(*record[:1], *record[3:6], record.partition) for record in last.values()])
    export(filled, NAMING, tmp_path / "after")
    for name in FILES:
        assert (tmp_path / "before" / f"{name}.jsonl").read_bytes() == (
            tmp_path / "after" / f"{name}.jsonl"
        ).read_bytes()


def test_the_number_of_partitions_changes_no_byte(tmp_path: Path) -> None:
    for partitions in (1, 5):
        with SqliteLog(tmp_path / f"{partitions}.sqlite") as log:
            fill(Maker(log, partitions=partitions))
            export(log, NAMING, tmp_path / str(partitions))
    for name in FILES:
        assert (tmp_path / "1" / f"{name}.jsonl").read_bytes() == (tmp_path / "5" / f"{name}.jsonl").read_bytes()


def test_linked_stories_are_one_thread(make: Callable[[], Maker], log: EventLog, tmp_path: Path) -> None:
    maker = make()
    one, two, three = (maker.article(f"x{number}") for number in range(3))
    maker.version(one, "mm", 1)
    maker.version(two, "aa", 1, plain_story("aa", 1, [two.data], links=("mm",)))  # type: ignore[list-item]
    maker.version(three, "zz", 1)
    maker.version(three, "gone", 1, plain_story("gone", 1, [], merged_into="aa", status="merged"))
    export(log, NAMING, tmp_path)
    threads = {row["story_id"]: row["thread_id"] for row in rows(tmp_path, "assignments")}
    assert threads == {"mm": "mm", "aa": "mm", "zz": "zz"}, "named by the story that began first"
    assert {row["story_id"]: row["merged_into"] for row in rows(tmp_path, "stories")}["gone"] == "aa"


def test_an_empty_generation_gives_empty_files(make: Callable[[Naming], Maker], log: EventLog, tmp_path: Path) -> None:
    make(NAMING)
    assert sum(export(log, NAMING, tmp_path)) == 0
    assert {(tmp_path / f"{name}.jsonl").read_bytes() for name in FILES} == {b""}
