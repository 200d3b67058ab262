"""One party that an act adds, removes or amends, read from its text without knowing any watch."""

from dataclasses import dataclass
from typing import Literal

ActVerb = Literal["added", "removed", "amended"]


@dataclass(frozen=True, slots=True)
class ActParty:
    """What a document does to one party on one list."""

    kind: ActVerb
    name: str
    """As the act writes it."""
    country: str | None
    """ISO code of the destination, or its heading where the code is not known."""
    list: str
    """Code of the list: EL, UVL, MEU; empty where it is not certain."""
    certain: bool
    """Whether the text leaves no doubt of who is meant and what is done to the whole entry."""
    instruction: str
    """The amending words as evidence, at most 600 characters, blanks collapsed."""
    effective_on: str | None = None
    """ISO date that the instruction itself gives; None for the date of the rule."""
