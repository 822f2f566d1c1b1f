"""Opens clients of kafka-python; one that cannot be opened leaves nothing behind.

kafka-python 3.0.12 raises out of the constructor of a client that no broker answers, and leaves its thread running and
its sockets open. Who tries again for as long as brokers are away would run out of files.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from kafka.net.compat import KafkaNetClient

from eventlog.cluster import Cluster
from eventlog.kafka_settings import client_settings

_T = TypeVar("_T")


def opened(kind: Callable[..., _T], cluster: Cluster, **settings: Any) -> _T:
    """A client of that kind. Raises what its constructor raises, once all that it had opened is closed."""
    begun: list[KafkaNetClient] = []

    def begin(**given: Any) -> KafkaNetClient:
        begun.append(KafkaNetClient(**given))
        return begun[-1]

    try:
        return kind(**client_settings(cluster), kafka_client=begin, **settings)
    except BaseException:
        for client in begun:
            client.close()
        raise
