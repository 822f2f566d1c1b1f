"""A page to a draft: guarded, parsed, judged, its metadata and main text read."""

from selectolax.lexbor import LexborHTMLParser

from articles.clean.agencies import agencies_in, is_agency
from articles.clean.draft import Draft
from articles.clean.html.guard import refuse_deep
from articles.clean.html.main_text import MainText, read_main_text
from articles.clean.html.metadata import Metadata, metadata_of
from articles.clean.html.verdicts import is_teaser, page_verdict, tells_something
from schemas.errors import Quarantine

TEASER = "only a teaser: the rest is behind a paywall"
"""The repair of an article of which the page gives no more than the first sentences."""


def read_page(text: str, url: str | None) -> Draft:
    """The page's draft. Raises `Quarantine` for deep nesting and for pages that are no article."""
    refuse_deep(text)
    tree = LexborHTMLParser(text)
    metadata = metadata_of(tree, url)
    main = read_main_text(tree, metadata.live)
    reason = page_verdict(metadata.title, main.pieces)
    if reason:
        raise Quarantine(reason)
    draft = _draft(metadata, main)
    if is_teaser(main.pieces, text, metadata.paywalled):
        if not tells_something(main.pieces):
            raise Quarantine("a paywall teaser, not the article")
        draft.repairs.append(TEASER)
    return draft


def _draft(metadata: Metadata, main: MainText) -> Draft:
    draft = Draft(pieces=main.pieces, title=metadata.title, url=metadata.url, language=metadata.language)
    draft.entries = main.entries
    draft.published, draft.modified = metadata.published, metadata.modified
    draft.sign([name for name in metadata.byline if not is_agency(name)])
    draft.credit([agency for name in metadata.byline if is_agency(name) for agency in agencies_in(name)])
    for text, rule in main.dropped:
        draft.drop(text, rule)
    _trim_end(draft)
    return draft


def _trim_end(draft: Draft) -> None:
    """Headings with no text below them head something that is not the article's."""
    while len(draft.pieces) > 1 and draft.pieces[-1].kind == "heading":
        draft.drop(draft.pieces.pop().text, "heading without text")
