"""Finding when a party stood on the list, with few requests and without overlooking a stay."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.history.bisect import DEFAULT_LIMIT, Course, Sighting, course, next_date
from monitor.history.search import marks_in
from monitor.screening.decide.history import Mark
from monitor.screening.watch import Watch
from monitor.sources.ecfr.table import read
from tests.sources.ecfr_xml import XmlRow, appendix

START = date(2017, 1, 3)


def find_presence(
    dates: Sequence[date],
    look: Callable[[date], Sighting],
    *,
    seen: Mapping[date, Sighting] | None = None,
    limit: int = DEFAULT_LIMIT,
    hints: Iterable[date] = (),
) -> Course:
    """Reads versions by `look` until the course is proven or `limit` is reached."""
    known = dict(seen or {})
    wanted = tuple(hints)
    while (day := next_date(dates, known, limit=limit, hints=wanted)) is not None:
        known[day] = look(day)
    return course(dates, known)


class Past:
    """A list's past: for each version, what it cites of the party, or None where it is absent."""

    def __init__(self, versions: Sequence[str | None], *, cites: bool = True) -> None:
        self.dates = tuple(START + timedelta(days=7 * index) for index in range(len(versions)))
        self._says = dict(zip(self.dates, versions, strict=True))
        self._cites = cites
        self.read: list[date] = []

    def look(self, day: date) -> Sighting:
        """What the version of a day says."""
        self.read.append(day)
        said = self._says[day]
        known = frozenset((said or "").split("+")) if self._cites and said else None
        return Sighting(said is not None, known)

    @property
    def truth(self) -> tuple[tuple[date, bool], ...]:
        """The first state and each change."""
        out: list[tuple[date, bool]] = []
        for day, said in self._says.items():
            if not out or out[-1][1] != (said is not None):
                out.append((day, said is not None))
        return tuple(out)


def test_the_institutes_past_is_found() -> None:
    """Absent, listed, amended once, absent again: exact days on both ends, and no gap left."""
    past = Past([None] * 40 + ["a"] * 10 + ["a+b"] * 60 + [None] * 50)
    found = find_presence(past.dates, past.look)
    assert found.changes == past.truth
    assert found.gaps == ()
    assert len(past.read) == len(set(past.read))


def test_a_party_long_listed_costs_few_requests() -> None:
    """What a row cites proves that it stayed: two readings, and a few for each amendment."""
    past = Past(["a"] * 200)
    assert find_presence(past.dates, past.look).changes == ((START, True),)
    assert len(past.read) == 2
    amended = Past(["a"] * 50 + ["a+b"] * 150)
    assert find_presence(amended.dates, amended.look).gaps == ()
    assert len(amended.read) < 12


def test_listed_removed_listed_is_not_overlooked() -> None:
    """A row that was put back cites the rule that did it, so one missing version is found."""
    past = Past(["a"] * 80 + [None] + ["a+b"] * 119)
    assert find_presence(past.dates, past.look).changes == past.truth
    assert len(past.read) < 14


def test_without_citations_every_version_is_read() -> None:
    """Where continuity cannot be proven, it is looked at."""
    past = Past(["a"] * 30 + [None] + ["a"] * 29, cites=False)
    assert find_presence(past.dates, past.look).changes == past.truth
    assert len(past.read) == 60


def test_what_was_not_looked_at_is_told() -> None:
    """A limit leaves gaps, each named, and the next run goes on where this one stopped."""
    past = Past([None] * 100)
    found = find_presence(past.dates, past.look, limit=10)
    assert sum(gap.versions for gap in found.gaps) == 90
    assert len(found.gaps) == 9
    seen = {day: Sighting(False) for day in past.read}
    again = find_presence(past.dates, past.look, seen=seen, limit=100)
    assert again.gaps == ()
    assert len(past.read) == 100


def test_a_hint_is_looked_at_early() -> None:
    """An act that named the party leads to a short stay that a limit would have hidden."""
    past = Past([None] * 71 + ["a"] * 2 + [None] * 127)
    hint = past.dates[71]
    found = find_presence(past.dates, past.look, limit=4, hints=[hint])
    assert found.changes == past.truth
    assert len(past.read) < 14


def test_nothing_to_read_is_no_error() -> None:
    """No version, one version: an empty course and a course of one."""
    assert next_date((), {}) is None
    assert course((), {}).changes == ()
    one = Past(["a"])
    assert find_presence(one.dates, one.look).changes == ((START, True),)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9)), min_size=1, max_size=10))
@pytest.mark.slow
def test_the_course_is_the_truth_whatever_the_past(stays: list[tuple[bool, int]]) -> None:
    """Over any stays, each put on by a rule of its own: exact, and nothing read twice."""
    versions: list[str | None] = []
    for number, (listed, length) in enumerate(stays):
        versions += [f"rule{number}" if listed else None] * length
    past = Past(versions)
    found = find_presence(past.dates, past.look)
    assert found.changes == past.truth
    assert found.gaps == ()
    assert len(past.read) == len(set(past.read))


def test_a_version_says_what_it_holds_of_each_party() -> None:
    """By its row and citations; by the text alone, without; not in another party's row."""
    rows = [
        XmlRow(
            "RUSSIA", "Jiu Wei, Moscow, Russia.", citation="85 FR 1, 1/2/20.<br/>86 FR 2, 1/2/21."
        ),
        XmlRow("RUSSIA", "Zhou, care of Old Name, Moscow, Russia."),
    ]
    text = read(appendix(rows))
    noted = replace(text, text=f"{text.text} Editorial note: the entry for Left Out was added.")
    asked = {
        "a": Watch("a", "Nobody", ("JIU WEI",)),
        "b": Watch("b", "Left Out"),
        "c": Watch("c", "Old Name"),
    }
    assert marks_in(noted, asked) == {
        "a": Mark(True, ("85 FR 1", "86 FR 2"), "2020-01-02"),
        "b": Mark(True),
        "c": Mark(False),
    }
