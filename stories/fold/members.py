"""An article as the story knows it."""

from schemas.articles import Facts
from schemas.story import StoryArticle
from stories.fold.lines import read_lines
from stories.fold.state import Member


def read_member(facts: Facts) -> Member:
    """The article on its own: not yet linked to any other."""
    shown = StoryArticle(
        article_id=facts.article_id,
        source=facts.source,
        input_id=facts.input_id,
        url=facts.url,
        title=facts.title,
        published_at=facts.published_at,
        published_precision=facts.published_precision,
        credits=facts.credits,
    )
    lines = read_lines(facts)
    weight = sum(line.weight for line in lines.values())
    reported = max((t for t in (facts.published_at, facts.modified_at) if t is not None), default=None)
    return Member(facts=facts, lines=lines, shown=shown, weight=weight, reported=reported, group=facts.source)
