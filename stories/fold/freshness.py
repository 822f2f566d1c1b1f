"""How much what was said a while ago still counts."""

from datetime import datetime, timedelta

_DAY, _HALF_LIFE = timedelta(days=1), timedelta(days=2)


def freshness(
    reported: datetime | None, now: datetime | None, stands: timedelta = _DAY, half_life: timedelta = _HALF_LIFE
) -> float:
    """1 for what is of a story's last day, and half as much with every two days before; 1 for what has no time.

    What is of a title `stands` for another time, and fades with another half-life.
    """
    if reported is None or now is None:
        return 1.0
    return float(0.5 ** max(0.0, (now - reported - stands) / half_life))
