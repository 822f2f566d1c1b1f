"""Which nouns may count one thing: what outlets call people, and what measures leave open."""

import re

from articles.text.stems import stems
from stories.fold.lexicon import canonical

Key = tuple[str, str]
"""Unit and head noun of what is counted, as stems."""
_PEOPLE = frozenset(
    canonical(stem)
    for stem in stems(
        "people persons passengers members workers employees staff workforce jobs posts residents inhabitants "
        "villagers islanders protesters demonstrators marchers participants fans supporters spectators visitors "
        "guests customers patients miners sailors rescuers firefighters volunteers experts specialists evacuees "
        "refugees migrants delegates travellers crew crowd audience population",
        "en",
    )
)
"""Anybody: parts of a crowd ("children", "tourists", "officers") are no other name for it."""
CURRENCY = re.compile(r"[A-Z]{3}")
"""The unit of a sum of money."""


def may_be_one(key: Key, other: Key) -> bool:
    """Whether figures of the two kinds may count one thing under two names: 14,000 employees and a staff of 16,500.

    A measure is the same whatever it is of ("hectares of plantations", "hectares of bananas"); a sum or a share is
    only if not both say of what. Fates, parts and subsets have heads of their own and no other name.
    """
    (unit, head), (unit_other, head_other) = key, other
    if unit != unit_other:
        return False
    if head == head_other:
        return True
    if unit:
        return not (head and head_other) or not is_sum_or_share(unit)
    return head in _PEOPLE and head_other in _PEOPLE


def is_sum_or_share(unit: str) -> bool:
    """Whether it is money or percent: a story gives many of these, of many things."""
    return unit == "%" or CURRENCY.fullmatch(unit) is not None


def is_anybody(head: str) -> bool:
    """Whether the noun stands for people of any kind: two such counts in one story need not be of the same people."""
    return head in _PEOPLE
