"""A row that could not be read decides nothing: who may stand in it is neither gone nor come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.screening.entry import Entry, UnreadRow
from monitor.screening.watch import Watch
from monitor.status.status import Status, statuses
from tests.listed import Listed
from tests.test_parties import OTHERS, party

KESTREL = party("Kestrel Optical Works")
WATCH = Watch("kestrel", KESTREL.name)
NAMED = UnreadRow("EL", f"{KESTREL.name}\nNo. 1 Kestrel Road", named=True)
NULL = UnreadRow(None, "null", named=False)


class Read:
    """One watch over the CSL alone."""

    def __init__(self, folder: Path, watch: Watch = WATCH) -> None:
        self.listed = Listed(folder, [watch], sources=("csl",))

    def shows(self, *rows: Entry, unread: tuple[UnreadRow, ...] = (), hours: int = 13) -> list[str]:
        """The list holds these rows beside the others; the kinds of the events that follow."""
        self.listed.lists["csl"].gives((*OTHERS, *rows), unread=unread)
        checked = self.listed.checks(after=timedelta(hours=hours))
        return [event.kind.value for event in checked.events]

    @property
    def status(self) -> Status:
        with self.listed.service.ledger.reading() as reading:
            return statuses(self.listed.service, reading, self.listed.now)[0]

    @property
    def verdict(self) -> str | None:
        return self.status.sources[0].verdict


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    made = Read(tmp_path)
    yield made
    made.listed.closes()


@pytest.mark.parametrize("row", [NAMED, NULL], ids=["with its name", "null"])
def test_a_watch_whose_row_cannot_be_read_is_not_told_removed(read: Read, row: UnreadRow) -> None:
    """However long; the status says it, and the row mended is no news. Gone, it is suspected."""
    assert read.shows(KESTREL) == ["baseline"]
    assert [read.shows(unread=(row,)) for _ in range(2)] == [[]] * 2
    assert (read.verdict, read.status.state) == ("unknown", "listed")
    assert any("has a row that could not be read" in reason for reason in read.status.reasons)
    assert read.shows(KESTREL, unread=(row,)) == []
    assert read.verdict == "listed"
    assert read.shows(unread=() if row is NAMED else (row,)) == ["removal_suspected"]
    assert read.shows() == []


def test_what_goes_after_the_odd_row_came_is_not_it(read: Read) -> None:
    """A null that stays for months hides no removal of later; the first to go may be it."""
    read.shows(KESTREL)
    assert read.shows(*OTHERS[1:], KESTREL, unread=(NULL,)) == []
    assert read.shows(unread=(NULL,)) == ["removal_suspected"]
    assert [read.shows(unread=(NULL,)) for _ in range(2)] == [[], ["removal_confirmed"]]


def test_a_row_that_cannot_be_read_is_no_listing_and_no_absence(read: Read) -> None:
    """Of a watch that had none; one that is added later is told the same, and what it lacks."""
    assert read.shows() == ["baseline"]
    assert read.shows(unread=(NAMED,)) == []
    assert read.verdict == "unknown"
    other = Watch("heron", "Heron Optical Works", aliases=(KESTREL.name,))
    read.listed.service = replace(read.listed.service, watches=(WATCH, other))
    assert read.shows(unread=(NAMED,), hours=1) == []
    assert read.listed.states() == {"kestrel": "unknown", "heron": "unknown"}
    assert sorted(read.shows(KESTREL)) == ["baseline", "listing_suspected"]


def test_nothing_is_told_of_the_list_either(read: Read) -> None:
    """The party is not counted among those that left; its row is kept as it was read last."""
    read.shows(KESTREL)
    read.shows(unread=(NAMED,))
    with read.listed.service.ledger.reading() as reading:
        kept = [entry for entry in reading.entries("csl", "EL") if entry.name == KESTREL.name]
    assert len(kept) == 1
