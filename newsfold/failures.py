"""From an error to one sentence and an exit code."""

import os
import traceback

from schemas.errors import NewsfoldError, UsageError

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
DEBUG = "NEWSFOLD_DEBUG"


def explain(reason: Exception) -> tuple[str, int]:
    """One sentence for the person at the keyboard, and the exit code. With `NEWSFOLD_DEBUG=1` the traceback follows."""
    sentence, code = _explain(reason)
    if os.environ.get(DEBUG):
        sentence += "\n" + "".join(traceback.format_exception(reason)).rstrip()
    return sentence, code


def _explain(reason: Exception) -> tuple[str, int]:
    if isinstance(reason, UsageError):
        return _sentence(str(reason)), EXIT_USAGE
    if isinstance(reason, NewsfoldError):
        return _sentence(str(reason)), EXIT_FAILED
    if isinstance(reason, OSError) and reason.strerror:
        return _sentence(f"{reason.filename or 'the system'}: {reason.strerror}"), EXIT_FAILED
    bad_arguments = getattr(reason, "format_message", None)  # click's own errors, whichever click typer brings
    if bad_arguments is not None:
        return _sentence(f"{bad_arguments()} (--help tells more)"), EXIT_USAGE
    kind = type(reason).__name__
    return _sentence(f"an error that was not foreseen, {kind}: {reason}; {DEBUG}=1 shows where it arose"), EXIT_FAILED


def _sentence(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(plain.split()).replace(". (--help", " (--help")
    return line if line.endswith((".", "?", "!")) else line + "."
