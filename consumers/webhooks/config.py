"""`hooks.toml`: who is told of updates, which ones, and how patiently."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, Self, get_args
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from consumers.webhooks.addresses import is_inside
from consumers.webhooks.signing import Secret, read_secret
from schemas.errors import UsageError
from schemas.story import Update
from schemas.written import Seconds, Written, read_toml

Kind = Literal["opened", "joined", "revised", "withdrawn", "merged", "split", "linked", "closed"]
assert get_args(Kind) == get_args(Update.model_fields["kind"].annotation)


class HookConfig(Written):
    """One receiver. Described in docs/webhooks.md."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")
    url: str = Field(pattern=r"^[\x21-\x7e]{1,2000}$")
    secret_env: str | None = None
    secret_file: Path | None = None
    stories: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    min_significance: float = Field(0.0, ge=0, le=1)
    start: Literal["beginning", "end"] = "end"
    batch: int = Field(1, ge=1, le=1000)
    timeout: Seconds = Field(15.0, gt=0)
    attempts: int = Field(5, ge=1, le=1000)
    first_delay: Seconds = Field(5.0, gt=0)
    longest_delay: Seconds = Field(3600.0, gt=0)
    give_up: Seconds = 3 * 86_400.0
    allow_private: bool = False

    @model_validator(mode="after")
    def _url_can_be_asked(self) -> Self:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or _port(self.url) is None:
            raise ValueError(f"the url of {self.name!r} is no http or https URL")
        if parts.username is not None or parts.password is not None:
            raise ValueError(f"the url of {self.name!r} holds a user name or password; the signature says who sends")
        if not self.allow_private and is_inside(parts.hostname):
            raise ValueError(f"the url of {self.name!r} is inside a private network; allow_private = true permits it")
        return self

    @model_validator(mode="after")
    def _has_a_secret(self) -> Self:
        if (self.secret_env is None) == (self.secret_file is None):
            raise ValueError(f"hook {self.name!r} needs either secret_env or secret_file")
        return self

    @property
    def group(self) -> str:
        """Under which its place is kept in the log."""
        return f"hooks.{self.name}"


class HooksConfig(Written):
    """All receivers."""

    hook: tuple[HookConfig, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [hook.name for hook in self.hook]
        doubles = sorted({name for name in names if names.count(name) > 1})
        if doubles:
            raise ValueError(f"two hooks are called {doubles[0]!r}; each has a place of its own in the log")
        return self


def load_hooks(path: Path, environment: Mapping[str, str] = os.environ) -> list[tuple[HookConfig, tuple[Secret, ...]]]:
    """Reads `hooks.toml`, and each hook's secrets. Raises `UsageError` that names what is wrong, and no secret."""
    hooks = read_toml(path, HooksConfig).hook
    return [(hook, _secrets(hook, path.parent, environment)) for hook in hooks]


def _secrets(hook: HookConfig, folder: Path, environment: Mapping[str, str]) -> tuple[Secret, ...]:
    if hook.secret_file is not None:
        where = f"file {folder / hook.secret_file}"
        try:
            text = (folder / hook.secret_file).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"the secret of hook {hook.name!r} cannot be read from {where}") from None
    else:
        where = f"the environment variable {hook.secret_env}"
        text = environment.get(hook.secret_env or "", "")
    return _all_read(text.split(), hook.name, where)


def _all_read(words: Iterable[str], name: str, where: str) -> tuple[Secret, ...]:
    secrets = [read_secret(word) for word in words]
    if not secrets or None in secrets:
        raise UsageError(
            f"hook {name!r} needs a secret in {where}: `whsec_` and 24 to 64 bytes in base64, or several of them"
        )
    return tuple(secret for secret in secrets if secret is not None)


def _port(url: str) -> int | None:
    """The port that is meant; `None` if what stands there is none."""
    parts = urlsplit(url)
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return None
