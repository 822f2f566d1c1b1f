"""What an update says about its version."""

import re
from pathlib import Path

from stories_fold_kit import facts, folded, joined

from schemas.stories import Closed, Withdrawn
from schemas.story import Update
from stories.fold.significance import BASES, WORTHS

MINE = "Rescuers reached nine miners trapped for three days beneath the salt works of Hallgrund on Wednesday evening."
MINE_TOO = (
    "Nine miners trapped beneath the salt works of Hallgrund for three days were reached by rescuers on Wednesday."
)
AIR = "Compressed air had been pumped through a borehole no wider than a fist since the roof fell."
OWNER = "The company that leases the works was fined last autumn for neglecting its emergency exits."
PAY = "Organisers said {} families had asked the relief fund in Hallgrund for help by Thursday noon."


def kinds(update: Update) -> tuple[set[str], set[str]]:
    return {item.kind for item in update.new}, {item.kind for item in update.changed}


def test_opening_brings_article_source_and_claims() -> None:
    update, _ = folded(joined(facts("a", MINE, AIR, title="Nine miners found alive")))[0]
    assert (update.kind, update.article_id, update.cause) == ("opened", "a", "s1-1")
    assert kinds(update) == ({"article", "source", "claim"}, set())
    assert [item.text for item in update.new if item.kind == "claim"] == [MINE, AIR]
    assert "a.example" in update.summary


def test_corroboration_counts_independent_sources() -> None:
    update, _ = folded(joined(facts("a", MINE, AIR), facts("b", MINE_TOO, OWNER)))[-1]
    (change,) = [c for c in update.changed if c.kind == "corroborated"]
    assert (change.before, change.after) == ("1", "2")
    assert [s.article_id for s in change.supports] == ["b"]


def test_a_mere_copy_brings_nothing_of_significance() -> None:
    text = (MINE, AIR, OWNER)
    update, _ = folded(joined(facts("a", *text), facts("b", *text)))[-1]
    assert [c.kind for c in update.changed] == ["copy"]
    assert not [item for item in update.new if item.kind == "claim"]
    assert update.significance < 0.1
    assert "copy" in update.summary


def test_a_dispute_matters_more_than_a_new_claim() -> None:
    first = facts("a", MINE, PAY.format("310"))
    disputed = folded(joined(first, facts("b", PAY.format("450"))))[-1][0]
    added = folded(joined(first, facts("b", OWNER)))[-1][0]
    assert kinds(disputed) == ({"article", "source", "discrepancy"}, {"corroborated", "contested"})
    assert disputed.significance > added.significance
    assert "310 against 450" in disputed.summary


def test_withdrawal_says_what_went() -> None:
    events = [*joined(facts("a", MINE), facts("b", OWNER)), Withdrawn(story_id="s1", version=3, article_id="b")]
    update, _ = folded(events)[-1]
    assert [(c.kind, c.text) for c in update.changed] == [("withdrawn", OWNER)]
    assert "b.example has taken its article back; 1 claim went with it." in update.summary


def test_closing_quietly_is_worth_nothing() -> None:
    update, _ = folded([*joined(facts("a", MINE)), Closed(story_id="s1", version=2)])[-1]
    assert (update.kind, update.significance, update.new, update.changed) == ("closed", 0.0, (), ())


def test_significance_stays_within_bounds() -> None:
    many = [f"Witness {n} told the inquiry that shaft {n} had been locked since {n + 3} January." for n in range(60)]
    update, _ = folded(joined(facts("a", *many)))[0]
    assert 0.9 < update.significance <= 1.0


def test_the_documentation_gives_the_worths_of_the_rules() -> None:
    text = (Path(__file__).parents[2] / "docs" / "stories.md").read_text(encoding="utf-8")
    told = {name: float(worth) for name, worth in re.findall(r"^\| `(\w+)` \| ([\d.]+) \|$", text, flags=re.MULTILINE)}
    assert told == BASES | WORTHS
