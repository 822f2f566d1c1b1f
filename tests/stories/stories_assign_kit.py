"""Invented articles, their facts, and a state in memory, for the tests of assign."""

import math
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

from articles.text.idf import idf
from articles.text.stems import stems
from schemas.articles import Entity, Facts, Gone, Sentence
from schemas.base import Span
from schemas.events import Event, stable_id
from schemas.stories import Linked
from stories.assign import assign, open_desk

START = datetime(2031, 5, 4, 8, 0, tzinfo=UTC)

FERRY = [
    "The ferry Maren Vike ran aground off Tolvik harbour with 214 passengers on board.",
    "Rescue boats brought all passengers of the Maren Vike to Tolvik before nightfall.",
    "Harbour master Odda Brenn said fog had hidden the lights of the northern reef.",
    "The shipping line Skarland apologised and promised to pay for hotels.",
    "Divers will inspect the hull of the ferry when the storm has passed.",
    "Tolvik harbour stays closed to larger ships until the wreck is secured.",
]
FERRY_RETOLD = [
    "All 214 passengers are safe after the Maren Vike struck a reef near Tolvik harbour.",
    "Fog hid the reef lights, according to harbour master Odda Brenn.",
    "Skarland, which runs the ferry, will pay for the hotels of stranded passengers.",
    "An inspection of the hull by divers must wait for calmer weather.",
]
BUDGET = [
    "Parliament in Quellia rejected the budget of finance minister Teodor Lasz by three votes.",
    "Two members of the Orchard Party broke ranks over the tax on diesel.",
    "Lasz said he would return with a smaller tax next week.",
    "The Quellian crown lost two percent against its neighbours after the vote.",
    "Opposition leader Irma Dovan called for an early election in the autumn.",
]
BUDGET_RETOLD = [
    "The diesel tax brought down the Quellian budget when two Orchard Party members voted against it.",
    "Finance minister Teodor Lasz lost by three votes in parliament and plans a smaller tax.",
    "Irma Dovan, who leads the opposition, wants an early election.",
]
VOLCANO = [
    "Mount Ashkar threw a column of ash over the island of Pelu on Tuesday.",
    "Volcanologist Runa Tesh recorded forty tremors within an hour.",
    "Villages below the crater were evacuated by buses of the island council.",
    "Flights to Pelu were cancelled because ash had covered the runway.",
]
CHESS = [
    "Grandmaster Ilse Korvin won the chess championship in Bravenna after seven draws.",
    "Her opponent Pavo Zell blundered a rook in the last game.",
    "Korvin is the youngest champion that the Bravenna tournament has had.",
]


class Memory(dict):
    """A stage's state."""

    def put(self, key, value):
        self.pop(key, None)
        if value is not None:
            self[key] = value

    def scan(self, prefix):
        return iter([(key, self[key]) for key in sorted(self) if key.startswith(prefix)])


class Newsroom:
    """A desk that is fed article by article."""

    def __init__(self):
        self.state = Memory()
        self.desk = open_desk(self.state)

    def see(self, event):
        return assign(self.desk, event)

    def see_one(self, event):
        (output,) = [one for one in self.see(event) if not isinstance(one.data, Linked)]
        return output.data

    def links(self, event):
        return [one.data for one in self.see(event) if isinstance(one.data, Linked)]

    def stored(self, prefix):
        return [key for key, _ in self.state.scan(prefix)]


def facts(name, sentences, *, title="", days=0.0, dated=True, fetched=None, language="en"):
    """Facts as extract would give them, from invented sentences; `days` and `fetched` count from `START`."""
    text = " ".join(sentences)
    return Facts(
        article_id=stable_id("test", name)[:16],
        source=f"{name}.example",
        input_id=name,
        title=title,
        language=language,
        published_at=START + timedelta(days=days) if dated else None,
        fetched_at=None if fetched is None else START + timedelta(days=fetched),
        text=text,
        digest=stable_id(title, text)[:16],
        sentences=tuple(_spans(text, sentences)),
        entities=tuple(_entities(text)),
        terms=_vector(text, language),
        title_terms=_vector(title, language),
    )


def arrival(name, sentences, *, event_id=None, **more):
    """The event that facts come in."""
    data = facts(name, sentences, **more)
    return Event(id=event_id or stable_id(name, data.digest, str(more)), key=data.language, subject=name, data=data)


def departure(name, *, fetched=None, event_id=None):
    """The event that says that an article is gone."""
    fetched_at = None if fetched is None else START + timedelta(days=fetched)
    gone = Gone(article_id=stable_id("test", name)[:16], source="x.example", input_id=name, fetched_at=fetched_at)
    return Event(id=event_id or stable_id("gone", name, str(fetched)), key="en", subject=name, data=gone)


def _spans(text, sentences):
    at = 0
    for sentence in sentences:
        start = text.index(sentence, at)
        at = start + len(sentence)
        yield Sentence(start=start, end=at)


def _entities(text):
    found = {}
    for match in re.finditer(r"(?<=[a-z,] )[A-Z]\w+(?: [A-Z]\w+)*", text):
        found.setdefault(match.group(), []).append(Span(start=match.start(), end=match.end()))
    return [Entity(name=name, kind="other", mentions=tuple(spans)) for name, spans in found.items()]


def _vector(text, language):
    weights = {stem: (1 + math.log(n)) * idf(stem, language) for stem, n in Counter(stems(text, language)).items()}
    norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return tuple(
        (stem, weight / norm) for stem, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    )
