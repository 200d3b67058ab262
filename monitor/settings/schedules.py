"""When a source is due: crontab lines in a time zone, or a plain interval; and the next such time.

cronsim reads the lines as Debian's cron does. It is asked in wall-clock time only; what a change of
the clock does to a wall time is settled here. Pure: the moment is an argument. Refused: a schedule
that is both, or neither, or never comes; a day of the month together with a weekday.
"""

from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cronsim import CronSim, CronSimError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ValidationInfo,
    field_validator,
    model_validator,
)

from monitor.settings.durations import Span
from monitor.settings.strict import STRICT

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_REPEAT = timedelta(hours=3)
"""More than any clock has ever been set back at once for summer time."""
_FIELDS = {
    "minute": "numbers 0 to 59",
    "hour": "numbers 0 to 23",
    "day-of-month": "numbers 1 to 31, of which one comes in the months named",
    "month": "numbers 1 to 12 or jan to dec",
    "day-of-week": "numbers 0 to 7 or sun to sat",
}


def one_or_more(value: Any) -> Any:
    """One text is a list of one."""
    return (value,) if isinstance(value, str) else value


def _cron_line(line: str) -> str:
    fields = line.split()
    if len(fields) != len(_FIELDS):
        raise ValueError(
            "should have five fields: minute, hour, day of the month, month, weekday,"
            " such as 25 * * * *"
        )
    if fields[2] != "*" and fields[4] != "*":
        raise ValueError(
            "should set either the day of the month or the weekday, not both:"
            " some crons read that as “and”, others as “or”"
        )
    try:
        CronSim(line, _EPOCH)
    except (CronSimError, ValueError) as error:
        name = str(error).removeprefix("Bad ")
        allowed = _FIELDS.get(name)
        where = f"the {name} should be" if allowed else "each field should be"
        raise ValueError(
            f"{where} *, {allowed or 'numbers'}, ranges as 1-5, steps as */2,"
            " or a list of these with commas"
        ) from error
    return " ".join(fields)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = get_close_matches(name, available_timezones(), n=1)
        example = near[0] if near else "America/New_York"
        raise ValueError(
            f"should be a time zone of the IANA database, such as {example}"
        ) from error
    return name


class Schedule(BaseModel):
    """When to look: `{cron, timezone}` or `{every}`."""

    model_config = STRICT

    cron: Annotated[
        tuple[Annotated[str, AfterValidator(_cron_line)], ...],
        BeforeValidator(one_or_more, json_schema_input_type=str | list[str]),
    ] = ()
    """One crontab line of five fields, or a list of them; weekdays 0 and 7 are Sunday."""
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    """The time zone the crontab lines are in, as America/New_York; default UTC."""
    every: Span | None = None
    """A plain interval, such as 15m, counted from midnight UTC of 1970-01-01 so it never drifts."""

    @field_validator("timezone")
    @classmethod
    def _belongs_to_cron(cls, timezone: str, info: ValidationInfo) -> str:
        if info.data.get("cron") == ():
            raise ValueError("belongs to cron; remove it, an interval needs no time zone")
        return timezone

    @field_validator("every", mode="after")
    @classmethod
    def _not_both(cls, every: Span | None, info: ValidationInfo) -> Span | None:
        if every is not None and info.data.get("cron"):
            raise ValueError("should be removed when cron is set")
        return every

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if not self.cron and self.every is None:
            raise ValueError("should hold cron (with a timezone) or every")
        return self

    def next_after(self, moment: datetime) -> datetime:
        """The next due time strictly after `moment`, in UTC.

        A wall time that a clock change skips is due when it would have come by the clock of before;
        one that it repeats is due twice. `moment` must be aware (ValueError).
        """
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be placed")
        moment = moment.astimezone(UTC)
        if self.every is not None:
            return _EPOCH + ((moment - _EPOCH) // self.every.delta + 1) * self.every.delta
        return min(_next_fire(line, ZoneInfo(self.timezone), moment) for line in self.cron)

    def __str__(self) -> str:
        if self.every is not None:
            return f"every {self.every}"
        return f"{', '.join(self.cron)} ({self.timezone})"


def _next_fire(line: str, zone: ZoneInfo, moment: datetime) -> datetime:
    wall = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    # The wall clock may stand within an hour that comes again: the second time round counts too.
    due: list[datetime] = []
    for at in CronSim(line, wall - _LONGEST_REPEAT):
        due += _instants(at, zone)
        if at > wall:
            break
    return min(instant for instant in due if instant > moment)


def _instants(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """When clocks show a time: once, or twice where they are set back over it."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return [first, second] if second > first else [first]
