"""What a source's reading says of a watch."""

import pytest

from monitor.screening.full_text import FullText
from monitor.screening.watch import verdict_of
from monitor.screening.witness import Verdict
from tests.screening.cases import INSTITUTE, row

OTHER = FullText("Some Other Works, No. 1 Road, Beijing, China")


@pytest.mark.parametrize("full", [None, OTHER], ids=["rows alone", "a text too"])
def test_absent_from_the_rows_and_from_the_text(full: FullText | None) -> None:
    """Nobody names it."""
    assert verdict_of([], INSTITUTE.names, full) is Verdict.ABSENT


@pytest.mark.parametrize("name", INSTITUTE.names)
def test_a_name_in_the_text_without_a_row_cannot_be_told(name: str) -> None:
    """Any of its names: neither listed nor absent."""
    text = FullText(f"Some Other Works; {name}, No. 18 West Road")
    assert verdict_of([], INSTITUTE.names, text) is Verdict.UNKNOWN


def test_a_row_is_a_listing_whatever_the_text() -> None:
    """What was understood counts."""
    assert verdict_of([row()], INSTITUTE.names, OTHER) is Verdict.LISTED
