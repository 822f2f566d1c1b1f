"""SIGTERM ends a program at once, and what it started lives on; here it is stopped on the way out."""

import signal
from types import FrameType
from typing import NoReturn


def leave_on_term(code: int = 0) -> None:
    """From now on SIGTERM leaves all contexts and ends with this exit code."""

    def leave(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(code)

    signal.signal(signal.SIGTERM, leave)
