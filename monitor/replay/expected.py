"""What must come of a scenario: its events in order, and how each watch stands in the end."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from monitor.screening.event import Kind
from monitor.screening.witness import WASHINGTON
from monitor.settings.strict import STRICT


def _moment(said: object) -> datetime:
    """A time as written. Raises ValueError for what is none."""
    if isinstance(said, date) and not isinstance(said, datetime):
        said = datetime(said.year, said.month, said.day)  # noqa: DTZ001 - Washington's, below
    if isinstance(said, str):
        try:
            said = datetime.fromisoformat(said)
        except ValueError as error:
            raise ValueError("should be a time such as 2023-11-16 08:45") from error
    if not isinstance(said, datetime):
        # pydantic makes a problem of the file of a ValueError alone
        raise ValueError("should be a time such as 2023-11-16 08:45")  # noqa: TRY004
    return (said if said.tzinfo else said.replace(tzinfo=WASHINGTON)).astimezone(UTC)


Moment = Annotated[
    datetime,
    BeforeValidator(_moment, json_schema_input_type=str),
    Field(description="A time, Washington's where no zone is given."),
]
"""A moment, in UTC once read."""


class Expected(BaseModel):
    """An event that must come; what is left out is not asked."""

    model_config = STRICT

    kind: Kind
    """Its kind."""
    at: Moment | None = None
    """When it is decided."""
    watch: str | None = None
    """The watch it is about."""
    source: str | None = None
    """The source it is about, for operations."""
    citation: str | None = None
    """The act's citation."""
    document_number: str | None = None
    """The act's number."""
    effective_on: date | None = None
    """The act's effective date."""
    review: bool | None = None
    """Whether a person should look."""
    fields: tuple[str, ...] | None = None
    """The fields that changed."""
    says: tuple[str, ...] = ()
    """Words in its title or summary."""


def _expected(said: object) -> object:
    return {"kind": said} if isinstance(said, str) else said


class ExpectedWatch(BaseModel):
    """How a watch must stand in the end; what is left out is not asked."""

    model_config = STRICT

    state: str
    """`listed`, `not_listed` or `unknown`."""
    pending: str | None = None
    """What must be pending; nothing, where it is left out."""
    since: date | None = None
    """Since when."""
    citation: str | None = None
    """By which act."""
    document_number: str | None = None
    """By which document."""
    says: tuple[str, ...] = ()
    """Words in its reasons."""


class Expect(BaseModel):
    """What must come of the story."""

    model_config = STRICT

    events: tuple[
        Annotated[Expected, BeforeValidator(_expected, json_schema_input_type=Kind | Expected)], ...
    ]
    """Every event, in order; a kind alone, or a kind with what must be in it."""
    watches: Mapping[str, ExpectedWatch] = {}
    """The end, by watch; `ID/LIST` for a list that is not its first."""
