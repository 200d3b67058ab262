"""When a source is due: crontab lines in a time zone, or a plain interval; and the next such time.

Pure: the moment is an argument. Refused: a schedule that is both, or neither, or never comes.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from apscheduler.triggers.cron import CronTrigger
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ValidationInfo,
    field_validator,
    model_validator,
)

from monitor.settings.crontab import WEEKDAYS, Crontab
from monitor.settings.durations import Span
from monitor.settings.strict import STRICT

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def one_or_more(value: Any) -> Any:
    """One text is a list of one."""
    return (value,) if isinstance(value, str) else value


def _cron_line(line: str) -> str:
    Crontab.parse(line)
    return " ".join(line.split())


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
            raise ValueError("belongs to cron; an interval needs no time zone")
        return timezone

    @field_validator("every", mode="after")
    @classmethod
    def _not_both(cls, every: Span | None, info: ValidationInfo) -> Span | None:
        if every is not None and info.data.get("cron"):
            raise ValueError("should be left out where cron is given")
        return every

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if not self.cron and self.every is None:
            raise ValueError("should hold cron (with a timezone) or every")
        return self

    def next_after(self, moment: datetime) -> datetime:
        """The next due time strictly after `moment`, in UTC.

        Local times that a clock change skips come at the same instant as if it had not yet come;
        local times that it repeats come twice. `moment` must be aware (ValueError).
        """
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be placed")
        moment = moment.astimezone(UTC)
        if self.every is not None:
            return _EPOCH + ((moment - _EPOCH) // self.every.delta + 1) * self.every.delta
        return min(_next_fire(line, self.timezone, moment) for line in self.cron)

    def __str__(self) -> str:
        if self.every is not None:
            return f"every {self.every}"
        return f"{', '.join(self.cron)} ({self.timezone})"


def _next_fire(line: str, timezone: str, moment: datetime) -> datetime:
    trigger = _trigger(line, timezone)
    due: datetime | None = trigger.get_next_fire_time(None, moment + timedelta(microseconds=1))
    assert due is not None, "a crontab that passed validation always comes again"
    return due.astimezone(UTC)


@lru_cache(maxsize=64)
def _trigger(line: str, timezone: str) -> CronTrigger:
    """The library's trigger, given names for weekdays because its numbers begin on Monday."""
    tab = Crontab.parse(line)
    return CronTrigger(
        month=_listed(sorted(tab.months)),
        day=_listed(sorted(tab.days)),
        day_of_week=_listed([WEEKDAYS[day] for day in sorted(tab.weekdays)]),
        hour=_listed(sorted(tab.hours)),
        minute=_listed(sorted(tab.minutes)),
        timezone=ZoneInfo(timezone),
    )


def _listed(values: Sequence[int | str]) -> str:
    return ",".join(str(value) for value in values)
