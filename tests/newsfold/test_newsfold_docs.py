"""Every command, option, setting and argument stands in the documentation, and its programs run."""

import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import SecretStr

import newsfold
from newsfold.main import app
from newsfold.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"


def commands(group: Any, path: str = "newsfold") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands(typer.main.get_command(app)))


def section(command: str) -> str:
    parts = re.split(r"^### ", (DOCS / "commands.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next((part for part in parts if re.match(rf"`{command}[ `]", part)), "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_described(command: str) -> None:
    text = section(command)
    assert text, f"docs/commands.md has no section `{command}`"
    for parameter in COMMANDS[command].params:
        name = parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar
        assert name == "--help" or f"`{name}" in text or f" {name}" in text.splitlines()[0], f"{command}: {name}"


def test_no_option_is_described_that_is_not_there() -> None:
    for command, parameters in COMMANDS.items():
        known = {option for parameter in parameters.params for option in parameter.opts}
        described = set(re.findall(r"(?:^- |, )`(--[a-z-]+)", section(command), flags=re.MULTILINE))
        assert described <= known, command


def shown(name: str) -> str:
    """How the table of the settings gives a built-in value."""
    if name == "worker":
        return "the machine's name"
    default = Settings.model_fields[name].get_default()
    text = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
    return f"`{text}`" if text else "none"


def test_every_setting_is_described() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", text, flags=re.MULTILINE))
    assert rows == {name: shown(name) for name in Settings.model_fields}


def test_the_example_file_has_every_setting() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", (DOCS / "settings.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert set(tomllib.loads(text)) == set(Settings.model_fields) - {"worker"}


def test_every_argument_of_subscribe_is_described() -> None:
    text = (DOCS / "subscribing.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    assert rows == list(inspect.signature(newsfold.subscribe).parameters)
