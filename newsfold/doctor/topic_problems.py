"""What can be wrong with the topics of a generation: sentences that say what to do."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from eventlog.base import TopicConfig
from newsfold.wiring import partitions_of
from schemas.topics import LATEST, RAW, TOPICS, Cleanup, Naming

Known = Mapping[str, TopicConfig]
KEPT: Mapping[Cleanup, str] = {"keep": "for ever", "compact": "by newest of each key", "time": "by time"}
MENDED: Mapping[Cleanup, str] = {
    "keep": "cleanup.policy to delete and its retention.ms to -1",
    "compact": "cleanup.policy to compact",
    "time": "cleanup.policy to delete",
}


def missing(naming: Naming, known: Known, generations: Sequence[str]) -> Iterator[str]:
    """Topics that are not there."""
    absent = [naming.of(topic) for topic in TOPICS if naming.of(topic) not in known]
    if not absent:
        return
    if generations and naming.generation not in generations and naming.of(LATEST) in absent:
        yield (
            f"there is no generation {naming.generation!r} on this log (there are: {', '.join(generations)}): name one "
            f"with --generation, or let `newsfold worker --generation {naming.generation}` derive it"
        )
    elif len(absent) == len(TOPICS):
        yield f"there are no topics {naming.prefix}* here yet: run `newsfold worker`, which makes them"
    else:
        yield f"topics are missing ({', '.join(absent)}): run `newsfold worker`, which makes them"


def counts(naming: Naming, known: Known, wanted: int) -> Iterator[str]:
    """Partition counts that differ from the setting, or between topics that must have the same."""
    have = {topic: known[naming.of(topic)].partitions for topic in TOPICS if naming.of(topic) in known}
    shared = [count for topic, count in have.items() if topic.partitions != 1]
    if not shared:
        return
    usual = have.get(RAW) or Counter(shared).most_common(1)[0][0]
    odd = [f"{naming.of(topic)} has {own}" for topic, own in have.items() if own != partitions_of(topic, usual)]
    if odd:
        yield (
            f"partition counts do not go together ({', '.join(odd)}; the others: {usual}): set 'partitions' to {usual} "
            "and derive a generation with a new name, `newsfold worker --generation NAME`"
        )
    elif usual != wanted:
        yield f"the topics have {usual} partitions, and the setting 'partitions' says {wanted}: set it to {usual}"


def keeping(naming: Naming, known: Known) -> Iterator[str]:
    """Topics that are cleaned up more than Newsfold can bear."""
    for topic in TOPICS:
        config = known.get(naming.of(topic))
        if config and config.cleanup not in (topic.cleanup, "keep"):
            yield (
                f"topic {naming.of(topic)} is kept {KEPT[config.cleanup]}, and must be kept {KEPT[topic.cleanup]}: "
                f"set its {MENDED[topic.cleanup]}"
            )
