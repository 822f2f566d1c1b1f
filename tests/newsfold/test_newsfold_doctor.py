"""What `newsfold doctor` says of logs that are well and of logs that are not."""

import json
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from agents.changelog import changelog_of
from agents.topology import STAGES
from consumers.checkup import Checkup, PartitionCheck, Refused, StageCheck, lasting
from consumers.views.doctor import show_checkup
from eventlog.base import Entry, EventLog, TopicConfig
from eventlog.sqlite import SqliteLog
from newsfold.doctor import check_up
from newsfold.doctor.stage_problems import changelogs, standing
from newsfold.doctor.topic_problems import counts, keeping, missing
from newsfold.main import main
from newsfold.opening import log_path, open_log
from newsfold.settings import Settings, load
from newsfold.wiring import create_topics
from samples.raw import raw_at
from samples.world import World
from schemas.topics import CLEAN, LATEST, QUARANTINE, RAW, TOPICS, Naming
from scrapers.publish import publish

NAMES = Naming()
WHOLE = {NAMES.of(topic): TopicConfig(min(topic.partitions, 4), topic.cleanup) for topic in TOPICS}
HOUR = 3600.0


def stage(*partitions: PartitionCheck, oldest: float | None = None) -> StageCheck:
    return StageCheck(
        stage="clean",
        group="newsfold.g1.clean",
        source="newsfold.articles.raw",
        waiting=sum(own.waiting for own in partitions),
        oldest_seconds=oldest,
        partitions=partitions,
    )


def at(committed: int | None, end: int, first: int = 0, partition: int = 0) -> PartitionCheck:
    return PartitionCheck(partition=partition, first=first, committed=committed, end=end)


def only(sentences: Sequence[str]) -> str:
    (sentence,) = sentences
    return sentence


def test_topics_that_are_as_they_should_be() -> None:
    assert [*missing(NAMES, WHOLE, ["g1"]), *counts(NAMES, WHOLE, 4), *keeping(NAMES, WHOLE)] == []


def test_missing_topics_are_named() -> None:
    assert "no topics newsfold.* here yet" in only([*missing(NAMES, {}, [])])
    some = {name: config for name, config in WHOLE.items() if "latest" not in name}
    assert "missing (newsfold.stories.latest.g1)" in only([*missing(NAMES, some, [])])
    other = Naming(generation="g7")
    assert "no generation 'g7' on this log (there are: g1)" in only([*missing(other, WHOLE, ["g1"])])


def test_partition_counts_are_compared() -> None:
    assert "set it to 4" in only([*counts(NAMES, WHOLE, 8)])
    odd = WHOLE | {NAMES.of(CLEAN): TopicConfig(2, "time"), NAMES.of(QUARANTINE): TopicConfig(3, "keep")}
    said = only([*counts(NAMES, odd, 4)])
    assert "newsfold.articles.clean.g1 has 2, newsfold.quarantine.g1 has 3; the others: 4" in said
    assert list(counts(NAMES, {}, 4)) == []


def test_a_topic_that_loses_records_is_named() -> None:
    wrong = WHOLE | {NAMES.of(RAW): TopicConfig(4, "time"), NAMES.of(LATEST): TopicConfig(4, "time")}
    raw, latest = keeping(NAMES, wrong)
    assert "retention.ms to -1" in raw
    assert "cleanup.policy to compact" in latest


def test_a_stage_that_keeps_up_has_no_problem() -> None:
    assert list(standing([stage(at(7, 7), at(None, 0, partition=1)), stage(at(6, 7), oldest=3.0)])) == []


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (stage(at(None, 3), oldest=1.0), "has never run, and 3 records wait in newsfold.articles.raw"),
        (stage(at(6, 7), oldest=200.0), "is 3 min behind, 1 record waits in"),
        (stage(at(9, 7)), "beyond the end of newsfold.articles.raw (partition 0: 9 where 7 is the end)"),
        (
            stage(at(7, 7), at(2, 9, 5, 1), at(None, 9, 5, 2)),
            "(partition 1: 2 to 4, and in 1 more): `newsfold worker --acc",
        ),
    ],
)
def test_where_a_stage_must_not_be(own: StageCheck, said: str) -> None:
    assert said in only([*standing([own])])


def test_changelogs_go_with_their_source() -> None:
    own, fresh = stage(at(1, 1), at(0, 0, partition=1)), stage(at(None, 1))
    assert "is missing: stop the workers" in only([*changelogs([own], {})])
    assert list(changelogs([own], {changelog_of(own.group): TopicConfig(2, "compact")})) == []
    assert "has 4 partitions" in only([*changelogs([own], {changelog_of(own.group): TopicConfig(4, "compact")})])
    assert list(changelogs([fresh], {})) == []


def test_durations_are_short() -> None:
    assert [lasting(seconds) for seconds in (0, 59.4, 60, 7199, 7200, 172_800)] == [
        "0 s", "59 s", "1 min", "119 min", "2 h", "2 days",
    ]  # fmt: skip


@pytest.fixture
def home(folded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folded / "home", tmp_path / "home"))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NEWSFOLD_{name.upper()}", raising=False)


def test_a_whole_log_is_well(folded: Path, run: Callable[..., str]) -> None:
    text = run("doctor", "--home", folded / "home")
    assert text.rstrip().endswith("Nothing is wrong.")
    for part in (str(folded / "home" / "log.sqlite"), "generation g1", "newsfold.articles.raw", "4 of 4", "1  scrape"):
        assert part in text
    assert run("doctor", "--check", "--home", folded / "home") == ""
    found = json.loads(run("doctor", "--json", "--home", folded / "home"))
    assert (found["problems"], found["generations"]) == ([], ["g1"])
    assert [own["stage"] for own in found["stages"]] == [own.name for own in STAGES]
    assert [own["records"] for own in found["topics"]][:3] == [4, 4, 4]
    assert found["quarantine"][0]["count"] == 1


def test_what_is_wrong_is_said_and_ends_with_code_1(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with SqliteLog(log_path(home)) as log:
        log.append([Entry(NAMES.of(RAW), b"dale.example", b"a page", ())])
    settings = load(home=home)
    assert check_up(settings, time.time()).problems == ()
    late = check_up(settings, time.time() + HOUR)
    assert "Stage clean is " in only(late.problems)
    assert "1 record waits in newsfold.articles.raw" in only(late.problems)
    assert late.stages[0].waiting == 1
    assert HOUR <= (late.stages[0].oldest_seconds or 0) < 2 * HOUR
    assert main(["doctor", "--check", "--home", str(home), "--generation", "g7"]) == 1
    out, err = capfd.readouterr()
    assert (out.count("\n"), err) == (1, "")
    assert out.startswith("There is no generation 'g7'")
    assert main(["doctor", "--json", "--home", str(home), "--generation", "g7"]) == 1
    assert len(json.loads(capfd.readouterr().out)["problems"]) == 1


def test_records_that_were_cleaned_away_unread_are_found(home: Path) -> None:
    with SqliteLog(log_path(home)) as log:
        log.expire(NAMES.of(CLEAN), datetime(2999, 1, 1, tzinfo=UTC))
        assert check_up(load(home=home), time.time()).problems == ()
        log.commit(NAMES.group("extract"), NAMES.of(CLEAN), {0: 1})
    found = check_up(load(home=home), time.time())
    assert "(partition 0: 1 to 3)" in only(found.problems)
    assert (found.topics[1].records, found.stages[1].waiting) == (0, 0)


def test_a_place_without_a_log_is_a_problem_and_stays_empty(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--home", str(tmp_path / "nowhere")]) == 1
    out, err = capfd.readouterr()
    assert "There is no log in" in out
    assert err == ""
    assert not (tmp_path / "nowhere").exists()


def test_no_broker_is_a_problem() -> None:
    found = check_up(load(kafka="127.0.0.1:9"), time.time())
    assert "No Kafka broker answers at 127.0.0.1:9" in only(found.problems)


@pytest.fixture
def cluster(kafka: str, tmp_path: Path) -> Settings:
    return load(home=tmp_path / "home", kafka=kafka, prefix=f"doctor-{uuid4().hex[:8]}.", partitions=2)


def work_off(log: EventLog, found: Settings) -> None:
    """What workers leave behind, but for what is in their topics."""
    for own in STAGES:
        source = found.naming.of(own.source)
        log.commit(found.naming.group(own.name), source, log.end_offsets(source))
        log.create_topic(f"{found.naming.group(own.name)}-state-changelog", TopicConfig(2, "compact"))


def test_a_cluster_is_looked_at_in_the_same_way(cluster: Settings) -> None:
    assert "here yet" in only(check_up(cluster, time.time()).problems)
    log = open_log(cluster.home, cluster.cluster)
    create_topics(log, cluster.naming, cluster.partitions)
    publish(log, cluster.naming, raw_at(World.load(), 0))
    found = check_up(cluster, time.time() + HOUR)
    assert "Stage clean has never run" in only(found.problems)
    assert found.topics[0].records == found.stages[0].waiting > 0
    assert HOUR - 60 < (found.stages[0].oldest_seconds or 0) < 2 * HOUR  # its clock is the broker's
    work_off(log, cluster)
    assert check_up(cluster, time.time()).problems == ()
    other = check_up(cluster.model_copy(update={"partitions": 5}), time.time())
    assert "set it to 2" in only(other.problems)
    log.close()


def view(found: Checkup, capsys: pytest.CaptureFixture[str]) -> str:
    show_checkup(found)
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", [80, 140])
def test_the_view_fits(columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    behind = [at(count, 9 * count, partition=count) for count in range(1, 8)]
    found = Checkup(
        log="Kafka at 127.0.0.1:19092",
        generation="g1",
        generations=("g1", "g2"),
        stages=(stage(*behind, oldest=200.0), stage(at(None, 2))),
        quarantine=tuple(Refused(stage="clean", reason=f"reason {n} \x1b[2J", count=9 - n) for n in range(7)),
        problems=("Stage clean is 3 min behind: see that `newsfold worker` runs. " * 3,),
    )
    text = view(found, capsys)
    assert max(map(len, text.splitlines())) <= columns
    for part in ("g2", "partition 7", "7 of 63", "never ran", "and 2 more reasons", "WHAT IS WRONG  1"):
        assert part in text
    assert "partition 3" not in text
    assert "\x1b" not in text
