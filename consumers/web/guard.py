"""What stands between strangers and the page: whom it answers, what its answers allow, and how it says no.

It reads only. The text of articles is a stranger's, so pages may load and run nothing but their own files. And no page
of another site may get at this one by a name that it points here (DNS rebinding), so only known names are answered.
"""

import ipaddress
import logging
from collections.abc import Callable, Collection, Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from schemas.errors import NewsfoldError, Retry, UsageError

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "newsfold",
}
LONGEST_REQUEST = 4096
"""Bytes of an address; nothing that the page links to comes near it."""

Refuse = Callable[[web.Request, int, str], web.Response]
"""Makes the page that says why not: status, and a sentence."""

_logger = logging.getLogger("newsfold")


async def harden(_: web.Request, response: web.StreamResponse) -> None:
    """Puts our headers on whatever is answered, streams and errors too."""
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-cache")


def gate(names: Collection[str], refuse: Refuse) -> Middleware:
    """Answers requests for this machine by address, for `localhost`, and for the names given; errors become pages."""
    known = frozenset(name.casefold() for name in (*names, "localhost"))

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not answers(request.headers.get("Host", ""), known):
            return refuse(request, 421, "This page is not served under that name; `newsfold serve --name` adds one.")
        if len(request.raw_path) > LONGEST_REQUEST:
            return refuse(request, 414, "That address is too long.")
        try:
            return await handler(request)
        except (web.HTTPRedirection, ConnectionError):  # the latter: whoever asked has gone
            raise
        except web.HTTPMethodNotAllowed as reason:
            return refuse(request, reason.status, "This page can only be read.")
        except web.HTTPException as reason:
            return refuse(request, reason.status, reason.text or reason.reason)
        except NewsfoldError as reason:
            return refuse(request, status_of(reason), str(reason))
        except Exception:
            _logger.exception("a page could not be made")
            return refuse(request, 500, "An error that was not foreseen; the log of the server has it.")

    return guarded


def answers(host: str, names: Collection[str]) -> bool:
    """Whether a Host header names this server. An address is never the work of DNS; a name is, unless it is known."""
    name = host.casefold()
    name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name.removesuffix(".") in names
    return True


def status_of(reason: NewsfoldError) -> int:
    """HTTP's word for an error of ours."""
    if isinstance(reason, UsageError):
        return 404
    return 503 if isinstance(reason, Retry) else 500


def only(query: Mapping[str, str], *known: str) -> None:
    """Refuses parameters that mean nothing here: a mistyped one must not look as if it had been heeded."""
    for name in query:
        if name not in known:
            raise web.HTTPBadRequest(text=f"There is no parameter {name[:40]!r} here.")
