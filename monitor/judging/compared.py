"""A list as it now came beside the one accepted before: what went, what came, and what stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.judging.decide import Judging
from monitor.judging.parties import NOTHING
from monitor.screening.change import Changes, differences
from monitor.screening.entry import Entry, Reading
from monitor.screening.parties import Party, PartyRow
from monitor.screening.unread import Unread, kept_back, unread_of


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of a list by digest, parted by what became of them."""

    gone: Sequence[str]
    come: Mapping[str, Entry]
    stays: Mapping[str, PartyRow]
    """To the letter as before, and those kept beside rows that could not be read."""
    before: Mapping[str, Party]
    changes: Changes
    unread: Unread


def compared(
    judging: Judging, source: str, list_: str, reading: Reading, *, known: Unread, first: bool
) -> Compared:
    """Compares the list that was read with the one accepted before.

    `known`: the rows of the last text that could not be read. `first`: there was none before.
    """
    after = {entry.digest(): entry for entry in reading.entries.get(list_, ())}
    parties = judging.tx.parties(source, list_)
    before = {digest: party or 0 for digest, party in parties.items()}
    come = {digest: entry for digest, entry in after.items() if digest not in before}
    stays = {d: PartyRow(after[d], party) for d, party in before.items() if d in after}
    unread = unread_of(reading.unread, list_)
    gone = [digest for digest in before if digest not in after]
    if first:
        return Compared(gone, come, stays, before, NOTHING, Unread(unread))
    went = judging.tx.entries_with(source, list_, gone)
    changes = _changes(went, come, stays)
    left = {row.digest(): row for row in changes.links.gone} if unread and changes.links else {}
    kept = kept_back(left, unread, known)
    if kept:
        stays |= {digest: PartyRow(left[digest], before[digest]) for digest in kept}
        gone = [digest for digest in gone if digest not in stays]
        changes = _changes(judging.tx.entries_with(source, list_, gone), come, stays)
    return Compared(gone, come, stays, before, changes, Unread(unread, kept))


def _changes(
    went: Sequence[Entry], come: Mapping[str, Entry], stays: Mapping[str, PartyRow]
) -> Changes:
    return differences(went, list(come.values()), [row.entry for row in stays.values()])
