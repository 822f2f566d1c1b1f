"""What docs/kafka.md says is so."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from uuid import uuid4

import pytest
from newsfold_inputs import ROWS

from agents.changelog import changelog_of
from agents.topology import STAGES
from consumers.checkup import StageCheck
from eventlog.base import Entry
from eventlog.cluster import Cluster
from eventlog.events import read_all
from eventlog.kafka import KafkaLog
from eventlog.sqlite import SqliteLog
from newsfold.opening import log_path
from newsfold.settings import Settings, load
from newsfold.wiring import create_topics
from schemas.topics import UPDATES, Naming

PAGE = (Path(__file__).parents[2] / "docs" / "kafka.md").read_text("utf-8")


def test_settings_are_called_what_they_are_called() -> None:
    named = set(re.findall(r"`(kafka\w*|partitions|replication|retention_days|worker|session|patience)`", PAGE))
    elsewhere = {"home", "batch", *Naming._fields}
    settings = {name for name in Settings.model_fields if not name.startswith("model_")}
    assert named | {"kafka"} == settings - elsewhere
    assert {f"NEWSFOLD_{name.upper()}" for name in Settings.model_fields} >= set(re.findall(r"NEWSFOLD_\w+", PAGE))


def test_the_example_settings_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NEWSFOLD_{name.upper()}", raising=False)
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    (tmp_path / "newsfold.toml").write_text(text)
    found = load(tmp_path / "newsfold.toml").cluster
    assert found is not None
    assert found.security[:3] == ("SASL_SSL", "SCRAM-SHA-512", "newsfold")
    assert len(tomllib.loads(text)) == 4


def test_groups_and_changelogs_are_those_of_the_table() -> None:
    rows = re.findall(r"^\| (\w+) \| `([^`]+)` \| `([^`]+)` \|", PAGE, flags=re.MULTILINE)
    assert [name for name, *_ in rows] == [stage.name for stage in STAGES]
    for name, group, topic in rows:
        own = StageCheck(stage=name, group=group, source="", waiting=0, oldest_seconds=None, partitions=())
        assert (Naming().group(name), changelog_of(own.group)) == (group, topic)


def test_the_program_reads_the_updates(kafka: str, folded: Path) -> None:
    naming = Naming(f"docs-{uuid4().hex[:8]}.")
    with KafkaLog(Cluster((kafka,))) as log, SqliteLog(log_path(folded / "home")) as made:
        create_topics(log, naming, 2)
        updates = list(read_all(made, Naming().of(UPDATES)))
        entries = [Entry(naming.of(UPDATES), one.key, one.value, one.headers) for one in updates]
        log.append([*entries, *entries])
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    program = program.replace("newsfold.stories", f"{naming.prefix}stories").replace("127.0.0.1:19092", kafka)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == len(ROWS) == len(updates)
    assert "Marrow Bridge" in done.stdout
