"""sources.toml: what is read, and what is said about mistakes."""

from pathlib import Path

import pytest

from schemas.errors import UsageError
from scrapers.live import load_sources


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(text)
    return path


def test_what_is_left_out_has_a_value(tmp_path: Path) -> None:
    config = load_sources(write(tmp_path, '[[source]]\nfeeds = ["https://www.dale.test/rss"]\nevery = "5m"\n'))
    [source] = config.source
    assert (source.label, source.every, source.delay, source.recheck) == ("dale.test", 300, 1, 172_800)
    assert config.agent_of(source).startswith("newsfold")


@pytest.mark.parametrize(("written", "seconds"), [("250ms", 0.25), ("1.5h", 5400), ("2d", 172_800), (" 90 s ", 90)])
def test_durations(tmp_path: Path, written: str, seconds: float) -> None:
    config = load_sources(write(tmp_path, f'[[source]]\nfeeds = ["http://a.test/"]\nevery = "{written}"\n'))
    assert config.source[0].every == seconds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "source: Field required"),
        ("[[source]]\n", "source.0.feeds: Field required"),
        ("[[source]]\nfeeds = []\n", "source.0.feeds"),
        ('[[source]]\nfeeds = ["dale.test/rss"]\n', "is no http or https URL"),
        ('[[source]]\nfeeds = ["http://a.test/"]\nevery = "often"\n', "'often' is no duration"),
        ('[[source]]\nfeeds = ["http://a.test/"]\nevery = 0\n', "source.0.every"),
        ('[[source]]\nfeeds = ["http://a.test/"]\nfeed = 1\n', "there is no setting 'source.0.feed'"),
        ('[[source]]\nfeeds = ["http://a.test/1"]\n[[source]]\nfeeds = ["http://a.test/2"]\n', "called 'a.test'"),
        ('user_agent = "a\\nb"\n[[source]]\nfeeds = ["http://a.test/"]\n', "user_agent"),
        ("[[source", "is not valid TOML"),
    ],
)
def test_mistakes_are_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        load_sources(write(tmp_path, text))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_sources(tmp_path / "none.toml")
