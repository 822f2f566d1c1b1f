"""Stories and articles of the sample world, and of a small log made by hand, as pages and as JSON."""

import re

import orjson
import pytest
from consumers_handmade import NAMING, Maker, plain_story
from consumers_web_kit import visiting
from test_consumers_whole import long_story

from consumers.reading import past_story, stories
from consumers.story_log import article_facts
from consumers.subscribe import Subscription
from consumers.whole import whole_story
from eventlog.base import EventLog
from schemas.articles import Facts
from schemas.story import Story


def dam(log: EventLog) -> Story:
    """The story with the disputed cost of a spillway."""
    [found] = [story for _, story in stories(log, NAMING) if "dam is declared safe" in story.title]
    return found


async def test_every_sentence_of_a_summary_leads_to_the_sentence_that_says_it(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        page = await visitor.page(f"/stories/{story.story_id}")
        assert page.texts("h1") == [story.title]
        places = page.links(".summary a")
        assert len(places) >= len(story.summary) > 1
        for link in places:
            address, _, anchor = link.partition("#")
            article = await visitor.page(address)
            assert article.texts(f"#{anchor}.supporting"), link
        first = story.summary[0].supports[0]
        assert places[0] == f"/articles/{first.article_id}?story={story.story_id}#s{first.sentence}"
        quoted = await visitor.page(places[0].partition("#")[0])
        assert quoted.text(f"#s{first.sentence}").startswith(story.summary[0].text)
        source = next(own.source for own in story.articles if own.article_id == first.article_id)
        assert quoted.texts("header .outlet") == [source]


async def test_discrepancies_are_a_table_of_who_says_what_since_when(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        page = await visitor.page(f"/stories/{story.story_id}")
    assert page.texts(".disputes caption b")[-1] == "cost"
    cells = page.texts(".disputes tbody th, .disputes tbody td")[-8:]
    assert cells == [
        *("EUR 18,000,000", "meridianwire.example 2025-03-15 11:00", "2025-03-15 11:00", "differs"),
        *("EUR 24,000,000", "aldisobserver.example 2025-03-15 16:00", "2025-03-15 16:00", "differs"),
    ]


async def test_superseded_values_are_told_from_those_that_stand(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        page = await visitor.page(f"/stories/{story.story_id}")
    moved = page.tree.css_first("section[aria-labelledby=moved]")
    assert moved is not None
    assert [row.attributes["class"] for row in moved.css("tbody tr")] == ["value-agree", "value-superseded"]
    assert moved.css("tbody th")[1].text() == "3,600"


async def test_copies_are_told_from_own_reporting_with_the_words_of_each(world: EventLog) -> None:
    story = dam(world)
    claim = max(story.claims, key=lambda own: own.independent_sources)
    async with visiting(world) as visitor:
        page = await visitor.page(f"/stories/{story.story_id}")
        item = page.tree.css_first(f"#c-{claim.claim_id}")
        assert item is not None
        assert len(item.css(".supports li")) == len(claim.supports)
        assert "copy of meridianwire.example" in item.text()
        copies = item.css(".supports li.copy")
        assert len(copies) == 2
        for row in item.css(".supports li"):
            address, _, anchor = (row.css_first("a").attributes["href"] or "").partition("#")  # type: ignore[union-attr]
            sentence = (await visitor.page(address)).text(f"#{anchor}")
            words = row.css_first("q")
            assert words is not None
            assert sentence.startswith(" ".join(words.text().split()))


async def test_the_newest_story_as_json_is_that_of_the_export(world: EventLog) -> None:
    async with visiting(world) as visitor:
        for _, story in stories(world, NAMING):
            if story.merged_into is None:
                body = await visitor.text(f"/stories/{story.story_id}.json")
                assert body.encode() == whole_story(world, NAMING, story).encoded()


async def test_updates_as_json_are_all_versions_in_order(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        found = await visitor.json(f"/stories/{story.story_id}/updates.json")
    known = Subscription(world, NAMING, stories=[story.story_id], follow=False)
    assert found == [orjson.loads(update.encoded()) for update in known]
    assert [own["version"] for own in found] == list(range(1, story.version + 1))


async def test_any_past_version_is_shown_as_it_was(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        for version in (1, 3, story.version):
            past = past_story(world, NAMING, story.story_id, version)
            page = await visitor.page(f"/stories/{story.story_id}@{version}")
            assert page.text("h1") == past.title
            assert len(page.texts(".articles li")) == len(past.articles)
            assert f"version {story.version}" in " ".join(page.texts(".banner")) or version == story.version
            links = page.links(".summary a")
            assert all(f"?story={story.story_id}@{version}#s" in link for link in links)
            body = await visitor.text(f"/stories/{story.story_id}@{version}.json")
            assert body.encode() == past.encoded()


async def test_a_citation_of_a_past_version_leads_to_the_article_as_it_was_then(world: EventLog) -> None:
    """The ferry's observer revised an article: the old version cites the old words."""
    ferry = next(story for _, story in stories(world, NAMING) if "ferry alarm" in story.title)
    updates = list(Subscription(world, NAMING, stories=[ferry.story_id], follow=False))
    [revised] = [update for update in updates if update.kind == "revised"]
    assert revised.article_id is not None
    before, after = (
        article_facts(world, NAMING, ferry.story_id, revised.article_id, version)
        for version in (revised.version - 1, revised.version)
    )
    assert before is not None
    assert after is not None
    sentences = [own.of(before.text) for own in before.sentences if own.kind == "sentence"]
    changed = next(own for own in sentences if own not in after.text)
    async with visiting(world) as visitor:
        address = f"/articles/{revised.article_id}?story={ferry.story_id}"
        then = await visitor.page(f"{address}@{revised.version - 1}")
        now = await visitor.page(address)
    assert changed in then.text(".body")
    assert changed not in now.text(".body")


async def test_what_a_reader_of_an_older_version_does_not_know(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        page = await visitor.page(f"/stories/{story.story_id}?since={story.version - 2}")
        same = await visitor.page(f"/stories/{story.story_id}?since={story.version}")
    assert page.texts("#summary") == [f"What is new since version {story.version - 2}"]
    assert [head.split()[1] for head in page.texts("h3")] == [str(story.version - 1), str(story.version)]
    assert len(page.texts(".articles .marked")) == 2
    assert same.texts(".articles .marked, .claims .marked, h3") == []
    assert "Nothing that a reader of that version does not know." in same.text("main")


async def test_new_claims_are_marked(world: EventLog) -> None:
    story = dam(world)
    since = story.version - 1
    async with visiting(world) as visitor:
        page = await visitor.page(f"/stories/{story.story_id}?all&since={since}")
    new = {f"c-{own.claim_id}" for own in story.claims if own.since_version > since}
    marked = [item for item in page.tree.css(".claims li") if item.css_first(".tag.new") is not None]
    assert {item.id for item in marked if "new" in item.css_first(".tag").text()} == new  # type: ignore[union-attr]
    assert new


async def test_all_claims_are_there_if_they_are_asked_for(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        few = await visitor.page(f"/stories/{story.story_id}")
        every = await visitor.page(f"/stories/{story.story_id}?all")
    assert len(few.texts(".claims > li")) < len(every.texts(".claims > li")) == len(story.claims)


async def test_the_list_of_versions_says_what_each_brought(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        page = await visitor.page(f"/stories/{story.story_id}/versions")
    heads = page.texts(".updates h2")
    assert [head.split()[1] for head in heads] == [str(number) for number in range(story.version, 0, -1)]
    assert "opened" in heads[-1]
    assert all(page.texts(".updates .changes"))
    assert page.links(".updates h2 a")[-1] == f"/stories/{story.story_id}@1"


async def test_an_article_is_shown_whole_and_its_sentences_with_their_claims(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        for own in story.articles:
            facts = article_facts(world, NAMING, story.story_id, own.article_id, story.version)
            assert facts is not None
            page = await visitor.page(f"/articles/{own.article_id}?story={story.story_id}")
            for cites in page.tree.css(".body .cites"):
                cites.decompose()
            assert re.sub(r"\s+", "", page.text(".body")) == re.sub(r"\s+", "", facts.text)
            supporting = {node.id for node in page.tree.css(".supporting")}
            known = {s.sentence for claim in story.claims for s in claim.supports if s.article_id == own.article_id}
            assert supporting == {f"s{number}" for number in known}


async def test_an_article_is_found_without_its_story_too(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        page = await visitor.page(f"/articles/{story.articles[0].article_id}")
    assert f"/stories/{story.story_id}" in page.links("header a")


async def test_an_article_that_was_withdrawn_is_still_there_and_says_so(world: EventLog) -> None:
    [update] = [own for own in Subscription(world, NAMING, follow=False) if own.kind == "withdrawn"]
    address = f"/articles/{update.article_id}?story={update.story_id}"
    async with visiting(world) as visitor:
        assert "which it has left" in (await visitor.page(address)).text("header p:last-child")
        then = await visitor.page(f"{address}@{update.version - 1}")
        assert "which it has left" not in then.text("article header")


async def test_what_was_left_out_of_an_article_and_why(world: EventLog) -> None:
    story = dam(world)
    async with visiting(world) as visitor:
        page = await visitor.page(f"/articles/{story.articles[0].article_id}?left-out")
    assert page.texts(".dropped dt") == ["photo caption", "share bar", "support prompt"]
    assert all(page.texts(".dropped dd"))


def merged(log: EventLog) -> None:
    """`race0bb` turns out to be one with `flood0aa`; `far0cc` is linked with it."""
    maker = Maker(log)
    facts = maker.article("a5", 2)
    assert isinstance(facts.data, Facts)
    maker.version(facts, "race0bb", 2, plain_story("race0bb", 2, [], status="merged", merged_into="flood0aa"))
    maker.version(facts, "far0cc", 1, plain_story("far0cc", 1, [facts.data], links=("flood0aa",)))


async def test_an_id_that_was_merged_leads_on_and_its_versions_stay(filled: EventLog) -> None:
    merged(filled)
    async with visiting(filled) as visitor:
        assert await visitor.leads_to("/stories/race0bb") == "/stories/flood0aa?from=race0bb"
        page = await visitor.page("/stories/race0bb")
        assert page.text("h1") == "Orrin Vale under water"
        assert page.text(".banner a") == "race0bb"
        assert (await visitor.page("/stories/race0bb/versions")).links(".banner a") == ["/stories/flood0aa"]
        assert (await visitor.page("/stories/race0bb@1")).text("h1") == "Tamsin Okoro wins the ridge race."
        assert "race0bb" not in (await visitor.text("/"))


async def test_linked_stories_are_named(filled: EventLog) -> None:
    merged(filled)
    async with visiting(filled) as visitor:
        page = await visitor.page("/stories/far0cc")
    assert page.links("section[aria-labelledby=thread] a") == ["/stories/flood0aa"]
    assert page.texts("section[aria-labelledby=thread] a") == ["Orrin Vale under water"]


async def test_the_beginning_of_an_id_is_enough(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        assert await visitor.leads_to("/stories/flo") == "/stories/flood0aa"
        assert await visitor.leads_to("/stories/flo@1") == "/stories/flood0aa@1"
        assert await visitor.leads_to("/stories/flo/versions?") == "/stories/flood0aa/versions"
        assert await visitor.leads_to("/stories/flo?since=1") == "/stories/flood0aa?since=1"


async def test_quotes_have_all_their_wordings(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        page = await visitor.page("/stories/flood0aa")
    assert page.texts(".quotes q") == ["We were warned.", "We had been warned."]
    assert page.texts(".timeline dt") == ["2031-05-01"]


async def test_a_record_that_was_cleaned_away_meanwhile_is_found_at_the_end(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        line = visitor.site.index.get("flood0aa")
        assert line is not None
        visitor.site.index._lines["flood0aa"] = line._replace(place=(line.place[0], 999))
        assert (await visitor.page("/stories/flood0aa")).text("h1") == "Orrin Vale under water"


@pytest.fixture
def long(log: EventLog) -> Story:
    """A story whose record is abridged; the newest version whole."""
    last = long_story(log)[-1]
    assert last.totals is not None
    return past_story(log, NAMING, last.story_id, last.version)


async def test_a_long_story_is_shown_abridged_and_whole_if_that_is_asked_for(log: EventLog, long: Story) -> None:
    address = f"/stories/{long.story_id}"
    async with visiting(log) as visitor:
        listed = await visitor.page("/")
        few = await visitor.page(address)
        whole = await visitor.page(f"{address}?all")
        body = await visitor.text(f"{address}.json")
    assert listed.text("li .facts").startswith("at least ")
    assert len(few.texts(".claims > li")) < len(whole.texts(".claims > li")) == len(long.claims)
    assert few.text("#claims .count") == whole.text("#claims .count") == str(len(long.claims))
    assert len(whole.texts(".articles li")) == len(long.articles)
    assert body.encode() == long.encoded()


async def test_an_article_of_a_long_story_has_all_its_claims_if_they_are_asked_for(log: EventLog, long: Story) -> None:
    article = next(own.article_id for own in long.articles)
    known = {s.sentence for claim in long.claims for s in claim.supports if s.article_id == article}
    async with visiting(log) as visitor:
        some = await visitor.page(f"/articles/{article}?story={long.story_id}")
        every = await visitor.page(f"/articles/{article}?story={long.story_id}&all")
    assert {node.id for node in every.tree.css(".supporting")} == {f"s{number}" for number in known}
    assert len(some.texts(".supporting")) < len(known)
