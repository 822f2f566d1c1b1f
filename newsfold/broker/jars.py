"""Apache Kafka's jars: fetched once by Maven, kept outside of any home or checkout, shared by all."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsfold.broker.files import JARS, shipped
from schemas.errors import Fatal, UsageError

KAFKA_VERSION = "4.3.1"
LEAST_JAVA = 17
INSTEAD = "start Docker, or set NEWSFOLD_KAFKA to the address of a broker that runs"


def java() -> str:
    """The Java to run. Raises `UsageError` if there is none, or only one that is too old."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if found is None:
        where = f"in JAVA_HOME ({home})" if home else "here"
        raise UsageError(f"Apache Kafka needs Java {LEAST_JAVA} or newer, and there is none {where}; {_advice()}")
    version = java_version(subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr)
    if version < LEAST_JAVA:
        raise UsageError(f"Apache Kafka needs Java {LEAST_JAVA} or newer, and {found} is Java {version}; {_advice()}")
    return found


def java_version(text: str) -> int:
    """The feature release in what `java -version` prints, for example 17; 0 where it says none."""
    found = re.search(r'version "(?:1\.)?(\d+)', text)
    return int(found[1]) if found else 0


def jars(say: Callable[[str], None]) -> Path:
    """The folder of the jars, filled first if need be (44 MB). Safe in several processes at once.

    Raises `UsageError` if there is no Maven, `Fatal` if Maven fails.
    """
    folder = cache() / f"kafka-{KAFKA_VERSION}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder.with_name(f"{folder.name}.lock")):
            if not folder.is_dir():
                say(f"fetching Apache Kafka {KAFKA_VERSION} (44 MB, once)")
                _fill(folder, _maven())
    return folder


def cache() -> Path:
    """Newsfold's folder for what can be fetched again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newsfold"


def _fill(folder: Path, maven: str) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}.") as new:
        goal = ("dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={new}/libs")
        line = [maven, "-q", "-B", "-f", str(shipped(JARS)), *goal]
        done = subprocess.run(line, capture_output=True, text=True, check=False, start_new_session=True)
        if done.returncode:
            said = (done.stdout + done.stderr).strip().splitlines() or ["nothing"]
            raise Fatal(f"Maven could not fetch Apache Kafka; it says: {said[0]}")
        Path(new, "libs").rename(folder)


def _maven() -> str:
    found = shutil.which("mvn")
    if found is None:
        raise UsageError(f"Maven is needed once, to fetch Apache Kafka, and there is none here; {_advice('maven')}")
    return found


def _advice(*what: str) -> str:
    packages = " ".join(what or (f"openjdk-{LEAST_JAVA}-jre-headless", "maven"))
    return f"install it (Debian and Ubuntu: apt-get install {packages}), {INSTEAD}"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Only one process at a time goes on; the system lets go of the lock even if that one is killed."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
