"""Settings: command line over environment (`NEWSFOLD_*`) over TOML file over built-in values."""

import tomllib
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from schemas.errors import UsageError
from schemas.topics import Naming

DEFAULT_FILE = Path("newsfold.toml")


class Settings(BaseSettings):
    """What can be set. Every field is described in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="NEWSFOLD_", extra="forbid", frozen=True)
    file: ClassVar[Path | None] = None

    home: Path = Path(".newsfold")
    prefix: str = Field("newsfold.", pattern=r"^[A-Za-z0-9._-]{0,60}$")
    generation: str = Field("g1", pattern=r"^[A-Za-z0-9_-]{1,30}$")
    batch: int = Field(200, ge=1, le=100_000)

    @property
    def naming(self) -> Naming:
        """Names of the topics of this generation."""
        return Naming(self.prefix, self.generation)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order of precedence, first wins. No .env file and no secrets folder: there is nothing secret to set."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, cls.file))


def load(config: Path | None = None, **given: Any) -> Settings:
    """The settings; `given` ones win unless they are `None`. Raises `UsageError` that names the setting at fault."""
    if config is not None and not config.is_file():
        raise UsageError(f"there is no settings file {config}")
    path = config or DEFAULT_FILE

    class FromFile(Settings):
        file = path

    try:
        return FromFile(**{name: value for name, value in given.items() if value is not None})
    except tomllib.TOMLDecodeError as reason:
        raise UsageError(f"{path} is not valid TOML: {reason}") from reason
    except ValidationError as reason:
        raise UsageError(_sentence(reason)) from reason


def _sentence(reason: ValidationError) -> str:
    first = reason.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"there is no setting {name!r}; docs/settings.md lists them"
    return f"setting {name!r}: {first['msg']}, not {first['input']!r}"
