"""What holds for any raw article, however odd: only `Quarantine` leaves the steps, and every span gives its words."""

from collections.abc import Iterator

from articles.stages import clean_step, extract_step, open_cleaning
from schemas.articles import Cleaned, Facts, Fetched
from schemas.base import Span
from schemas.errors import Quarantine
from schemas.events import Event


class Memory:
    """The state of a stage, in a dict."""

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._values.get(key)

    def put(self, key: str, value: bytes | None) -> None:
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value

    def scan(self, prefix: str) -> Iterator[tuple[str, bytes]]:
        yield from sorted(pair for pair in self._values.items() if pair[0].startswith(prefix))


def facts_of(raw: Fetched) -> Facts | None:
    """What both steps make of a raw article, all of it checked; `None` if it is refused."""
    event = Event(id="0" * 32, key=raw.source, subject=raw.article_id, data=raw)
    try:
        (cleaned,) = clean_step(open_cleaning(Memory()), event)
    except Quarantine:
        return None
    assert isinstance(cleaned.data, Cleaned)
    check_cleaned(cleaned.data)
    (extracted,) = extract_step(Memory(), cleaned)
    assert isinstance(extracted.data, Facts)
    check_facts(extracted.data, cleaned.data)
    return extracted.data


def check_cleaned(cleaned: Cleaned) -> None:
    """The blocks are the text, no line is empty, and what was dropped says why."""
    assert "\n\n".join(block.of(cleaned.text) for block in cleaned.blocks) == cleaned.text
    for block in cleaned.blocks:
        words = block.of(cleaned.text)
        assert words
        assert words == " ".join(words.split())
    assert all(dropped.rule and dropped.text for dropped in cleaned.dropped)
    assert Cleaned.model_validate_json(cleaned.model_dump_json()) == cleaned


def check_facts(facts: Facts, cleaned: Cleaned) -> None:
    """Spans lie in the text, sentences cover it, and names and cues are the words of their spans."""
    text = facts.text
    assert text == cleaned.text
    assert all(0 <= span.start < span.end <= len(text) for span in spans_of(facts))
    ends = [0, *(sentence.end for sentence in facts.sentences)]
    assert all(sentence.start >= end for sentence, end in zip(facts.sentences, ends, strict=False))
    said = "".join("".join(sentence.of(text).split()) for sentence in facts.sentences)
    assert said == "".join(text.split())
    for entity in facts.entities:
        assert {mention.of(text) for mention in entity.mentions} <= {entity.name, *entity.aliases}
    for quote in facts.quotes:
        assert quote.cue_span is None or quote.cue_span.of(text) == quote.cue
    assert Facts.model_validate_json(facts.model_dump_json()) == facts


def spans_of(facts: Facts) -> Iterator[Span]:
    """Every span that the facts hold."""
    yield from facts.sentences
    yield from facts.quotes
    yield from facts.figures
    yield from facts.dates
    for entity in facts.entities:
        yield from entity.mentions
    for quote in facts.quotes:
        yield from filter(None, (quote.cue_span, quote.speaker_span))
