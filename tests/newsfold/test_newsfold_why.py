"""`newsfold why`: the decision on one article, as it was recorded."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsfold.main import main

Run = Callable[..., str]
BRIDGE = [
    "Engineers closed the Marrow Bridge in Tellow on Monday after finding cracks in two of its pillars.",
    "About 40 lorries were stranded on the Tellow side, the harbour police said.",
    "City engineer Odile Brannagh said the bridge would stay closed for a week.",
]
RETOLD = [
    "Cracks in two pillars have closed the Marrow Bridge for a week, city engineer Odile Brannagh said.",
    "Lorries are stranded in Tellow, where harbour police counted 40 of them.",
]
PLUMS = ["Growers in Vendary lost half of their plums to a night of frost, a farm union said on Monday."]
LATER = [
    "Lorries may use the Marrow Bridge again, ten days after cracks in two pillars closed it.",
    "New steel holds the pillars, said Odile Brannagh, the city engineer of Tellow.",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("why")
    told = {"first": BRIDGE, "retold": RETOLD, "copy": BRIDGE, "plums": PLUMS, "later": LATER}
    hours = {"later": "2025-03-13T08"}
    rows = [
        {
            "id": name,
            "source": f"{name}.example",
            "published_at": hours.get(name, f"2025-03-03T0{hour}") + ":00:00Z",
            "title": f"Title of {name}",
            "text": " ".join(lines),
        }
        for hour, (name, lines) in enumerate(told.items(), 1)
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert (
        main(["fold", str(folder / "rows.jsonl"), "--out", str(folder / "out"), "--keep-log", str(folder / "home")])
        == 0
    )
    return folder / "home"


def test_what_joined_tells_score_threshold_and_weights(run: Run, home: Path) -> None:
    (made,) = json.loads(run("why", "retold", "--home", home, "--json"))["decisions"]
    why = made["why"]
    assert (made["kind"], made["version"]) == ("joined", 2)
    assert why["score"] >= why["threshold"] > 0
    assert why["weights"]
    text = run("why", "retold", "--home", home)
    for words in (
        f"score {why['score']:.4f}, needed {why['threshold']:.4f}",
        "JOINED A STORY",
        "weights: ",
        made["story_id"],
    ):
        assert words in text


def test_what_joined_late_tells_that_nothing_else_is_near(run: Run, home: Path) -> None:
    (made,) = json.loads(run("why", "later", "--home", home, "--json"))["decisions"]
    why = made["why"]
    assert (made["kind"], why["score"] < why["threshold"]) == ("joined", True)
    text = run("why", "later", "--home", home)
    assert (
        f"no other story is near: alone {why['parts']['alone']:.4f}, needed {why['weights']['alone_threshold']:g}"
        in text
    )


def test_what_opened_tells_what_it_might_have_joined(run: Run, home: Path) -> None:
    found = json.loads(run("why", "plums", "--home", home, "--json"))
    (made,) = found["decisions"]
    assert made["kind"] == "opened"
    assert all(rival["score"] < made["why"]["threshold"] for rival in made["why"]["rivals"])
    assert "OPENED A STORY" in run("why", found["article_id"][:9], "--home", home)
    assert "no active story shares enough" in run("why", "first", "--home", home)


def test_a_copy_names_its_original(run: Run, home: Path) -> None:
    found = json.loads(run("why", "copy", "--home", home, "--json"))
    original = json.loads(run("why", "first", "--home", home, "--json"))["article_id"]
    assert found["decisions"][0]["why"]["copy_of"] == original
    assert f"it carries the text of article {original}: 100% of the shorter one" in run("why", "copy", "--home", home)


@pytest.mark.parametrize("name", ["nowhere", ""])
def test_an_unknown_article(home: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["why", name, "--home", str(home)]) == 2
    assert f"no article in a story has an id that begins with {name!r}" in capsys.readouterr().err
