"""The two ways to run a class of Apache Kafka: in a container, or in a Java of this machine."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from newsfold.broker import files, jars
from newsfold.broker.ports import LOOPBACK
from schemas.errors import UsageError

OPTIONS = ("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", f"-Dlog4j2.configurationFile={files.LOGGING}")
IMAGE = f"apache/kafka:{jars.KAFKA_VERSION}"
DOCKER_SECONDS = 2.0

Say = Callable[[str], None]


class Way(NamedTuple):
    """How to run a class of Kafka with the broker's folder as working folder."""

    java: tuple[str, ...]
    jars: str
    inside: str = LOOPBACK
    """The address that the broker binds to."""
    kill: tuple[str, ...] = ()
    """What to run to kill it where the process here is only its messenger."""

    def line(self, *what: str) -> tuple[str, ...]:
        """The command that runs a class with its arguments."""
        return (*self.java, *OPTIONS, "-cp", self.jars, *what)


WayTo = Callable[[Path, int, Say], Way]


def with_docker(folder: Path, port: int, say: Say) -> Way:  # noqa: ARG001
    """A container of the official image, which works in this folder as this user."""
    name = f"newsfold-kafka-{port}"
    place = ("--volume", f"{folder.resolve()}:/newsfold", "--workdir", "/newsfold")
    who = ("--name", name, "--user", f"{os.getuid()}:{os.getgid()}", "--publish", f"{LOOPBACK}:{port}:{port}")
    java = ("docker", "run", "--rm", *who, *place, "--entrypoint", "java", IMAGE)
    return Way(java, "/opt/kafka/libs/*", inside="0.0.0.0", kill=("docker", "kill", name))


def with_java(folder: Path, port: int, say: Say) -> Way:  # noqa: ARG001
    """A Java of this machine, and the jars. Raises `UsageError` without Java or Maven, `Fatal` if Maven fails."""
    return Way((jars.java(),), f"{jars.jars(say)}/*")


def best(folder: Path, port: int, say: Say) -> Way:
    """With Java and Maven where they are, else with Docker if an engine answers. Raises as `with_java` does."""
    try:
        return with_java(folder, port, say)
    except UsageError:
        if docker_answers():
            return with_docker(folder, port, say)
        raise


def docker_answers() -> bool:
    """Whether there is a Docker engine that answers soon."""
    if shutil.which("docker") is None:
        return False
    line = ("docker", "info", "--format", "{{.ServerVersion}}")
    try:
        done = subprocess.run(line, capture_output=True, check=False, timeout=DOCKER_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
