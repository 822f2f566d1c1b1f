"""What the simulator feeds: two languages, copies, a revision, a withdrawal, a look-alike and junk. All invented."""

from datetime import UTC, datetime, timedelta

from schemas.articles import Fetched, Gone
from schemas.events import Event, stable_id

_START = datetime(2025, 3, 3, 6, 0, tzinfo=UTC)

_WIRE = """HALVREN (Meridian) - At least 14 people were killed when the ferry Astra Dawn capsized off Port Halvren on \
Monday, the coastguard said.

The ferry carried 212 passengers and crew, according to the operator Corran Lines.

"We heard a loud crack and then the deck tilted," survivor Mira Tolan said.

Rescue boats pulled 160 people from the water before nightfall."""

_ENGLISH: tuple[tuple[str, str, int, str, str], ...] = (
    ("meridian.example", "ferry-1", 0, "Ferry capsizes off Port Halvren", _WIRE),
    ("dailyharbour.example", "h-1", 1, "Fourteen dead as ferry capsizes off Port Halvren", _WIRE),
    (
        "halvrenpost.example",
        "p-1",
        2,
        "Ferry disaster shocks Port Halvren",
        """At least 12 people were killed when the ferry Astra Dawn capsized off Port Halvren, the harbour master said.

"We heard a loud crack and then the deck tilted," Mira Tolan, a survivor, told this newspaper.

Corran Lines said that the ferry carried 212 passengers and crew.""",
    ),
    (
        "meridian.example",
        "dam-1",
        3,
        "Cracks found in Ostrel dam",
        """Engineers found three cracks in the Ostrel dam after heavy rain, the Water Board said on Tuesday.

Some 4,000 people in the valley below were told to leave their homes.

"The dam holds, but we take no risk," engineer Paul Venn told reporters.""",
    ),
    (
        "halvrenpost.example",
        "p-2",
        4,
        "Valley emptied below Ostrel dam",
        """About 4,000 people left the valley below the Ostrel dam after engineers found three cracks in it.

The Water Board said that heavy rain had raised the level of the lake by two metres.""",
    ),
    (
        "halvrenpost.example",
        "p-1",
        5,
        "Ferry disaster shocks Port Halvren",
        """Correction: an earlier version gave a wrong toll. At least 14 people were killed when the ferry Astra Dawn \
capsized off Port Halvren, the harbour master said.

"We heard a loud crack and then the deck tilted," Mira Tolan, a survivor, told this newspaper.

Corran Lines said that the ferry carried 212 passengers and crew.""",
    ),
    (
        "coastwatch.example",
        "c-1",
        6,
        "Ferry runs aground at Sellin",
        """A ferry ran aground at Sellin on Wednesday and all 48 passengers walked ashore, the harbour office said.

Nobody was hurt, and the ferry Lady Fenn is expected to sail again on Friday.""",
    ),
    (
        "meridian.example",
        "ferry-2",
        7,
        "Ferry toll rises to 17",
        """HALVREN (Meridian) - The death toll from the ferry Astra Dawn rose to 17 on Wednesday, the coastguard said.

Divers searched the wreck off Port Halvren for a second day.""",
    ),
)
_GERMAN: tuple[tuple[str, str, int, str, str], ...] = (
    (
        "talbote.example",
        "t-1",
        0,
        "Streik am Hafen von Brenk",
        """Die Arbeiter am Hafen von Brenk haben am Montag die Arbeit niedergelegt. Die Gewerkschaft fordert acht \
Prozent mehr Lohn für alle Beschäftigten.

Der Hafen teilte mit, dass zwölf Schiffe auf ihre Entladung warten müssen.""",
    ),
    (
        "nordkurier.example",
        "n-1",
        2,
        "Hafenstreik in Brenk dauert an",
        """Der Streik der Arbeiter am Hafen von Brenk dauert an. Die Gewerkschaft lehnte ein Angebot von fünf Prozent \
mehr Lohn für die Beschäftigten ab.

Zwölf Schiffe warten nach Angaben des Hafens weiter auf ihre Entladung.""",
    ),
)


def english() -> list[Event]:
    """Raw events in order: with junk in the middle, a withdrawal at the end, and the withdrawn article once more."""
    events = [fetched(*row) for row in _ENGLISH]
    junk = _event(_raw("coastwatch.example", "junk", 2, "", b"\x00\x01\x02\x03\xff\xfe" * 50))
    gone = Gone(
        article_id=_article_id("halvrenpost.example", "p-2"),
        source="halvrenpost.example",
        input_id="p-2",
        fetched_at=_START + timedelta(hours=9),
    )
    withdrawn = Event(stable_id("gone", gone.article_id), gone.source, gone.article_id, gone, time=gone.fetched_at)
    return [*events[:3], junk, *events[3:], withdrawn]


def german() -> list[Event]:
    """Raw events that share nothing with the English ones."""
    return [fetched(*row) for row in _GERMAN]


def fetched(source: str, input_id: str, hours: int, title: str, text: str) -> Event:
    """A raw article of plain text, so many hours after the beginning."""
    return _event(_raw(source, input_id, hours, title, text.encode()))


def _raw(source: str, input_id: str, hours: int, title: str, body: bytes) -> Fetched:
    return Fetched(
        article_id=_article_id(source, input_id),
        source=source,
        input_id=input_id,
        content_type="text/plain; charset=utf-8",
        body=body,
        title=title or None,
        fetched_at=_START + timedelta(hours=hours),
        published_at=_START + timedelta(hours=hours),
    )


def _event(raw: Fetched) -> Event:
    identity = stable_id(raw.source, raw.input_id, str(raw.fetched_at))
    return Event(identity, raw.source, raw.article_id, raw, time=raw.fetched_at)


def _article_id(source: str, input_id: str) -> str:
    return stable_id(source, input_id)[:16]
