"""The small parts of cleaning: dates, titles, datelines, bylines, notices, captions, agencies."""

import time
from contextlib import suppress

import pytest

from articles.clean.agencies import agencies_in
from articles.clean.html.guard import refuse_deep
from articles.clean.html.metadata import read_metadata
from articles.clean.html.titles import without_site
from articles.clean.language import detect_language, settle_language
from articles.clean.lines.captions import caption_rule
from articles.clean.lines.datelines import read_dateline
from articles.clean.lines.notices import NOTICES, notice_rule
from articles.clean.lines.signatures import read_byline, read_sign_off, signature_rule
from articles.clean.moments import parse_moment
from schemas.errors import Quarantine


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2031-04-02", "2031-04-02T00:00:00+00:00", "day"),
        ("2031-04-02T09:30", "2031-04-02T09:30:00+00:00", "minute"),
        ("2031-04-02T09:30:15+02:00", "2031-04-02T07:30:15+00:00", "second"),
        ("2031-04-02 09:30:15 UTC", "2031-04-02T09:30:15+00:00", "second"),
        ("Wed, 02 Apr 2031 09:30:15 GMT", "2031-04-02T09:30:15+00:00", "second"),
        ("April 2nd, 2031", "2031-04-02T00:00:00+00:00", "day"),
        ("2 avril 2031", "2031-04-02T00:00:00+00:00", "day"),
        ("2. April 2031", "2031-04-02T00:00:00+00:00", "day"),
        ("2 de abril de 2031", "2031-04-02T00:00:00+00:00", "day"),
        ("02.04.2031", "2031-04-02T00:00:00+00:00", "day"),
        ("2031年4月2日", "2031-04-02T00:00:00+00:00", "day"),
        ("Published April 2, 2031 at 9:30 p.m. GMT", "2031-04-02T21:30:00+00:00", "minute"),
        ("Published April 2, 2031 at 9:30 p.m.", "2031-04-02T00:00:00+00:00", "day"),
    ],
)
def test_dates_are_read(text: str, moment: str, precision: str) -> None:
    stated = parse_moment(text)
    assert stated is not None
    assert (stated[0].isoformat(), stated[1]) == (moment, precision)


@pytest.mark.parametrize(
    "text", ["Tue,", "", "April 2", "2031-13-45", "31 February 2031", "0001-01-01", "soon", "x" * 99]
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_moment(text) is None


@pytest.mark.parametrize(
    ("title", "site", "wanted"),
    [
        ("Dredgers leave Port Ellery | The Testville Gazette", "", "Dredgers leave Port Ellery"),
        ("Dredgers leave Port Ellery - Testville Gazette", "Testville Gazette", "Dredgers leave Port Ellery"),
        ("Dredgers leave Port Ellery - News - Gazette", "", "Dredgers leave Port Ellery"),
        ("Marsh - the woman who drained a harbour", "", "Marsh - the woman who drained a harbour"),
        ("Gazette", "", "Gazette"),
    ],
)
def test_site_name_leaves_the_title(title: str, site: str, wanted: str) -> None:
    assert without_site(title, site) == wanted


@pytest.mark.parametrize(
    ("text", "place", "credits"),
    [
        ("PARIS (Reuters) - The harbour was closed.", "Paris", ("Reuters",)),
        ("Washington (CNN) The harbour was closed.", "Washington", ("CNN",)),
        ("KYIV, Ukraine (AP) — The harbour was closed.", "Kyiv", ("AP",)),
        ("LONDON, March 15 (Xinhua) -- The harbour was closed.", "London", ("Xinhua",)),
        ("MOSCOW, March 15. /TASS/. The harbour was closed.", "Moscow", ("TASS",)),
        ("PORT ELLERY (Northwire) - The harbour was closed.", "Port Ellery", ("Northwire",)),
        ("ST. MARY'S, Norrland — The harbour was closed.", "St. Mary's", ()),
        ("(AFP) – The harbour was closed.", None, ("AFP",)),
        ("LONDON: The harbour was closed.", "London", ()),
        ("Geneva — The harbour was closed.", "Geneva", ()),
    ],
)
def test_datelines(text: str, place: str | None, credits: tuple[str, ...]) -> None:
    filed = read_dateline(text)
    assert filed is not None
    assert (filed.place, filed.credits) == (place, credits)
    assert text[len(filed.cut) :] == "The harbour was closed."


@pytest.mark.parametrize(
    "text",
    [
        "EXCLUSIVE: The harbour was closed.",
        "Three boats — Gull, Tern and Auk — were lost.",
        "Oona Marsh — The woman who drained a harbour.",
        "The harbour (built in 1880) - a long wall - was closed.",
        "TWO BOATS LOST OFF PORT ELLERY: The harbour was closed.",
        "M-1 rose by two per cent.",
    ],
)
def test_no_datelines(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Oona Marsh", ("Oona Marsh",)),
        ("BY OONA MARSH AND PELL QUINT", ("Oona Marsh", "Pell Quint")),
        ("By Oona Marsh, Pell Quint and Tam Orly | Testville Gazette", ("Oona Marsh", "Pell Quint", "Tam Orly")),
        ("By Oona Marsh - April 2, 2031", ("Oona Marsh",)),
        ("By Reuters", ()),
        ("By Northern News Agency", ()),
        ("By Friday, the army had left the town.", None),
        ("By The Numbers", None),
        ("By then it was too late to close the gate.", None),
    ],
)
def test_bylines(text: str, names: tuple[str, ...] | None) -> None:
    assert read_byline(text) == names


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("(Reporting by Oona Marsh; Editing by Pell Quint)", "reporting credit"),
        ("Oona Marsh contributed to this report.", "reporting credit"),
        ("The wind also contributed to the lack of trade in the port.", None),
        ("AFP/Reuters", "agency credit"),
        ("(Northwire)", "agency credit"),
        ("Oona Marsh is a reporter in Port Ellery. Follow her on Twitter @oona", "author note"),
        ("The rules may not be published before May, he said.", None),
    ],
)
def test_signatures(text: str, rule: str | None) -> None:
    assert signature_rule(text) == rule


def test_sign_off_is_cut_with_its_agency() -> None:
    assert read_sign_off("The harbour was closed. (AFP)") == (" (AFP)", ("AFP",))
    assert read_sign_off("The harbour was closed, he told AFP.") is None
    assert agencies_in("© 2031 The Associated Press, dpa") == ("AP", "DPA")


@pytest.mark.parametrize(
    "text",
    [
        "By continuing to build, the county would lose the trust of its neighbours, said the mayor of Testville.",
        "Get the newsletter story right, she told her students, and the app will follow in your inbox.",
        "More than 100 people waited at the quay: nobody had told them that the ferry was gone.",
        "Published in 2019, the book sold well.",
        "Share prices fell by nine per cent on Monday.",
        "Comments by the minister were met with silence.",
        "Related industries will lose 400 jobs.",
        "Copyright law was changed in May.",
        "Live music returned to the square.",
        "See the harbour once and you will come back.",
        "Advertising spending rose by a tenth.",
        "The licence number 4411 was sold in May.",
    ],
)  # fmt: skip
def test_lines_of_articles_are_no_notices(text: str) -> None:
    assert notice_rule(text) is None


def test_every_notice_rule_has_a_name_and_a_limit() -> None:
    assert all(notice.rule and 0 < notice.limit <= 700 for notice in NOTICES)


@pytest.mark.parametrize(
    "text",
    [
        "The boats are seen as a burden by the county.",
        "He was seen at the quay by two boys.",
        "Nothing like it has been seen in the port since the war.",
        "The council was helped by volunteers from Testville.",
        "A plan drawn up by the county was dropped.",
        "The county (pop. 9,000) was the first to say no.",
        "They turned left, and then the road ended.",
        "Profits increased by nine per cent in the port.",
    ],
)
def test_sentences_are_no_captions(text: str) -> None:
    assert caption_rule(text) is None


def test_language() -> None:
    assert detect_language("Der Hafen bleibt bis zum Sommer geschlossen, sagte die Bürgermeisterin.") == "de"
    assert detect_language("ok") == "und"
    assert settle_language("Too short.", "en-GB") == ("en", None)
    spanish = (
        "El puerto de la ciudad permanecerá cerrado hasta el verano, dijo la alcaldesa en la tarde del lunes. " * 8
    )
    assert settle_language(spanish, "en") == ("es", "stated language en, but the text is in es")


def test_metadata_by_meta_tags_and_address() -> None:
    page = """<html><head><title>Harbour reopens - Gazette</title><meta name="author" content="By Oona Marsh">
    <meta property="og:title" content="Harbour reopens"><meta property="og:locale" content="en_GB">
    <link rel="canonical" href="https://testville.example/2031/04/02/harbour"></head><body><p>x</p></body></html>"""
    found = read_metadata(page, None)
    assert (found.title, found.byline, found.language) == ("Harbour reopens", ("Oona Marsh",), "en_GB")
    assert found.published is not None
    assert (found.published.at.date().isoformat(), found.published.origin) == ("2031-04-02", "url")


def test_deep_pages_are_refused_in_linear_time() -> None:
    start = time.process_time()
    for page in ("<div>" * 20_000, "<!-- " * 20_000, "<b><script>" * 20_000, "<" * 200_000):
        with suppress(Quarantine):
            refuse_deep(page)
    assert time.process_time() - start < 1.0
