"""Labelled stories as one stream: is every article of a matter that goes on for days put into its story?"""

from collections.abc import Iterable

from bench.quality.assign import Row, assign_all, score
from bench.quality.folding import facts_of
from samples.labelled import LabelledStory


def told_together(told: Iterable[LabelledStory]) -> list[Row]:
    """All articles in the order of publication; each belongs to the story that it was written for."""
    rows = [
        Row(facts, story.name, first=False)
        for story in told
        for own in story.articles
        if (facts := facts_of({**own.row(), "id": f"{story.name}/{own.ref}"}))
    ]
    return sorted(rows, key=lambda row: (str(row.facts.published_at), row.facts.article_id))


def score_together(told: Iterable[LabelledStory]) -> dict[str, float]:
    """B-cubed and pairwise F1."""
    rows = told_together(told)
    scores = score([(str(row.story), at) for row, at in zip(rows, assign_all(rows).stories, strict=True)])
    return {"told as one stream, B-cubed F1": scores.b3[2], "told as one stream, pairwise F1": scores.pairs[2]}
