"""Which addresses of a host may be asked: an address out of a file must not lead into the network we stand in."""

import ipaddress
import socket

from schemas.errors import Retry

_INSIDE_NAMES = (".localhost", ".internal", ".local")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that a gateway turns into the IPv4 address in their last 32 bits (RFC 6052)."""


def is_inside(host: str) -> bool:
    """Whether the host is inside by what is written there: an address of no public network, or `localhost`."""
    try:
        return not _is_public(host)
    except ValueError:
        name = host.rstrip(".").lower()
        return name == "localhost" or name.endswith(_INSIDE_NAMES)


def addresses_of(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses to connect to. The connection has to go to one of them: asked again, the name may say another.

    Raises `Retry` if there is none, or only ones that are not allowed; a name server may say otherwise later.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as reason:
        raise Retry(f"its name leads nowhere: {reason}") from reason
    addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
    allowed = [address for address in addresses if allow_private or _is_public(address)]
    if not allowed:
        raise Retry("its name leads into a private network, and allow_private is not set")
    return allowed


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        address = inner or address
    return address.is_global and not address.is_multicast
