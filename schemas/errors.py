"""Every error that Newsfold raises on purpose.

NewsfoldError
├── UsageError            the person at the keyboard can mend it; shown as one sentence
├── Quarantine            this input can never work: kept with its reason, the stream goes on
├── Retry                 may work soon: tried again with a capped back-off
└── Fatal                 the log or the store is broken, or is no longer ours: stop loudly
    ├── StaleOwner        somebody else has taken over this partition
    ├── OffsetGap         a record before this one was never seen
    ├── TornRecord        neither slot of a stored record is covered by the commit record
    ├── VersionGap        a story event is missing before this one
    └── RecordTooLarge    a record that the log cannot hold was handed to it
"""


class NewsfoldError(Exception):
    """Root of the tree."""


class UsageError(NewsfoldError):
    """The request cannot be carried out as it was put; the text says what to change."""


class Quarantine(NewsfoldError):
    """The input can never be processed; the text is the reason that is kept with it."""


class Retry(NewsfoldError):
    """The outside world did not answer as hoped; the same attempt may work later."""


class Fatal(NewsfoldError):
    """Going on would lose or corrupt something."""


class StaleOwner(Fatal):
    """Another owner has claimed the partition since this one loaded it."""


class OffsetGap(Fatal):
    """The next record's offset is beyond the one expected."""


class TornRecord(Fatal):
    """A stored record holds no version that the commit record covers."""


class RecordTooLarge(Fatal):
    """A record exceeds the size limit of the log."""


class VersionGap(Fatal):
    """A story event makes a version beyond the next one; the story must be rebuilt from `stories.log`."""

    def __init__(self, story_id: str, have: int, got: int) -> None:
        super().__init__(f"story {story_id}: version {got} after version {have}")
        self.story_id = story_id
