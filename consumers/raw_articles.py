"""One raw article of the log, by its id or the id that its input had."""

from collections import deque

from articles.clean.seen import SEEN
from eventlog.base import EventLog, Record
from eventlog.events import event_of, header, read_all
from schemas.articles import Cleaned, Fetched
from schemas.cloudevents import extension_header
from schemas.errors import UsageError
from schemas.topics import CLEAN, RAW, Naming

_INPUT_ID = extension_header("input_id")


def find_raw(log: EventLog, naming: Naming, name: str) -> Fetched:
    """The newest form in which an article was fetched; `name` is its input id, or how its article id begins.

    Raises `UsageError` if there is no such article, or more than one.
    """
    newest: dict[str, Record] = {}
    by_input: dict[str, Record] = {}
    for record in read_all(log, naming.of(RAW)):
        article_id = header(record, "ce_subject")
        if not header(record, "ce_type").startswith("newsfold.article.fetched."):
            continue
        if header(record, _INPUT_ID) == name:
            by_input[article_id] = record
        if name and article_id.startswith(name):
            newest[article_id] = record
    found = by_input or newest
    if not found:
        raise UsageError(
            f"no article's id begins with {name!r}, and no input has it as its id; `newsfold show STORY --json` has ids"
        )
    if len(found) > 1:
        some = ", ".join(sorted(found)[:3]) + (" ..." if len(found) > 3 else "")
        raise UsageError(f"{name!r} fits {len(found)} articles ({some}): type more of the id")
    data = event_of(next(iter(found.values()))).data
    assert isinstance(data, Fetched), "its type says so"
    return data


def seen_lines(log: EventLog, naming: Naming, article: Fetched) -> tuple[str, ...]:
    """The lines that were left out of the newest clean form of an article because others of its source have them."""
    records = read_all(log, naming.of(CLEAN), key=article.source.encode())
    newest = deque((record for record in records if header(record, "ce_subject") == article.article_id), maxlen=1)
    found = [event_of(record).data for record in newest]
    return tuple(one.text for data in found if isinstance(data, Cleaned) for one in data.dropped if one.rule == SEEN)
