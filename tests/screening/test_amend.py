"""Amendments are told once, whichever source brings them first."""

from datetime import timedelta
from typing import Any

import pytest

from monitor.screening.change import Change, ChangeKind
from monitor.screening.decide.amendments import amend
from monitor.screening.difference import field_changes
from monitor.screening.entry import Entry
from monitor.screening.state import WatchState
from tests.screening.cases import MONDAY, row


class Watched:
    """A watch whose amendments come from two sources."""

    def __init__(self) -> None:
        self.state = WatchState("mps-ifs", "EL", "listed")
        self.now = MONDAY

    def brings(self, source: str, before: Entry, after: Entry, *, days: float = 0) -> list[str]:
        """The fields that are news."""
        self.now += timedelta(days=days)
        change = Change("EL", ChangeKind.AMENDED, before, after, field_changes(before, after))
        self.state, news = amend(self.state, [change], source, self.now)
        return [field.field for field in news.fields] if news else []


@pytest.mark.parametrize(
    ("csl", "ecfr"),
    [
        ({"citations": ("85 FR 1", "89 FR 25503")}, {"citations": ("85 FR 1", "89 FR 25505")}),
        ({"aliases": ("IFS",)}, {"aliases": ("I.F.S.",)}),
        ({"license_policy": "Policy of denial"}, {"license_policy": "Denial policy"}),
        ({"addresses": ("A", "B")}, {"addresses": ("A; and B",)}),
        ({"name": "Institute of Forensics"}, {"name": "INSTITUTE OF FORENSICS"}),
    ],
    ids=["another page of one volume", "alias", "policy", "addresses", "name"],
)  # fmt: skip
def test_the_other_sources_telling_of_the_same_is_no_news(
    csl: dict[str, Any], ecfr: dict[str, Any]
) -> None:
    """Pages differ, and sources word things in their own ways."""
    watched = Watched()
    assert watched.brings("csl", row(), row(**csl))
    assert watched.brings("ecfr", row(), row(**ecfr), days=8) == []


def test_a_second_amendment_by_the_same_source_is_news() -> None:
    """Also of the same field."""
    watched = Watched()
    one, two, three = (row(license_policy=text) for text in ("A", "B", "C"))
    assert watched.brings("csl", one, two) == ["license_policy"]
    assert watched.brings("csl", two, three, days=1) == ["license_policy"]


def test_each_telling_answers_for_one_telling_only() -> None:
    """The eCFR follows once; what it changes after that is news again."""
    watched = Watched()
    one, two, three = (row(license_policy=text) for text in ("A", "B", "C"))
    watched.brings("csl", one, two)
    assert watched.brings("ecfr", one, two, days=2) == []
    assert watched.brings("ecfr", two, three, days=2) == ["license_policy"]
    assert watched.brings("csl", two, three, days=2) == []


def test_what_the_second_source_adds_is_told_alone() -> None:
    """Only the fields that the first did not bring."""
    watched = Watched()
    watched.brings("csl", row(), row(license_policy="B"))
    assert watched.brings("ecfr", row(), row(license_policy="B", aliases=("New",)), days=2) == [
        "aliases"
    ]


def test_after_a_long_time_the_same_field_is_news() -> None:
    """Three months later it is another amendment."""
    watched = Watched()
    watched.brings("csl", row(), row(license_policy="B"))
    assert watched.brings("ecfr", row(), row(license_policy="B"), days=90) == ["license_policy"]
