"""Characters that have no place in a text: NULs, controls, surrogates, marks that only steer the layout."""

import re

_NULS = "\x00"
_CONTROLS = "\x01-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb"
_SURROGATES = "\ud800-\udfff"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufffe\uffff"
_BREAKS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_ODD = re.compile(
    f"(?P<nul>[{_NULS}]+)|(?P<control>[{_CONTROLS}]+)|(?P<surrogate>[{_SURROGATES}]+)|[{_INVISIBLE}]+|(?P<end>[{_BREAKS}])"
)

_REPAIRS = {
    "nul": "NUL characters removed",
    "control": "control characters removed",
    "surrogate": "surrogates removed",
}


def scrub(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with `\\n` as its only line break and nothing unprintable, and the repairs that took."""
    if text.replace("\n", " ").replace("\t", " ").replace("\xa0", " ").isprintable():
        return text, ()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    met: dict[str, None] = {}

    def mend(match: re.Match[str]) -> str:
        group = match.lastgroup
        met[group or ""] = None
        return "\n" if group == "end" else ""

    return _ODD.sub(mend, text), tuple(repair for group, repair in _REPAIRS.items() if group in met)


def squeeze(text: str) -> str:
    """The words with single spaces between them, and nothing unprintable."""
    words = " ".join(text.split())
    return words if words.isprintable() else " ".join(_ODD.sub("", words).split())
