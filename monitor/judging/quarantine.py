"""What is doubted of a list, and what releases it without a person: the other source agrees.

`list_look` holds it.

What the other source shows is its accepted list, or a snapshot of its own that is held: a true mass
removal is implausible in both. Each is read from evidence, never from the other's verdicts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.judging.decide import Judging
from monitor.screening.change import compare
from monitor.screening.entry import Entry, Reading
from monitor.screening.names import NameIndex
from monitor.screening.plausibility import (
    Accepted,
    Bounds,
    Doubt,
    Loss,
    doubts,
    loss,
    of_size,
    placed,
    unsettled,
)
from monitor.screening.words.labels import source_name
from monitor.screening.words.message import Message, capitalized, say


@dataclass(slots=True)
class OtherLists:
    """What one doubted reading lost, as each other source shows it; worked out once a list."""

    judging: Judging
    source: str
    reading: Reading
    _losses: dict[str, tuple[tuple[str, Loss], ...]] = field(default_factory=dict)

    def losses(self, list_: str) -> tuple[tuple[str, Loss], ...]:
        """Source and loss, a source's held snapshot after its accepted list."""
        if list_ not in self._losses:
            self._losses[list_] = tuple(self._compared(list_))
        return self._losses[list_]

    def _compared(self, list_: str) -> Iterator[tuple[str, Loss]]:
        before = list(self.judging.tx.entries(self.source, list_))
        after = self.reading.entries.get(list_, ())
        for other in self.judging.service.carriers(list_):
            if other != self.source:
                for there in self._shown(other, list_):
                    yield other, loss(before, after, there)

    def _shown(self, source: str, list_: str) -> Iterator[Sequence[Entry]]:
        tx, service = self.judging.tx, self.judging.service
        if accepted := tx.entries(source, list_):
            yield accepted
        known = tx.source_lists(source).get((source, list_))
        if known is None or not known.held or known.held_sha256 is None:
            return
        snapshot = tx.snapshot(known.held_sha256)
        body = service.ledger.bodies.load(known.held_sha256)
        if snapshot is not None and body is not None:
            reader = service.list_sources[source]
            yield reader.read(body, snapshot.media, frozenset({list_})).entries.get(list_, ())


def remaining_doubts(
    others: OtherLists, found: Sequence[Doubt]
) -> tuple[tuple[Doubt, ...], tuple[str, ...]]:
    """The doubts that remain, and a sentence for each list that was released."""
    released = {
        list_: say("released: {losses}", losses=_said(list_, other, lost))
        for list_ in {doubt.list or "" for doubt in found if of_size(doubt)}
        for other, lost in others.losses(list_)
        if lost.same
    }
    return unsettled(found, released), tuple(released.values())


def explain_losses(others: OtherLists, lists: Iterable[str]) -> tuple[str, ...]:
    """For each held list, what tells a mass removal from an accident, in words."""
    return tuple(
        say("{losses}: {likely}.", losses=capitalized(said), likely=_likely(lost))
        for list_ in sorted(lists)
        for other, lost in others.losses(list_)
        if lost.gone
        for said in (_said(list_, other, lost),)
    )


def missing_watches(others: OtherLists, lists: Iterable[str]) -> list[str]:
    """Names of the watches whose parties had rows in the accepted lists and have none here."""
    lost = {watch for list_ in lists for watch in _lost(others, list_)}
    return [watch.called for watch in others.judging.service.watches if watch.id in lost]


def _lost(others: OtherLists, list_: str) -> Iterator[str]:
    tx, source = others.judging.tx, others.source
    before = tx.party_rows(source, list_)
    rows = [row.entry for row in before]
    links = compare(rows, others.reading.entries.get(list_, ())).links
    gone = {row.digest() for row in links.gone_parties} if links else set[str]()
    here = {row.party for row in before if row.entry.digest() not in gone}
    there = {row.party for row in before}
    for watch, bound in tx.bound(list_).items():
        own = {one.party for one in bound} & there
        if own and not own & here:
            yield watch


def _said(list_: str, other: str, lost: Loss) -> Message:
    there = source_name(other)
    if not lost.lacking:
        return say(
            "{gone} parties left list {list}; {source} still lists all of them",
            gone=lost.gone, list=list_, source=there,
        )  # fmt: skip
    return say(
        "{gone} parties left list {list}; {source} no longer lists {lacking} of them either",
        gone=lost.gone, list=list_, source=there, lacking=lost.lacking,
    )  # fmt: skip


def _likely(lost: Loss) -> Message:
    if lost.same:
        return say("this looks like a mass removal, not an accident")
    if not lost.lacking:
        return say("so far this looks like an accident, not a mass removal")
    return say("it is unclear what happened to the rest")


def doubts_of(
    others: OtherLists, bounds: Bounds, accepted: Mapping[str, int], judged: Sequence[str]
) -> tuple[tuple[Doubt, ...], tuple[str, ...]]:
    """The doubts that stand, and what the other list source has settled.

    `accepted`: rows of each list in the last accepted document.
    """
    judging, source, reading = others.judging, others.source, others.reading
    found = doubts(reading, bounds, Accepted(accepted), judged)
    canaries = [one for doubt in found if (one := doubt.code.partition(":")[2])]
    homes = _homes(judging, source, canaries, judged) if canaries else {}
    return remaining_doubts(others, placed(found, homes))


def _homes(
    judging: Judging, source: str, canaries: Sequence[str], judged: Sequence[str]
) -> dict[str, list[str]]:
    """The lists on which the source's accepted snapshot had each of these names."""
    found: dict[str, list[str]] = {name: [] for name in canaries}
    for list_ in judged:
        entries = judging.tx.entries(source, list_)
        names = NameIndex((name, None) for entry in entries for name in entry.names)
        for canary, lists in found.items():
            if names.find(canary):
                lists.append(list_)
    return found
