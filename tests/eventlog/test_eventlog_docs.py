"""What docs/log.md says is so."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eventlog.base import TopicConfig
from eventlog.events import entry_of
from eventlog.sqlite import SqliteLog
from schemas.cloudevents import to_wire
from schemas.events import Event
from schemas.quarantine import Quarantined
from schemas.story import Story, Update
from schemas.topics import LATEST, QUARANTINE, TOPICS, UPDATES, Naming

PAGE = (Path(__file__).parents[2] / "docs" / "log.md").read_text("utf-8")
KEPT = {"keep": "for ever", "time": "by time", "compact": "newest of each key"}
EMPTY = dict.fromkeys(["summary", "claims", "discrepancies", "quotes", "entities", "articles", "timeline"], ())


def story(story_id: str, version: int, title: str) -> Event:
    data = Story(story_id=story_id, version=version, title=title, language="en", independent_sources=1, **EMPTY)
    return Event(id=f"{story_id}{version}", key=story_id, subject=story_id, data=data)


def update() -> Event:
    data = Update(story_id="s1", version=2, kind="joined", cause="c", title="Ferry found", summary="It is found.")
    return Event(id="u1", key="s1", subject="s1", data=data, time=datetime(2025, 3, 14, tzinfo=UTC), cause="c")


def refused() -> Event:
    reason = {"stage": "clean", "reason": "no text", "content_type": "text/html", "body": b"\xff"}
    data = Quarantined(input_id="ferry-02", source="harbour.example", **reason)
    return Event(id="q1", key="harbour.example", subject="ferry-02", data=data)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    stories = [story("s1", 1, "Ferry lost"), story("s2", 1, "Bridge opens"), story("s1", 2, "Ferry found")]
    with SqliteLog(tmp_path / ".newsfold" / "log.sqlite") as log:
        for topic in TOPICS:
            log.create_topic(Naming().of(topic), TopicConfig(1, topic.cleanup))
        log.append([entry_of(event, Naming().of(LATEST)) for event in stories])
        log.append([entry_of(update(), Naming().of(UPDATES)), entry_of(refused(), Naming().of(QUARANTINE))])
    return tmp_path


def snippets(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def tool(home: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(home / ".newsfold" / "log.sqlite")
    yield connection
    connection.close()


def test_the_table_of_topics_is_complete() -> None:
    rows = re.findall(r"^\| `(newsfold\.[\w.]+)` \| (\w+) \| ([\w ]+) \|", PAGE, re.MULTILINE)
    assert rows == [(Naming().of(topic), topic.key, KEPT[topic.cleanup]) for topic in TOPICS]


def test_the_table_of_headers_is_complete() -> None:
    assert re.findall(r"^\| `(ce_\w+|content-type)` \|", PAGE, re.MULTILINE) == [
        *(name for name, _ in to_wire(update()).headers if name != "content-type"),
        "content-type",
    ]


def test_the_queries_answer_what_is_asked(tool: sqlite3.Connection) -> None:
    counts, updates, reasons = (tool.execute(query).fetchall() for query in snippets("sql"))
    assert counts == [
        ("newsfold.quarantine.g1", "newsfold.input.quarantined.v1", 1),
        ("newsfold.stories.latest.g1", "newsfold.story.folded.v1", 3),
        ("newsfold.stories.updates.g1", "newsfold.story.updated.v1", 1),
    ]
    assert [row[1:] for row in updates] == [("Ferry found", "It is found.")]
    assert reasons == [("clean", "no text", "ferry-02")]


def test_the_program_prints_the_titles(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = snippets("python")
    exec(compile(program, "docs/log.md", "exec"), {})
    assert capsys.readouterr().out == "Ferry found\nBridge opens\n"
