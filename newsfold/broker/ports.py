"""Ports on loopback that nobody listens on."""

import random
import socket

LOOPBACK = "127.0.0.1"
OWN_RANGE = range(20_000, 32_000)
"""Below the ports that systems hand out to clients: a client that knocks at a dead broker's port there may be given
that very port as its own, connects to itself, and keeps the broker from coming back."""


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of loopback now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port of loopback that is free now. Raises `OSError` if there is none."""
    for port in random.sample(OWN_RANGE, len(OWN_RANGE)):
        if is_free(port):
            return port
    raise OSError("no port of 127.0.0.1 is free")
