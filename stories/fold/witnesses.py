"""Which supports a claim is described by, where it has very many: what it costs must not grow with them.

A claim of up to `MANY` supports is described by all of them. Beyond that, each time that so many have gathered, those
are kept that still matter: the first ones, and for each value that stands its first and its last report. All supports
are listed and counted all the same; only its wordings, its figures and its date come from the witnesses. This depends
on the supports and their order alone, and can be gone on with when more come.
"""

from collections.abc import Callable, Iterable, Sequence

from schemas.story import ClaimFigure
from stories.fold.state import Kept, Ref

MANY = 24
_FIRST, _MOST = 6, 12


Figures = Callable[[Sequence[Ref]], Iterable[ClaimFigure]]


def witnesses(refs: tuple[Ref, ...], kept: Kept, figures_of: Figures) -> tuple[Kept, tuple[Ref, ...]]:
    """The witnesses among all supports, going on from what was kept of the first ones."""
    while len(kept.refs) + len(refs) - kept.upto > MANY:
        end = kept.upto + MANY - len(kept.refs)
        told = (*kept.refs, *refs[kept.upto : end])
        kept = Kept(end, _left(told, figures_of(told)))
    return kept, (*kept.refs, *refs[kept.upto :])


def _left(told: Sequence[Ref], figures: Iterable[ClaimFigure]) -> tuple[Ref, ...]:
    values = [value for figure in figures for value in figure.values]
    stale = {(s.article_id, s.sentence) for value in values if value.superseded for s in value.supports}
    standing = [value.supports for value in values if not value.superseded]
    cited = {(s.article_id, s.sentence) for supports in standing for s in (supports[0], supports[-1])}
    fresh = [ref for ref in told if ref[:2] not in stale]
    first = [*[ref for ref in told if ref.primary][:1], *fresh[:_FIRST]]
    last = [ref for ref in fresh[_FIRST:] if ref[:2] in cited][_FIRST - _MOST :]
    chosen = {*first, *last}
    return tuple(ref for ref in told if ref in chosen)
