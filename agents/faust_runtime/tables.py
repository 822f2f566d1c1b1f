"""What becomes of Faust's table manager: it says when the partitions are ours, and leaves their state to the lanes.

Faust restores tables by passing each record of a changelog through two tasks, and may miss the end of it and wait five
seconds. Lanes have to read what follows their claim anyway, so they read all that the local store has not got.
"""

import asyncio

from faust.tables import TableManager
from faust.tables.recovery import Recovery as FaustRecovery


class Recovery(FaustRecovery):
    """Goes through its motions, with nothing to read."""

    def need_recovery(self) -> bool:
        """Never: a lane restores its partition when it opens it."""
        return False


class Tables(TableManager):
    """Starts at once."""

    async def on_start(self) -> None:
        """Faust sleeps for a second here, in case more tables are added."""
        await asyncio.sleep(0)
        if not self.should_stop:
            await self._update_channels()
            await self.recovery.start()

    @property
    def recovery(self) -> FaustRecovery:
        """Ours, made when it is first asked for."""
        if self._recovery is None:
            self._recovery = Recovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery
