"""What can be wrong with the stages: sentences that say what to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from agents.changelog import changelog_of
from consumers.checkup import PartitionCheck, StageCheck, lasting
from eventlog.base import TopicConfig

FAR_BEHIND = 60.0
"""Seconds that the oldest record may wait: a stage takes a record within one, and a restart takes less than that."""
NEW = "derive a generation with a new name: `newsfold worker --generation NAME`"


def standing(stages: Sequence[StageCheck]) -> Iterator[str]:
    """Where the stages stand."""
    for stage in stages:
        yield from _beyond(stage)
        yield from _unread(stage)
        yield from _behind(stage)


def changelogs(stages: Sequence[StageCheck], known: Mapping[str, TopicConfig]) -> Iterator[str]:
    """The topics that hold the state of the stages on Kafka."""
    for stage in stages:
        name, wanted = changelog_of(stage.group), len(stage.partitions)
        if name in known and (have := known[name].partitions) != wanted:
            yield (
                f"topic {name}, which holds the state of stage {stage.stage}, has {have} partitions, and "
                f"{stage.source} has {wanted}: {NEW}"
            )
        elif name not in known and stage.ran:
            yield (
                f"stage {stage.stage} has run, but topic {name}, which holds its state, is missing: stop the workers, "
                "remove the folder `workers` in the home folder of each, and start them again; the state is then made "
                f"anew from the first record of {stage.source}"
            )


def _beyond(stage: StageCheck) -> Iterator[str]:
    places = _some(stage, lambda own: own.place > own.end, lambda own: f"{own.place:,} where {own.end:,} is the end")
    if places:
        yield (
            f"stage {stage.stage} is beyond the end of {stage.source} ({places}), so the topic has lost records or was "
            f"made anew: {NEW}"
        )


def _unread(stage: StageCheck) -> Iterator[str]:
    places = _some(stage, lambda own: own.place < own.first, lambda own: f"{own.place:,} to {own.first - 1:,}")
    if places:
        yield (
            f"records of {stage.source} were cleaned away before stage {stage.stage} had read them ({places}): "
            "`newsfold worker --accept-gap` notes that in the quarantine and goes on without them"
        )


def _behind(stage: StageCheck) -> Iterator[str]:
    waits = f"{stage.waiting:,} record{' waits' if stage.waiting == 1 else 's wait'} in {stage.source}"
    if stage.waiting and not stage.ran:
        yield f"stage {stage.stage} has never run, and {waits}: run `newsfold worker`"
    elif stage.oldest_seconds is not None and stage.oldest_seconds > FAR_BEHIND:
        yield (
            f"stage {stage.stage} is {lasting(stage.oldest_seconds)} behind, {waits}: see that `newsfold worker` runs; "
            "if it does and this grows, run more"
        )


def _some(stage: StageCheck, chosen: Callable[[PartitionCheck], bool], told: Callable[[PartitionCheck], str]) -> str:
    """What is to be told of the first chosen partition, and how many others there are; empty if none is chosen."""
    own = [one for one in stage.partitions if chosen(one)]
    if not own:
        return ""
    more = f", and in {len(own) - 1} more" if len(own) > 1 else ""
    return f"partition {own[0].partition}: {told(own[0])}{more}"
