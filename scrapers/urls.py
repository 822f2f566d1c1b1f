"""URLs: one spelling for one page, and which ones a feed may send us to."""

import ipaddress
import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from courlan import normalize_url

_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_(campaign|kwd|medium|source)|at_(medium|campaign|link.*)|ns_(campaign|source|mchannel|linkname|fee)|"
    r"mc_(cid|eid)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|li_fat_id|oly_.*|vero_.*|"
    r"_hs(enc|mi)|_ga|cmpid|xtor|intcmp|ito|ocid|smid|smtyp|ref_src|ref_url|s_cid|ftag|taid|guccounter|guce_.*",
    re.IGNORECASE,
)
"""Only names that never choose a page. courlan's list also drops `cid`, `eid` and `source`, which some sites need."""
_LONGEST = 2000


def normalise(url: str, base: str = "") -> str | None:
    """The one spelling of a page's address: absolute, without fragment and tracking parameters, query sorted.

    `None` if it is no http(s) address that can be fetched.
    """
    parts = _split(resolve(url, base) or "")
    if parts is None:
        return None
    try:
        kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
        plain = normalize_url(urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", "")))
    except ValueError:
        return None
    query = urlencode(sorted(kept))
    return f"{plain}?{query}" if query else plain


def resolve(url: str, base: str = "") -> str | None:
    """The absolute address to fetch, without its fragment and with `..` resolved; `None` if it is no http(s) one."""
    try:
        parts = _split(urljoin(base, url.strip()))
        return parts and urlunsplit(parts._replace(path=_without_dots(parts.path), fragment=""))
    except ValueError:
        return None


def origin_of(url: str) -> str | None:
    """`https://host:port`: what one robots.txt and one queue of requests belong to."""
    parts = _split(url)
    return f"{parts.scheme}://{parts.netloc.lower()}" if parts else None


def is_private(url: str) -> bool:
    """Whether the address is inside: loopback, link-local or a private network, by number or as `localhost`."""
    parts = _split(url)
    host = (parts.hostname or "") if parts else ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".internal", ".local"))


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4; an empty path is the root."""
    kept: list[str] = []
    for part in path.split("/")[1:]:
        if part == "..":
            kept = kept[:-1]
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept)


def _split(url: str) -> SplitResult | None:
    """Addresses with a name and password, or with a port that is none, are refused."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable and "@" not in parts.netloc and len(url) <= _LONGEST else None
