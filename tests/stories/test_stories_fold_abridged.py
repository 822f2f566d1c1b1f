"""A long story on `stories.latest`: bounded, readable by itself, and nothing but a part of the whole."""

from functools import cache

from stories_fold_kit import MemoryState, event, facts, folded, joined

from schemas.articles import Facts
from schemas.story import Story
from stories.fold import fold, open_fold, publish, replay_story
from stories.fold.abridge import WHOLE
from stories.fold.witnesses import MANY

TRADES = ("bakers", "joiners", "shepherds", "printers", "rowers", "miners", "weavers", "tanners", "coopers", "potters")
PLACES = ("Gorst", "Hale", "Dornach", "Orrin", "Tavel", "Morvik", "Brunn", "Lisk", "Ullesund", "Vell")
TOLL = "In all {} people were hurt when the dyke of Morvik broke on Tuesday, the coast watch said on the radio."
SAID = '"We heard the dyke groan all night long and nobody came to look", said Ines Vell of Morvik.'


def articles(count: int) -> list[Facts]:
    return [_article(number) for number in range(count)]


def _article(number: int) -> Facts:
    """Everybody gives a toll and a quote; the rest is new."""
    words = [TRADES[(number + at) % 10][:4] + PLACES[(3 * number + at) % 10][:4].lower() for at in range(10)]
    own = [
        f"The {word}{number} {TRADES[at]} met {word}{at}{number} at {PLACES[at]} for {word}ing{number}."
        for at, word in enumerate(words)
    ]
    lines = [TOLL.format(30 + number // 8), SAID, *own, f"On May {1 + number % 27} the water fell in Orrin {number}."]
    return facts(
        f"a{number:03d}",
        *lines,
        hours=number,
        source=f"outlet{number % 17}.example",
        people=["Ines Vell", *PLACES],
        dates=[f"May {1 + number % 27}"],
    )


@cache
def long_log(count: int = 60) -> tuple[Story, Story]:
    """The newest record, and the whole story."""
    events = joined(*articles(count))
    return folded(events)[-1][1], replay_story([event(data) for data in events])


def test_a_story_is_in_full_up_to_so_many_sentences() -> None:
    for at, (_, story) in enumerate(folded(joined(*articles(36))), start=1):
        assert (story.totals is None) == (13 * at <= WHOLE)
        assert story.totals is not None or story.counts.articles == len(story.articles) == at


def test_what_stands_in_a_long_storys_record_is_a_part_of_the_whole() -> None:
    short, whole = long_log()
    assert short.totals == whole.counts
    assert short.independent_sources == whole.independent_sources
    assert [c.claim_id for c in short.claims] == [c.claim_id for c in whole.claims[: len(short.claims)]]
    assert short.entities == whole.entities[: len(short.entities)]
    assert short.timeline == whole.timeline[-len(short.timeline) :]
    assert [line.text for line in short.summary] == [line.text for line in whole.summary]
    for claim, full in zip(short.claims, whole.claims, strict=False):
        assert claim.text == full.text
        assert claim.supports == full.supports[: len(claim.supports)]
    for quote, said in zip(short.quotes, whole.quotes, strict=False):
        assert quote.wordings == said.wordings[: len(quote.wordings)]
    assert all(article in whole.articles for article in short.articles)


def test_whatever_a_long_storys_record_cites_is_listed_in_it() -> None:
    short, _ = long_log()
    listed = {article.article_id for article in short.articles}
    values = [value for claim in short.claims for figure in claim.figures for value in figure.values]
    values += [value for odds in short.discrepancies for value in odds.values]
    assert {s.article_id for part in (*short.summary, *short.claims, *values) for s in part.supports} <= listed
    assert {wording.article_id for quote in short.quotes for wording in quote.wordings} <= listed
    assert {"a059", "a058", "a040"} <= listed


def test_a_longer_story_makes_no_larger_record() -> None:
    short, whole = long_log()
    longer, _ = long_log(120)
    assert len(longer.encoded()) < 1.5 * len(short.encoded())
    assert len(short.encoded()) < len(whole.encoded())
    assert short.encoded().decode() == short.__pydantic_serializer__.to_json(short).decode()


def test_a_long_story_read_back_at_every_step_makes_the_same_records() -> None:
    kept, dropped = MemoryState(), MemoryState()
    view = open_fold(kept)
    for data in joined(*articles(40)):
        one, other = fold(view, event(data)), fold(open_fold(dropped), event(data))
        assert [output.data.encoded() for output in one] == [output.data.encoded() for output in other]
    assert kept.rows == dropped.rows


def test_claims_of_very_many_supports_are_described_alike_step_by_step_and_at_once() -> None:
    state = MemoryState()
    view = open_fold(state)
    folded(joined(*articles(70)), view)
    live, read = view.story("s1"), open_fold(state).story("s1")
    assert live is not None
    assert read is not None
    assert max(len(claim.refs) for claim in live.ranked) > MANY
    assert publish(live).encoded() == publish(read).encoded()
    assert [claim.kept for claim in live.ranked] == [claim.kept for claim in read.ranked]
