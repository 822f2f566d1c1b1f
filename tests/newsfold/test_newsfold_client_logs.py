import logging

from newsfold.client_logs import Sparing


def message(text: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("aiokafka", logging.ERROR, "", 0, text, arguments, None)


def test_a_message_is_said_once_in_a_while_whatever_its_arguments():
    now = [0.0]
    sparing = Sparing(30, clock=lambda: now[0])
    assert sparing.filter(message("no connection to %s", "a"))
    assert not sparing.filter(message("no connection to %s", "b"))
    assert sparing.filter(message("something else"))
    now[0] = 30.0
    assert sparing.filter(message("no connection to %s", "c"))
