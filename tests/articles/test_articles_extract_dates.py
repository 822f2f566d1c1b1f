from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extract.dates import find_dates
from schemas.base import Span

MONDAY = datetime(2024, 6, 10, tzinfo=UTC)


def read(text: str, published_at: datetime | None = MONDAY) -> list[tuple[str, str, str, bool]]:
    found = find_dates(text, [Span(start=0, end=len(text))], published_at)
    return [(date.of(text), date.value, date.granularity, date.relative) for date in found]


CASES = [
    ("It began on 15 March 2023.", ("15 March 2023", "2023-03-15", "day", False)),
    ("It began on March 15, 2023.", ("March 15, 2023", "2023-03-15", "day", False)),
    ("It began on 2023-03-15.", ("2023-03-15", "2023-03-15", "day", False)),
    ("It began in March 2023.", ("March 2023", "2023-03", "month", False)),
    ("It began in 2014.", ("2014", "2014", "year", False)),
    ("It began on Friday.", ("Friday", "2024-06-07", "day", True)),
    ("It began on Monday.", ("Monday", "2024-06-10", "day", True)),
    ("Chiefs will meet on Thursday.", ("Thursday", "2024-06-13", "day", True)),
    ("It began yesterday.", ("yesterday", "2024-06-09", "day", True)),
    ("It began last month.", ("last month", "2024-05", "month", True)),
    ("It began last August.", ("last August", "2023-08", "month", True)),
    ("It began three days ago.", ("three days ago", "2024-06-07", "day", True)),
    ("It began on Dec. 30.", ("Dec. 30", "2023-12-30", "day", True)),
    ("It began on May 5.", ("May 5", "2024-05-05", "day", True)),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_one_date(text: str, expected: tuple[str, str, str, bool]) -> None:
    assert read(text) == [expected]


def test_relative_dates_need_a_publishing_date() -> None:
    text = "On Friday, on May 5, last month and in 2014 it rained; it did on 3 May 2011."
    assert [value for _, value, _, _ in read(text, None)] == ["2014", "2011-05-03"]


@pytest.mark.parametrize("text", ["Mrs. May may march.", "The 31 February 2020 entry.", "About 2014 people came.", ""])
def test_no_date(text: str) -> None:
    assert read(text) == []


def test_both_ends_of_the_calendar_are_safe() -> None:
    assert read("It began 999 years ago, nine months ago, last year, on Friday.", datetime(1, 1, 1, tzinfo=UTC)) == []
    assert read("It will begin next month, next year.", datetime(9999, 12, 31, tzinfo=UTC)) == []


DATED = st.sampled_from(
    ["15 March 2023", "eleven weeks ago", "through early May", "2012 ", "20 May ", "last night", "last month",
     "31st of ", "Sept. ", "1999-12-31", "Sundays", "tomorrow", " in ", "since ", "100,000 ", "next year", "3 days ago"]
)  # fmt: skip
FILLING = st.sampled_from(["the port was shut", "nobody came", "they wait"])


@settings(deadline=None)
@given(st.lists(st.tuples(FILLING, DATED), max_size=8))
def test_dates_are_found_wherever_they_stand(pieces: list[tuple[str, str]]) -> None:
    sentences = [f"; {filling}; {words}; " for filling, words in pieces]
    assert read("".join(sentences)) == [date for sentence in sentences for date in read(sentence)]
