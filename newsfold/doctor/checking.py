"""The check-up as a whole: open the log, look, and judge."""

from typing import TYPE_CHECKING

from agents.topology import STAGES
from consumers.checkup import Checkup
from consumers.reading import generations
from eventlog.base import EventLog
from newsfold.doctor import looking
from newsfold.doctor.stage_problems import changelogs, standing
from newsfold.doctor.topic_problems import counts, keeping, missing
from newsfold.opening import log_path, open_log
from newsfold.wiring import EMBEDDED_PARTITIONS
from schemas.errors import NewsfoldError

if TYPE_CHECKING:
    from newsfold.settings import Settings

PATIENCE = 10.0
"""Seconds that brokers are given: whoever asks how they are wants to know it now."""


def check_up(found: "Settings", now: float, *, refused: bool = True) -> Checkup:
    """Looks at the log that the settings name; an error of ours becomes a problem. `now` is in seconds since 1970.

    Without `refused` the quarantine is not read.
    """
    place = f"Kafka at {found.cluster.address}" if found.cluster else str(log_path(found.home))
    blank = Checkup(log=place, generation=found.generation)
    try:
        log = _open(found)
    except NewsfoldError as reason:
        return blank.model_copy(update={"problems": (sentence(str(reason)),)})
    try:
        return _looked(blank, log, found, now, refused=refused)
    except NewsfoldError as reason:
        return blank.model_copy(update={"problems": (sentence(str(reason)),)})
    finally:
        log.close()


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _open(found: "Settings") -> EventLog:
    if found.cluster is None:
        return open_log(found.home)
    from eventlog.kafka import KafkaLog

    return KafkaLog(found.cluster, patience=PATIENCE)


def _looked(blank: Checkup, log: EventLog, found: "Settings", now: float, *, refused: bool) -> Checkup:
    naming, known = found.naming, log.topics()
    there = tuple(generations(log, found.prefix))
    stages = tuple(looking.stages(log, naming, known, now))
    wrong = [
        *missing(naming, known, there),
        *counts(naming, known, found.partitions if found.cluster else EMBEDDED_PARTITIONS),
        *keeping(naming, known),
    ]
    if len(stages) == len(STAGES):
        wrong += [*standing(stages), *(changelogs(stages, known) if found.cluster else ())]
    return blank.model_copy(
        update={
            "generations": there,
            "topics": tuple(looking.topics(log, naming, known)),
            "stages": stages,
            "quarantine": looking.refused(log, naming, known) if refused else (),
            "problems": tuple(map(sentence, wrong)),
        }
    )
