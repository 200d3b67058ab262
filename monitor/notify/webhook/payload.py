"""An event as a CloudEvent 1.0 in structured JSON, small enough for every receiver.

`data` is EVENT of the public contract. Where it would be too large its bulk is cut and `truncated`
says so; `dataref` (the CloudEvents extension of that name) links to the whole.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from monitor.notify.digest import Digest
from monitor.notify.message import message_id, reminder_number
from monitor.screening.event import Event
from monitor.screening.words.message import plain
from monitor.screening.words.sanitize import one_line

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
MAX_BYTES = 20_000
"""What Standard Webhooks recommends as the most for a payload."""
TYPE_PREFIX = "entity-monitor."
_SOURCE = "urn:entity-list-monitor"


def cloud_event(event: Event, public_url: str | None, note: str = "") -> str:
    """The CloudEvent of an event, under MAX_BYTES; links only with a `public_url`.

    A reminder has an id of its own and the extension attribute `reminder`, its number.
    """
    whole = _envelope(event, public_url)
    number = reminder_number(note)
    if number is not None:
        whole |= {"id": message_id(event.id, note), "reminder": number}
    return _bounded(whole, msgspec.to_builtins(event.public(), enc_hook=plain))


def cloud_event_of_digest(digest: Digest, public_url: str | None) -> str:
    """A CloudEvent of type `entity-monitor.digest`, under MAX_BYTES, that carries no EVENT."""
    whole: dict[str, Any] = {
        "specversion": "1.0",
        "id": digest.id,
        "source": public_url or _SOURCE,
        "type": TYPE_PREFIX + "digest",
        "time": digest.until,
        "datacontenttype": "application/json",
    }
    return _bounded(whole, msgspec.to_builtins(digest, enc_hook=plain))


def cloud_event_of_test(message_id: str, at: datetime, public_url: str | None) -> str:
    """A CloudEvent of type `entity-monitor.test` that carries no EVENT."""
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _dump(
        {
            "specversion": "1.0",
            "id": message_id,
            "source": public_url or _SOURCE,
            "type": TYPE_PREFIX + "test",
            "time": stamp,
            "datacontenttype": "application/json",
            "data": {"title": "Test: nothing has happened.", "at": stamp},
        }
    )


def _envelope(event: Event, public_url: str | None) -> dict[str, Any]:
    envelope: dict[str, Any] = {
        "specversion": "1.0",
        "id": event.id,
        "source": public_url or _SOURCE,
        "type": TYPE_PREFIX + event.kind.value,
        "time": event.at,
        "datacontenttype": "application/json",
    }
    if event.watch:
        envelope["subject"] = event.watch
    if public_url:
        envelope["dataref"] = f"{public_url.rstrip('/')}/events/{event.id}"
    return envelope


def _bounded(envelope: dict[str, Any], data: Any) -> str:
    """The envelope with its data, cut until it is small enough."""
    body = _dump({**envelope, "data": data})
    for items, characters in _tighter():
        if len(body.encode()) < MAX_BYTES:
            return body
        cut = _cut(data, items, characters)
        body = _dump({**envelope, "truncated": True, "data": cut})
    return body


def _tighter() -> Iterator[tuple[int, int]]:
    """How many items of a list and characters of a text are left, ever fewer."""
    # A rule of a hundred parties loses its last names, not all but twenty.
    yield from ((100, 2000), (50, 2000), (20, 2000), (8, 800), (4, 300), (2, 100), (1, 20), (0, 0))


def _cut(value: Any, items: int, characters: int) -> Any:
    # Ids, hashes, dates and citations are short; only bulk is longer than this.
    if isinstance(value, str):
        return value if len(value) <= max(characters, 100) else one_line(value, characters)
    if isinstance(value, (list, tuple)):
        return [_cut(item, items, characters) for item in value[:items]]
    if isinstance(value, dict):
        return {key: _cut(item, items, characters) for key, item in value.items()}
    return value


def _dump(value: dict[str, Any]) -> str:
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .encode("utf-8", "replace")
        .decode()
    )
