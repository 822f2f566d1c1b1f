"""Why a request came to nothing. The texts are short and few: they are counted."""

from schemas.errors import NewsfoldError, Retry


class Failed(Retry):
    """The server did not answer with what was asked for. It may do so later."""


class Final(Failed):
    """Asking again at once would give the same."""


class Disallowed(NewsfoldError):
    """robots.txt does not want us there."""
