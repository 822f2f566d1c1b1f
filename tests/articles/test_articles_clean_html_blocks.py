"""A page's typed blocks: headings, lists, tables, captions and quotes stay what they are, however deep they lie."""

import time

import pytest

from articles.clean import clean
from articles.clean.html.guard import MAX_DEPTH
from schemas.articles import Cleaned, Fetched
from schemas.errors import Quarantine

SENTENCE = "The harbour master said on Wednesday that the last dredger had left the port before the storm came in."
OTHER = "Nobody was hurt in the weeks of work at the quay, which the county had paid for since the autumn."


def cleaned(body: str) -> Cleaned:
    page = f"<!doctype html><html><head><title>Port Ellery</title></head><body>{body}</body></html>"
    return clean(Fetched(article_id="a", source="s", input_id="i", content_type="text/html", body=page.encode()))


def kinds(body: str) -> list[tuple[str, str]]:
    article = cleaned(body)
    return [(block.kind, block.of(article.text)) for block in article.blocks]


@pytest.mark.parametrize(
    ("markup", "kind", "text"),
    [
        ("<h2>What comes next</h2>", "heading", "What comes next"),
        ("<p><strong>What comes next</strong></p>", "heading", "What comes next"),
        ("<ul><li>Nine ships came in on Thursday.</li></ul>", "list", "Nine ships came in on Thursday."),
        ("<ol><li><p>Nine ships came in.</p></li></ol>", "list", "Nine ships came in."),
        ("<blockquote>“We were lucky,” she wrote.</blockquote>", "quote", "“We were lucky,” she wrote."),
        ("<blockquote><div><p>“We were lucky.”</p></div></blockquote>", "quote", "“We were lucky.”"),
        ("<table><tr><th>Day</th><td>Ships</td></tr></table>", "table", "Day | Ships"),
        ("<div><span>She did not say when.</span></div>", "paragraph", "She did not say when."),
        ("<section>She did <em>not</em> say&nbsp;when.</section>", "paragraph", "She did not say when."),
    ],
)
def test_block_keeps_its_kind(markup: str, kind: str, text: str) -> None:
    blocks = kinds(f"<div class='story'><p>{SENTENCE}</p>{markup}<p>{OTHER}</p></div>")
    assert blocks == [("paragraph", SENTENCE), (kind, text), ("paragraph", OTHER)]


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=a.jpg><figcaption>A dredger at sea.</figcaption></figure>",
        "<p class='wp-caption-text'>A dredger at sea.</p>",
        "<div class='image-caption'>A dredger at sea.</div>",
    ],
)
def test_caption_is_dropped_with_its_rule(markup: str) -> None:
    article = cleaned(f"<article><p>{SENTENCE}</p>{markup}<p>{OTHER}</p></article>")
    assert article.text == f"{SENTENCE}\n\n{OTHER}"
    assert ("photo caption", "A dredger at sea.") in [(it.rule, it.text) for it in article.dropped]


@pytest.mark.parametrize("tag", ["div", "blockquote", "section", "b", "span", "ul><li", "table><tr><td"])
def test_deepest_nesting_that_is_let_in_is_read(tag: str) -> None:
    opening = f"<{tag}>" * (MAX_DEPTH // 3)
    assert SENTENCE in cleaned(f"<p>{OTHER}</p>{opening}<p>{SENTENCE}</p>").text


@pytest.mark.parametrize(
    "tags",
    ["<div>" * 20_000, "<!--><div>" * 5_000, "<title-x><div>" * 5_000, "<div><!--</div>-->" * 5_000, "<DIV>" * 5_000],
)
def test_too_deep_nesting_is_refused_at_once(tags: str) -> None:
    start = time.process_time()
    with pytest.raises(Quarantine, match="deep"):
        cleaned(f"{tags}<p>{SENTENCE}</p>")
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "script",
    ["[" * 100_000, '"' * 200_000, "/* x " * 50_000, ", " * 200_000, " " * 500_000 + "x", "{" + '"a":[1,' * 50_000],
)
def test_hostile_json_costs_no_time(script: str) -> None:
    start = time.process_time()
    article = cleaned(f"<script type='application/ld+json'>{script}</script><p>{SENTENCE}</p><p>{OTHER}</p>")
    assert time.process_time() - start < 1
    assert article.text == f"{SENTENCE}\n\n{OTHER}"
