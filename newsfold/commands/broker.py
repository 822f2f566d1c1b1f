"""`newsfold broker`: a real Apache Kafka on this machine."""

from typing import Annotated

import typer

from newsfold.commands.options import Config, HomeFolder, settings

PORT = 19092

Port = Annotated[
    int, typer.Option("--port", metavar="N", min=1024, max=65535, help="Port on 127.0.0.1.", show_default=True)
]


def broker(home: HomeFolder = None, port: Port = PORT, config: Config = None) -> None:
    """Run Apache Kafka on this machine until Ctrl-C; needs Java 17 and Maven, or Docker."""
    from newsfold.broker import Broker, answers, leave_on_term
    from schemas.errors import Fatal

    address = f"127.0.0.1:{port}"
    if answers(address):
        typer.echo(f"Apache Kafka answers on {address} already; nothing was started")
        return
    leave_on_term()
    with Broker.start(settings(home, None, config).home / "kafka", port, say=typer.echo) as own:
        own.wait_until_it_answers()
        typer.echo(f"Apache Kafka answers on {own.address}, its data are in {own.folder}; Ctrl-C ends it")
        own.wait_until_it_ends()
        raise Fatal(f"Apache Kafka has ended; {own.last_words()}")
