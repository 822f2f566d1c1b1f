"""Numbers in brackets that stand for the articles of a story, in the order in which the story lists them."""

from collections.abc import Iterable

from rich.text import Text

from schemas.story import Story, Support


class Citations:
    """`[1]` is the first article of the story's list."""

    def __init__(self, story: Story) -> None:
        self._numbers = {article.article_id: place for place, article in enumerate(story.articles, start=1)}
        self._sources = {article.article_id: article.source for article in story.articles}

    def supports(self, supports: Iterable[Support]) -> Text:
        """Every article that one of the supports is from, once."""
        return self.articles(support.article_id for support in supports)

    def articles(self, ids: Iterable[str]) -> Text:
        """`[1 3]`; an article that has left the story has no number."""
        numbers = sorted({self._numbers[own] for own in ids if own in self._numbers})
        return Text(f"[{' '.join(map(str, numbers))}]" if numbers else "[-]", style="id")

    def sources(self, supports: Iterable[Support]) -> Text:
        """`alpha.example [1], beta.example [3 4]`: who says it, and where."""
        by_source: dict[str, list[str]] = {}
        for support in supports:
            by_source.setdefault(self._sources.get(support.article_id, "?"), []).append(support.article_id)
        named = [
            Text(source + " ", style="source").append_text(self.articles(ids)) for source, ids in by_source.items()
        ]
        return Text(", ").join(named)
