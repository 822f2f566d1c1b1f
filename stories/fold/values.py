"""Values and disputes about them in words."""

import re
from collections.abc import Iterable

from schemas.story import Discrepancy, Reading
from stories.fold.agreement import agree
from stories.fold.changes import Change
from stories.fold.kinds import CURRENCY

_MONEY = (
    r"costs?|prices?|bills?|budgets?|damage|fines?|loss(?:es)?|profits?|revenues?|sales|debts?|loans?|aid|investments?|"
    r"funding|bail|salary|salaries|wages?|fees?|deficits?|worth|value|donations?|compensation|spending|earnings"
)
_SHARE = (
    r"pay rises?|rises?|raise|increases?|falls?|drops?|cuts?|turnout|inflation|tariffs?|tax(?:es)?|growth|unemployment|"
    r"interest rates?|rates?|shares?|votes?|support|margins?|discounts?"
)
_OF = r"(?: of (?:an? |the )?(?:(?!(?:at|to|is|was|will|would|by|for|in)\b)[\w’'-]+ ?){1,3})?"
_SUBJECTS = {
    "money": re.compile(rf"\b(?:{_MONEY})\b{_OF}", re.IGNORECASE),
    "%": re.compile(rf"\b(?:{_SHARE})\b", re.IGNORECASE),
}
"""What an amount or a share may be of, with what follows it: "cost of a new spillway"."""
_NUMBERS = ((10**9, "billion"), (10**6, "million"))


def odds_in_words(odds: Discrepancy, change: Change) -> str:
    """For example "leaders: about 25 against 26"; values that can both be true stand together."""
    values = " against ".join(views(odds.values, odds.unit))
    return f"{odds.counted or subject(odds.unit, _texts(change)) or 'the figure'}: {values}"


def views(values: Iterable[Reading], unit: str | None) -> list[str]:
    """The values in words, those that can both be true in one: "130 (or about 130)", "118"."""
    return [_together(group, unit) for group in _agreeing(values)]


def _agreeing(values: Iterable[Reading]) -> list[list[Reading]]:
    groups: list[list[Reading]] = []
    for value in values:
        home = next((group for group in groups if all(agree(value, other) for other in group)), None)
        if home is None:
            groups.append([value])
        else:
            home.append(value)
    return groups


def _together(group: Iterable[Reading], unit: str | None) -> str:
    """The plainest value first, then the others in brackets."""
    first, *rest = dict.fromkeys(value_in_words(value, unit) for value in sorted(group, key=_plainness))
    return f"{first} (or {', '.join(rest)})" if rest else first


def _plainness(value: Reading) -> int:
    return (value.qualifier is not None) + (value.value_to is not None)


def subject(unit: str | None, texts: Iterable[str]) -> str | None:
    """What sentences say an amount or a share is of, where no noun stands beside the number; None if they do not."""
    pattern = _SUBJECTS.get("money" if unit and CURRENCY.fullmatch(unit) else unit or "")
    found = [match.group().strip() for text in texts if pattern and (match := pattern.search(text))]
    return max(found, key=len).lower() if found else None


def _texts(change: Change) -> Iterable[str]:
    return (line.text for claim in (change.after, change.before) if claim is not None for line in claim.wordings)


def value_in_words(reading: Reading, unit: str | None = None) -> str:
    """The value with its qualifier and unit, large numbers as people say them."""
    number = _number(reading.value)
    if reading.value_to is not None:
        number = f"{number} to {_number(reading.value_to)}"
    number = _with_unit(number, unit)
    return f"{reading.qualifier} {number}" if reading.qualifier else number


def _with_unit(number: str, unit: str | None) -> str:
    if unit is None:
        return number
    if unit == "%":
        return f"{number}%"
    return f"{unit} {number}" if CURRENCY.fullmatch(unit) else f"{number} {unit}"


def _number(value: float) -> str:
    """ "18 million" for 18,000,000, but 18,204,311 in full."""
    for size, name in _NUMBERS:
        if value >= size and value * 100 % size == 0:
            return f"{value / size:g} {name}"
    return f"{value:,}"
