"""Topics and committed offsets, as the brokers keep them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from kafka import KafkaAdminClient, OffsetAndMetadata, TopicPartition, errors
from kafka.admin import ConfigResource, ConfigResourceType

from eventlog.base import TopicConfig
from eventlog.cluster import Cluster
from eventlog.kafka_errors import Patience, reason_of
from eventlog.kafka_opening import opened
from eventlog.kafka_settings import config_of, topic_settings
from schemas.errors import Fatal, UsageError

_T = TypeVar("_T")
_NAMED = 12
"""Topics that are listed where one was not found."""
_KEPT_BY = ["cleanup.policy", "retention.ms"]


class Admin:
    """Asks and tells the brokers about topics and groups, with patience; threads take turns."""

    def __init__(self, cluster: Cluster, record_limit: int, patience: Patience) -> None:
        """Raises `UsageError` if no broker answers within some seconds."""
        self._cluster, self._record_limit, self._patience = cluster, record_limit, patience
        self._lock = Lock()
        self._partitions: dict[str, int] = {}
        self._client: KafkaAdminClient | None = None
        self._closed = False
        self._meet()

    def close(self) -> None:
        """Ends the connection; twice is harmless."""
        self._closed = True
        with self._lock:
            self._reset()

    def partitions(self, topic: str) -> int:
        """How many partitions the topic has; remembered. Raises `UsageError` if there is no such topic."""
        if topic not in self._partitions:
            found = self._described([topic])
            if topic not in found:
                raise UsageError(f"the log has no topic {topic}; it has: {self._names()}")
            self._partitions.update(found)
        return self._partitions[topic]

    def size_limit(self, topic: str) -> int:
        """Bytes that a batch of records may have, compressed, in this topic."""
        resource = ConfigResource(ConfigResourceType.TOPIC, topic, ["max.message.bytes"])
        found = self._ask("describe its topics", "describe_configs", [resource], config_filter="all")
        return int(_values(found["topic"][topic])["max.message.bytes"])

    def topics(self) -> Mapping[str, TopicConfig]:
        """All topics but Kafka's own, as they are now."""
        counts = self._described(None)
        resources = [ConfigResource(ConfigResourceType.TOPIC, name, _KEPT_BY) for name in counts]
        found = self._ask("describe its topics", "describe_configs", resources, config_filter="all") if counts else {}
        settings = {name: _values(given) for name, given in found.get("topic", {}).items()}
        self._partitions.update(counts)
        return {name: config_of(count, settings[name]) for name, count in counts.items() if name in settings}

    def create(self, name: str, config: TopicConfig) -> None:
        """Creates the topic and waits until it can be used; somebody else may do the same at the same time."""
        if config.partitions < 1:
            raise UsageError(f"topic {name} needs at least one partition, not {config.partitions}")
        have = self._described([name]).get(name)
        if have is None:
            self._create(name, config)
            have = self.partitions(name)
        if have != config.partitions:
            raise Fatal(f"topic {name} has {have} partitions, not {config.partitions} as asked for")

    def commit(self, group: str, topic: str, offsets: Mapping[int, int]) -> None:
        """Keeps the offsets for the group, which must have no members."""
        wanted = {TopicPartition(topic, at): OffsetAndMetadata(offset, "", -1) for at, offset in offsets.items()}

        def work() -> None:
            for error in self._admin().alter_group_offsets(group, wanted).values():
                if error is not errors.NoError:
                    raise error()

        try:
            self._persist("commit offsets", work)
        except Fatal as error:
            if isinstance(error.__cause__, errors.UnknownMemberIdError):
                raise UsageError(f"group {group} is in use by running workers; stop them first") from error
            raise

    def committed(self, group: str, topic: str) -> Mapping[int, int]:
        """The group's offsets by partition."""
        places = [TopicPartition(topic, partition) for partition in range(self.partitions(topic))]
        found = self._ask("tell committed offsets", "list_group_offsets", {group: places})
        return {place.partition: kept.offset for place, kept in sorted(found[group].items()) if kept.offset >= 0}

    def _create(self, name: str, config: TopicConfig) -> None:
        wanted = {
            "num_partitions": config.partitions,
            "replication_factor": self._cluster.replication,
            "configs": topic_settings(config.cleanup, self._cluster, self._record_limit),
        }

        def work() -> None:
            try:
                self._admin().create_topics({name: wanted})
            except errors.TopicAlreadyExistsError:
                pass  # by somebody else, or by an attempt of ours whose answer was lost
            except (errors.InvalidReplicationFactorError, errors.InvalidTopicError) as error:
                raise UsageError(f"Kafka refuses to create topic {name}: {reason_of(error)}") from error
            self._admin().wait_for_topics([name])

        self._persist(f"create topic {name}", work)

    def _described(self, names: Sequence[str] | None) -> dict[str, int]:
        """Topic -> partitions, of those that are there and are not Kafka's own."""

        def work() -> dict[str, int]:
            found = self._admin().describe_topics(names)
            return {topic["name"]: len(topic["partitions"]) for topic in found if _is_there(topic)}

        return self._persist("describe its topics", work)

    def _names(self) -> str:
        names = sorted(self._described(None))
        return (", ".join(names[:_NAMED]) or "none") + (" ..." if len(names) > _NAMED else "")

    def _ask(self, doing: str, method: str, *arguments: Any, **named: Any) -> Any:
        return self._persist(doing, lambda: getattr(self._admin(), method)(*arguments, **named))

    def _persist(self, doing: str, work: Callable[[], _T]) -> _T:
        with self._lock:
            return self._patience.persist(doing, work, self._reset)

    def _admin(self) -> KafkaAdminClient:
        if self._closed:
            raise Fatal("the log is closed")
        if self._client is None:
            self._client = self._open()
        return self._client

    def _open(self) -> KafkaAdminClient:
        return opened(KafkaAdminClient, self._cluster, bootstrap_timeout_ms=self._patience.answer_ms)

    def _reset(self) -> None:
        """A new client knows no coordinator or leader that has moved since."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _meet(self) -> None:
        security = self._cluster.security
        for path in (security.cafile, security.certfile, security.keyfile):
            if path and not Path(path).is_file():
                raise UsageError(f"there is no file {path}, which the settings for Kafka name")
        try:
            self._client = self._open()
        except errors.KafkaTimeoutError as error:
            by = "" if security.protocol == "PLAINTEXT" else f" by {security.protocol}"
            raise UsageError(
                f'no Kafka broker answers at {self._cluster.address}{by}; start one with "newsfold broker" '
                'or set "kafka" to one that runs'
            ) from error
        except (errors.KafkaError, OSError, ValueError) as error:
            raise UsageError(f"Kafka at {self._cluster.address} cannot be used: {reason_of(error)}") from error


def _is_there(topic: Mapping[str, Any]) -> bool:
    error = errors.for_code(topic["error_code"])
    if error in (errors.UnknownTopicOrPartitionError, errors.InvalidTopicError):
        return False
    if error is not errors.NoError:
        raise error(topic["name"])
    return not (topic["is_internal"] or topic["name"].startswith("__"))


def _values(settings: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {name: setting["value"] for name, setting in settings.items()}
