"""Where a setting comes from, and what is said when it does not fit."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from eventlog.cluster import Cluster, Security
from newsfold.settings import Settings, load
from schemas.errors import UsageError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NEWSFOLD_{name.upper()}", raising=False)


def test_built_in_values() -> None:
    found = load()
    assert (found.home, found.naming, found.batch) == (Path(".newsfold"), ("newsfold.", "g1"), 200)
    assert found.cluster is None
    assert found.worker == socket.gethostname()


def test_a_cluster_is_named_by_the_settings() -> None:
    found = load(
        kafka="one:9092,two:9092", kafka_protocol="SASL_SSL", kafka_username="desk", kafka_password="secret",
        kafka_mechanism="PLAIN", kafka_cafile="ca.pem", replication=3, retention_days=0.5,
    )  # fmt: skip
    assert found.cluster == Cluster(
        ("one:9092", "two:9092"),
        Security("SASL_SSL", "PLAIN", "desk", "secret", "ca.pem"),
        replication=3,
        retention=timedelta(hours=12),
    )
    assert "secret" not in repr(found)


def test_another_process_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(home="there", kafka="one:9092", kafka_password="secret", session=7.5, worker="desk-1")
    for name, value in found.environment().items():
        monkeypatch.setenv(name, value)
    assert load().model_dump() == found.model_dump()


def test_the_nearest_place_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("newsfold.toml").write_text('home = "file"\ngeneration = "gfile"\nbatch = 7\n')
    monkeypatch.setenv("NEWSFOLD_GENERATION", "genv")
    monkeypatch.setenv("NEWSFOLD_HOME", "env")
    found = load(home="line", generation=None)
    assert (found.home, found.generation, found.batch) == (Path("line"), "genv", 7)


def test_another_file(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text("batch = 9\n")
    assert load(path).batch == 9
    with pytest.raises(UsageError, match="no settings file"):
        load(tmp_path / "missing.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bacth = 7", "no setting 'bacth'"),
        ("batch = 0", "setting 'batch': .*greater than or equal to 1, not 0"),
        ('generation = "../x"', "setting 'generation'"),
        ('kafka = "localhost"', "setting 'kafka'"),
        ('kafka_protocol = "TLS"', "setting 'kafka_protocol'"),
        ("session = 1", "setting 'session'"),
        ("batch =", "newsfold.toml is not valid TOML"),
    ],
)
def test_what_does_not_fit_is_named(text: str, message: str) -> None:
    Path("newsfold.toml").write_text(text)
    with pytest.raises(UsageError, match=message):
        load()


def test_a_variable_that_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSFOLD_BATCH", "many")
    with pytest.raises(UsageError, match=r"'batch'.*'many'"):
        load()
