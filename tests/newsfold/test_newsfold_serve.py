"""`newsfold serve` as a process, what docs/web.md says of it, and that the wheel has its files."""

import json
import re
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from consumers.reading import stories
from consumers.web import handlers
from consumers.web.live import Cursor, Told, message
from newsfold.main import main
from newsfold.opening import open_log
from schemas.story import Update
from schemas.topics import Naming

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "web.md").read_text(encoding="utf-8")
PATIENCE = 180.0


@contextmanager
def served(home: Path, *more: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    line = [sys.executable, "-W", "error", "-m", "newsfold", "serve", "--home", str(home), "--port", "0", *more]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        address = re.fullmatch(r"the stories are on (http://\S+/)\n", said)
        assert address is not None, said or process.communicate(timeout=PATIENCE)[1]
        yield address[1], process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE)


def get(address: str) -> bytes:
    """The body, once all stories have been read."""
    for _ in range(10_000):
        with urlopen(address, timeout=PATIENCE) as answer:
            body: bytes = answer.read()
        if b"still being read" not in body:
            return body
    raise AssertionError("it never ends reading")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_serves_until_it_is_told_to_stop(folded: Path, number: int, code: int) -> None:
    with served(folded / "home") as (address, process):
        assert b"Marrow Bridge" in get(address)
        stream = urlopen(f"{address}events", timeout=PATIENCE)  # an open page must not hold it up
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE)
        stream.close()
    assert (process.returncode, err) == (code, "")


def test_every_address_of_the_documentation_answers(folded: Path) -> None:
    log = open_log(folded / "home")
    _, story = max(stories(log, Naming()), key=lambda each: each[1].version)
    log.close()
    rows = re.findall(r"^\| `(/[^`]*)` \|", PAGE, flags=re.MULTILINE)
    article = f"/articles/{story.articles[0].article_id}"
    with served(folded / "home") as (address, _):
        get(address)
        for row in rows:
            path = row.replace("/articles/ID", article).replace("ID", story.story_id).replace("N", "1")
            with urlopen(f"{address[:-1]}{path}", timeout=PATIENCE) as answer:
                kind = answer.headers["Content-Type"]
            assert ("json" in kind) == row.endswith(".json")
    described = {row.partition("?")[0] for row in rows} | {"/stories/ID@N.json", "/static/{name}"}
    assert {named(way.path) for way in routes()} == described


def named(path: str) -> str:
    """A route as the documentation writes it."""
    return re.sub(r"\{(?:story|article):[^}]*\}", "ID", path).replace("{version:[0-9]{1,9}}", "N")


def routes() -> list["handlers.web.RouteDef"]:
    return handlers.Handlers.routes(object.__new__(handlers.Handlers))


def test_the_fields_of_an_event_are_those_of_the_documentation() -> None:
    update = Update(story_id="s", version=1, kind="opened", cause="c", title="t")
    data = message(Cursor("g1", {0: 1}), Told(0, 0, update)).partition(b"data: ")[2]
    (text,) = re.findall(r"`data` is JSON: (.*?)\. The `id`", PAGE, flags=re.DOTALL)
    assert set(re.findall(r"`(\w+)`", text)) == set(json.loads(data))


def test_the_program_reads_the_events(folded: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    with served(folded / "home") as (address, _):
        program = program.replace("http://127.0.0.1:8077/", address)
        line = [sys.executable, "-u", "-W", "error", "-c", program]
        process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        first = process.stdout.readline()
        process.kill()
        process.communicate(timeout=PATIENCE)
    assert re.search(r"Marrow Bridge.* 1$", first)


def test_another_name_has_to_be_given(folded: Path) -> None:
    with served(folded / "home", "--name", "news.example") as (address, _):
        for name, status in (("news.example", 200), ("other.example", 421)):
            try:
                with urlopen(Request(address, headers={"Host": name}), timeout=PATIENCE) as answer:
                    found = answer.status
            except HTTPError as refused:
                found = refused.code
                refused.close()
            assert found == status


def test_a_port_that_is_taken_is_said(folded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--home", str(folded / "home"), "--port", str(port)]) == 2
    assert f"127.0.0.1 port {port} cannot be served" in capsys.readouterr().err


def test_the_wheel_has_templates_and_static_files(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(line, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    web = ROOT / "consumers" / "web"
    wanted = {
        str(path.relative_to(ROOT)) for path in web.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    assert len([name for name in wanted if name.endswith(".html")]) > 4
    assert wanted <= names
    assert {f"consumers/web/static/{name}" for name in handlers.STATIC} <= names
