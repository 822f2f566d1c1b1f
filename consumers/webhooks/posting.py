"""One POST: to a checked address, within a time, without redirects; of the answer little is read."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from consumers.webhooks.addresses import addresses_of
from schemas.errors import Retry

_MOST_READ = 64 * 1024
"""Bytes of an answer that are read, so that its sender may end it in order."""


class Answer(NamedTuple):
    """What the receiver said."""

    status: int
    retry_after: str | None


class Poster:
    """Sends one request at a time, each over a connection of its own; another thread may break it off."""

    def __init__(self, url: str, *, timeout: float, allow_private: bool) -> None:
        parts = urlsplit(url)
        self._secure, self._host = parts.scheme == "https", parts.hostname or ""
        self._port = parts.port or (443 if self._secure else 80)
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._timeout, self._allow_private = timeout, allow_private
        self._context = ssl.create_default_context()
        self._connection: _Connection | None = None
        self._closed = False

    def post(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends it; returns when there is an answer. Raises `Retry` if there is none in time."""
        until = time.monotonic() + self._timeout
        addresses = addresses_of(self._host, self._port, allow_private=self._allow_private)
        context = self._context if self._secure else None
        self._connection = connection = _Connection(self._host, self._port, addresses, until, context)
        limit = threading.Timer(until - time.monotonic(), connection.break_off)
        limit.daemon = True
        limit.start()
        try:
            return self._exchange(connection, headers, body)
        except (OSError, http.client.HTTPException, ValueError) as reason:
            late = time.monotonic() >= until
            raise Retry(f"no answer in {self._timeout:g} s" if late else _in_words(reason)) from reason
        finally:
            limit.cancel()
            connection.close()
            limit.join()

    def break_off(self) -> None:
        """Ends a request that is under way, and all later ones, without an answer."""
        self._closed = True
        if self._connection is not None:
            self._connection.break_off()

    def _exchange(self, connection: "_Connection", headers: Mapping[str, str], body: bytes) -> Answer:
        if self._closed:
            raise Retry("broken off")
        connection.request("POST", self._target, body, {**headers, "User-Agent": "newsfold", "Connection": "close"})
        response = connection.getresponse()
        connection.check()
        with suppress(OSError, http.client.HTTPException, ValueError):
            response.read(_MOST_READ)  # the status counts, whatever becomes of the rest
        return Answer(response.status, response.headers.get("Retry-After"))


class _Connection(http.client.HTTPConnection):
    """A connection to one of the given addresses, under the name of the host; with a context, by TLS."""

    def __init__(
        self, host: str, port: int, addresses: list[str], until: float, context: ssl.SSLContext | None
    ) -> None:
        super().__init__(host, port)
        self.default_port = 80 if context is None else 443
        self._addresses, self._until, self._context = addresses, until, context
        self._broken = False

    def connect(self) -> None:
        """Tries the addresses in turn. Raises `OSError`."""
        plain = self._first_that_answers()
        self._hold(plain)
        if self._context is not None:
            secured = self._context.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
            self._hold(secured)  # so that a handshake can be broken off
            secured.do_handshake()

    def break_off(self) -> None:
        """From another thread: whatever waits for this connection fails at once."""
        self._broken = True
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def check(self) -> None:
        """Raises `OSError` if it was broken off: what was read until then looks like an answer that ends there."""
        if self._broken:
            raise TimeoutError("broken off")

    def _hold(self, sock: socket.socket) -> None:
        self.sock = sock
        self.check()

    def _first_that_answers(self) -> socket.socket:
        failure: OSError = TimeoutError("no time is left")
        for address in self._addresses:
            left = self._until - time.monotonic()
            if left <= 0 or self._broken:
                break
            try:
                return socket.create_connection((address, self.port), left)
            except OSError as reason:
                failure = reason
        raise failure


def _in_words(reason: Exception) -> str:
    text = getattr(reason, "strerror", None) or type(reason).__name__
    return " ".join(str(text).split())[:200]
