"""Articles on one invented event that goes on for weeks, as many as are wanted: for measuring how a story grows.

It has what makes long stories dear: wire texts that many outlets carry whole, a few statements that nearly every
article repeats in words of its own, tolls that rise, quotes, and always something new. All of it is made up.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import orjson

from schemas.articles import Fetched

_BEGAN = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)
_OUTLETS = 60
_COPIES, _NEW = 0.25, 0.55
"""Shares of articles that carry a wire text, and of sentences of the others that say something new."""
_SENTENCES = (12, 26)
_CORE = 12
_LATELY = 400
"""Statements that are still spoken of."""
_BEGINNINGS = [*"bdfghjklmnprstvw", "br", "dr", "fl", "gr", "kl", "sk", "st", "tr"]
_ENDINGS = ["an", "ar", "el", "en", "ik", "in", "is", "ol", "on", "or", "und", "ur", "ys", "ost", "alm", "erk", "ild"]
_ROLES = [
    "engineer",
    "baker",
    "surveyor",
    "teacher",
    "pilot",
    "nurse",
    "farmer",
    "clerk",
    "diver",
    "mayor",
    "warden",
    "carpenter",
]
_THINGS = [
    "the lower dam",
    "the grain store",
    "the north bridge",
    "a chapel roof",
    "the tram depot",
    "two ferries",
    "the school hall",
    "the water works",
    "the old mill",
    "a fish market",
    "the signal tower",
    "the hospital wing",
    "a timber yard",
    "the power line",
]
_DONE = (
    ("was closed", "has been shut"),
    ("was flooded", "stood under water"),
    ("was repaired", "has been mended"),
    ("was searched", "has been combed through"),
    ("was evacuated", "had to be cleared"),
    ("was reopened", "is open again"),
    ("collapsed", "gave way"),
    ("was guarded by soldiers", "stood under military guard"),
)
_WHEN = ["on Monday", "on Tuesday", "before dawn", "late in the evening", "after the second wave", "during the night"]
_COUNTED = [
    "houses",
    "families",
    "volunteers",
    "lorries",
    "boats",
    "pumps",
    "sandbags",
    "farms",
    "shops",
    "soldiers",
    "pupils",
    "animals",
]
_SAID = (
    "nobody had ever seen the river so high",
    "the wall should have been built years ago",
    "people helped one another without being asked",
    "the next days would decide everything",
    "there was enough food for a fortnight",
    "the warning had come an hour too late",
)


class Statement(NamedTuple):
    """One thing to be said, in several wordings."""

    wordings: tuple[str, ...]


def long_story(count: int, seed: int = 7) -> Iterator[Fetched]:
    """So many articles, in order of publishing; the same for the same seed, whatever the count."""
    chance = random.Random(seed)
    places = [_name(chance) for _ in range(200)]
    people = [f"{_name(chance)} {_name(chance)}" for _ in range(400)]
    core = [_statement(chance, places[:6], people[:8]) for _ in range(_CORE)]
    told: list[Statement] = []
    wire: list[str] = []
    for number in range(count):
        if wire and chance.random() < _COPIES:
            text = chance.choice(wire[-6:])
        else:
            new = [_statement(chance, places, people) for _ in range(chance.randint(*_SENTENCES))]
            text = _text(chance, number, new, [*core, *told[-_LATELY:]])
            told += new
            wire += [text] if chance.random() < _COPIES else []
        yield _fetched(number, chance.randrange(_OUTLETS), text)


def _name(chance: random.Random) -> str:
    parts = [chance.choice(_BEGINNINGS) + chance.choice(_ENDINGS) for _ in range(chance.randint(2, 3))]
    return "".join(parts).capitalize()


def _statement(chance: random.Random, places: Sequence[str], people: Sequence[str]) -> Statement:
    place, person, role = chance.choice(places), chance.choice(people), chance.choice(_ROLES)
    thing, when, number = chance.choice(_THINGS), chance.choice(_WHEN), chance.randint(14, 950)
    done, other = chance.choice(_DONE)
    kind = chance.randrange(4)
    if kind == 0:
        said = chance.choice(_SAID)
        return Statement(
            (
                f'"In {place} {said}, and {thing} {done}," said {person}, a {role}.',
                f'{person}, who is a {role} in {place}, said that "{said}, and {thing} {other}".',
            )
        )
    if kind == 1:
        counted = chance.choice(_COUNTED)
        return Statement(
            (
                f"In {place} {number} {counted} were counted near {thing} {when}, according to {person}.",
                f"Near {thing} in {place}, {person} counted {number} {counted} {when}.",
            )
        )
    what = thing[0].upper() + thing[1:]
    return Statement(
        (
            f"{what} of {place} {done} {when}, the {role} {person} told the council of {chance.choice(places)}.",
            f"{when.capitalize()} {thing} of {place} {other}, as {role} {person} has confirmed.",
            f"The {role} {person} confirmed that {thing} in {place} {done} {when}.",
        )
    )


def _text(chance: random.Random, number: int, new: Sequence[Statement], known: Sequence[Statement]) -> str:
    dead = 14 + number // 40
    toll = chance.choice(
        ("At least {} people died in the flood of the Ulvik.", "The flood of the Ulvik killed {} people.")
    )
    lines = [toll.format(dead)]
    for statement in new:
        picked = statement if chance.random() < _NEW else _known(chance, known)
        lines.append(chance.choice(picked.wordings))
    return "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))


def _known(chance: random.Random, known: Sequence[Statement]) -> Statement:
    """Half of what is repeated is what nearly everybody repeats."""
    return known[chance.randrange(_CORE)] if chance.random() < 0.5 else chance.choice(known)


def _fetched(number: int, outlet: int, text: str) -> Fetched:
    row = {"title": f"Flood of the Ulvik: day {1 + number // 60}, report {number}", "text": text, "lang": "en"}
    source = f"outlet{outlet}.example"
    return Fetched(
        article_id=f"{number:06d}",
        source=source,
        input_id=f"{number}",
        url=f"https://{source}/{number}",
        content_type="application/json",
        body=orjson.dumps(row),
        published_at=_BEGAN + timedelta(minutes=24 * number),
        published_precision="minute",
        language="en",
    )
