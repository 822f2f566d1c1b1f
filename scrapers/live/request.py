"""One request to one server, and its answer in bounded memory."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import aiohttp

from scrapers.live.failures import Failed, Final

_CHUNK = 65_536
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{2,40})[\"']?\s*(?:;|$)", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"\s*([a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60})\s*(?:;|$)", re.IGNORECASE)


class Validators(NamedTuple):
    """What a server gave us to ask with whether something has changed (RFC 9110, 8.8)."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


NOTHING_KNOWN = Validators()


class Answer(NamedTuple):
    """A response that was read to its end. `body` is empty unless the status is 200."""

    status: int
    url: str
    body: bytes
    content_type: str
    validators: Validators
    location: str | None = None
    retry_after: str | None = None


async def ask(session: aiohttp.ClientSession, url: str, headers: dict[str, str], max_bytes: int) -> Answer:
    """One GET, redirects not followed. Raises `Failed` for no answer, a broken or too large one."""
    try:
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            body = await _read(response, max_bytes) if response.status == 200 else b""
            if response.status != 200:
                response.close()
            return _answer(url, response, body)
    except TimeoutError as reason:
        raise Failed("timeout") from reason
    except aiohttp.ClientConnectorError as reason:
        raise Failed("cannot connect") from reason
    except (aiohttp.ClientError, OSError, ValueError) as reason:
        raise Failed(f"broken answer: {type(reason).__name__}") from reason


async def _read(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """Counts unpacked bytes, so that a small packed answer cannot fill the memory."""
    parts: list[bytes] = []
    size = response.content_length or 0
    if size <= max_bytes:
        size = 0
        async for part in response.content.iter_chunked(_CHUNK):
            size += len(part)
            if size > max_bytes:
                break
            parts.append(part)
    if size > max_bytes:
        response.close()
        raise Final(f"too large: more than {max_bytes} bytes")
    return b"".join(parts)


def _answer(url: str, response: aiohttp.ClientResponse, body: bytes) -> Answer:
    given = response.headers
    validators = Validators(_word(given.get("ETag")), _word(given.get("Last-Modified")))
    content_type = _plain_type(given.get("Content-Type", ""))
    return Answer(response.status, url, body, content_type, validators, given.get("Location"), given.get("Retry-After"))


def _word(value: str | None) -> str | None:
    """Header values go back to the server as they are; those that would break a request are not kept."""
    usable = value and len(value) <= 500 and value.isascii() and value.isprintable()
    return value if usable else None


def _plain_type(header: str) -> str:
    """Media type in lower case and the charset, and nothing else of what the server put there."""
    media_type = _MEDIA_TYPE.match(header)
    if not media_type:
        return ""
    charset = _CHARSET.search(header)
    return media_type[1].lower() + (f"; charset={charset[1].lower()}" if charset else "")


def seconds_to_wait(retry_after: str | None, now: datetime) -> float | None:
    """`Retry-After` in seconds from now, whether it is a number or a date; `None` if it is neither."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(0.0, (moment - now).total_seconds())
