"""`newsfold up --broker`: nothing is there before, and nothing runs afterwards."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from newsfold.broker.owner import PID, owner
from samples.server import SampleServer, sources_toml


@pytest.mark.parametrize("broken_off", [False, True])
async def test_a_broker_comes_and_goes_with_it(own_brokers_folder: Path, broken_off: bool) -> None:
    home = own_brokers_folder / f"up-{uuid4().hex[:8]}"
    home.mkdir()
    async with SampleServer() as server:
        sources = home / "sources.toml"
        sources.write_text(sources_toml(server))
        line = (sys.executable, "-m", "newsfold", "up", str(sources), "--broker", "--once", "--home", str(home))
        environment = {**os.environ, "NEWSFOLD_KAFKA": ""}
        up = await asyncio.create_subprocess_exec(*line, env=environment, stdout=asyncio.subprocess.PIPE)
        assert up.stdout is not None
        if broken_off:
            pid = home / "kafka" / PID
            while not (pid.exists() and pid.read_text()):
                await asyncio.sleep(0.01)
            up.send_signal(signal.SIGTERM)
        said = (await up.stdout.read()).decode()
        assert await up.wait() == 0
    assert owner(home / "kafka") is None, "the broker was left behind"
    if not broken_off:
        assert "Apache Kafka answers on 127.0.0.1:" in said
        assert "+ claim" in said
