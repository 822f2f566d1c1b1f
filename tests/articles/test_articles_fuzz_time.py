"""Time is linear in size: an input that is four times as long takes about four times as long, or is refused at once."""

import time
from collections.abc import Callable

import pytest
from articles_sound import facts_of

from articles.clean.decode import MAX_BYTES
from schemas.articles import Fetched

SENTENCE = "The mayor of Testville, Oona Marsh, said that “nine” of 40 boats left Port Ellery for 2.5 million euros. "
PARAGRAPHS = "".join(f"<p>{number} {SENTENCE * 2}</p>" for number in range(10))
MOST = 10.0
"""Growth of the time where the size grows four times: linear is 4, quadratic 16."""
LEAST = 0.01
"""Seconds below which there is nothing to compare."""

TEXTS: dict[str, Callable[[int], str]] = {
    "sentences": lambda size: SENTENCE * (size // 120),
    "paragraphs": lambda size: f"{SENTENCE}\n\n" * (size // 122),
    "different lines": lambda size: "\n".join(f"{number} {SENTENCE}" for number in range(size // 125)),
    "one word": lambda size: "a" * size,
    "one capital word": lambda size: f"{SENTENCE}{'A' * size}",
    "capitals": lambda size: SENTENCE + "Ada Kord " * (size // 9),
    "different names": lambda size: (
        SENTENCE + " ".join(f"Ada K{'abcdefghij'[n % 10]}{n % 997}rd sang." for n in range(size // 14))
    ),
    "digits": lambda size: f"{SENTENCE}{'1' * size}",
    "numbers": lambda size: SENTENCE + "12 to " * (size // 6),
    "number words": lambda size: SENTENCE + "twenty " * (size // 7),
    "scales": lambda size: SENTENCE + "hundred " * (size // 8),
    "dates": lambda size: SENTENCE + "on Monday in May 2014 " * (size // 22),
    "opening marks": lambda size: SENTENCE + "“said she " * (size // 10),
    "straight marks": lambda size: SENTENCE + 'a " b ' * (size // 6),
    "brackets": lambda size: SENTENCE + "(" * size,
    "full stops": lambda size: SENTENCE + ". " * (size // 2),
    "breaks": lambda size: SENTENCE + "\n \n" * (size // 3),
    "spaces": lambda size: f"{SENTENCE}{' ' * size}{SENTENCE}",
    "initials": lambda size: SENTENCE + "A.B." * (size // 4),
    "commas": lambda size: SENTENCE + "Kord, " * (size // 6),
    "halves": lambda size: SENTENCE + "half a million and a half " * (size // 26),
}
PAGES: dict[str, Callable[[int], str]] = {
    "flat": lambda size: PARAGRAPHS * (size // len(PARAGRAPHS)),
    "long lines": lambda size: f"<article>{PARAGRAPHS}<p>{SENTENCE * (size // 120)}</p></article>",
    "links": lambda size: PARAGRAPHS + "<a href=x>Harbour</a> " * (size // 23),
    "breaks": lambda size: f"<article>{PARAGRAPHS}{'<br>' * (size // 40)}{SENTENCE * (size // 150)}</article>",
    "entities": lambda size: PARAGRAPHS + "&amp;" * (size // 5),
    "comments": lambda size: PARAGRAPHS + "<!-- a -->" * (size // 20),
    "open brackets": lambda size: PARAGRAPHS + "< " * (size // 40),
    "an attribute": lambda size: f'{PARAGRAPHS}<p class="{"share " * (size // 6)}">a</p>',
    "a script": lambda size: f"<script>{'var a = 1;' * (size // 10)}</script>{PARAGRAPHS}",
    "json-ld": lambda size: f'<script type="application/ld+json">{"[" * (size // 2)}</script>{PARAGRAPHS}',
    "nested below the limit": lambda size: ("<div>" * 300 + SENTENCE + "</div>" * 300) * max(1, size // 3400),
}  # fmt: skip


def raw(body: str, content_type: str) -> Fetched:
    return Fetched(
        article_id="a1", source="testville.example", input_id="n", content_type=content_type, body=body.encode()
    )


def seconds(body: str, content_type: str) -> float:
    """Of the processor, the least of two runs."""
    article = raw(body, content_type)
    taken = []
    for _ in range(2):
        before = time.process_time()
        facts_of(article)
        taken.append(time.process_time() - before)
    return min(taken)


def check_growth(make: Callable[[int], str], content_type: str) -> None:
    """A second look forgives a machine that was busy elsewhere."""
    sizes = (10_000, 20_000, 40_000)
    for _ in range(2):
        once, _twice, four = (seconds(make(size), content_type) for size in sizes)
        if four <= MOST * max(once, LEAST):
            return
    pytest.fail(f"{four / once:.1f} times as long for four times the size ({once:.3f} s, {four:.3f} s)")


@pytest.mark.parametrize("name", TEXTS)
def test_texts_take_time_as_they_are_long(name: str) -> None:
    check_growth(TEXTS[name], "text/plain")


@pytest.mark.parametrize("name", PAGES)
def test_pages_take_time_as_they_are_long(name: str) -> None:
    check_growth(PAGES[name], "text/html")


def test_what_is_too_large_or_too_deep_is_refused() -> None:
    assert facts_of(raw("<div>" * 20_000 + PARAGRAPHS, "text/html")) is None
    assert facts_of(raw("<p>" + "a " * MAX_BYTES, "text/html")) is None
    assert facts_of(raw("<p>a" * 100_000, "text/html")) is None
