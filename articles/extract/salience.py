"""How much an article is about each thing that it names.

The marks are those that tell best in Dunietz and Gillick (2014), "A New Entity Salience Task with Millions of Training
Examples": how often it is named, how early, and whether the headline names it; and how often it opens a sentence, as
what a sentence is about does. Their weights were learned of data that is not open; ours are stated here.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence

from articles.extract.linking import Cluster, find_whole
from schemas.articles import Sentence

_OFTEN, _EARLY, _TITLED, _OPENING = 30, 30, 25, 15
"""Hundredths; together 100, so that what an article is all about has salience 1."""
_LEAD = 5
"""Characters that may stand before a name that opens its sentence: an article, a mark."""


def rank(text: str, clusters: Sequence[Cluster], sentences: Sequence[Sentence], title: str) -> list[Cluster]:
    """The clusters, most salient first, each with its salience: 0 to 1, in hundredths.

    The mean, by the weights above, of: mentions, on a logarithmic scale where the most often named has 1; the part of
    the text that follows the first mention; 1 if the title names it; the share of mentions that open a sentence.
    """
    most = math.log1p(max((len(cluster.mentions) for cluster in clusters), default=1))
    starts = [sentence.start for sentence in sentences]
    for cluster in clusters:
        often = math.log1p(len(cluster.mentions)) / most
        early = 1 - cluster.mentions[0][0] / len(text)
        titled = bool(title) and any(find_whole(title, form) >= 0 for form in _title_forms(cluster))
        opening = sum([_opens(starts, at) for at, _ in cluster.mentions]) / len(cluster.mentions)
        cluster.salience = round(_OFTEN * often + _EARLY * early + _TITLED * titled + _OPENING * opening) / 100
    return sorted(clusters, key=lambda cluster: (-cluster.salience, cluster.mentions[0]))


def _title_forms(cluster: Cluster) -> list[str]:
    """Headlines call a person by the surname."""
    forms = list(cluster.forms)
    return [*forms, *(form.rpartition(" ")[2] for form in forms)] if cluster.kind == "person" else forms


def _opens(starts: Sequence[int], at: int) -> bool:
    return at - starts[bisect_right(starts, at) - 1] < _LEAD
