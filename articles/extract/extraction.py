"""The whole of extract: one article in, its facts out."""

from articles.extract.dates import find_dates
from articles.extract.entities import find_entities, to_entities
from articles.extract.figures import find_figures
from articles.extract.indirect import find_attributions
from articles.extract.quotes import find_quotes
from articles.extract.sentences import split
from articles.extract.speakers import Cast
from articles.extract.terms import vector
from schemas.articles import Cleaned, Facts, Head
from schemas.events import stable_id

_HEAD = tuple(Head.model_fields)


def extract(cleaned: Cleaned) -> Facts:
    """Facts of one cleaned article; what is read from words (names, quotes, figures, dates) is read in English only."""
    text = cleaned.text
    sentences = split(text, cleaned.blocks, cleaned.language)
    english = sentences if cleaned.language == "en" else ()
    spoken = tuple(sentence for sentence in english if sentence.kind == "sentence")
    clusters = find_entities(text, english, cleaned.title)
    cast = Cast(text, clusters, sentences)
    quotes = find_quotes(text, cleaned.blocks, sentences, cast) if english else ()
    return Facts(
        **{name: getattr(cleaned, name) for name in _HEAD},
        text=text,
        digest=stable_id(cleaned.title, text)[:16],
        sentences=sentences,
        entities=to_entities(clusters),
        quotes=quotes,
        attributions=find_attributions(text, spoken, quotes, cast) if english else (),
        figures=find_figures(text, spoken),
        dates=find_dates(text, spoken, cleaned.published_at, cleaned.entries),
        terms=vector(text, cleaned.language),
        title_terms=vector(cleaned.title, cleaned.language),
        entries=cleaned.entries,
    )
