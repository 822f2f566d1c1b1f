"""Atom feeds: what RFC 4287 demands, what a reader sees, and that nobody's text does harm."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import fastfeedparser
import pytest
from consumers_handmade import DAY, NAMING, Maker, plain_story
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from consumers.atom import LONG_AGO, Told, entry_id, news_feed, story_feed
from consumers.newest import newest_updates
from consumers.reading import latest_story
from eventlog.base import EventLog
from schemas.articles import Facts
from schemas.events import derive
from schemas.story import Alteration, Novelty, Support, Update
from schemas.topics import UPDATES

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
ATOM = {"a": "http://www.w3.org/2005/Atom", "x": "http://www.w3.org/1999/xhtml"}
BASE = "https://news.example/wire/"


def valid(feed: bytes) -> Any:
    """The feed's root, once it is what RFC 4287 demands."""
    root = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))
    GRAMMAR.assertValid(root.getroottree())
    ids = root.xpath("//a:id/text()", namespaces=ATOM)
    assert len(ids) == len(set(ids))
    for own in root.xpath("//a:feed | //a:entry", namespaces=ATOM):
        alternates = own.xpath("a:link[@rel='alternate']", namespaces=ATOM)
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates)
    return root


def texts(root: Any, path: str) -> list[str]:
    return [str(found) for found in root.xpath(path, namespaces=ATOM)]


def told(update: Update, hours: int = 0, **sources: str) -> Told:
    return Told(update, DAY + timedelta(hours=hours), sources)


def update(story_id: str = "flood0aa", version: int = 1, **more: Any) -> Update:
    return Update.model_validate(
        {"story_id": story_id, "version": version, "kind": "joined", "cause": "e1", "title": "Flood", **more}
    )


def test_a_feed_of_all_stories_newest_first(filled: EventLog) -> None:
    root = valid(news_feed(newest_updates(filled, NAMING, limit=10), base_url=BASE))
    assert texts(root, "a:entry/a:link[@rel='alternate']/@href") == [
        "https://news.example/wire/stories/race0bb@1",
        "https://news.example/wire/stories/flood0aa@2",
        "https://news.example/wire/stories/flood0aa@1",
    ]
    assert texts(root, "a:updated/text()") == ["2031-05-03T00:00:00Z"]
    assert texts(root, "a:link[@rel='self']/@href") == ["https://news.example/wire/atom.xml"]


def test_an_entry_says_what_is_new_and_who_said_it(filled: EventLog) -> None:
    supports = (Support(article_id="a1", sentence=0), Support(article_id="a2", sentence=0))
    new = (
        Novelty(kind="discrepancy", text="houses: about 25 / 26", supports=supports),
        Novelty(kind="claim", text="Houses stand under water.", supports=supports[:1]),
    )
    moved = Alteration(kind="superseded", text="houses: 20 no longer stands", before="20", after="26")
    maker = Maker(filled)
    facts = maker.article("a4", 2)
    assert isinstance(facts.data, Facts)
    maker.version(facts, "flood0aa", 3, latest_story(filled, NAMING, "flood0aa"), new=new, changed=(moved,))
    [newest, *_] = valid(news_feed(newest_updates(filled, NAMING, limit=1))).xpath("a:entry", namespaces=ATOM)
    assert texts(newest, ".//x:li/text()") == [
        "houses: about 25 / 26 (vale.example, harbour.example)",
        "Houses stand under water. (vale.example)",
        "houses: 20 no longer stands: 20 → 26",
    ]
    assert texts(newest, "a:category/@term") == ["joined"]


def test_outlets_of_articles_that_have_left_the_story_are_known_from_its_events(filled: EventLog) -> None:
    maker = Maker(filled)
    gone = Alteration(kind="withdrawn", text="Houses.", supports=(Support(article_id="a1", sentence=0),))
    facts = maker.article("a5", 2)
    assert isinstance(facts.data, Facts)
    maker.version(facts, "flood0aa", 3, plain_story("flood0aa", 3, [facts.data]), changed=(gone,))
    [newest] = newest_updates(filled, NAMING, limit=1)
    assert newest.sources["a1"] == "vale.example"
    assert b"<li>Houses. (vale.example)</li>" in news_feed([newest])


def test_a_feed_of_one_story(filled: EventLog) -> None:
    story = latest_story(filled, NAMING, "flood0aa")
    own = newest_updates(filled, NAMING, limit=10, story_id="flood0aa")
    root = valid(story_feed(story, own, base_url=BASE))
    assert texts(root, "a:title/text()") == ["Orrin Vale under water"]
    assert texts(root, "@xml:lang") == ["en"]
    assert texts(root, "a:entry/a:id/text()") == [entry_id("flood0aa", 2), entry_id("flood0aa", 1)]
    assert texts(root, "a:link[@rel='self']/@href") == [f"{BASE}stories/flood0aa/atom.xml"]


def test_ids_are_the_same_in_every_feed_and_for_ever(filled: EventLog) -> None:
    own = newest_updates(filled, NAMING, limit=10, story_id="flood0aa")
    in_story = texts(valid(story_feed(latest_story(filled, NAMING, "flood0aa"), own)), "a:entry/a:id/text()")
    in_news = texts(valid(news_feed(newest_updates(filled, NAMING, limit=10), base_url=BASE)), "a:entry/a:id/text()")
    assert set(in_story) < set(in_news)
    # Written down once: a reader's list of what it has seen must outlive us.
    assert entry_id("flood0aa", 1) == "urn:uuid:fd4c88be-c18f-51ac-9b36-519ad225011b"
    assert entry_id("flood0aa1", 1) != entry_id("flood0aa", 11)


def test_the_same_log_gives_the_same_bytes_and_links_only_with_a_base(filled: EventLog) -> None:
    first, second = (news_feed(newest_updates(filled, NAMING, limit=10)) for _ in range(2))
    assert first == second
    assert b"href" not in first


def test_only_what_matters_but_always_what_befell_a_story(filled: EventLog) -> None:
    maker = Maker(filled)
    maker.version(maker.article("a4", 2), "flood0aa", 3, kind="withdrawn", significance=0.0)
    seen = newest_updates(filled, NAMING, limit=10, min_significance=0.5)
    assert [(own.update.story_id, own.update.version) for own in seen] == [
        ("flood0aa", 3),
        ("flood0aa", 2),
        ("flood0aa", 1),
    ]
    assert len(newest_updates(filled, NAMING, limit=2)) == 2


def test_redelivered_updates_are_one_entry(filled: EventLog) -> None:
    maker = Maker(filled)
    again = [own.update for own in newest_updates(filled, NAMING, limit=10)]
    for own in again:
        maker.put(UPDATES, derive(maker.article("a1"), own, key=own.story_id, subject=own.story_id))
    assert [own.update for own in newest_updates(filled, NAMING, limit=10)] == again


def test_the_moment_is_the_records_and_never_goes_back(log: EventLog) -> None:
    maker = Maker(log)
    cause = maker.article("a1")

    def put(version: int, came: datetime | None, at: datetime | None) -> None:
        event = derive(cause, update(version=version, at=at), key="flood0aa", subject="flood0aa")
        maker.put(UPDATES, event.__class__(event.id, event.key, event.subject, event.data, time=came))

    put(1, None, None)
    put(2, None, DAY)
    put(3, DAY + timedelta(hours=2), DAY + timedelta(hours=1))
    put(4, DAY, DAY)  # a late article
    moments = [own.moment for own in reversed(newest_updates(log, NAMING, limit=10))]
    assert moments == [LONG_AGO, DAY, DAY + timedelta(hours=2), DAY + timedelta(hours=2)]


@pytest.mark.parametrize("kind", ["merged", "split", "withdrawn", "linked", "closed"])
def test_what_befell_a_story_stands_in_the_title(kind: str) -> None:
    root = valid(news_feed([told(update(kind=kind, other="race0bb"))], base_url=BASE))
    assert texts(root, "a:entry/a:title/text()") == [f"{kind.capitalize()}: Flood"]
    assert texts(root, "a:entry/a:link[@rel='related']/@href") == [f"{BASE}stories/race0bb"]


def test_a_story_that_ended_says_which_one_goes_on() -> None:
    own = update(kind="merged", other="race0bb", merged_into="race0bb")
    [linked] = valid(news_feed([told(own)], base_url=BASE)).xpath("//x:a", namespaces=ATOM)
    assert (linked.get("href"), linked.text) == (f"{BASE}stories/race0bb", "race0bb")
    assert texts(valid(news_feed([told(own)])), "//x:p/text()")[0] == "It goes on in story race0bb"


def test_many_lines_are_counted() -> None:
    new = tuple(Novelty(kind="claim", text=f"Claim {number}.") for number in range(2_000))
    lines = texts(valid(news_feed([told(update(new=new))])), "//x:li/text()")
    assert (len(lines), lines[-1]) == (13, "and 1,988 more")


def test_an_empty_feed_is_a_feed() -> None:
    assert texts(valid(news_feed([])), "a:updated/text()") == ["1970-01-01T00:00:00Z"]


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'\x00\x08\x1b\x7f\x85\ufffe\uffff\u2028\U0001f4f0]]>"))
)


@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(["", BASE, "https://a.example/?x=<&\"'"]))
def test_any_text_comes_out_as_text(title: str, claim: str, name: str, base: str) -> None:
    new = (Novelty(kind="claim", text=claim, supports=(Support(article_id="a1", sentence=0),)),)
    own = update(story_id=name or "-", title=title, summary=claim, other=name, kind="split", new=new)
    root = valid(news_feed([told(own, a1=name)], base_url=base))
    assert " ".join(texts(root, "a:entry/a:title/text()")[0].split()).startswith("Split: ")
    shown = "".join(texts(root, "//x:li//text()"))
    for letter in "<>&":
        assert shown.count(letter) == (claim + name).count(letter)


def test_markup_is_shown_and_not_obeyed() -> None:
    script = "<script>alert(1)</script><!--&lt;"
    root = valid(news_feed([told(update(title=script, new=(Novelty(kind="claim", text=script),)))]))
    assert texts(root, "a:entry/a:title/text()") == [script]
    assert texts(root, "//x:li/text()") == [script]


def test_a_feed_reader_takes_it(filled: EventLog) -> None:
    read = fastfeedparser.parse(news_feed(newest_updates(filled, NAMING, limit=10), base_url=BASE))
    assert read.feed.title == "News"
    newest = read.entries[1]
    assert (newest.id, newest.title) == (
        entry_id("flood0aa", 2),
        "26 houses were flooded in Orrin Vale, the mayor said.",
    )
    assert newest.link == f"{BASE}stories/flood0aa@2"
    assert "houses: about 25 / 26" in newest.content[0]["value"]
    assert datetime.fromisoformat(newest.updated if "updated" in newest else newest.published) == DAY + timedelta(
        days=1
    )
