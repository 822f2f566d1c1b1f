"""Running all stages over what is on the log, with a bar that counts articles."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsfold.tidying import Tidying
from schemas.topics import RAW

if TYPE_CHECKING:
    from agents.partition import Batch
    from newsfold.progress import Progress
    from newsfold.wiring import Home


def raw_count(home: "Home") -> int:
    """Raw records on the log."""
    return sum(home.log.end_offsets(home.naming.of(RAW)).values())


def derive_all(home: "Home", progress: "Progress", label: str, hear: Callable[["Batch"], None] | None = None) -> None:
    """Runs every stage of the home's generation until it stands at the end of its source; `hear` gets each batch."""
    step = progress.step(label, raw_count(home))

    def moved(batch: "Batch") -> None:
        if batch.stage == "assign":
            step(count=batch.inputs)
        if hear:
            hear(batch)

    home.pipeline().run_until_idle(Tidying(home, moved))
    step.end()
