"""Dates that an instruction gives itself are those of the entries they stand with alone."""

import pytest

from monitor.screening.acts.finding import Party
from monitor.screening.acts.judge import judge
from tests.screening.test_act_forms import INSTRUCTION, a_document

OPENING, _, END = INSTRUCTION.partition("2. Supplement No. 4 to part 744 is amended {}")
NOV, JAN = "November 17, 2023", "January 1, 2024"
WATCHED = (Party("a", ("Alpha Optics",)), Party("b", ("Beta Marine",)))
STATED = "2023-10-01"


def dated(words: str) -> dict[str, str]:
    """By watch what is done and from when on; a "?" where the date is not certain."""
    said = OPENING + words + END
    found = judge(
        a_document(effective_on=STATED, dates="This rule is effective October 1, 2023."),
        said,
        WATCHED,
    )
    return {who: f"{one.effect.value} {one.effective_on}{'?' * one.undated}" for who, one in found}


def amends(words: str) -> str:
    """The words as one instruction."""
    return f"2. Supplement No. 4 to part 744 is amended {words}"


A, B = "the entry for “Alpha Optics”", "the entry for “Beta Marine”"


@pytest.mark.parametrize(
    ("words", "a", "b"),
    [
        # a date before what it holds for
        (amends(f"under OMAN: effective {NOV}, by removing {A}; effective {JAN}, by removing {B}."),
         "2023-11-17", "2024-01-01"),
        ((f"2. In Supplement No. 4 to part 744: a. Effective {NOV}, under CHINA, remove {A}; and"
          f" b. Effective {JAN}, under IRAN, remove {B}."), "2023-11-17", "2024-01-01"),
        ((f"2. Effective {NOV}, in supplement no. 4 to part 744, under CHINA, remove {A}. 3."
          f" Effective {JAN}, amend supplement no. 4 to part 744 under IRAN by removing {B}."),
         "2023-11-17", "2024-01-01"),
        ((f"{amends(f'under CHINA by removing {A}.')} 3. Effective {JAN}, Supplement No. 4 to part"
          f" 744 is further amended under IRAN by removing {B}."), STATED, "2024-01-01"),
        (amends(f"under CHINA, effective {NOV}, by removing {A} and, effective on {JAN}, {B}."),
         "2023-11-17", "2024-01-01"),
        # a date that introduces a list
        (amends(f": a. Effective {NOV}, under CHINA: i. By removing {A}; b. Under IRAN: i. By"
                f" removing {B}."), "2023-11-17", f"{STATED}?"),
        (amends(f", effective {JAN}: a. Under CHINA, by removing {A}; b. Under IRAN, by removing"
                f" {B}."), "2024-01-01", "2024-01-01"),
        # a date behind it
        (amends(f"under CHINA: a. By removing {A}, effective {NOV}; b. By removing {B}, effective"
                f" as of {JAN}."), "2023-11-17", "2024-01-01"),
        (amends("under CHINA by removing the entries for “Alpha Optics”, effective"
                f" {NOV}, and “Beta Marine”, effective {JAN}."), "2023-11-17", "2024-01-01"),
        # nobody can tell
        (amends(f"under CHINA by removing {A}, effective {NOV}, by removing {B}."),
         f"{STATED}?", f"{STATED}?"),
        (amends(f"under CHINA: effective {NOV}, by removing {A}; by removing {B}."),
         "2023-11-17", f"{STATED}?"),
        (amends(f"under CHINA, effective {NOV}, by removing {A}, effective {JAN}; effective {JAN}"
                f" until February 30, 2024, by removing {B}."), f"{STATED}?", f"{STATED}?"),
    ],
)  # fmt: skip
def test_a_removal_has_its_instructions_own_date(words: str, a: str, b: str) -> None:
    """Before it, behind it, over a list of it; where it stands between two, none is certain."""
    assert dated(words) == {"a": f"removes {a}", "b": f"removes {b}"}


def test_rows_that_nobody_names_come_on_the_date_of_what_adds_them() -> None:
    """The table's names are those of the clause that adds entries without naming them."""
    words = (
        f": a. Effective {JAN}, under OMAN, by adding two entities. <ROW><ENT>OMAN</ENT><ENT>Alpha"
        " Optics, No. 5 Road, Wuhan.</ENT></ROW><ROW><ENT></ENT><ENT>Beta Marine, No. 6 Road,"
        " Wuhan.</ENT></ROW>"
    )
    assert dated(amends(words)) == {"a": "adds 2024-01-01", "b": "adds 2024-01-01"}


def test_a_party_with_two_dates_has_none_for_certain() -> None:
    """One of its entries goes before the other."""
    words = f"under CHINA: effective {NOV}, by removing {A}; effective {JAN}, by removing {B}."
    both = Party("both", ("Alpha Optics", "Beta Marine"))
    text = OPENING + amends(words) + END
    ((_, found),) = judge(a_document(effective_on=STATED), text, (both,))
    assert (found.effect.value, found.effective_on, found.undated) == ("removes", STATED, True)


def test_words_behind_such_a_date_are_read_too() -> None:
    """What follows the date may still turn what is done."""
    words = f"under CHINA by removing the entry for “Alpha Optics”, effective {JAN}, save one row."
    assert dated(amends(words)) == {"a": "unclear 2024-01-01"}


def test_the_date_of_what_was_done_before_is_none_of_its_own() -> None:
    """An entry that was added on a day is not removed on it."""
    words = f"under CHINA by removing the entry for “Alpha Optics” that was added effective {NOV}."
    assert dated(amends(words)) == {"a": f"removes {STATED}"}
