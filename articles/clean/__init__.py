"""Raw articles to clean ones: bytes, rows, pages and plain texts come in; typed blocks and metadata go out."""

from articles.clean.cleaning import clean, stated_time

__all__ = ["clean", "stated_time"]
