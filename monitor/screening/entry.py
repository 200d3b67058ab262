"""An entry: a row of a list as published, and a reading: all that one snapshot says.

Both are plain values. Upstream ids are not in them on purpose: they change at every amendment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from monitor.screening.footnotes import footnotes_of
from monitor.screening.names import name_key

ENTITY_LIST = "EL"
"""The code of the Entity List (Supplement No. 4 to 15 CFR part 744)."""
UNVERIFIED_LIST = "UVL"
"""The code of the Unverified List (Supplement No. 6)."""
MILITARY_LIST = "MEU"
"""The code of the Military End-User List (Supplement No. 7)."""
PART_LISTS = (UNVERIFIED_LIST, MILITARY_LIST)
"""The lists that stand beside the Entity List in part 744: read in the eCFR, watched or not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list, as one source published it."""

    list: str
    """Code of the list, as the Consolidated Screening List abbreviates it: EL, UVL, MEU, …"""
    name: str
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    country: str | None = None
    """ISO 3166-1 alpha-2 where known, else the heading as published."""
    license_requirement: str | None = None
    license_policy: str | None = None
    citations: tuple[str, ...] = ()
    """Federal Register citations as "85 FR 34505", in the order given."""
    start_date: str | None = None
    """ISO date, or None where the source gives none that can be true."""
    source: str = ""
    """`csl` or `ecfr`."""
    footnotes: tuple[str, ...] = field(default=(), compare=False)
    """Those of the license requirement, whatever is given: what an older version stored has none
    of its own."""

    def __post_init__(self) -> None:
        """Reads the footnotes."""
        object.__setattr__(self, "footnotes", footnotes_of(self.license_requirement or ""))

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)

    def digest(self) -> str:
        """A hash of all the entry says; rows with one digest are one entry."""
        said = "\x1f".join(
            (
                self.list, self.name, "\x1e".join(self.aliases), "\x1e".join(self.addresses),
                self.country or "", self.license_requirement or "", self.license_policy or "",
                "\x1e".join(self.citations), self.start_date or "",
            )
        )  # fmt: skip
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row that could not be read: it decides nothing, neither a listing nor an absence."""

    list: str | None
    """Code of its list; None where it does not say, so that it may be of any."""
    text: str
    """What of it can be read."""
    named: bool
    """Whether its name can be read for certain: then it is nobody else's row."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source's parser read in one whole document."""

    entries: Mapping[str, tuple[Entry, ...]]
    """By list code, for the lists asked for; identical rows once."""
    counts: Mapping[str, int]
    """Rows (identical ones once where they were read) of every list in the document."""
    declared_total: int | None = None
    """The document's own count of its rows, where it gives one."""
    found_total: int | None = None
    """The rows really there, to hold against the declared total."""
    as_of: str | None = None
    """The document's own date or time (RFC 3339), where it can be believed."""
    text: str | None = None
    """The whole text, where absence may only be told from it (eCFR)."""
    notes: tuple[str, ...] = ()
    """What the editors say below the list: amendments they could not incorporate (a party named
    there may be listed by law and stand in no row), and texts that are stayed."""
    remarks: tuple[str, ...] = field(default=())
    """What was read and not understood, or ignored; each is told once."""
    unread: tuple[UnreadRow, ...] = ()
    """Rows that could not be read at all; no other field knows of them, but for the total."""


def unique(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries with identical rows once, in their order."""
    return tuple({entry.digest(): entry for entry in entries}.values())


def display_key(entry: Entry) -> tuple[str, str]:
    """Sorts entries as a reader expects: by name, then country."""
    return name_key(entry.name), entry.country or ""
