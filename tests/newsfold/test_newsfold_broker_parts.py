"""The parts of the broker that need none: who answers, settings, ports, Java, Maven, Docker, the lock of a folder."""

import re
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsfold.broker import Broker, answers, files, free_port, jars, owner, ports, ways
from schemas.errors import Fatal, UsageError

REPOSITORY = Path(__file__).parents[2]


def silent(sentence: str) -> None:
    pass


@contextmanager
def saying(reply: bytes) -> Iterator[str]:
    """The address of a server that answers whatever it is asked with these bytes, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                line.recv(100)
                line.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (struct.pack(">iii", 100, 7, 1), True),
        (struct.pack(">iii", 100, 7, 0), False),  # it has not joined its cluster yet
        (struct.pack(">iii", 100, 8, 1), False),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", False),
        (b"\0", False),
        (b"", False),
    ],
)
def test_an_answer_is_one_of_a_broker_in_a_cluster(reply: bytes, expected: bool) -> None:
    with saying(reply) as address:
        assert answers(address) is expected


def test_nobody_answers() -> None:
    assert not answers(f"127.0.0.1:{free_port()}")


def test_one_who_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not answers(f"127.0.0.1:{server.getsockname()[1]}", seconds=0.2)


def test_a_free_port_is_none_that_the_system_gives_to_clients() -> None:
    taken = free_port()
    assert taken in ports.OWN_RANGE
    with socket.create_server(("127.0.0.1", taken)):
        assert not ports.is_free(taken)
    assert ports.is_free(taken)


def test_settings_are_those_that_are_shipped_but_for_the_port(tmp_path: Path) -> None:
    port = free_port()
    files.write_settings(tmp_path, port)
    shipped = files.properties(files.shipped(files.SETTINGS).read_text(encoding="ascii"))
    written = files.properties((tmp_path / files.SETTINGS).read_text(encoding="ascii"))
    changed = {name for name in written if written[name] != shipped.get(name)}
    assert changed == {"controller.quorum.bootstrap.servers", "listeners", "advertised.listeners"}
    assert f"PLAINTEXT://127.0.0.1:{port}," in written["advertised.listeners"]
    assert (tmp_path / files.LOGGING).read_bytes() == files.shipped(files.LOGGING).read_bytes()


def test_the_controller_takes_another_port_if_the_next_one_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1] - 1
        files.write_settings(tmp_path, port)
    written = files.properties((tmp_path / files.SETTINGS).read_text(encoding="ascii"))
    assert not written["controller.quorum.bootstrap.servers"].endswith(f":{port + 1}")


def test_a_batch_may_be_larger_than_the_largest_record() -> None:
    from eventlog.base import RECORD_LIMIT

    shipped = files.properties(files.shipped(files.SETTINGS).read_text(encoding="ascii"))
    assert int(shipped["message.max.bytes"]) > RECORD_LIMIT
    assert int(shipped["replica.fetch.max.bytes"]) >= int(shipped["message.max.bytes"])


def test_the_version_is_the_same_everywhere() -> None:
    listed = files.shipped(files.JARS).read_text(encoding="utf-8")
    assert re.search(r"<artifactId>kafka_2.13</artifactId>\s*<version>([^<]+)", listed)[1] == jars.KAFKA_VERSION
    assert f"image: {ways.IMAGE}\n" in (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")


def test_an_installation_that_is_not_whole_says_so() -> None:
    with pytest.raises(Fatal, match=r"lacks its file nothing\.xml"):
        files.shipped("nothing.xml")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('Picked up JAVA_TOOL_OPTIONS: -Xmx1g\njava version "1.8.0_392"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("Unable to locate a Java Runtime.", 0),
    ],
)
def test_what_java_says_of_its_version(text: str, version: int) -> None:
    assert jars.java_version(text) == version


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH but for the shell, and a cache that is empty."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "mkdir", "touch", "sleep"):
        (folder / tool).symlink_to(f"/bin/{tool}")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_without_java_it_says_what_to_install(programs: Path) -> None:
    with pytest.raises(
        UsageError, match=r"needs Java 17 .* none here; install it .*, start Docker, or set NEWSFOLD_KAFKA"
    ):
        Broker.start(programs / "kafka", free_port(), way=ways.with_java)


def test_an_old_java_is_refused(programs: Path) -> None:
    program(programs, "java", "echo 'openjdk version \"11.0.2\"' >&2")
    with pytest.raises(UsageError, match="is Java 11"):
        jars.java()


def test_java_home_is_obeyed(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs, "java", "echo 'openjdk version \"17\"' >&2")
    assert jars.java() == str(programs / "java")
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(UsageError, match=r"none in JAVA_HOME \(/nowhere\)"):
        jars.java()


def test_without_maven_it_says_what_to_install(programs: Path) -> None:
    with pytest.raises(UsageError, match="Maven is needed once"):
        jars.jars(silent)


def test_what_maven_complains_of_is_passed_on_and_nothing_is_kept(programs: Path) -> None:
    program(programs, "mvn", "echo '[ERROR] no network'; exit 1")
    with pytest.raises(Fatal, match=r"it says: \[ERROR\] no network"):
        jars.jars(silent)
    assert [path.name for path in jars.cache().iterdir()] == [f"kafka-{jars.KAFKA_VERSION}.lock"]


def test_two_processes_at_once_fetch_once(programs: Path) -> None:
    arrived = programs / "arrived"
    script = f"""
        echo once >> {arrived}
        for given in "$@"; do case "$given" in -DoutputDirectory=*) to=${{given#*=}};; esac; done
        mkdir "$to"; sleep 0.5; touch "$to/kafka.jar"
    """
    program(programs, "mvn", script)
    line = [sys.executable, "-c", "from newsfold.broker.jars import jars; print(*jars(print).iterdir())"]
    both = [subprocess.Popen(line, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert all(out.endswith("/kafka.jar\n") for out in said)
    assert arrived.read_text(encoding="utf-8") == "once\n"


def test_docker_counts_if_its_engine_answers(programs: Path) -> None:
    assert not ways.docker_answers()
    program(programs, "docker", "exit 1")
    assert not ways.docker_answers()
    program(programs, "docker", "exit 0")
    assert ways.docker_answers()


def test_a_docker_that_hangs_does_not_count(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "DOCKER_SECONDS", 0.2)
    program(programs, "docker", "exec sleep 60")
    assert not ways.docker_answers()


def test_in_a_container_the_broker_is_reached_on_loopback_only(programs: Path) -> None:
    program(programs, "docker", "exit 0")
    way = ways.best(programs, 19092, silent)
    line = " ".join(way.line("kafka.Kafka", "server.properties"))
    assert "--publish 127.0.0.1:19092:19092" in line
    assert f"--volume {programs}:/newsfold --workdir /newsfold --entrypoint java apache/kafka:" in line
    assert way.kill == ("docker", "kill", "newsfold-kafka-19092")


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} of 127.0.0.1 is taken"):
            Broker.start(tmp_path, port, way=ways.with_java)


def test_a_folder_is_owned_as_long_as_a_process_lives_that_inherited_it(tmp_path: Path) -> None:
    with owner.own(tmp_path) as held:
        process = subprocess.Popen(["sleep", "60"], pass_fds=(held.fileno(),))
        held.write(str(process.pid))
    assert owner.owner(tmp_path) == process.pid
    with pytest.raises(UsageError, match=rf"runs in .* already \(process {process.pid}\)"), owner.own(tmp_path):
        pass
    process.kill()
    process.wait()
    assert owner.owner(tmp_path) is None
