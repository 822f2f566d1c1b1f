from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.articles import Fetched, Gone
from schemas.base import Model
from schemas.cloudevents import extension_header, from_wire, to_wire
from schemas.errors import Quarantine
from schemas.events import KINDS, Event, Kind, derive, stable_id
from schemas.quarantine import Quarantined
from schemas.stories import Closed, Why

finite = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(float, finite)
lines = {name: st.text() for name in ("input_id", "source", "stage", "reason", "content_type", "of_type")}
counts = st.integers(0, 2**40)
st.register_type_strategy(Quarantined, st.builds(Quarantined, **lines, body=st.binary(), truncated=counts))
st.register_type_strategy(Why, st.builds(Why, score=finite, parts=st.dictionaries(st.text(), finite)))
times = st.datetimes(timezones=st.just(UTC))
GONE = Event(id="e1", key="k", subject="a1", data=Gone(article_id="a1", source="k", input_id="i"))


def events(kind: Kind) -> st.SearchStrategy[Event]:
    return st.builds(
        Event,
        id=st.text(),
        key=st.text(),
        subject=st.text(),
        source=st.text(),
        data=st.from_type(kind.model),
        time=st.none() | times,
        cause=st.none() | st.text(),
    )


def with_header(name: str, value: bytes | None) -> tuple[tuple[str, bytes], ...]:
    headers = dict(to_wire(GONE).headers) | ({name: value} if value is not None else {})
    return tuple(pair for pair in headers.items() if value is not None or pair[0] != name)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.full_type)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_encoded_decodes_to_the_same(kind: Kind, data: st.DataObject) -> None:
    event = data.draw(events(kind))
    wire = to_wire(event)
    assert from_wire(*wire) == event
    assert to_wire(from_wire(*wire)) == wire
    assert from_wire(*wire).payload == (None if "body" in kind.model.model_fields else wire.value)


def test_headers_are_named_as_cloudevents_names_them() -> None:
    data = Fetched(article_id="a1", source="s", input_id="i", content_type="text/html", body=b"<p>", title="Ø")
    event = Event(id="e1", key="s", subject="a1", data=data, time=datetime(2025, 3, 14, tzinfo=UTC), cause="c")
    wire = to_wire(event)
    assert wire.value == b"<p>"
    assert dict(wire.headers) == {
        "ce_specversion": b"1.0",
        "ce_id": b"e1",
        "ce_type": b"newsfold.article.fetched.v1",
        "ce_source": b"newsfold",
        "ce_subject": b"a1",
        "ce_time": b"2025-03-14T00:00:00Z",
        "ce_cause": b"c",
        "content-type": b"text/html",
        "ce_xarticleid": b"a1",
        "ce_xsource": b"s",
        "ce_xinputid": b"i",
        "ce_xtitle": "Ø".encode(),
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.full_type)
def test_attribute_names_are_legal_in_cloudevents_and_do_not_collide(kind: Kind) -> None:
    names = [extension_header(name).removeprefix("ce_") for name in kind.model.model_fields]
    assert len(set(names)) == len(names)
    if "body" in kind.model.model_fields:
        assert all(name.isascii() and name.isalnum() and name == name.lower() and len(name) <= 20 for name in names)


def test_a_time_elsewhere_is_the_same_moment_in_utc() -> None:
    local = datetime(2025, 3, 14, 12, tzinfo=timezone(timedelta(hours=2)))
    gone = Gone(article_id="a1", source="k", input_id="i", fetched_at=local)
    event = from_wire(*to_wire(Event(id="e", key="k", subject="a1", data=gone)))
    assert isinstance(event.data, Gone)
    assert event.data.fetched_at is not None
    assert event.data.fetched_at.isoformat() == "2025-03-14T10:00:00+00:00"


def test_an_attribute_without_a_value_is_left_out() -> None:
    wire = to_wire(Event(id="e1", key="k", subject="", data=GONE.data))
    assert "ce_subject" not in dict(wire.headers)
    assert from_wire(*wire).subject == ""


def test_headers_that_others_add_are_passed_over() -> None:
    wire = to_wire(GONE)
    assert from_wire(wire.key, wire.value, (*wire.headers, ("traceparent", b"00-ab"), ("x", b"\xff"))) == GONE


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ((), "no CloudEvent: attribute 'ce_type' is missing"),
        (with_header("ce_id", None), "no CloudEvent: attribute 'ce_id' is missing"),
        (with_header("ce_type", b"com.example.sold.v1"), "unknown type 'com.example.sold.v1'"),
        (with_header("ce_type", b"newsfold.article.gone"), "unknown type 'newsfold.article.gone'"),
        (with_header("ce_type", b"newsfold.article.gone.v0"), "versions 1 to 1, not 0"),
        (with_header("ce_type", b"newsfold.article.gone.v2"), "versions 1 to 1, not 2"),
        (with_header("ce_type", b"newsfold.article.gone.vx"), "payload does not fit its type"),
        (with_header("ce_time", b"Tue,"), "payload does not fit its type"),
        (with_header("ce_type", b"\xff\x00"), "unknown type"),
    ],
)
def test_what_is_no_event_of_ours_is_quarantined_with_a_reason(
    headers: tuple[tuple[str, bytes], ...], reason: str
) -> None:
    wire = to_wire(GONE)
    with pytest.raises(Quarantine) as caught:
        from_wire(wire.key, wire.value, headers)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [b"", None, b"{", b"[]", b"{}", b"\xff", b'{"article_id": 7}', b"[" * 100_000])
def test_a_payload_that_does_not_fit_is_quarantined(value: bytes | None) -> None:
    with pytest.raises(Quarantine, match="payload does not fit its type"):
        from_wire(b"k", value, to_wire(GONE).headers)


@settings(max_examples=300, deadline=None)
@given(
    st.none() | st.binary(),
    st.none() | st.binary(),
    st.lists(
        st.tuples(
            st.sampled_from(["ce_id", "ce_type", "ce_source", "ce_time", "content-type", "ce_xrepairs", "ce_xbody"]),
            st.binary(max_size=8) | st.sampled_from([kind.full_type.encode() for kind in KINDS]),
        )
    ).map(tuple),
)
def test_any_record_is_an_event_or_is_quarantined(key, value, headers) -> None:  # type: ignore[no-untyped-def]
    with suppress(Quarantine):
        assert isinstance(from_wire(key, value, headers).data, Model)


def test_ids_depend_on_the_cause_the_kind_and_the_subject_alone() -> None:
    closed = Closed(story_id="s1", version=2)
    first = derive(GONE, closed, key="s1", subject="s1")
    assert first.id == derive(GONE, closed.model_copy(update={"version": 3}), key="other", subject="s1").id
    others = [
        derive(GONE, closed, key="s1", subject="s2"),
        derive(GONE, GONE.data, key="s1", subject="s1"),
        derive(first, closed, key="s1", subject="s1"),
    ]
    assert len({first.id, *(event.id for event in others)}) == 4
    assert first.cause == "e1"
    assert first.time == GONE.time


def test_an_id_is_the_same_in_every_version_of_this_program() -> None:
    assert stable_id("harbour.example", "ferry-01") == "556880a16a417246b4f31a3c4fc0af1e"
    assert stable_id("ab", "c") != stable_id("a", "bc")
    assert stable_id("a", "") != stable_id("a")
    assert len(stable_id("\ud800")) == 32
