"""Facts from the clean text: sentences, entities, quotes, figures, dates, terms, each with its span."""

from articles.extract.extraction import extract

__all__ = ["extract"]
