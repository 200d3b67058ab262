"""Entries and readings as values."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ledger.json import from_json, to_json
from monitor.screening.entry import Entry, display_key, unique
from monitor.screening.event import Event, Kind, event_id, topic
from tests.screening.cases import row

texts = st.text(max_size=8)


def test_a_digest_speaks_of_every_field_but_the_source() -> None:
    """Two sources' rows with the same content have one digest; any other difference shows."""
    one = row()
    assert replace(one, source="ecfr").digest() == one.digest()
    for field in fields(Entry):
        if field.compare and field.name != "source":
            other: Any = "x" if isinstance(getattr(one, field.name), str | None) else ("x",)
            assert replace(one, **{field.name: other}).digest() != one.digest(), field.name


@given(st.lists(texts, max_size=3), st.lists(texts, max_size=3))
def test_aliases_cannot_be_shifted_into_one_another(some: list[str], others: list[str]) -> None:
    """The digest keeps apart what the fields keep apart."""
    clean = [text for text in some if "\x1e" not in text and "\x1f" not in text]
    other = [text for text in others if "\x1e" not in text and "\x1f" not in text]
    one, two = row(aliases=tuple(clean)), row(aliases=tuple(other))
    same = clean == other or {*clean, *other} <= {""}
    assert (one.digest() == two.digest()) == same or same


def test_lone_surrogates_have_a_digest() -> None:
    """Hostile text is text."""
    assert row(name="\ud800").digest()


def test_identical_rows_count_once_and_keep_their_order() -> None:
    """The same row twice is one entry."""
    one, two = row(), row(country="AE")
    assert unique([two, one, two, one]) == (two, one)


def test_entries_are_shown_by_name_and_country() -> None:
    """As a reader expects."""
    shown = sorted([row(name="b"), row(name="Á", country="ZZ"), row(name="a")], key=display_key)
    assert [one.country for one in shown] == ["CN", "ZZ", "CN"]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_route(kind: Kind) -> None:
    """No kind is left to a default."""
    expected = {
        "removal": "removal", "listing": "listing", "entry": "amendment", "notice": "removal",
        "baseline": "baseline", "possible": "listing", "rule": "rule",
        "list": "list_changed",
    }.get(kind.value.split("_")[0], "operations")  # fmt: skip
    assert topic(kind) == expected


def test_an_id_follows_from_what_happened_alone() -> None:
    """Other kind, watch, list, or cause: another id. The same: the same."""
    one = event_id(Kind.BASELINE, "a", "EL", ("x", None))
    assert one == event_id(Kind.BASELINE, "a", "EL", ("x", None))
    others = {
        event_id(Kind.WATCH_STALE, "a", "EL", ("x", None)),
        event_id(Kind.BASELINE, "b", "EL", ("x", None)),
        event_id(Kind.BASELINE, "a", "UVL", ("x", None)),
        event_id(Kind.BASELINE, "a", "EL", ("y", None)),
    }
    assert len(others - {one}) == 4
    assert one.startswith("ev_")


def test_an_event_stored_before_it_had_a_party_is_still_read() -> None:
    """The name is stored with the event and is no part of what other programs read."""
    event = Event("ev_1", Kind.BASELINE, "a", "EL", "2023-11-16T00:00:00Z", party="Acme")
    assert from_json(to_json(event), Event) == event
    assert "party" not in json.loads(to_json(event.public()))
    assert from_json(to_json(event.public()), Event) == replace(event, party="")
