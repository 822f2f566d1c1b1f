from pathlib import Path

from consumers.reading import stories
from eventlog.events import read_all
from newsfold.tidying import Tidying
from newsfold.wiring import open_home
from samples.raw import raw_at
from samples.world import World
from schemas.topics import LATEST, UPDATES, Naming
from scrapers.publish import publish


def test_only_the_newest_version_of_each_story_is_kept(tmp_path: Path) -> None:
    home = open_home(tmp_path, Naming(), create=True, batch=1)
    world = World.load()
    pipeline = home.pipeline()
    heard = 0

    def hear(_: object) -> None:
        nonlocal heard
        heard += 1

    tidying = Tidying(home, hear, every=1)
    for tick in range(3):
        publish(home.log, home.naming, raw_at(world, tick))
        pipeline.run_until_idle(tidying)
    latest = list(read_all(home.log, home.naming.of(LATEST)))
    updates = list(read_all(home.log, home.naming.of(UPDATES)))
    assert len(latest) == len({record.key for record in latest}) < len(updates)
    assert sum(story.version for _, story in stories(home.log, home.naming)) == len(updates)
    assert heard > len(updates)
    home.close()
