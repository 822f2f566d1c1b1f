"""The files that a broker is made of: list of jars, settings, logging. Where they are, and for which port."""

import shutil
from pathlib import Path

from newsfold.broker.ports import LOOPBACK, free_port, is_free
from schemas.errors import Fatal

PACKAGE = Path(__file__).parents[1]
PLACES = (PACKAGE / "kafka_files", PACKAGE.parent / "tools" / "kafka")
"""In an installed package, and in a checkout."""
SETTINGS, LOGGING, JARS = "server.properties", "log4j2.xml", "pom.xml"


def shipped(name: str) -> Path:
    """One of the files that come with Newsfold. Raises `Fatal` if the installation is not whole."""
    for place in PLACES:
        if (place / name).is_file():
            return place / name
    raise Fatal(f"this installation of Newsfold lacks its file {name}; install it again")


def write_settings(folder: Path, port: int, *, inside: str = LOOPBACK) -> None:
    """Writes settings and logging for a broker that runs in this folder.

    Args:
        folder: where its data are to be; paths in the settings are relative to it.
        port: where clients find it on loopback. Its controller takes the next port, or any free one.
        inside: the address it binds to; another than loopback inside a container.
    """
    controller = port + 1 if is_free(port + 1) else free_port()
    settings = properties(shipped(SETTINGS).read_text(encoding="ascii")) | {
        "controller.quorum.bootstrap.servers": f"{LOOPBACK}:{controller}",
        "listeners": f"PLAINTEXT://{inside}:{port},CONTROLLER://{LOOPBACK}:{controller}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller}",
    }
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    (folder / SETTINGS).write_text(lines, encoding="ascii")
    shutil.copyfile(shipped(LOGGING), folder / LOGGING)


def properties(text: str) -> dict[str, str]:
    """The settings of a `.properties` file that uses neither escapes nor continued lines."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}
