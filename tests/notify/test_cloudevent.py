"""What other people's programs get: the contract's keys, a valid envelope, a bounded size."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notify.webhook.payload import MAX_BYTES, cloud_event, cloud_event_of_test
from monitor.screening.event import Event, Kind, NamedParty
from monitor.status.shapes import json_bytes
from tests.notify.events import INSTITUTE, NOW, REMOVED, hostile

EVENT_KEYS = [
    "id", "kind", "watch", "list", "at", "effective_on", "citation", "document_number",
    "document_url", "title", "summary", "review", "witnesses", "before", "after", "changes", "lag",
    "case", "follow", "parties",
]  # fmt: skip
ENTRY_KEYS = [
    "list", "name", "aliases", "addresses", "country", "license_requirement", "license_policy",
    "citations", "start_date", "source", "footnotes",
]  # fmt: skip


def _shape(event: dict[str, Any]) -> None:
    assert list(event) == EVENT_KEYS
    assert event["before"] is None or list(event["before"]) == ENTRY_KEYS
    for witness in event["witnesses"]:
        assert list(witness) == ["source", "verdict", "as_of", "seen_at", "snapshot", "url"]
    for change in event["changes"]:
        assert list(change) == ["field", "before", "after"]
    for lag in event["lag"]:
        assert list(lag) == ["source", "seconds"]


def _data(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(cloud_event(event, None))["data"]
    return data


def test_event_has_exactly_the_keys_of_the_contract() -> None:
    """EVENT and ENTRY, full and empty, survive JSON unchanged."""
    full = _data(REMOVED)
    _shape(full)
    _shape(_data(Event("ev_x", Kind.WATCH_STALE, None, None, "2023-11-17T13:45:00Z")))
    assert full["kind"] == "removal_confirmed"
    assert full["before"]["name"] == INSTITUTE.name
    assert full["before"]["aliases"] == list(INSTITUTE.aliases)


def test_a_webhook_says_what_the_api_says() -> None:
    """One EVENT, whichever way it goes out."""
    assert _data(REMOVED) == json.loads(json_bytes(REMOVED.public()))


def test_envelope_is_a_cloud_event() -> None:
    """The attributes of CloudEvents 1.0 as the contract fills them."""
    told = json.loads(cloud_event(REMOVED, "https://monitor.example/"))
    assert {key: told[key] for key in told if key != "data"} == {
        "specversion": "1.0",
        "id": REMOVED.id,
        "source": "https://monitor.example/",
        "type": "entity-monitor.removal_confirmed",
        "subject": "mps-ifs",
        "time": "2023-11-17T13:45:00Z",
        "datacontenttype": "application/json",
        "dataref": f"https://monitor.example/events/{REMOVED.id}",
    }


def test_without_a_public_url_there_is_no_reference() -> None:
    """An event without watch and pages still makes a valid envelope."""
    told = json.loads(cloud_event(replace(REMOVED, watch=None), None))
    assert "dataref" not in told
    assert "subject" not in told
    assert told["source"] == "urn:entity-list-monitor"


def test_bulk_is_cut_and_linked() -> None:
    """Under 20 kB, still an EVENT, and it says that something is missing and where it is."""
    body = cloud_event(hostile(), "https://monitor.example")
    assert len(body.encode()) < MAX_BYTES
    told = json.loads(body)
    assert told["truncated"] is True
    assert told["dataref"].endswith(REMOVED.id)
    _shape(told["data"])
    assert told["data"]["kind"] == "removal_confirmed"


@given(st.integers(min_value=0, max_value=300), st.integers(min_value=0, max_value=30_000))
def test_no_size_of_entry_exceeds_the_limit(items: int, characters: int) -> None:
    """However many aliases of whatever length: a receiver's limit is kept."""
    entry = replace(
        INSTITUTE, aliases=("é" * characters,) * min(items, 3), addresses=("a" * 90,) * items
    )
    body = cloud_event(replace(REMOVED, before=entry, after=entry), None)
    assert len(body.encode()) < MAX_BYTES
    _shape(json.loads(body)["data"])


@pytest.mark.parametrize("public_url", ["https://monitor.example", None])
def test_a_test_is_no_event(public_url: str | None) -> None:
    """A receiver that reads types cannot take a test for an alert."""
    told = json.loads(cloud_event_of_test("test_1", NOW, public_url))
    assert told["type"] == "entity-monitor.test"
    assert told["id"] == "test_1"
    assert "kind" not in told["data"]


def test_of_very_many_parties_the_last_are_cut_first() -> None:
    """A rule of 140 goes whole; of 300 a hundred stay, and it says that there are more."""
    some = tuple(
        NamedParty("added", f"Nanjing Institute of Aeronautics, Unit {at}", "CN")
        for at in range(300)
    )
    event = replace(REMOVED, kind=Kind.LIST_CHANGED, watch=None, before=None, parties=some[:140])
    told = json.loads(cloud_event(event, None))
    assert len(told["data"]["parties"]) == 140
    assert "truncated" not in told
    told = json.loads(cloud_event(replace(event, parties=some), None))
    assert (len(told["data"]["parties"]), told["truncated"]) == (100, True)
