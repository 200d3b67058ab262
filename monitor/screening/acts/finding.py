"""What one document does to one watched party on one list: the answer of the judgement of acts."""

from dataclasses import dataclass

from monitor.screening.entry import Entry
from monitor.screening.witness import Effect
from monitor.screening.words.message import Text

__all__ = ["Effect", "Finding", "Party"]

READER = "3"
"""Another one for a reader that reads more, or otherwise: stored acts are judged again."""


@dataclass(frozen=True, slots=True)
class Party:
    """A watched party as a text may name it."""

    id: str
    names: tuple[str, ...]
    """The watched name and its aliases."""
    entries: tuple[Entry, ...] = ()
    """Its rows on the lists now, as each source has them; none where it stands on none."""
    aliases: frozenset[str] = frozenset()
    """Those of the names that none of its rows has as its name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One document's effect on one party on one list."""

    list: str
    """Code of the list: EL, UVL, MEU, VEU; empty where it is not certain."""
    effect: Effect
    """REMOVES and ADDS speak of whole entries; UNCLEAR means that a person must read it."""
    destinations: tuple[str, ...]
    """ISO codes (or headings, where unknown) under which a whole entry goes or comes."""
    quote: str
    """The amending words as evidence, at most 600 characters, blanks collapsed."""
    reason: Text
    """Why it is so classed, in words."""
    effective_on: str | None
    """ISO date on which the act takes effect, None where the document does not say."""
    review: bool
    """A person should look: what it does was not certain."""
    undated: bool = False
    """What it does may be certain; from when on is not."""
