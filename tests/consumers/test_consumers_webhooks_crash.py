"""Whatever fails and wherever it dies: each update is taken or kept, in order, under one id."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from consumers_handmade import NAMING, Maker
from hooks_desk import Desk, hook
from hypothesis import given
from hypothesis import strategies as st

from consumers.webhooks.posting import Answer
from eventlog.events import header, read_all
from eventlog.sqlite import SqliteLog
from schemas.errors import Retry
from schemas.topics import UPDATES

DIES_BEFORE, DIES_AFTER, NOBODY = "dies before", "dies after", "nobody"
SCRIPT = st.lists(st.sampled_from([204, 204, 204, 400, 429, 500, NOBODY, DIES_BEFORE, DIES_AFTER]), max_size=40)


class Crash(BaseException):
    pass


class Scripted:
    """Answers by a script, and then takes everything. `taken` are events in the order in which they were taken."""

    def __init__(self, script: list[Any]) -> None:
        self.script, self.taken, self.seen = script, list[Any](), dict[str, set[bytes]]()

    def post(self, headers: Mapping[str, str], body: bytes) -> Answer:
        step = self.script.pop(0) if self.script else 204
        if step == DIES_BEFORE:
            raise Crash
        if step == NOBODY:
            raise Retry("nobody there")
        self.seen.setdefault(headers["webhook-id"], set()).add(body)
        if step in (204, DIES_AFTER):
            told = json.loads(body)
            self.taken += told if isinstance(told, list) else [told]
        if step == DIES_AFTER:
            raise Crash
        return Answer(int(step), None)


class Dying:
    """A log whose commits die by a script: before or after the place is kept."""

    def __init__(self, log: SqliteLog, script: list[str | None]) -> None:
        self._log, self._script = log, script

    def commit(self, *place: Any) -> None:
        step = self._script.pop(0) if self._script else None
        if step == DIES_BEFORE:
            raise Crash
        self._log.commit(*place)
        if step == DIES_AFTER:
            raise Crash

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


@given(SCRIPT, st.lists(st.sampled_from([None, None, DIES_BEFORE, DIES_AFTER]), max_size=12), st.sampled_from([1, 3]))
def test_each_update_is_taken_or_kept_in_order_under_one_id(
    script: list[Any], commits: list[str | None], batch: int
) -> None:
    with SqliteLog(":memory:") as log, tempfile.TemporaryDirectory() as folder:
        maker = Maker(log)
        for version in (1, 2, 3):
            for story in ("flood0aa", "race0bb"):
                maker.version(maker.article(f"a{version}{story}"), story, version)
        poster, config = Scripted(script), hook("http://127.0.0.1:9/", batch=batch, attempts=2, give_up="20s")
        for _ in range(1 + len(script) + len(commits)):
            try:
                desk = Desk(Dying(log, commits), Path(folder), config, poster=poster)  # type: ignore[arg-type]
                desk.run()
                break
            except Crash:
                continue
        else:
            pytest.fail("it did not end")
        kept = {row["id"]: row["event"] for row in desk.rows()}
        taken = {event["id"]: event for event in poster.taken}
        assert taken.keys() | kept.keys() == {header(own, "ce_id") for own in read_all(log, NAMING.of(UPDATES))}
        assert all(len(bodies) == 1 for bodies in poster.seen.values())
        for story in ("flood0aa", "race0bb"):
            versions = [event["data"]["version"] for event in taken.values() if event["subject"] == story]
            assert versions == sorted(versions)
        if not script and not commits:
            assert all(kept[own] == taken[own] for own in kept.keys() & taken.keys())
