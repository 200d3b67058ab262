"""Spans of time as people write them: `90s`, `15m`, `6h`, `3d`, `1h30m`.

A bare number is refused: nobody can see whether 60 means seconds or minutes.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Self

from pydantic import AfterValidator, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

_UNITS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0}
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_PATTERN = rf"^(?=.)(?:{_NUMBER}d)?(?:{_NUMBER}h)?(?:{_NUMBER}m)?(?:{_NUMBER}s)?$"
_PART = re.compile(rf"({_NUMBER})([dhms])")
_LONGEST = 36_500 * 86_400.0


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of time that prints as it was written and counts in seconds."""

    text: str
    seconds: float

    @classmethod
    def parse(cls, text: object) -> Self:
        """Read `1h30m` and the like, largest unit first.

        Raises ValueError when there is no unit, an unknown one, or more than a hundred years.
        """
        if isinstance(text, cls):
            return text
        if not isinstance(text, str) or not re.fullmatch(_PATTERN, text):
            raise ValueError(
                "should be a duration with its unit, such as 90s, 15m, 6h, 3d or 1h30m"
            )
        seconds = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(text))
        if seconds > _LONGEST:
            raise ValueError("should be at most 36500d")
        return cls(text, seconds)

    def __str__(self) -> str:
        return self.text

    @property
    def delta(self) -> timedelta:
        """The same span for reckoning with dates."""
        return timedelta(seconds=self.seconds)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": _PATTERN, "examples": ["90s", "15m", "6h", "3d"]}


def _more_than_nothing(duration: Duration) -> Duration:
    if not duration.delta:
        raise ValueError("should be longer than nothing, such as 1s")
    return duration


Span = Annotated[Duration, AfterValidator(_more_than_nothing)]
"""A duration that cannot be zero."""
