"""What besides their names says that two rows are one party's.

Only what is a row's own counts: an alias or address that no other name of its text has, citations
that no other row left over shares. What its whole cell or rule has in common says nothing of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.screening.entry import Entry
from monitor.screening.linkage.addresses import common_address
from monitor.screening.linkage.citations import in_words, is_new_entry, pages, volumes_and_day
from monitor.screening.linkage.text import Text
from monitor.screening.names import name_key
from monitor.screening.words.message import say


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two rows have in common and share with no other."""

    alias: str | None = None
    address: str | None = None
    citations: str | None = None
    same_rules: bool = False
    """Whether the old row's citations stand in the new one, be they its own or not."""
    is_new: bool = False
    """Whether the new row was entered later than the old one was."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """In words."""
        said = (
            self.alias and say("the same alias “{alias}”", alias=self.alias),
            self.address and say("the same address “{address}”", address=self.address),
            self.citations and say("the same citations, {citations}", citations=self.citations),
        )
        return tuple(filter(None, said))

    def __len__(self) -> int:
        return len(self.reasons)


class Leftover:
    """The rows of both texts that no equal name has paired, and what the evidence between is."""

    def __init__(
        self, old: Text, new: Text, gone: Sequence[Entry], come: Sequence[Entry], *, across: bool
    ) -> None:
        self.old, self.new = old, new
        self.gone, self.come = gone, come
        self.across = across
        self._gone_by = _bearers(gone, across=across)
        self._come_by = _bearers(come, across=across)

    def evidence(self, entry: Entry, other: Entry) -> Evidence:
        """What an old and a new row have in common and with no third."""
        mine, theirs = self.old.own_names(entry), self.new.own_names(other)
        alias = next((mine[key] for key in sorted(mine.keys() & theirs.keys())), None)
        address = common_address(self.old.addresses.own(entry), self.new.addresses.own(other))
        return Evidence(
            alias,
            address,
            self._citations(entry, other),
            same_rules=_same_rules(entry, other, across=self.across),
            is_new=is_new_entry(other, entry, across=self.across),
        )

    def _citations(self, entry: Entry, other: Entry) -> str | None:
        if not _same_rules(entry, other, across=self.across):
            return None
        alone = [
            key
            for key in _rules(entry, across=self.across)
            if self._gone_by[key] == 1 and self._come_by[key] == 1
        ]
        return in_words(pages(entry)) if alone else None


def _same_rules(entry: Entry, other: Entry, *, across: bool) -> bool:
    """Whether an old row's citations all stand in a new row."""
    if not across:
        return bool(pages(entry)) and pages(entry) <= pages(other)
    (mine, day), (theirs, other_day) = volumes_and_day(entry), volumes_and_day(other)
    return bool(mine) and mine == theirs and day is not None and day == other_day


def _rules(row: Entry, *, across: bool) -> Iterable[object]:
    """What a row's citations are counted by."""
    return (volumes_and_day(row),) if across else pages(row)


def _bearers(rows: Sequence[Entry], *, across: bool) -> Counter[object]:
    """How many names stand on each rule."""
    by_name = {(name_key(row.name), rule) for row in rows for rule in _rules(row, across=across)}
    return Counter(rule for _, rule in by_name)
