"""A repair of kafka-python 3.0.12, which leaves sockets that could not connect to the garbage collector."""

from typing import Any

from kafka.net.inet import KafkaNetSocket

DIRECT = "direct://"
"""The `proxy_url` under which clients connect by `ClosingSocket`: straight, without any proxy."""


class ClosingSocket(KafkaNetSocket):  # type: ignore[misc]  # the library has no types
    """Connects as kafka-python does, and closes what failed to."""

    SCHEMES = ("direct",)

    async def sock_connect(self, net: Any, sock: Any, sockaddr: Any, timeout_at: float | None = None) -> Any:
        """The connected socket."""
        try:
            return await super().sock_connect(net, sock, sockaddr, timeout_at=timeout_at)
        except BaseException:
            sock.close()
            raise
