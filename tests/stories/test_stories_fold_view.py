"""Which stories the fold holds in memory: those used last, and a huge one as long as it is in use."""

from collections.abc import Iterator

from stories_fold_kit import MemoryState, event, facts, joined

from stories.fold import FoldView, fold

TEXT = "The ferry to Gorst was taken out of service on Friday for repairs to its rudder."


class CountedState(MemoryState):
    """Knows which stories were read back, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []

    def scan(self, prefix: str) -> Iterator[tuple[str, bytes]]:
        if prefix.endswith("/claims/"):
            self.loaded.append(prefix.split("/")[1])
        return super().scan(prefix)


def grow(view: FoldView, story_id: str, count: int, first: int = 1) -> None:
    articles = [facts(f"{story_id}.{number}", TEXT) for number in range(first, first + count)]
    for data in joined(*articles, story_id=story_id, first=first):
        fold(view, event(data))


def test_a_story_larger_than_all_others_may_be_together_stays_while_others_are_used() -> None:
    state = CountedState()
    view = FoldView(state, sentences=10)
    grow(view, "huge", 30)
    for number in range(12):
        grow(view, f"small{number}", 1)
        grow(view, "huge", 1, first=31 + number)
    assert state.loaded == []


def test_a_huge_story_goes_when_it_is_no_longer_used() -> None:
    state = CountedState()
    view = FoldView(state, sentences=10)
    grow(view, "huge", 30)
    for number in range(6):
        grow(view, f"small{number}", 1)
    grow(view, "small5", 1, first=2)
    assert state.loaded == []
    grow(view, "huge", 1, first=31)
    assert state.loaded == ["huge"]


def test_of_stories_that_do_not_fit_the_one_used_longest_ago_goes() -> None:
    state = CountedState()
    view = FoldView(state, sentences=5)
    for name in ("a", "b", "c"):
        grow(view, name, 2)
    grow(view, "b", 1, first=3)
    grow(view, "c", 1, first=3)
    assert state.loaded == []
    grow(view, "a", 1, first=3)
    assert state.loaded == ["a"]


def test_a_huge_story_that_has_lost_its_articles_leaves_room() -> None:
    state = CountedState()
    view = FoldView(state, sentences=10)
    grow(view, "huge", 30)
    view.rebuild([event(data) for data in joined(facts("huge.1", TEXT), story_id="huge")])
    for number in range(7):
        grow(view, f"small{number}", 1)
    grow(view, "huge", 1, first=2)
    assert state.loaded == ["huge"]


def test_a_story_read_back_has_the_indexes_that_it_had() -> None:
    state = MemoryState()
    view = FoldView(state)
    texts = [
        TEXT,
        f"About 20 people were taken ashore in Gorst. {TEXT}",
        "Divers found 140 crates near the Gorst pier.",
    ]
    for data in joined(*(facts(f"a{number}", *text.split(". ")) for number, text in enumerate(texts * 2))):
        fold(view, event(data))
    held, read = view.story("s1"), FoldView(state).story("s1")
    assert held is not None
    assert read is not None
    assert len(read.words) > 5
    assert read.words == held.words
    assert dict(read.norms) == dict(held.norms)
    assert dict(read.ids) == dict(held.ids)
