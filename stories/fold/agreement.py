"""Whether two values can both be true."""

from functools import lru_cache

from schemas.articles import Figure
from schemas.story import Reading

FROM_BELOW = ("more than", "at least")
"""Qualifiers of a bound that the value is not below."""
_TEN = 10
_NEARLY = 0.05
"""Smallest whole number that may stand for any with decimals, and how near a smaller one is: 7 percent is no 7.4."""


def agree(one: Figure | Reading, other: Figure | Reading) -> bool:
    """Whether both can be true: equal, within a bound or a range, or one is the other rounded."""
    return _agree(one.value, one.value_to, one.qualifier, other.value, other.value_to, other.qualifier)


@lru_cache(maxsize=1 << 14, typed=True)
def _agree(
    value: float, value_to: float | None, qualifier: str | None, other: float, other_to: float | None, rough: str | None
) -> bool:
    """The same few values are held against each other whenever a report of one comes in."""
    low, high = _bounds(value, value_to, qualifier)
    low_other, high_other = _bounds(other, other_to, rough)
    if low <= high_other and low_other <= high:
        return True
    return _rounds_to(value, qualifier, other) or _rounds_to(other, rough, value)


def _bounds(value: float, value_to: float | None, qualifier: str | None) -> tuple[float, float]:
    low, high = value, value if value_to is None else value_to
    if qualifier in FROM_BELOW:
        return low, float("inf")
    if qualifier in ("less than", "at most", "up to"):
        return float("-inf"), high
    return low, high


def _rounds_to(rough: float, qualifier: str | None, exact: float) -> bool:
    """ "12,000" may be 12,304 rounded, and "about 400" 396; but 130 without a word of doubt is no 132."""
    if _whole_for(rough, exact):
        return True
    step = _step(rough)
    if qualifier != "about" and step < 1000:
        return False
    near = abs(exact - rough)
    return near <= step / 2 and near <= 0.05 * abs(rough)


def _whole_for(rough: float, exact: float) -> bool:
    """Whether a whole number stands for one with decimals: 49.9 percent is said to be 50, and 2.9 to be 3."""
    near = abs(exact - rough)
    return rough % 1 == 0 and exact % 1 != 0 and near < 0.5 and (rough >= _TEN or near <= _NEARLY * rough)


def _step(value: float) -> float:
    step = 1.0
    while value and value % (step * 10) == 0 and step < abs(value):
        step *= 10
    return step
