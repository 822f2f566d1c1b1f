"""How values read: `about 25 leaders`, `USD 43,500,000,000`, `20–25 %`."""

from schemas.story import Reading
from stories.fold.values import subject


def value_text(reading: Reading, unit: str | None) -> str:
    """The value with its qualifier and unit, as a person would write it."""
    span = (
        _number(reading.value) if reading.value_to is None else f"{_number(reading.value)}–{_number(reading.value_to)}"
    )
    return f"{reading.qualifier} {_with_unit(span, unit)}" if reading.qualifier else _with_unit(span, unit)


def counted_text(counted: str | None, unit: str | None, said: str = "") -> str:
    """The noun counted, what the sentence says an amount or a share is of, or the unit where that says it all."""
    return counted or subject(unit, [said]) or unit or "figure"


def _with_unit(span: str, unit: str | None) -> str:
    if unit is None:
        return span
    return f"{unit} {span}" if unit.isupper() and len(unit) == 3 else f"{span} {unit}"


def _number(value: int | float) -> str:
    whole = isinstance(value, int) or float(value).is_integer()
    return f"{int(value):,}" if whole else f"{value:,}"
