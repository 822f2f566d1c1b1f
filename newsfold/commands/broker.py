"""`newsfold broker`: a real Apache Kafka on this machine."""

import signal
from types import FrameType
from typing import Annotated, NoReturn

import typer

from newsfold.commands.options import Config, HomeFolder, settings

PORT = 19092

Port = Annotated[
    int, typer.Option("--port", metavar="N", min=1024, max=65535, help="Port on 127.0.0.1.", show_default=True)
]


def broker(home: HomeFolder = None, port: Port = PORT, config: Config = None) -> None:
    """Run Apache Kafka on this machine until Ctrl-C; needs Docker, or Java 17 and Maven."""
    from newsfold.broker import Broker, answers
    from schemas.errors import Fatal

    address = f"127.0.0.1:{port}"
    if answers(address):
        typer.echo(f"Apache Kafka answers on {address} already; nothing was started")
        return
    signal.signal(signal.SIGTERM, end)
    with Broker.start(settings(home, None, config).home / "kafka", port, say=typer.echo) as own:
        own.wait_until_it_answers()
        typer.echo(f"Apache Kafka answers on {own.address}, its data are in {own.folder}; Ctrl-C ends it")
        own.wait_until_it_ends()
        raise Fatal(f"Apache Kafka has ended; {own.last_words()}")


def end(_number: int, _frame: FrameType | None) -> NoReturn:
    """What SIGTERM does: the broker is stopped on the way out."""
    raise SystemExit(0)
