"""How alike two names are, and why: the values that a comparison gives."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from monitor.screening.words.message import Text

T = TypeVar("T")


class Likeness(StrEnum):
    """What two names are to each other."""

    SAME = "same"
    """Equal, or equal but for form."""
    NEAR = "near"
    """A person would want to look."""
    OTHER = "other"


class Strength(StrEnum):
    """How much a near name asks for a person's eye."""

    CLOSE = "close"
    BROAD = "broad"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found of two names."""

    likeness: Likeness
    score: float
    """0 to 1; 1 for the same name."""
    reasons: tuple[Text, ...]
    """In words that a person can read, the weightiest first."""
    strength: Strength | None = None
    """Only of near names."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A row that may be the party asked for."""

    row: T
    name: str
    """The row's name that is so near."""
    score: float
    reasons: tuple[Text, ...]
    strength: Strength
    family: tuple[T, ...] = ()
    """Other rows of one family of names ("Huawei"), where the name asked for is the family's."""


OTHER = Comparison(Likeness.OTHER, 0.0, ())


def weaker(comparison: Comparison, other: Comparison) -> Comparison:
    """The less certain of two, for a pair that is compared on two lists."""
    order = (Likeness.OTHER, Likeness.NEAR, Likeness.SAME)
    return min(comparison, other, key=lambda each: (order.index(each.likeness), each.score))
