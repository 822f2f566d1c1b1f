"""One or two sentences on what a version brings."""

from collections.abc import Sequence

from schemas.story import Alteration, Novelty
from stories.fold.title import shortened
from stories.fold.wording import clarity

_QUOTED = 220
SURE = 0.8
"""Strength of a link from which no "may be" is said."""


def told(
    kind: str, who: str, new: Sequence[Novelty], changed: Sequence[Alteration], strength: float | None = None
) -> str:
    """Who did what to the story, then the most telling thing in it."""
    lead = _link(strength) if kind == "linked" else _lead(kind, who, new, changed)
    matter = _matter(new, changed)
    return f"{lead} {matter}".strip()


def _link(strength: float | None) -> str:
    if strength is not None and strength >= SURE:
        return "Linked with another story: the two are parts of one saga."
    return "Linked with another story: the two may be parts of one saga."


def _lead(kind: str, who: str, new: Sequence[Novelty], changed: Sequence[Alteration]) -> str:
    if kind == "closed":
        return "Nothing new has come for a while; the story is closed."
    if kind == "withdrawn":
        return f"{who} has taken its article back; {_count(_of(changed, 'withdrawn'), 'claim')} went with it."
    if kind in ("merged", "split"):
        moved = _count(_of(new, "article"), "article")
        return _united(new, moved) if kind == "merged" else _parted(new, moved)
    return f"{who} {_verb(kind, changed)} {_brought(new, changed)}."


def _united(new: Sequence[Novelty], moved: str) -> str:
    if _of(new, "article"):
        return f"Two stories turned out to be one: {moved} came in."
    return "Two stories turned out to be one: this one goes on in the other."


def _parted(new: Sequence[Novelty], moved: str) -> str:
    if _of(new, "article"):
        return f"The story was split off another with {moved}."
    return "Articles on another matter have left for a story of their own."


def _verb(kind: str, changed: Sequence[Alteration]) -> str:
    if kind == "opened":
        return "opens the story with"
    if kind == "revised":
        return "has changed its article:"
    copy = next((c for c in changed if c.kind == "copy"), None)
    return "joins with a copy of text already told:" if copy is not None else "joins:"


def _brought(new: Sequence[Novelty], changed: Sequence[Alteration]) -> str:
    parts = [
        _count(n, what)
        for n, what in ((_of(new, "claim"), "new claim"), (_of(new, "quote"), "new quote"))
        if n or what == "new claim"
    ]
    confirmed = _of(changed, "corroborated")
    if confirmed:
        parts.append(f"{_count(confirmed, 'claim')} confirmed")
    gone = _of(changed, "withdrawn")
    if gone:
        parts.append(f"{_count(gone, 'claim')} gone")
    return ", ".join(parts)


def _matter(new: Sequence[Novelty], changed: Sequence[Alteration]) -> str:
    """A dispute before all else, then its end, then a figure that moved, then the clearest new claim."""
    for kind, words in (("discrepancy", "Sources disagree on"), ("resolved", "No longer in dispute:")):
        items: list[Novelty | Alteration] = [*new, *changed]
        text = next((item.text for item in items if item.kind == kind), None)
        if text is not None:
            return f"{words} {text}."
    moved = next((c for c in changed if c.kind == "superseded" and c.after), None)
    if moved is not None:
        return f"A figure has moved: {moved.text.partition(':')[0]}: {moved.before}, now {moved.after}."
    claims = [item.text for item in new if item.kind == "claim"]
    return shortened(max(claims[:12], key=clarity), _QUOTED) if claims else ""


def _of(items: Sequence[Novelty | Alteration], kind: str) -> int:
    return sum(1 for item in items if item.kind == kind)


def _count(number: int, what: str) -> str:
    if number == 0:
        return f"no {what}"
    return f"1 {what}" if number == 1 else f"{number} {what}s"
