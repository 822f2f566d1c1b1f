"""Appends batches to a log for ever, or a number of times, and says after each what was acknowledged.

python appender.py PATH TOPIC NAME BATCHES SIZE      (BATCHES 0: until killed)
"""

import sys
from itertools import count

from eventlog.base import Entry, TopicConfig
from eventlog.sqlite import SqliteLog


def run(path: str, topic: str, name: str, batches: int, size: int) -> None:
    with SqliteLog(path) as log:
        log.create_topic(topic, TopicConfig(2, "keep"))
        for batch in range(batches) if batches else count():
            values = [f"{name} {batch} {n}".encode() for n in range(size)]
            places = log.append([Entry(topic, name.encode(), value, (), n % 2) for n, value in enumerate(values)])
            print(*(f"{place.partition}:{place.offset}" for place in places), sep="\t", flush=True)


if __name__ == "__main__":
    path, topic, name, batches, size = sys.argv[1:]
    run(path, topic, name, int(batches), int(size))
