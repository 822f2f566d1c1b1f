"""Whatever comes in: nothing but `Quarantine` leaves `clean`, spans lie in the text, the same input gives the same."""

from unicodedata import category

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.clean import clean, stated_time
from schemas.articles import Cleaned, Fetched
from schemas.errors import Quarantine

CONTENT_TYPES = (
    "text/plain",
    "text/html",
    "application/json",
    "text/plain; charset=utf-16",
    "text/html; charset=x",
    "",
)
VOCABULARY = """The mayor of Testville said on Monday that “nine” boats, seen at the quay, had left. (AP) © 2031 By Oona
    Marsh LONDON: Read more: Share cookies <p> </p> <div class="share"> <b> <li> <table> <td> <h2> & &nbsp; &#0; &#30;
    {"text": "a"} https://x.example ‘Quoted’ 中文。 /Reuters"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\x00", "\x1e", "\r", "\ud800", "\u202e"])
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from(["\n", "\n\n", ". ", " "])), max_size=60).map(" ".join)
BODIES = st.one_of(st.binary(max_size=300), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))


def fetched(body: bytes, content_type: str) -> Fetched:
    return Fetched(article_id="a1", source="testville.example", input_id="n", content_type=content_type, body=body)


def try_clean(raw: Fetched) -> Cleaned | None:
    try:
        return clean(raw)
    except Quarantine:
        return None


@settings(max_examples=300, deadline=None)
@given(BODIES, st.sampled_from(CONTENT_TYPES))
@example(b"<p>" * 3000 + b"The boats left on Monday.", "text/html")
@example(b"{" * 3000, "application/json")
def test_only_quarantine_leaves_and_spans_give_the_words(body: bytes, content_type: str) -> None:
    raw = fetched(body, content_type)
    stated_time(raw)
    cleaned = try_clean(raw)
    if cleaned is None:
        return
    assert "\n\n".join(block.of(cleaned.text) for block in cleaned.blocks) == cleaned.text
    for block in cleaned.blocks:
        words = block.of(cleaned.text)
        assert words
        assert words == " ".join(words.split())
        assert not {category(character) for character in words} & {"Cc", "Cs", "Zl", "Zp"}
    assert clean(raw) == cleaned
    assert Cleaned.model_validate_json(cleaned.model_dump_json()) == cleaned


SENTENCES = st.sampled_from(
    [
        "The mayor of Testville said on Monday that nine boats had left the quay.",
        "Nobody was hurt, and the harbour reopened before noon.",
        "“We were lucky,” she wrote.",
        "He asked whether the ferry would run again in May.",
        "Two of the cranes must be replaced, the county says.",
        "It will cost 2.4 million crowns, or about a tenth of the yearly budget.",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=8, unique=True))
def test_no_line_of_an_article_is_lost(sentences: list[str]) -> None:
    cleaned = clean(fetched("\n\n".join(sentences).encode(), "text/plain"))
    assert cleaned.text.split("\n\n") == sentences
    assert cleaned.dropped == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(SENTENCES, st.sampled_from(["Share.", "Read more: Nine boats", "3 comments"])), max_size=12))
def test_every_line_is_kept_or_dropped_under_a_rule(lines: list[str]) -> None:
    cleaned = try_clean(fetched("\n".join(lines).encode(), "text/plain"))
    if cleaned is not None:
        kept = [block.of(cleaned.text) for block in cleaned.blocks]
        assert sorted(kept + [dropped.text for dropped in cleaned.dropped]) == sorted(lines)
        assert all(dropped.rule for dropped in cleaned.dropped)
