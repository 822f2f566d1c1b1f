"""A hook at work in tests: its pauses pass at once."""

import threading
from pathlib import Path
from typing import Any

from consumers_handmade import DAY, NAMING
from hooks_receiver import KEY

from consumers.subscribe import Subscription
from consumers.webhooks import HookConfig
from consumers.webhooks.dead_letters import DeadLetters
from consumers.webhooks.delivery import Posts, Surroundings
from consumers.webhooks.posting import Poster
from consumers.webhooks.signing import Secret
from consumers.webhooks.worker import Worker
from eventlog.base import EventLog

SECRETS = (Secret(KEY),)
THREE = ["flood0aa@1", "flood0aa@2", "race0bb@1"]


def hook(url: str, **more: Any) -> HookConfig:
    given = {"name": "desk", "url": url, "secret_env": "X", "start": "beginning", "allow_private": True, **more}
    return HookConfig.model_validate(given)


class Desk:
    """A worker whose pauses pass at once: they are noted, and the clock goes on by them."""

    def __init__(
        self,
        log: EventLog,
        folder: Path,
        config: HookConfig,
        secrets: tuple[Secret, ...] = SECRETS,
        poster: Posts | None = None,
    ) -> None:
        self.now, self.pauses, self.said = DAY.timestamp(), list[float](), list[str]()
        self.stop, self.stop_after = threading.Event(), 1_000_000
        self.dead = DeadLetters(folder / "hooks", config.name)
        subscription = Subscription(
            log,
            NAMING,
            group=config.group,
            start=config.start,
            stories=config.stories,
            kinds=config.kinds,
            min_significance=config.min_significance,
            follow=False,
        )
        poster = poster or Poster(config.url, timeout=config.timeout, allow_private=config.allow_private)
        around = Surroundings(lambda: self.now, self._pause, lambda: 0.0)
        self.worker = Worker(config, secrets, subscription, self.dead, poster, around, self.said.append)

    def run(self) -> "Desk":
        self.worker.run(self.stop)
        if self.worker.error:
            raise self.worker.error
        return self

    def rows(self) -> list[dict[str, Any]]:
        with self.dead.taken() as rows:
            return rows

    def _pause(self, seconds: float) -> bool:
        self.pauses.append(seconds)
        self.now += seconds
        return len(self.pauses) >= self.stop_after
