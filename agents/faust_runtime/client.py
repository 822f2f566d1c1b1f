"""Faust's Kafka client with two things changed.

Outside of transactions Faust's producer is not idempotent, and one that is not can change the order of records.
And Faust goes on from the committed offset, though it acknowledges events that it drops in a rebalance; here the state
says where to go on, and the committed offset is only for those who look from outside.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from faust.transport.drivers.aiokafka import Consumer as FaustConsumer
from faust.transport.drivers.aiokafka import Producer as FaustProducer
from faust.transport.drivers.aiokafka import Transport as FaustTransport
from faust.types import TP


class Producer(FaustProducer):
    """Idempotent, and acknowledged by all replicas that are in sync."""

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}


class Consumer(FaustConsumer):
    """Begins where the app says."""

    async def perform_seek(self) -> None:
        """Goes to the position of each partition; Faust calls it when a partition is ready, before it fetches."""
        await super().perform_seek()
        app: Any = self.app  # a `StageApp`
        positions: Mapping[TP, int] = app.positions()
        for partition, offset in positions.items():
            if partition in self.assignment():
                await self.seek(partition, offset)

    async def commit_positions(self, positions: Mapping[TP, int]) -> bool:
        """Commits offsets of partitions that are ours; whether the group took them."""
        took: bool = await self._commit(positions)
        return took

    def has_coordinator(self) -> bool:
        """Whether the group has a broker that coordinates it, as far as is known."""
        client = self._thread._consumer
        return client is None or client._coordinator is None or client._coordinator.coordinator_id is not None


class Transport(FaustTransport):
    """Both together."""

    Producer: ClassVar[type[Producer]] = Producer
    Consumer: ClassVar[type[Consumer]] = Consumer
