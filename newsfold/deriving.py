"""Running all stages over what is on the log, with a bar that counts articles."""

from collections.abc import Callable, Iterable
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


def derive_all(
    home: "Home",
    progress: "Progress",
    label: str,
    hear: Callable[["Batch"], None] | None = None,
    order: Iterable[int] | None = None,
) -> None:
    """Runs every stage of the home's generation until it stands at the end of its source; `hear` gets each batch.

    `order` says in which order of their partitions the raw articles are taken (agents/order.py).
    """
    step = progress.step(label, raw_count(home))

    def moved(batch: "Batch") -> None:
        if batch.stage == "assign":
            step(count=batch.inputs)
        if hear:
            hear(batch)

    if order is None:
        home.pipeline().run_until_idle(Tidying(home, moved))
    else:
        from agents.replaying import replay

        replay(home.pipeline(), order, Tidying(home, moved))
    step.end()
