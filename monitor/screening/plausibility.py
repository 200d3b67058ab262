"""Whether a whole document of the right kind can be believed.

A doubt is about one list, or about the whole snapshot; what is doubted is held back and told, never
judged and never taken as a baseline. Reasons carry numbers, codes tell one doubt from another.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.screening.entry import Entry, Reading
from monitor.screening.names import NameIndex
from monitor.screening.unread import unread_text
from monitor.screening.words.message import Text, say


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an operator holds possible, from the configuration."""

    floors: Mapping[str, int] = field(default_factory=dict)
    """Fewest rows, by list."""
    max_shrink: float = 0.2
    """Largest share of a list's rows that may go from one accepted snapshot to the next."""
    canaries: tuple[str, ...] = ()
    """Names listed for so long that their absence means a bad document."""
    own_canaries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The same by list, for lists that come in a document of their own."""

    def of(self, list_: str) -> "Bounds":
        """What holds for such a list."""
        return Bounds(self.floors, self.max_shrink, self.own_canaries.get(list_, ()))


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the source's last accepted snapshot held."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows by list, for every list in it; empty before the first."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason not to believe; `list` is None where it is about the whole snapshot."""

    list: str | None
    code: str
    reason: Text


def doubts(
    reading: Reading, bounds: Bounds, accepted: Accepted, judged: Sequence[str]
) -> tuple[Doubt, ...]:
    """Why the reading cannot be believed; empty when it can. `judged`: the lists to be judged."""
    return (
        *_total(reading),
        *_missing_lists(reading, accepted, judged),
        *_sizes(reading, bounds, accepted, judged),
        *_canaries(reading, bounds, judged),
    )


def held(found: Sequence[Doubt], judged: Sequence[str]) -> frozenset[str]:
    """The lists that must not be judged because of these doubts."""
    if any(doubt.list is None for doubt in found):
        return frozenset(judged) | {doubt.list for doubt in found if doubt.list is not None}
    return frozenset(doubt.list for doubt in found if doubt.list is not None)


OF_SIZE = frozenset({"floor", "shrink", "canary"})
"""Doubts that another witness can settle; a list that is missing or miscounted stays held."""


def of_size(doubt: Doubt) -> bool:
    """Whether the doubt is about how much of a list went, which another source can confirm."""
    return doubt.list is not None and doubt.code.split(":", 1)[0] in OF_SIZE


def unsettled(found: Sequence[Doubt], confirmed: Collection[str]) -> tuple[Doubt, ...]:
    """The doubts that remain when another source shows the same change of the `confirmed` lists."""
    return tuple(one for one in found if not (of_size(one) and one.list in confirmed))


def _total(reading: Reading) -> list[Doubt]:
    declared, found = reading.declared_total, reading.found_total
    if declared is None or declared == found:
        return []
    reason = say(
        "the document says it has {declared} rows and has {found}", declared=declared, found=found
    )
    return [Doubt(None, "total", reason)]


def _missing_lists(reading: Reading, accepted: Accepted, judged: Sequence[str]) -> list[Doubt]:
    found = []
    for list_ in sorted({*accepted.counts, *judged}):
        before, now = accepted.counts.get(list_, 0), reading.counts.get(list_, 0)
        if not now and (before or list_ in judged):
            was = say("; the last accepted snapshot had {rows} rows of it", rows=before)
            reason = say(
                "list {list} is not in the document{was}", list=list_, was=was if before else ""
            )
            found.append(Doubt(list_, "missing", reason))
    return found


def _sizes(
    reading: Reading, bounds: Bounds, accepted: Accepted, judged: Sequence[str]
) -> list[Doubt]:
    found = []
    for list_ in judged:
        now, before = reading.counts.get(list_, 0), accepted.counts.get(list_, 0)
        floor = bounds.floors.get(list_, 0)
        if 0 < now < floor:
            reason = say(
                "list {list} has {rows} rows, fewer than its floor {floor}",
                list=list_, rows=now, floor=floor,
            )  # fmt: skip
            found.append(Doubt(list_, "floor", reason))
        if now and before and before - now > bounds.max_shrink * before:
            reason = say(
                "list {list} shrank from {before} to {rows} rows ({share:.1%}, limit {limit:.1%})",
                list=list_, before=before, rows=now,
                share=(before - now) / before, limit=bounds.max_shrink,
            )  # fmt: skip
            found.append(Doubt(list_, "shrink", reason))
    return found


def _canaries(reading: Reading, bounds: Bounds, judged: Sequence[str]) -> list[Doubt]:
    """A canary must stand somewhere among the judged lists, if need be in an unread row."""
    if not bounds.canaries or not judged:
        return []
    names = NameIndex(
        (name, None) for list_ in judged for entry in reading.entries.get(list_, ())
        for name in entry.names
    )  # fmt: skip
    unread = [row for row in reading.unread if row.list is None or row.list in judged]
    text = unread_text(unread)
    missing = [
        name
        for name in bounds.canaries
        if not names.find(name) and not (text is not None and text.holds(name))
    ]
    if len(missing) <= sum(not row.named for row in unread):
        return []
    list_ = judged[0] if len(judged) == 1 else None
    return [
        Doubt(
            list_,
            f"canary:{name}",
            say("the long-listed “{name}” is not in the document", name=name),
        )
        for name in missing
    ]


def placed(found: Sequence[Doubt], homes: Mapping[str, Sequence[str]]) -> tuple[Doubt, ...]:
    """The doubts with each missing canary laid to the lists it stood on.

    `homes`: by canary, the lists of the last accepted snapshot that had it. A canary of a list that
    is missing as a whole says nothing more; one that never stood anywhere doubts the whole.
    """
    missing = {doubt.list for doubt in found if doubt.code == "missing"}
    kept: list[Doubt] = []
    for doubt in found:
        canary = doubt.code.partition(":")[2]
        lists = homes.get(canary) or (doubt.list,) if canary else (doubt.list,)
        kept += [
            replace(doubt, list=list_) for list_ in lists if not canary or list_ not in missing
        ]
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Loss:
    """What a doubted list has lost, and how much of it the other list source lacks too."""

    gone: int
    """Parties that the accepted list had and the doubted one has not."""
    lacking: int
    """Those of them that the other source does not list either."""
    shared: int
    """Rows of the doubted list that the other source has."""
    left: int
    """Rows of the doubted list."""

    @property
    def same(self) -> bool:
        """Whether the other source shows the same removals.

        It lacks all but one in twenty of what went, and has nine in ten of what stayed.
        """
        agrees = self.lacking >= self.gone * 0.95
        return self.gone > 0 and agrees and self.shared >= self.left * 0.90


def loss(
    held_before: Sequence[Entry], held_after: Sequence[Entry], other_now: Sequence[Entry]
) -> Loss:
    """Compares what a doubted list has lost with what the other list source publishes."""
    after = NameIndex((name, None) for entry in held_after for name in entry.names)
    there = NameIndex((name, None) for entry in other_now for name in entry.names)
    gone = [entry for entry in held_before if not after.find(entry.name)]
    lacking = sum(1 for entry in gone if not any(there.find(name) for name in entry.names))
    shared = sum(1 for entry in held_after if any(there.find(name) for name in entry.names))
    return Loss(len(gone), lacking, shared, len(held_after))
