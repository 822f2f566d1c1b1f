"""How much an article is about each thing that it names.

The marks are those that tell best in Dunietz and Gillick (2014), "A New Entity Salience Task with Millions of Training
Examples": how often it is named, how early, and whether the headline names it; and how often it opens a sentence, as
what a sentence is about does. Their weights were learned of data that is not open; ours are stated here.
"""

import math
from collections.abc import Sequence

from articles.extract.linking import Cluster, find_whole
from schemas.articles import Sentence

_OFTEN, _EARLY, _TITLED, _OPENING = 30, 30, 25, 15
"""Hundredths; together 100, so that what an article is all about has salience 1."""
_LEADS = (0, len("“"), len("The "))
"""Characters that may stand before a name that opens its sentence."""


def rank(text: str, clusters: Sequence[Cluster], sentences: Sequence[Sentence], title: str) -> list[Cluster]:
    """The clusters, most salient first, each with its salience: 0 to 1, in hundredths.

    The mean, by the weights above, of: mentions, on a logarithmic scale where the most often named has 1; the part of
    the text that follows the first mention; 1 if the title names it; the share of mentions that open a sentence.
    """
    most = math.log1p(max((len(cluster.mentions) for cluster in clusters), default=1))
    length = len(text)
    openings = {sentence.start + lead for sentence in sentences for lead in _LEADS}
    for cluster in clusters:
        mentions = cluster.mentions
        count = len(mentions)
        often = math.log1p(count) / most
        early = 1 - mentions[0][0] / length
        opening = sum([at in openings for at, _ in mentions]) / count
        cluster.salience = (
            round(_OFTEN * often + _EARLY * early + _TITLED * _is_titled(cluster, title) + _OPENING * opening) / 100
        )
    return sorted(clusters, key=lambda cluster: (-cluster.salience, cluster.mentions[0]))


def _is_titled(cluster: Cluster, title: str) -> bool:
    """Headlines call a person by the surname."""
    for form in cluster.forms:
        called = form.rpartition(" ")[2] if cluster.kind == "person" else form
        if called in title and find_whole(title, called) >= 0:
            return True
    return False
