"""Footnotes of a license requirement: ten real ones by hand, what is none, and their changes."""

from dataclasses import asdict, replace

import pytest

from monitor.ledger.json import from_json, to_json
from monitor.screening.change import Change, ChangeKind
from monitor.screening.difference import field_changes
from monitor.screening.entry import Entry
from monitor.screening.event import FieldChange
from monitor.screening.footnotes import footnotes_of
from monitor.screening.words.event_text import footnotes
from tests.screening.cases import Story, row

ALL = "For all items subject to the EAR"


@pytest.mark.parametrize(
    ("requirement", "marks"),
    [
        # The eCFR of 2026-07-23, its raised digits in the line.
        (f"{ALL}, see §§ 734.9(e) 1 and 744.11 of the EAR 2", "12"),
        (f"{ALL}. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)", "3"),
        (f"{ALL} (See §§ 734.9(g)3, 746.8(a)(3), and 744.2l(b) of the EAR)", "3"),
        (f"{ALL}. (Se §§ 734.9(e)(2) and 744.11 of the EAR) 4", "4"),
        (f"{ALL} (See §§ 734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR) 5", "5"),
        (f"{ALL}. (See §§ 734.9(e)(2) and 744.11 of the EAR)4", "4"),
        # The bureau's own file of 2023-12-07.
        (f"{ALL}, see §§ 734.9(e)1, and 744.11 of the EAR2", "12"),
        (f"{ALL}. (See §§ 734.9(g), 3 746.8(a)(3), and 744.21(b) of the EAR.)", "3"),
        (f"{ALL}. (See §§ 734.9(g),3 744.21(b) and 746.8(a)(3). Of the EAR)", "3"),
        (f"{ALL} (see footnotes 1 and 4)", "14"),
        # None.
        (f"{ALL}. (See § 744.11 of the EAR)", ""),
        ("All items subject to the EAR except food designated as EAR99. 2 years", ""),
        (f"{ALL}. (See §§ 746.8(a)(3) 744.21(b), and 740.11(b)(2) and (e))", ""),
    ],
)
def test_marks_are_read(requirement: str, marks: str) -> None:
    assert footnotes_of(requirement) == tuple(marks)


def test_a_footnote_that_comes_is_one_short_change() -> None:
    """87 FR 62202: its sections come with it; what else is said of the items is told as ever."""
    before = Entry("EL", "Jiu", license_requirement=f"{ALL}. (See § 744.11 of the EAR)")
    after = replace(before, license_requirement=f"{ALL}. (See §§ 734.9(e) and 744.11 of the EAR) 4")
    (change,) = field_changes(before, after)
    assert change == FieldChange("footnotes", None, "4")
    assert footnotes(change) == "footnote 4 added"
    assert footnotes(FieldChange("footnotes", "1, 2", "3")) == (
        "footnote 3 added; footnotes 1, 2 removed"
    )
    more = replace(after, license_requirement="For EAR99 items. (See § 734.9(e) of the EAR) 4")
    assert [one.field for one in field_changes(before, more)] == [
        "footnotes",
        "license_requirement",
    ]


def test_a_footnote_is_told_in_three_words_and_once() -> None:
    """The eCFR brings it weeks after the CSL, which writes its mark into the line."""
    before = row(license_requirement=f"{ALL}. (See § 744.11 of the EAR).")
    story = Story.listed()
    for source, mark, told in (("csl", "4", ["entry_amended"]), ("ecfr", " 4", [])):
        said = f"{ALL}. (See §§ 734.9(e) and 744.11 of the EAR){mark}"
        after = replace(before, license_requirement=said)
        change = Change("EL", ChangeKind.AMENDED, before, after, field_changes(before, after))
        assert story.amended(change, source=source, after=24 * 7) == told
    assert "lists it" in story.last.summary
    assert ", with changes: footnote 4 added. It is still listed." in story.last.summary


def test_an_entry_stored_by_an_older_version_has_its_footnotes() -> None:
    """They are read from its text, and are no difference to the same entry of today."""
    entry = row(license_requirement=f"{ALL}. (See §§ 734.9(e)(2) and 744.11 of the EAR)4")
    old = {name: said for name, said in asdict(entry).items() if name != "footnotes"}
    stored = from_json(to_json(old), Entry)
    assert (stored.footnotes, stored.digest()) == (("4",), entry.digest())
