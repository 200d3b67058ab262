"""What a source's reading says of a watch."""

import pytest

from monitor.screening.entry import Entry
from monitor.screening.full_text import FullText, ListText
from monitor.screening.watch import verdict_of
from monitor.screening.witness import Verdict
from tests.screening.cases import INSTITUTE, row

OTHER = ListText("Some Other Works, No. 1 Road, Beijing, China", ())


@pytest.mark.parametrize("full", [None, OTHER], ids=["rows alone", "a text too"])
def test_absent_from_the_rows_and_from_the_text(full: ListText | None) -> None:
    """Nobody names it."""
    assert verdict_of([], INSTITUTE.names, full) is Verdict.ABSENT


@pytest.mark.parametrize("name", INSTITUTE.names)
def test_a_name_in_the_text_without_a_row_cannot_be_told(name: str) -> None:
    """Any of its names: neither listed nor absent."""
    text = ListText(f"Some Other Works; {name}, No. 18 West Road", ())
    assert verdict_of([], INSTITUTE.names, text) is Verdict.UNKNOWN


def test_a_row_is_a_listing_whatever_the_text() -> None:
    """What was understood counts."""
    assert verdict_of([row()], INSTITUTE.names, OTHER) is Verdict.LISTED


@pytest.mark.parametrize("name", INSTITUTE.names)
def test_a_name_in_a_row_that_could_not_be_read_cannot_be_told(name: str) -> None:
    """Nor can that of a party whose row may be such a one; a row that was read counts."""
    unread = FullText(f"{name}, No. 18 West Road")
    assert verdict_of([], INSTITUTE.names, None, unread) is Verdict.UNKNOWN
    assert verdict_of([row()], INSTITUTE.names, None, unread, kept=True) is Verdict.LISTED
    other = FullText("Some Other Works")
    assert verdict_of([], INSTITUTE.names, None, other) is Verdict.ABSENT
    assert verdict_of([], INSTITUTE.names, None, other, kept=True) is Verdict.UNKNOWN


LONGER = "Second Institute of Forensic Science of the Province"


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (row(name=LONGER, aliases=()), f"{LONGER}, No. 1 Road"),
        (row(name="Works", aliases=(LONGER,)), f"Works, a.k.a., {LONGER}, No. 1 Road"),
        (row(name="Works", addresses=(f"{LONGER}, No. 1 Road",)), f"Works, {LONGER}, No. 1 Road"),
        (row(name="Works", aliases=(INSTITUTE.name,)), f"Works, a.k.a., {INSTITUTE.name}, Road"),
    ],
    ids=["name", "alias", "address", "a shared alias"],
)
def test_a_name_inside_another_partys_row_is_that_partys(entry: Entry, text: str) -> None:
    """It does not hinder an absence; the same text without the row understood does."""
    assert verdict_of([], INSTITUTE.names, ListText(text, [entry])) is Verdict.ABSENT
    assert verdict_of([], INSTITUTE.names, ListText(text, ())) is Verdict.UNKNOWN


def test_a_second_place_beside_another_partys_row_cannot_be_told() -> None:
    """An editorial note names what could not be incorporated."""
    note = f"{LONGER}, No. 1 Road. Editorial note: an entry for {INSTITUTE.name} was added"
    text = ListText(note, [row(name=LONGER)])
    assert verdict_of([], INSTITUTE.names, text) is Verdict.UNKNOWN


def test_an_address_that_is_nothing_but_the_name_cannot_be_told() -> None:
    """A reader that took an entry for an address of the row before it has lost that entry."""
    text = ListText(f"Works, No. 1 Road; {INSTITUTE.name}", [
        row(name="Works", addresses=("No. 1 Road", INSTITUTE.name))
    ])  # fmt: skip
    assert verdict_of([], INSTITUTE.names, text) is Verdict.UNKNOWN
