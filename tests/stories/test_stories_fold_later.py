"""What later reports say in the words of the first."""

from stories_fold_kit import facts, pairs, told

THEFT = "Masked men have taken silver cups from the guild hall of Kolm by the harbour, the police of the town said."
FOUND = "A porter was arrested after silver cups taken from the guild hall of Kolm turned up in a barn."
AGAIN = "Silver cups were taken from the guild hall of Kolm by masked men, the police of the town said."


def test_the_next_step_of_an_affair_days_later_is_a_claim_of_its_own() -> None:
    assert pairs(told(facts("a", THEFT, hours=0), facts("b", FOUND, hours=2)))
    assert not pairs(told(facts("a", THEFT, hours=0), facts("b", FOUND, hours=200)))


def test_what_is_said_again_days_later_supports_the_claim() -> None:
    assert pairs(told(facts("a", THEFT, hours=0), facts("b", AGAIN, hours=200)))
