"""How much what was said a while ago still counts."""

from datetime import datetime, timedelta

_DAY, _HALF_LIFE = timedelta(days=1), timedelta(days=2)


def freshness(reported: datetime | None, now: datetime | None) -> float:
    """1 for what is of a story's last day, and half as much with every two days before; 1 for what has no time."""
    if reported is None or now is None:
        return 1.0
    return float(0.5 ** max(0.0, (now - reported - _DAY) / _HALF_LIFE))
