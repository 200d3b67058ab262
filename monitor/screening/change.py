"""What changed between two publications of one list, row by row.

Which row goes on as which is linkage's to say; here it becomes changes: what was amended, and in
which fields, what was removed or added. Differences that normalization forgives are none.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.screening.difference import field_changes
from monitor.screening.entry import Entry
from monitor.screening.event import FieldChange
from monitor.screening.linkage import Doubt, Link, Links, link_parted, parted
from monitor.screening.names import NameIndex, name_key, same_name

MANY = 0.10
"""More than this share of a list's rows differing in one field is a change of format."""

_MANY_AT_LEAST = 3


class ChangeKind(StrEnum):
    """What became of a party on a list."""

    ADDED = "added"
    REMOVED = "removed"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Change:
    """One row's change. A row gone while another of the same name stays is an amendment."""

    list: str
    kind: ChangeKind
    before: Entry | None
    after: Entry | None
    fields: tuple[FieldChange, ...] = ()
    review: bool = False
    """The name changed beyond its form: a person should look."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows concerned."""
        return tuple(entry for entry in (self.before, self.after) if entry is not None)

    @property
    def renamed(self) -> bool:
        """Whether the party goes on under a name that normalization does not forgive."""
        return (
            self.before is not None
            and self.after is not None
            and not same_name(self.before.name, self.after.name)
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of one list at once, with the fields whose very format changed."""

    changes: tuple[Change, ...]
    reformatted: tuple[str, ...] = ()
    """Fields that differ in so many rows that they are one notice, and no amendments."""
    doubts: tuple[Doubt, ...] = ()
    """Rows removed beside rows added that could be their successors; nothing proves it."""
    links: Links | None = None
    """Which changed row goes on as which; None where nothing was compared."""


def compare(before: Sequence[Entry], after: Sequence[Entry]) -> Changes:
    """Every addition, removal and amendment that turns `before` into `after`."""
    return differences(*parted(before, after))


def differences(old: Sequence[Entry], new: Sequence[Entry], stays: Sequence[Entry]) -> Changes:
    """The same, of rows already parted: only before, only after, and to the letter on both."""
    if not old and not new:
        return Changes(())
    links = link_parted(old, new, stays)
    before, after = _Rows([*old, *stays]), _Rows([*new, *stays])
    changes = [*_amended(links.links)]
    for row in links.gone:
        other = links.further.get(row.digest())
        removed = Change(row.list, ChangeKind.REMOVED, row, None)
        changes.append(_counted(row, other, before, after) if other else removed)
    for row in links.come:
        other = links.further.get(row.digest())
        added = Change(row.list, ChangeKind.ADDED, None, row)
        changes.append(_counted(other, row, before, after) if other else added)
    found = _without_format(changes, links.doubts, len(old) + len(stays))
    return replace(found, links=links)


class _Rows:
    """A text's rows by name; filed when first asked for."""

    def __init__(self, rows: Sequence[Entry]) -> None:
        self._rows = rows
        self._filed: NameIndex[int] | None = None

    def count(self, names: Iterable[str]) -> int:
        """How many rows have one of these names."""
        if self._filed is None:
            self._filed = NameIndex((row.name, at) for at, row in enumerate(self._rows))
        return len({at for name in names for at in self._filed.find(name)})


def _amended(links: Sequence[Link]) -> Iterator[Change]:
    for link in links:
        fields = field_changes(link.old, link.new)
        if fields:
            yield Change(
                link.old.list, ChangeKind.AMENDED, link.old, link.new, fields, review=link.review
            )


def _counted(entry: Entry, other: Entry, before: _Rows, after: _Rows) -> Change:
    """One row more or less of a party that stays."""
    names = {name_key(row.name): row.name for row in (entry, other)}.values()
    rows = FieldChange("rows", str(before.count(names)), str(after.count(names)))
    return Change(entry.list, ChangeKind.AMENDED, entry, other, (rows,))


def _without_format(changes: Sequence[Change], doubts: tuple[Doubt, ...], rows: int) -> Changes:
    """Takes out the fields that changed in very many rows: that is format, not news."""
    touched = Counter(
        field.field
        for change in changes
        if change.kind is ChangeKind.AMENDED
        for field in change.fields
    )
    bound = max(MANY * rows, _MANY_AT_LEAST - 1)
    reformatted = tuple(sorted(name for name, count in touched.items() if count > bound))
    if not reformatted:
        return Changes(tuple(changes), (), doubts)
    kept = [_stripped(change, reformatted) for change in changes]
    return Changes(tuple(change for change in kept if change is not None), reformatted, doubts)


def _stripped(change: Change, reformatted: tuple[str, ...]) -> Change | None:
    if change.kind is not ChangeKind.AMENDED:
        return change
    fields = tuple(field for field in change.fields if field.field not in reformatted)
    # Another name is kept though it is no news: it is what the party answers to from now.
    return replace(change, fields=fields) if fields or change.renamed else None
