"""`newsfold hooks` on a home that the real pipeline made, and the page about it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from consumers.webhooks import HookConfig, HooksConfig, load_hooks
from newsfold.main import main

Run = Callable[..., str]
PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
SECRET = "whsec_" + "QUJD" * 8


class Received:
    """What came, and what is answered."""

    def __init__(self) -> None:
        self.status, self.came = 204, list[tuple[dict[str, str], bytes]]()

    def updates(self) -> list[str]:
        data = [json.loads(body)["data"] for _, body in self.came]
        return [f"{update['story_id']}@{update['version']}" for update in data]


@pytest.fixture
def received() -> Iterator[Received]:
    own = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            own.came.append(({name.lower(): text for name, text in self.headers.items()}, body))
            self.send_response(own.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        own.url = f"http://127.0.0.1:{http.server_port}/"  # type: ignore[attr-defined]
        thread = Thread(target=lambda: http.serve_forever(poll_interval=0.01))
        thread.start()
        yield own
        http.shutdown()
        thread.join()


@pytest.fixture
def listed(received: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `hooks.toml` with one hook from the beginning; it gives up at once."""
    monkeypatch.setenv("DESK_SECRET", SECRET)
    path = tmp_path / "hooks.toml"
    path.write_text(
        f'[[hook]]\nname = "desk"\nurl = "{received.url}"\nsecret_env = "DESK_SECRET"\nstart = "beginning"\n'
        "allow_private = true\nattempts = 1\n"
    )
    return path


@pytest.fixture
def home(folded: Path, tmp_path: Path) -> Path:
    """A copy of the home, for commands that write."""
    return Path(shutil.copytree(folded / "home", tmp_path / "home"))


def known(folded: Path) -> list[str]:
    rows = map(json.loads, (folded / "out" / "updates.jsonl").read_text(encoding="utf-8").splitlines())
    return sorted(f"{row['story_id']}@{row['version']}" for row in rows)


def test_each_update_is_delivered_once(run: Run, folded: Path, home: Path, received: Received, listed: Path) -> None:
    wanted = known(folded)
    assert run("hooks", listed, "--once", "--home", home) == f"desk: {len(wanted)} delivered\n"
    assert sorted(received.updates()) == wanted
    assert run("hooks", listed, "--once", "--home", home) == "desk: 0 delivered\n"
    assert len(received.came) == len(wanted)


def test_what_was_given_up_is_tried_again(
    run: Run, folded: Path, home: Path, received: Received, listed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wanted = known(folded)
    received.status = 422
    said = run("hooks", listed, "--once", "--home", home)
    assert said.endswith(f"desk: 0 delivered, {len(wanted)} given up, failing since {said[-27:-11]}: HTTP 422\n")
    assert main(["hooks", str(listed), "--retry-dead", "--home", str(home)]) == 1
    assert f"{len(wanted)} updates could not be delivered" in capfd.readouterr().err
    received.status = 204
    received.came.clear()
    assert run("hooks", listed, "--retry-dead", "--home", home) == f"desk: {len(wanted)} delivered, 0 left\n"
    assert sorted(received.updates()) == wanted
    assert SECRET not in said


def test_sigterm_ends_it_in_order(folded: Path, home: Path, received: Received, listed: Path) -> None:
    line = [sys.executable, "-m", "newsfold", "hooks", str(listed), "--home", str(home)]
    wanted = known(folded)
    received.status = 500
    listed.write_text(listed.read_text().replace("attempts = 1", "attempts = 9"))
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "its receiver takes nothing: HTTP 500" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert out.startswith("desk: 0 delivered, failing since ")
    received.status, first = 204, received.came[0]
    received.came.clear()
    assert main(["hooks", str(listed), "--once", "--home", str(home)]) == 0
    assert received.came[0][1] == first[1]
    assert sorted(received.updates()) == wanted


def test_who_reads_its_lines_may_leave(home: Path, received: Received, listed: Path) -> None:
    """`newsfold hooks hooks.toml | head -1`."""
    received.status = 422
    line = [sys.executable, "-m", "newsfold", "hooks", str(listed), "--home", str(home)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert (process.wait(timeout=60), process.stderr.read()) == (0, "")


@pytest.mark.parametrize(("status", "code"), [(410, 1), (204, 0)])
def test_exit_codes(home: Path, received: Received, listed: Path, status: int, code: int) -> None:
    received.status = status
    assert main(["hooks", str(listed), "--once", "--home", str(home)]) == code


def test_mistakes_are_one_sentence(listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hooks", str(tmp_path / "none.toml")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["hooks", str(listed), "--home", str(tmp_path / "none")]) == 2
    assert "there is no log in" in capsys.readouterr().err


# The page


def test_the_example_is_read(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "hooks.toml").write_text(example)
    (tmp_path / "archive.secret").write_text(SECRET)
    hooks = load_hooks(tmp_path / "hooks.toml", {"DESK_SECRET": SECRET, "ALARM_SECRET": SECRET})
    assert [hook.name for hook, _ in hooks] == ["desk", "archive", "alarm"]


def test_every_setting_is_described_with_its_value() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \|([^|]*)\|", PAGE.partition("## What")[0], re.MULTILINE))
    assert list(rows) == list(HookConfig.model_fields)
    shown = {name: text.strip(" `") for name, text in rows.items() if "`" in text}
    text = "\n".join(f"{name} = {value}" for name, value in shown.items())
    needed = {"name": "a", "url": "https://a.example", "secret_env": "A"}
    spelled = HooksConfig.model_validate({"hook": [{**needed, **tomllib.loads(text)}]})
    assert spelled == HooksConfig.model_validate({"hook": [needed]})
    assert set(shown) == {
        name for name, field in HookConfig.model_fields.items() if field.default not in (None, ())
    } - set(needed)


def test_the_receiver_of_the_page_checks_our_signature(run: Run, home: Path, received: Received, listed: Path) -> None:
    [program] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    scope: dict[str, Any] = {}
    exec(program, scope)
    run("hooks", listed, "--once", "--home", home)
    headers, body = received.came[0]
    assert scope["is_ours"](SECRET, headers, body)
    assert not scope["is_ours"](SECRET, headers, body + b" ")
    assert not scope["is_ours"]("whsec_" + "REVG" * 8, headers, body)


def test_the_secret_of_the_page_is_one() -> None:
    from consumers.webhooks.signing import read_secret

    [line] = re.findall(r"`(echo [^`]*)`", PAGE)
    made = subprocess.run(["sh", "-c", line], check=True, capture_output=True, text=True, env=dict(os.environ)).stdout
    assert read_secret(made.strip()) is not None
