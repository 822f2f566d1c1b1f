"""A real Apache Kafka, a single node on loopback, as a child of this process: for users, tests and chaos runs."""

from newsfold.broker.answers import answers
from newsfold.broker.ending import leave_on_term
from newsfold.broker.ports import free_port
from newsfold.broker.process import Broker

__all__ = ["Broker", "answers", "free_port", "leave_on_term"]
