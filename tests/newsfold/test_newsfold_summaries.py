"""`newsfold show` with other summaries, and `newsfold explain STORY CLAIM`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from newsfold_inputs import AGAIN, BRIDGE

from newsfold import subscribe
from newsfold.main import main

Run = Callable[..., str]


@pytest.fixture
def home(folded: Path) -> Path:
    return folded / "home"


@pytest.fixture
def bridge(run: Run, home: Path) -> dict[str, Any]:
    """The story of the bridge, of three versions."""
    rows = [json.loads(line) for line in run("stories", "--json", "--home", home).splitlines()]
    story_id = next(row["story_id"] for row in rows if row["articles"] == 3)
    return dict(json.loads(run("show", story_id, "--json", "--home", home)))


def shown(run: Run, *arguments: object) -> dict[str, Any]:
    return dict(json.loads(run("show", *arguments, "--json")))


def words(story: dict[str, Any]) -> int:
    return sum(len(sentence["text"].split()) for sentence in story["summary"])


def test_summary_of_at_most_so_many_words(run: Run, home: Path, bridge: dict[str, Any]) -> None:
    for most in (40, 80, 120):
        assert 0 < words(shown(run, bridge["story_id"], "--words", most, "--home", home)) <= most


def test_what_is_new_since_a_version_is_from_articles_that_came_since(
    run: Run, home: Path, bridge: dict[str, Any]
) -> None:
    news = shown(run, bridge["story_id"], "--since", 2, "--home", home)["summary"]
    assert news
    for sentence in news:
        assert sentence["text"] in AGAIN
        assert sentence["text"] not in BRIDGE
    assert shown(run, bridge["story_id"], "--since", 3, "--home", home)["summary"] == []


def test_a_version_that_never_was_is_refused(home: Path, bridge: dict[str, Any]) -> None:
    assert main(["show", bridge["story_id"], "--since", "9", "--home", str(home)]) == 2


def test_subscribers_get_both(home: Path, bridge: dict[str, Any]) -> None:
    with subscribe(home=home, follow=False, stories=[bridge["story_id"]]) as updates:
        last = list(updates)[-1]
        assert updates.summary(last, words=60)
        assert all(sentence.text in AGAIN for sentence in updates.news(last, since=2))


def test_a_model_that_is_not_set_is_refused(home: Path, bridge: dict[str, Any]) -> None:
    assert main(["show", bridge["story_id"], "--model", "--home", str(home)]) == 2


def claims_of_several(story: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (claim for claim in story["claims"] if len(claim["supports"]) > 2)


def test_explained_claim_says_who_states_it_and_why(run: Run, home: Path, bridge: dict[str, Any]) -> None:
    claim = next(claims_of_several(bridge))
    told = json.loads(run("explain", bridge["story_id"], claim["claim_id"], "--json", "--home", home))
    assert told["text"] == claim["text"]
    assert [{"article_id": r["article_id"], "sentence": r["sentence"]} for r in told["reasons"]] == claim["supports"]
    grounds = {reason["source"]: reason["ground"] for reason in told["reasons"]}
    assert grounds["northern-post.example"] == "first"
    assert grounds["harbour-bell.example"] == "same words"
    copy = next(reason for reason in told["reasons"] if reason["source"] == "harbour-bell.example")
    assert copy["copied"] == told["reasons"][0]["article_id"]
    for reason in told["reasons"]:
        text = next(a for a in (BRIDGE, AGAIN) if reason["text"] in a)
        assert text[reason["span"]["start"] : reason["span"]["end"]] == reason["text"]


def test_explained_claim_in_the_terminal(run: Run, home: Path, bridge: dict[str, Any]) -> None:
    claim = next(own for own in bridge["claims"] if own["figures"] and len(own["supports"]) > 1)
    out = run("explain", bridge["story_id"][:8], claim["claim_id"], "--home", home)
    assert "began the claim" in out
    assert "copy of northern-post.example" in out
    assert "likeness" in out
    assert "FIGURES" in out


def test_a_claim_that_is_not_there_is_refused(home: Path, bridge: dict[str, Any]) -> None:
    assert main(["explain", bridge["story_id"], "zzzz", "--home", str(home)]) == 2
