"""Which Kafka cluster is meant, how to get in, and how topics are kept there. No client library is imported here."""

from datetime import timedelta
from typing import NamedTuple

COMPRESSION = "zstd"
"""Codec of every record that we write: every client that reads them has to know it."""


class Security(NamedTuple):
    """How to get in, in the words of Kafka's own clients; empty where it is not needed."""

    protocol: str = "PLAINTEXT"
    """`PLAINTEXT`, `SSL`, `SASL_PLAINTEXT` or `SASL_SSL`."""
    mechanism: str = ""
    """`PLAIN`, `SCRAM-SHA-256` or `SCRAM-SHA-512`."""
    username: str = ""
    password: str = ""
    cafile: str = ""
    """File of the authorities that may have signed the brokers' certificates."""
    certfile: str = ""
    keyfile: str = ""


class Cluster(NamedTuple):
    """A Kafka cluster."""

    servers: tuple[str, ...]
    """`host:port` of brokers to ask first."""
    security: Security = Security()
    replication: int = 1
    """Copies of each partition; the broker's `min.insync.replicas` says how many must have a record."""
    retention: timedelta = timedelta(days=7)
    """How long topics are kept that are kept by time."""

    @property
    def address(self) -> str:
        """The servers as clients take them: `host:port,host:port`."""
        return ",".join(self.servers)
