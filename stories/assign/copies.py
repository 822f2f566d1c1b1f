"""Does an article carry another's text? Containment over whole sentences (Broder 1997)."""

from stories.assign.records import Trace
from stories.assign.shelf import Shelf

CONTAINMENT = 0.5
"""Share of the shorter text. Wire copies under other leads share half their sentences, follow-ups about a third."""
LEAST_SHARED = 250
"""Characters: two or three sentences. A lone shared quote makes no copy."""


def find_original(shelf: Shelf, trace: Trace) -> tuple[str, float] | None:
    """The active article whose text this one carries, and the share of the shorter text that both have (0 to 1).

    Of several, it is the one with the largest share, then the earliest.
    """
    own, traces = sum(trace.sentences.values()), shelf.index.traces
    found = [
        (-shared / min(own, sum(traces[article].sentences.values())), shelf.moment(traces[article].at), article)
        for article, shared in shelf.index.shared_sentences(trace.sentences).items()
        if shared >= LEAST_SHARED
    ]
    share, _, article = min(found, default=(0.0, 0, ""))
    return (article, -share) if -share >= CONTAINMENT else None
