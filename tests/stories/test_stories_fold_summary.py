"""Title, summary and timeline."""

from stories_fold_kit import facts, folded, joined, told

BRIDGE = (
    "The cantilever bridge at Ostrava Ford was closed on Monday after inspectors found cracks in two of its girders."
)
BRIDGE_TOO = (
    "Inspectors found cracks in two girders of the cantilever bridge at Ostrava Ford, which was closed on Monday."
)
DETOUR = "Lorries bound for the port must take a detour of forty kilometres through the hills of Sarn until July."
STEEL = "The steelworks in Kolm, which delivered the girders in 1974, went bankrupt eleven years later."
COST = (
    "Replacing the girders will cost the region about twelve million crowns, transport minister Edda Wirth estimated."
)
HE = "He said it would be done by then, and that they would not complain about that."
LONG = " ".join(["The report lists every rivet, plate and bolt of the structure"] * 12) + "."


def test_title_is_the_most_central_of_the_articles_titles() -> None:
    story = told(
        facts("a", BRIDGE, DETOUR, title="Your morning briefing and the weather for the weekend"),
        facts("b", BRIDGE_TOO, COST, title="Cracks in girders close bridge at Ostrava Ford"),
        facts("c", STEEL, title="bridge-closed_final-2"),
    )
    assert story.title == "Cracks in girders close bridge at Ostrava Ford"


def test_title_without_titles_is_the_leading_claim_cut_at_a_word() -> None:
    story = told(facts("a", BRIDGE, DETOUR, title="© 2031 The Sarn Echo"))
    assert BRIDGE.startswith(story.title.rstrip("…"))
    assert len(story.title) <= 100
    assert not story.title.endswith((" ", ","))


def test_summary_is_made_of_clear_claims_that_do_not_repeat_each_other() -> None:
    story = told(facts("a", BRIDGE, HE, DETOUR, STEEL), facts("b", BRIDGE_TOO, COST))
    texts = [sentence.text for sentence in story.summary]
    assert HE not in texts
    assert (BRIDGE in texts) != (BRIDGE_TOO in texts)
    assert 40 <= sum(len(text.split()) for text in texts) <= 120
    assert texts[0] in (BRIDGE, BRIDGE_TOO)


def test_summary_cites_all_supports() -> None:
    story = told(facts("a", BRIDGE, DETOUR), facts("b", BRIDGE_TOO, COST))
    cited = {s.article_id for s in story.summary[0].supports}
    assert cited == {"a", "b"}


def test_summary_prefers_what_independent_sources_report_to_one_writers_comment() -> None:
    comment = (
        "With cracks in two girders of the cantilever bridge at Ostrava Ford, which was closed on Monday, transport "
        "minister Edda Wirth should do what is hardest for us all: nothing."
    )
    story = told(facts("a", comment, STEEL), facts("b", DETOUR, BRIDGE), facts("c", COST, BRIDGE_TOO))
    texts = [sentence.text for sentence in story.summary]
    assert comment not in texts
    assert (BRIDGE in texts) != (BRIDGE_TOO in texts)


def test_a_story_of_one_endless_sentence_is_summed_up_by_it() -> None:
    assert [sentence.text for sentence in told(facts("a", LONG)).summary] == [LONG]


def test_timeline_orders_claims_by_the_dates_they_name() -> None:
    later = "The bridge will be blown up on May 30 by engineers of the army."
    earlier = "The first crack was reported on May 2 by a night watchman of the ferry company."
    story = told(facts("a", later, earlier, STEEL, dates=["May 30", "May 2"]))
    assert [(entry.date, entry.text) for entry in story.timeline] == [("2031-05-02", earlier), ("2031-05-30", later)]


def test_timeline_tells_the_sentence_that_names_the_date() -> None:
    plain = "Engineers of the army will blow up the cracked bridge of Ostrava Ford at dawn."
    dated = "The cracked bridge of Ostrava Ford will be blown up by engineers of the army on May 30."
    story = told(facts("a", plain, STEEL, hours=0), facts("b", dated, COST, hours=1, dates=["May 30"]))
    assert [(entry.date, entry.text) for entry in story.timeline] == [("2031-05-30", dated)]


def test_a_date_of_something_else_is_no_date_of_the_claim() -> None:
    aside = "The mayor, who had ordered a survey of the bridge on May 2, was not at the meeting of the council."
    assert not told(facts("a", aside, STEEL, dates=["May 2"])).timeline


def test_language_and_times_are_those_of_the_articles() -> None:
    story = told(facts("a", BRIDGE, hours=3), facts("b", COST, hours=1))
    assert story.language == "en"
    assert story.first_at is not None
    assert story.last_at is not None
    assert (story.last_at - story.first_at).total_seconds() == 2 * 3600


def test_title_does_not_waver_when_a_copy_comes() -> None:
    one = facts("a", BRIDGE, DETOUR, title="Cracks in girders close bridge at Ostrava Ford")
    made = folded(joined(one, facts("b", BRIDGE, DETOUR, title="Cracks in girders close bridge at Ostrava Ford")))
    assert made[0][1].title == made[1][1].title


def test_dates_that_follow_from_the_time_of_publishing_are_marked() -> None:
    article = facts("a", "The bridge will be blown up on May 30 by engineers of the army.", STEEL, dates=["May 30"])
    dates = tuple(date.model_copy(update={"relative": True}) for date in article.dates)
    relative = article.model_copy(update={"dates": dates})
    assert [entry.inferred for entry in told(article).timeline] == [False]
    assert [entry.inferred for entry in told(relative).timeline] == [True]


def test_an_article_without_a_time_is_given_that_of_its_original_or_of_the_story() -> None:
    body = (BRIDGE, DETOUR, STEEL)
    first, later = facts("a", COST, hours=0), facts("b", *body, hours=5)
    copy, own = facts("c", *body), facts("d", BRIDGE_TOO)
    articles = {article.article_id: article for article in told(first, later, copy, own).articles}
    assert articles["c"].copy_of == "b"
    assert articles["c"].inferred_at == articles["b"].published_at
    assert articles["d"].inferred_at == articles["a"].published_at
    assert articles["a"].inferred_at is None


PLANNED = "Drivers of the Ostrava Ford buses will stop work on May 6 after talks on pay with the council broke down."
ENDED = "Drivers of the Ostrava Ford buses went back to work on Friday with a deal on pay of 5.75 percent."


def test_what_was_to_come_on_a_day_that_has_gone_by_is_not_summed_up() -> None:
    planned = facts("a", PLANNED, STEEL, hours=0, dates=["May 6"])
    assert PLANNED in [sentence.text for sentence in told(planned).summary]
    summary = told(planned, facts("b", COST, DETOUR, hours=20)).summary
    assert PLANNED in [sentence.text for sentence in summary], "the day is still to come"
    summary = told(planned, facts("b", ENDED, COST, hours=120)).summary
    assert PLANNED not in [sentence.text for sentence in summary]


def test_news_of_days_later_comes_first() -> None:
    monday = [facts(name, BRIDGE, DETOUR, own, hours=0) for name, own in (("a", STEEL), ("b", COST))]
    summary = told(*monday, facts("c", ENDED, hours=72)).summary
    assert summary[0].text == ENDED
    assert len(summary) > 1


def test_who_gives_a_figure_that_no_longer_stands_is_not_cited_for_it() -> None:
    story = told(
        facts("a", "7 people dead in the fall of the swing bridge of Ullesund on Monday, police said.", STEEL, hours=0),
        facts("b", "9 people dead in the fall of the swing bridge of Ullesund on Monday, police said.", COST, hours=20,
              source="a.example"),
    )  # fmt: skip
    (told_now,) = (sentence for sentence in story.summary if "9 people" in sentence.text)
    cited = {support.article_id for support in told_now.supports}
    (claim,) = (claim for claim in story.claims if claim.claim_id == told_now.claim_id)
    assert {support.article_id for support in claim.supports} == {"a", "b"}
    assert cited == {"b"}
