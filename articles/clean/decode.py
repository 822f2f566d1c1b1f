"""Bytes to text: byte order mark, stated charset, charset in the page, detection, in that order."""

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from articles.clean.language import detect_language
from schemas.errors import Quarantine

MAX_BYTES = 5_000_000
"""Three times the largest of 181 real pages (1.5 MB)."""

_SAMPLE = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"ID3", "an audio file"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"SQLite format 3\x00", "a database"),
)
_WORD_OF_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CHARSET_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_LATIN = frozenset({"iso8859-1", "ascii", "iso8859-15", "cp1252"})
_WRITTEN_IN_CP1252 = frozenset({"en", "fr", "de", "es", "it", "pt", "nl", "da", "sv", "no", "fi", "is", "ga", "ca"})
_LATIN_SCRIPT = frozenset(
    {
        "cp1250",
        "cp1254",
        "cp1257",
        "cp437",
        "cp850",
        "cp852",
        "cp858",
        "hp_roman8",
        "latin_1",
        "mac_roman",
        "mac_latin2",
    }
    | {"mac_iceland", "mac_turkish"}
    | {f"iso8859_{part}" for part in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)}
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Decoded(NamedTuple):
    """The text, and what had to be mended to get it."""

    text: str
    repairs: tuple[str, ...] = ()


def decode(body: bytes, content_type: str = "") -> Decoded:
    """The body as text. Raises `Quarantine` for an empty, oversized or binary body."""
    _refuse_size(body)
    if not body.strip(b" \t\r\n\x00"):
        raise Quarantine("the input is empty")
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], encoding)
    _refuse_magic(body)
    wide = _utf16_without_mark(body)
    if wide:
        return _lenient(body, wide)
    _refuse_binary(body)
    stated = _stated_charset(body, content_type)
    return (_as_stated(body, stated) if stated else None) or _detected(body, stated)


def _refuse_size(body: bytes) -> None:
    if len(body) > MAX_BYTES:
        raise Quarantine(f"{len(body)} bytes: an article may have {MAX_BYTES}")


def _refuse_magic(body: bytes) -> None:
    for magic, name in _MAGIC:
        if body.startswith(magic):
            raise Quarantine(f"the input is {name}, not a text")


def _refuse_binary(body: bytes) -> None:
    sample = body[:_SAMPLE]
    if len(_NO_TEXT.findall(sample)) > max(2, 0.1 * len(sample)):
        raise Quarantine("the input is binary, not a text")


def _utf16_without_mark(body: bytes) -> str | None:
    sample = body[:4096]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    half = len(sample) // 2
    if half >= 4 and odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if half >= 4 and even > 0.7 * half and odd < 0.1 * half else None


def _stated_charset(body: bytes, content_type: str) -> str | None:
    parameter = _CHARSET_PARAMETER.search(content_type)
    if parameter:
        return _known(parameter[1])
    if "json" in content_type or "plain" in content_type:
        return None
    in_page = _WORD_OF_CHARSET.search(body, 0, _SAMPLE)
    return _known(in_page[1].decode("ascii")) if in_page else None


def _known(name: str) -> str | None:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    return info.name if is_text and info.name not in ("idna", "punycode", "unicode_escape", "utf-7") else None


def _as_stated(body: bytes, charset: str) -> Decoded | None:
    """Latin-1 is read as Windows-1252, as browsers do (WHATWG Encoding); valid UTF-8 is never Latin-1 by chance."""
    if charset in _LATIN and not body.isascii():
        text = _strict(body, "utf-8")
        if text is not None:
            return Decoded(text, (f"stated as {charset}, read as utf-8",))
        return _lenient(body, "cp1252")
    text = _strict(body, charset)
    return None if text is None else Decoded(text)


def _detected(body: bytes, stated: str | None) -> Decoded:
    text = _strict(body, "utf-8")
    note = (f"stated as {stated}, read as utf-8",) if stated else ()
    if text is not None:
        return Decoded(text, note)
    nearly = body.decode("utf-8", "replace")
    if nearly.count("\ufffd") <= 0.002 * len(nearly) + 1 and _has_wide_characters(nearly):
        return _lenient(body, "utf-8")
    encoding = _likely_encoding(body[:_SAMPLE])
    text, repairs = _lenient(body, encoding)
    return Decoded(text, (f"no charset stated, read as {encoding}", *repairs))


def _likely_encoding(sample: bytes) -> str:
    """What statistics say, but Windows-1252 for a language that it can write: a few accents decide nothing."""
    best = from_bytes(sample).best()
    western = detect_language(sample.decode("cp1252", "replace")) in _WRITTEN_IN_CP1252
    return best.encoding if best and not (western and best.encoding in _LATIN_SCRIPT) else "cp1252"


def _has_wide_characters(text: str) -> bool:
    return any(character > "\x7f" and character != "\ufffd" for character in text)


def _strict(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def _lenient(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "replace")
    broken = text.count("\ufffd") - (body.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0)
    if broken > 0.1 * len(text):
        raise Quarantine("the input is binary, not a text")
    return Decoded(text, (f"{broken} broken characters replaced",) if broken > 0 else ())
