"""Whether a Kafka broker answers: one Metadata request (version 1, no topics), by hand, as the protocol guide has it.

An open port says nothing: Kafka listens long before it serves, and a broker that has not joined its cluster yet
is not among the brokers of the answer.
"""

import socket
import struct

METADATA, VERSION, QUESTION = 3, 1, 7
CLIENT = b"newsfold"
REQUEST = struct.pack(f">hhih{len(CLIENT)}si", METADATA, VERSION, QUESTION, len(CLIENT), CLIENT, 0)
HEAD = struct.Struct(">iii")
"""Of the answer: bytes that follow, number of the question, number of brokers."""


def answers(address: str, seconds: float = 2.0) -> bool:
    """Whether the broker at `host:port` answers within so many seconds that it is part of a cluster."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=seconds) as line:
            line.sendall(struct.pack(">i", len(REQUEST)) + REQUEST)
            with line.makefile("rb") as answer:
                head = answer.read(HEAD.size)
    except OSError:
        return False
    if len(head) < HEAD.size:
        return False
    _, question, brokers = HEAD.unpack(head)
    return bool(question == QUESTION and brokers > 0)
