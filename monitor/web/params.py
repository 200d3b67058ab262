"""Parameters of the routes, with their bounds; what is refused here is a 400 that names it."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from monitor.screening.state import Pending, State

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})", re.IGNORECASE
)


def iso_date(text: str) -> str:
    """The text, if it is an ISO date. Raises ValueError for any other."""
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(f"“{text}” is not a date such as 2023-11-16") from error
    raise ValueError("should be a date such as 2023-11-16")


def _moment(text: str) -> str:
    moment(text)
    return text


def moment(text: str) -> datetime:
    """A date, or a date and time of RFC 3339, in UTC. Raises ValueError for any other text."""
    if _DATE.fullmatch(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    if not _TIME.fullmatch(text):
        raise ValueError("should be a date, or a time such as 2023-11-16T14:00:00Z")
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("is out of the range of time") from error


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("should be text")
    return text


def _chosen(text: str | None) -> str | None:
    """None for what a form leaves empty: any."""
    return text or None


IsoDate = Annotated[
    str, AfterValidator(iso_date), WithJsonSchema({"type": "string", "format": "date"})
]
Moment = Annotated[
    str,
    AfterValidator(_moment),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date-time"},
                {"type": "string", "format": "date"},
            ]
        }
    ),
]
WatchId = Annotated[
    str, Path(max_length=200, examples=["mps-ifs"], description="Id of a watch."),
    AfterValidator(_plain),
]  # fmt: skip
EventId = Annotated[
    str, Path(max_length=200, description="Id of an event."), AfterValidator(_plain)
]
Sha256 = Annotated[
    str, Path(max_length=200, description="The sha256, all 64 digits."), AfterValidator(_plain)
]
StateQuery = Annotated[
    State | None,
    BeforeValidator(_chosen),
    Query(description="Only watches in this state."),
]
PendingQuery = Annotated[
    Pending | None,
    BeforeValidator(_chosen),
    Query(description="Only watches of which this is pending."),
]
TagQuery = Annotated[
    str | None,
    Query(max_length=200, description="Only watches with this tag."),
    AfterValidator(lambda tag: _plain(tag) if tag else None),
]
WatchQuery = Annotated[
    str | None,
    Query(pattern="^[a-z0-9_-]{1,64}$", description="Id of a watch."),
]
ListQuery = Annotated[
    str | None,
    Query(alias="list", pattern="^[A-Z-]{1,20}$", description="Code of a list, such as EL."),
]
Cursor = Annotated[
    int | None, Query(ge=1, le=2**62, description="Where the last page ended: its `next`.")
]
