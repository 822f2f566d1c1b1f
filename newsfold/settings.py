"""Settings: command line over environment (`NEWSFOLD_*`) over TOML file over built-in values."""

import socket
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from eventlog.cluster import Cluster, Security
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

    kafka: str = Field("", pattern=r"^([^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*)?$")
    kafka_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    kafka_mechanism: Literal["", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = ""
    kafka_username: str = ""
    kafka_password: SecretStr = SecretStr("")
    kafka_cafile: str = ""
    kafka_certfile: str = ""
    kafka_keyfile: str = ""
    partitions: int = Field(8, ge=1, le=1000)
    replication: int = Field(1, ge=1, le=100)
    retention_days: float = Field(7.0, gt=0)

    model_url: str = Field("", pattern=r"^(https?://\S+)?$")
    model_name: str = ""
    model_key: SecretStr = SecretStr("")
    model_timeout: float = Field(60.0, gt=0, le=600)

    worker: str = Field(default_factory=socket.gethostname, pattern=r"^[A-Za-z0-9._-]{1,100}$")
    session: float = Field(30.0, ge=6, le=1800)
    patience: float = Field(60.0, ge=5)

    @property
    def naming(self) -> Naming:
        """Names of the topics of this generation."""
        return Naming(self.prefix, self.generation)

    @property
    def cluster(self) -> Cluster | None:
        """The Kafka cluster that is meant; `None` where the embedded log is."""
        if not self.kafka:
            return None
        security = Security(
            self.kafka_protocol,
            self.kafka_mechanism,
            self.kafka_username,
            self.kafka_password.get_secret_value(),
            self.kafka_cafile,
            self.kafka_certfile,
            self.kafka_keyfile,
        )
        retention = timedelta(days=self.retention_days)
        return Cluster(tuple(self.kafka.split(",")), security, self.replication, retention)

    def environment(self) -> dict[str, str]:
        """What another process needs in its environment to have these settings, whatever file and options gave them."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        plain = {n: v.get_secret_value() if isinstance(v, SecretStr) else v for n, v in values.items()}
        return {f"NEWSFOLD_{name.upper()}": str(value) for name, value in plain.items()}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order of precedence, first wins. No .env file and no secrets folder: the environment is enough."""
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
