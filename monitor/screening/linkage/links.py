"""What linkage found: which row goes on as which, and what is left for a person.

Plain values. Rows are known by their digest, so a row read again is the same row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from monitor.screening.entry import Entry
from monitor.screening.names import Likeness
from monitor.screening.words.message import Text


@dataclass(frozen=True, slots=True)
class Link:
    """The finding that two rows are one party's."""

    old: Entry
    new: Entry
    likeness: Likeness
    """Of the two names: SAME but for form, or NEAR."""
    score: float
    evidence: tuple[str, ...]
    """Why, in words a reader can check against the two rows."""

    @property
    def review(self) -> bool:
        """Whether the name changed beyond form, so that a person should look."""
        return self.likeness is not Likeness.SAME

    @property
    def form_only(self) -> bool:
        """Whether the two names are one name, written in another form or not."""
        return self.likeness is Likeness.SAME


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that went and one that came and could be its successor; nothing proves it."""

    old: Entry
    new: Entry
    score: float
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class Links:
    """All links between two texts, and what has none."""

    links: tuple[Link, ...]
    gone: tuple[Entry, ...]
    """Old rows without a successor."""
    come: tuple[Entry, ...]
    """New rows that follow no old one."""
    doubts: tuple[Doubt, ...] = ()
    """Between rows gone and rows come, strongest first."""
    further: Mapping[str, Entry] = field(default_factory=dict)
    """By digest of a row gone or come, a row of the other text that the same party has there: one
    row less, or more, of a party that stays."""

    def successor(self, old: Entry) -> Entry | None:
        """The new row that an old one goes on as."""
        found = self._by_old.get(old.digest())
        return found.new if found else None

    def predecessor(self, new: Entry) -> Entry | None:
        """The old row that a new one goes on from."""
        found = self._by_new.get(new.digest())
        return found.old if found else None

    def link_of(self, old: Entry) -> Link | None:
        """The link of an old row, with its evidence."""
        return self._by_old.get(old.digest())

    def doubts_of(self, old: Entry) -> tuple[Doubt, ...]:
        """Rows that could be the successor of a row gone."""
        digest = old.digest()
        return tuple(doubt for doubt in self.doubts if doubt.old.digest() == digest)

    @property
    def gone_parties(self) -> tuple[Entry, ...]:
        """Rows gone whose party has no row any more."""
        return tuple(row for row in self.gone if row.digest() not in self.further)

    @property
    def new_parties(self) -> tuple[Entry, ...]:
        """Rows come whose party had no row before."""
        return tuple(row for row in self.come if row.digest() not in self.further)

    @cached_property
    def _by_old(self) -> Mapping[str, Link]:
        return {link.old.digest(): link for link in self.links}

    @cached_property
    def _by_new(self) -> Mapping[str, Link]:
        return {link.new.digest(): link for link in self.links}
