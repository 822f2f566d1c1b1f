"""What a sentence says beside who said it."""

from schemas.articles import Facts
from stories.fold.lines import TELLING, Line
from stories.fold.terms import words_of


def content_words(line: Line, facts: Facts) -> set[str]:
    """The telling words of what is attributed to somebody in the line, or of all of it if nothing is.

    "Coastguard commander Ruth Lindqvar told reporters in Tarnmouth" stands in sentences that have nothing to do with
    one another.
    """
    end = line.start + len(line.text)
    spans = [(said.start, min(said.end, end)) for said in facts.attributions if line.start <= said.start < end]
    said = " ".join(facts.text[start:stop] for start, stop in spans)
    text = said if 2 * len(said) >= len(line.text) else line.text
    return {word for word in words_of(text, line.language) if line.words.get(word, 0.0) >= TELLING}
