"""Every file under `quirks/` holds one odd input and what is to become of it; this is the runner for all.

`body` or `hex` is raw input: it is cleaned, and what comes of that is extracted. `text` is clean text: it is only
extracted. `[expect]` names fields of the clean article or of its facts, each in the short form that `FORMS` gives it,
or the reason of a `quarantine`; an empty text is a field that is not set. A file that does not hold yet says why in
`xfail`.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from articles_sound import check_facts

from articles.clean import clean
from articles.extract import extract
from schemas.articles import Cleaned, Date, Fetched, Figure
from schemas.errors import Quarantine

FOLDER = Path(__file__).parent / "quirks"
CASES = {f"{path.parent.name}/{path.stem}": path for path in sorted(FOLDER.glob("*/*.toml"))}
KNOWN = {"article_id": "a1", "source": "testville.example", "input_id": "n"}


def figure_form(text: str, figure: Figure) -> str:
    """`about 10 to 12 EUR of new aid`, `14 people killed`."""
    to = f"to {figure.value_to}" if figure.value_to is not None else None
    counted = f"of {figure.counted}" if figure.unit and figure.counted else figure.counted
    return " ".join(filter(None, (figure.qualifier, str(figure.value), to, figure.unit, counted)))


def date_form(text: str, date: Date) -> str:
    """`Monday: day 2031-03-31 or 2031-04-07, relative`."""
    value = f"{date.value} or {date.other}" if date.other else date.value
    return f"{date.of(text)}: {date.granularity} {value}{', relative' if date.relative else ''}"


FORMS: dict[str, Callable[[str, Any], str]] = {
    "blocks": lambda text, block: f"{block.kind}: {block.of(text)}",
    "dropped": lambda text, dropped: f"{dropped.rule}: {dropped.text}",
    "sentences": lambda text, sentence: f"{sentence.kind}: {sentence.of(text)}",
    "entities": lambda text, entity: " = ".join((f"{entity.kind}: {entity.name}", *entity.aliases)),
    "quotes": lambda text, quote: f"{quote.speaker or '?'}: {quote.of(text)}",
    "figures": figure_form,
    "dates": date_form,
    "entries": lambda text, entry: f"{entry.at.isoformat()}: {entry.of(text).splitlines()[0]}",
}  # fmt: skip


def raw(case: dict[str, Any]) -> Fetched:
    body = bytes.fromhex(case["hex"]) if "hex" in case else case["body"].encode(case.get("encoding", "utf-8"))
    return Fetched.model_validate({**KNOWN, "content_type": "text/plain", **case.get("fetched", {}), "body": body})


def cleaned(case: dict[str, Any]) -> Cleaned:
    if "text" not in case:
        return clean(raw(case))
    text = case["text"]
    starts = [at for at in range(len(text)) if at == 0 or text[at - 2 : at] == "\n\n"]
    blocks = [{"start": at, "end": at + len(text[at:].split("\n\n")[0]), "kind": "paragraph"} for at in starts]
    return Cleaned.model_validate(
        {**KNOWN, "text": text, "blocks": blocks, "language": "en", "published_at": case.get("published_at")}
    )


def found(case: dict[str, Any]) -> dict[str, Any]:
    article = cleaned(case)
    facts = extract(article)
    check_facts(facts, article)
    known = article.model_dump(mode="json") | facts.model_dump(mode="json")
    fields = {name: "" if value is None else value for name, value in known.items()}
    for name, form in FORMS.items():
        fields[name] = [form(article.text, one) for one in getattr(article, name, None) or getattr(facts, name, ())]
    return fields


@pytest.mark.parametrize("name", CASES)
def test_quirk(name: str, request: pytest.FixtureRequest) -> None:
    case = tomllib.loads(CASES[name].read_text("utf-8"))
    if "xfail" in case:
        request.applymarker(pytest.mark.xfail(reason=case["xfail"]))
    wanted = case["expect"]
    if "quarantine" in wanted:
        with pytest.raises(Quarantine, match=wanted["quarantine"]):
            clean(raw(case))
        return
    fields = found(case)
    assert {field: fields[field] for field in wanted} == wanted, CASES[name].read_text("utf-8")


def test_there_are_enough() -> None:
    assert len(CASES) >= 160
