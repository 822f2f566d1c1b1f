"""What is counted, in texts whose figures are really read: prices, exact figures, polling places, arrests."""

from datetime import UTC, datetime, timedelta

from stories_fold_kit import together, told

from bench.quality.folding import facts_of
from schemas.articles import Facts
from schemas.story import Story

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
LEAD = "The council of Quennmouth met in the evening to talk about the summer regatta and the roof of the library."


def read(name: str, text: str, hours: float = 0) -> Facts:
    """An article of the lead and this sentence."""
    row = {"id": name, "source": f"{name}.example", "title": f"News of {name}", "text": f"{LEAD}\n\n{text}"}
    facts = facts_of({**row, "published_at": (START + timedelta(hours=hours)).isoformat()})
    assert facts is not None
    return facts


def both(one: str, other: str, hours: float = 1) -> tuple[Story, bool]:
    """The story of two articles, and whether their last sentences are one claim in it."""
    facts = read("alpha", one), read("beta", other, hours)
    last = [(own.article_id, len(own.sentences) - 1) for own in facts]
    story = told(*facts)
    return story, together(story, last[0], last[1])


def values(story: Story) -> list[tuple[float, ...]]:
    return [tuple(value.value for value in odds.values) for odds in story.discrepancies]


def test_prices_of_two_days_are_not_at_odds() -> None:
    price, later = "Shares in Pellworth rose to 43.90 euros.", "Shares in Pellworth rose sharply to 51.20 euros."
    assert values(both(price, later, hours=2)[0]) == [(43.9, 51.2)]
    assert values(both(price, later, hours=20)[0]) == []


def test_two_costs_of_one_thing_are_at_odds() -> None:
    one = "The operator put the cost of a new spillway for the dam at 18 million euros."
    other = "A new spillway for the dam will cost 24 million euros, the ministry estimates."
    story, joined = both(one, other)
    assert joined
    assert values(story) == [(18_000_000, 24_000_000)]


def test_exact_figure_joins_a_sentence_that_says_little_else() -> None:
    assert both("The new bid values Pellworth Storage at 6.6 billion euros.", "That puts a price of €6.6bn on it.")[1]
    assert not both("The new bid values Pellworth Storage at 6 billion euros.", "That puts a price of €6bn on it.")[1]


def test_polling_places_are_polling_stations() -> None:
    one = "Voting opened late at 11 polling stations in the north because ballot papers were missing."
    other = "In the north voting opened late at 14 polling places where ballot papers were missing."
    assert values(both(one, other)[0]) == [(11, 14)]


def test_arrests_are_at_odds_within_hours_and_go_on_after_days() -> None:
    one = "Police arrested 14 supporters after fighting near the stadium."
    other = "Police made 23 arrests after fans fought outside the stadium on Saturday evening."
    assert values(both(one, other, hours=2)[0]) == [(14, 23)]
    assert values(both(one, other, hours=40)[0]) == []


def test_quote_is_shown_under_a_name_rather_than_an_office() -> None:
    one = '"I asked for a week to think, and I was handed a letter," the harbour minister complained.'
    other = '"I asked for a week to think and was handed a letter," Ilse Brandvold said.'
    story, _ = both(one, other)
    assert [quote.speaker for quote in story.quotes] == ["Ilse Brandvold"]
    assert len(story.quotes[0].wordings) == 2


def test_shares_beside_one_that_both_give_are_of_something_else() -> None:
    one = (
        "In the poll 49 percent of Brandvold's backers favor her strongly, with 19 percent supporting her rival's plan."
    )
    other = (
        "In the poll 65 percent of her rival's backers favor the plan strongly, and 49 percent of Brandvold's backers."
    )
    assert values(both(one, other)[0]) == []


def test_one_outlet_is_not_at_odds_with_itself_on_one_day() -> None:
    one = "The survey's sampling error for voters in Quennmouth is plus or minus 3.5 percentage points."
    other = "The survey's sampling error for voters in Quennmouth is plus or minus 4 percentage points."
    assert values(both(one, other, hours=0.2)[0]) == [(3.5, 4)]
    first, second = read("alpha", one), read("beta", other, 0)
    assert values(told(first, second.model_copy(update={"source": first.source}))) == []


def test_small_share_may_be_rounded_too() -> None:
    one = "The survey's sampling error for voters in Quennmouth is plus or minus 2.9 percentage points."
    assert values(both(one, one.replace("2.9", "3"), hours=0.2)[0]) == []
    assert values(both(one, one.replace("2.9", "4"), hours=0.2)[0]) == [(2.9, 4)]


def test_figure_that_is_spoken_of_as_known_is_not_told_again() -> None:
    first = read("a", "A slide on Mount Harl has cut off 117 climbers from the valley, the rescue service said.")
    again = read("b", "It was 117 climbers who had to spend the night on a ledge in the cold, according to guides.")
    known = read("b", "Helicopters dropped blankets and soup for the 117 climbers before dusk fell.")
    assert together(told(first, again), (first.article_id, 1), (again.article_id, 1))
    assert not together(told(first, known), (first.article_id, 1), (known.article_id, 1))
