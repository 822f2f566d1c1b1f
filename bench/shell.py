"""How a bench is run from the shell."""

import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from schemas.errors import UsageError


def run(main: Callable[[Sequence[str]], int | None]) -> NoReturn:
    """Runs it with the arguments given; a wrong one ends it with a sentence, not with a trace."""
    try:
        sys.exit(main(sys.argv[1:]))
    except UsageError as error:
        sys.exit(f"bench: {error}")
