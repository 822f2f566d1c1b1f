"""What Kafka is told: how to get in, and how each topic is kept. Plain mappings; nothing is opened."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from eventlog.base import TopicConfig
from eventlog.cluster import Cluster, Security
from eventlog.kafka_sockets import DIRECT
from schemas.topics import Cleanup

ROOM = 2**20
"""Bytes a record's batch may need beyond its key, value and headers: a batch's head, lengths, a codec's frame."""

_SECURITY_NAMES = {
    "mechanism": "sasl_mechanism",
    "username": "sasl_plain_username",
    "password": "sasl_plain_password",
    "cafile": "ssl_cafile",
    "certfile": "ssl_certfile",
    "keyfile": "ssl_keyfile",
}
_FOREVER = "-1"


def security_settings(security: Security) -> dict[str, str]:
    """The settings of kafka-python that stand for these; what is empty is left out."""
    given = security._asdict()
    named = {theirs: given[ours] for ours, theirs in _SECURITY_NAMES.items() if given[ours]}
    return {"security_protocol": security.protocol, **named}


def client_settings(cluster: Cluster) -> dict[str, Any]:
    """What all clients of a cluster are given. A broker that comes back is found within a second."""
    return {
        "bootstrap_servers": list(cluster.servers),
        "client_id": "newsfold",
        "reconnect_backoff_max_ms": 1_000,
        "proxy_url": DIRECT,
        **security_settings(cluster.security),
    }


def topic_settings(cleanup: Cleanup, cluster: Cluster, record_limit: int) -> dict[str, str]:
    """A topic's settings on the broker.

    Records carry the time at which the broker took them, so that it never goes back within a partition.
    """
    return {
        "max.message.bytes": str(record_limit + ROOM),
        "message.timestamp.type": "LogAppendTime",
        "min.insync.replicas": str(max(1, cluster.replication - 1)),
        **_kept(cleanup, cluster.retention),
    }


def config_of(partitions: int, settings: Mapping[str, str]) -> TopicConfig:
    """How a topic with these settings is kept, whoever made it."""
    return TopicConfig(partitions, _cleanup(settings))


def _kept(cleanup: Cleanup, retention: timedelta) -> dict[str, str]:
    if cleanup == "compact":
        return {"cleanup.policy": "compact"}
    time = _FOREVER if cleanup == "keep" else str(retention // timedelta(milliseconds=1))
    return {"cleanup.policy": "delete", "retention.ms": time, "retention.bytes": _FOREVER}


def _cleanup(settings: Mapping[str, str]) -> Cleanup:
    if "compact" in settings.get("cleanup.policy", ""):
        return "compact"
    return "keep" if settings.get("retention.ms") == _FOREVER else "time"
