"""Whatever bytes come in, under whatever headers: only `Quarantine` leaves the steps, and spans give the words."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from articles_sound import check_facts, facts_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.clean.account import account_for
from articles.extract import extract
from schemas.articles import Block, Cleaned, Fetched

HERE = Path(__file__).parent
PATHS = sorted(HERE.glob("quirks/*/*.toml"))
FILES = [tomllib.loads(path.read_text("utf-8")) for path in PATHS]
PAGES = [case["body"] for path, case in zip(PATHS, FILES, strict=True) if path.parent.name == "markup"]
TEXTS = [
    case.get("text") or case["body"] for case in FILES if "text" in case or ("fetched" not in case and "body" in case)
]
MARKS = """<p> </p> <div_class="share"> <article> </article> <br> <table> <td> <li> <h2> <!-- --> <script> </script> <b>
    &nbsp; &#0; &#x110000; <figure> <time_datetime="2031">
    <meta_charset=utf-16> <blockquote> ]]> <![CDATA[ <svg>
    <template>
    “ ” ‘ ’ " ' said, according to : ; — ( ) $ % 12 1,2 3.5m half a million to 10- 2014 Monday on next May yesterday
    Kord Mr. U.S. NATO von de Jr. O’ (AP) By © 中文。 ß İ Ǆ"""
CONTROLS = ["\x00", "\x1e", "\u2028", "\ufeff", "\u202e", "1" * 5000]
SNIPPETS = [*(mark.replace("_", " ") for mark in MARKS.split()), *CONTROLS]
TYPES = [
    *("text/html", "text/plain", "application/json", "", "image/png", "text/html; charset=", "\x00"),
    *("text/plain; charset=utf-7", 'TEXT/HTML; Charset="UTF-16"', "text/html; charset=idna", "a/xml; charset=hex"),
]


def mutated(page: str, changes: list[tuple[int, int, str]]) -> str:
    """The page after each change in turn: at a place, so many characters give way to a snippet."""
    for at, size, snippet in changes:
        start = at % (len(page) + 1)
        page = f"{page[:start]} {snippet} {page[start + size :]}"
    return page


CHANGES = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 40), st.sampled_from(SNIPPETS)), max_size=12)
MOMENTS = st.none() | st.sampled_from(
    [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC), datetime(2031, 4, 2, tzinfo=UTC),
     datetime(2032, 2, 29, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC) - timedelta(hours=1)]
)  # fmt: skip
BODIES = st.one_of(
    st.binary(max_size=400),
    st.lists(st.sampled_from(SNIPPETS), max_size=80).map(lambda parts: " ".join(parts).encode()),
    st.builds(mutated, st.sampled_from(PAGES), CHANGES).map(str.encode),
    st.builds(mutated, st.sampled_from(TEXTS), CHANGES).map(lambda text: text.encode("utf-16")),
)
RAW = st.builds(
    Fetched,
    article_id=st.just("a1"),
    source=st.just("testville.example"),
    input_id=st.just("n"),
    content_type=st.one_of(st.sampled_from(TYPES), st.text(max_size=20)),
    body=BODIES,
    url=st.none() | st.text(max_size=30),
    title=st.none() | st.text(max_size=30),
    fetched_at=MOMENTS,
    published_at=MOMENTS,
    published_precision=st.sampled_from([None, "day", "minute", "second"]),
    language=st.none() | st.sampled_from(["en", "EN-us", "zz", "", "de"]) | st.text(max_size=4),
)


def plain(body: str, content_type: str = "text/plain") -> Fetched:
    return Fetched(
        article_id="a1", source="testville.example", input_id="n", content_type=content_type, body=body.encode()
    )


@settings(max_examples=150, deadline=None)
@given(RAW)
def test_any_raw_article(raw: Fetched) -> None:
    facts_of(raw)
    account_for(raw)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PAGES), CHANGES)
def test_any_page(page: str, changes: list[tuple[int, int, str]]) -> None:
    facts_of(plain(mutated(page, changes), "text/html"))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TEXTS), CHANGES, MOMENTS)
@example("“We were lucky,” according to ?Oona Marsh.", [], None)
def test_any_text(text: str, changes: list[tuple[int, int, str]], published_at: datetime | None) -> None:
    words = " ".join(mutated(text, changes).split())
    cleaned = Cleaned(
        article_id="a1", source="testville.example", input_id="n", language="en", text=words,
        blocks=(Block(start=0, end=len(words), kind="paragraph"),) if words else (), published_at=published_at,
    )  # fmt: skip
    check_facts(extract(cleaned), cleaned)
