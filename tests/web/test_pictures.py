"""The pictures' geometry, and what differs between two texts."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.ledger.records import Poll
from monitor.rendering.differences import MOST, words
from monitor.screening.event import Event, Kind
from monitor.screening.witness import Act, Effect, PollOutcome, Stage
from monitor.web.poll_strip import WIDTH, strip
from monitor.web.size_chart import BOTTOM, RIGHT, TOP, chart
from monitor.web.timeline import LEFT, timeline
from monitor.web.timeline import RIGHT as END

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=80)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    """Without what was added they are the old text, without what was removed the new one."""
    pieces = words(before, after)
    assert "".join(one.text for one in pieces if one.form != "ins") == before
    assert "".join(one.text for one in pieces if one.form != "del") == after


def test_differences_are_of_words() -> None:
    """A changed word is marked, its neighbors are not."""
    found = [(word.form, word.text) for word in words("presumption of denial", "policy of denial")]
    assert found == [("del", "presumption"), ("ins", "policy"), ("same", " of denial")]


def test_endless_texts_are_not_compared() -> None:
    """The price of a comparison is bounded; both texts are still shown."""
    long = "a b " * MOST
    assert [word.form for word in words(long, "c")] == ["del", "ins"]
    assert words(None, None) == []


HISTORY: list[dict[str, str | None]] = [
    {"from": "2020-06-05", "to": "2023-11-16", "citation": "85 FR 34503", "to_citation": None},
    {"from": None, "to": None, "citation": None, "to_citation": None},
]


def test_the_timeline_has_what_is_known() -> None:
    """Bars for times on the list and of watching, marks for acts and events, all in the frame."""
    act = Act("2023-25557", Stage.DOCUMENT, Effect.REMOVES, "EL", effective_on="2023-11-16",
              citation="88 FR 80131")  # fmt: skip
    event = Event("ev_1", Kind.REMOVAL_CONFIRMED, "a", "EL", "2023-11-17T14:00:00Z")
    found = timeline(HISTORY, [act], [event], datetime(2022, 1, 1, tzinfo=UTC), NOW)
    assert found is not None
    assert len(found.bars) == 3
    assert {mark.form for mark in found.marks} == {"removal"}
    assert [mark.href for mark in found.marks] == [None, "/event/ev_1"]
    places = [one.x for one in found.bars] + [one.x for one in found.marks]
    assert all(LEFT <= x <= END for x in places)
    assert [year for _, year in found.years] == ["2021", "2022", "2023", "2024", "2025", "2026"]
    assert found.summary.startswith("Listed from 2020-06-05 to 2023-11-16; Listed from an unknown")
    assert timeline([], [], [], None, NOW) is None


def test_a_time_of_waiting_is_a_bar() -> None:
    """From the announcement or suspicion to what ended it; to now while nothing has."""
    told = [
        Event(f"ev_{at}", kind, "a", "EL", f"2023-11-{at}T14:00:00Z")
        for at, kind in (
            (24, Kind.REMOVAL_SUSPECTED), (18, Kind.REMOVAL_CANCELLED), (17, Kind.ENTRY_AMENDED),
            (16, Kind.REMOVAL_SUSPECTED), (15, Kind.REMOVAL_ANNOUNCED), (10, Kind.BASELINE))
    ]  # fmt: skip
    found = timeline([], [], told, None, NOW)
    assert found is not None
    assert [bar.label for bar in found.bars] == [
        "Removal announced or suspected from 2023-11-15 to 2023-11-18",
        "Removal announced or suspected from 2023-11-24 to now",
    ]
    assert [mark.form for mark in found.marks][:2] == ["other", "other"]
    assert all(LEFT <= bar.x <= bar.x + bar.width <= END for bar in found.bars)


def test_the_strip_holds_the_last_days_in_order() -> None:
    """Older polls and those of others are left out; outcomes are counted in words."""
    polls = [
        Poll(number, source, NOW - timedelta(hours=number), PollOutcome(outcome), ("why",))
        for number, source, outcome in (
            (1, "csl", "unchanged"), (2, "csl", "failed"), (3, "ecfr", "failed"),
            (400, "csl", "failed"))
    ]  # fmt: skip
    found = strip("csl", polls, NOW)
    assert [one.outcome for one in found.strokes] == ["failed", "unchanged"]
    assert all(0 <= one.x <= WIDTH for one in found.strokes)
    assert found.summary == "2 polls in the last 14 days: 1 failed, 1 unchanged."
    assert strip("csl", [], NOW).summary == "No polls in the last 14 days."


def test_the_chart_is_a_line_within_its_frame() -> None:
    """It begins at the first day known and ends today."""
    found = chart([("2017-01-01", 1200), ("2020-06-05", 1300), ("2026-01-01", 3420)], NOW.date())
    assert found is not None
    assert found.path.endswith(f"H{RIGHT}")
    assert all(TOP <= y <= BOTTOM for y, _ in found.levels)
    assert [level for _, level in found.levels] == ["0", "1,000", "2,000", "3,000", "4,000"]
    assert found.summary == ("1,200 rows on 2017-01-01, 3,420 now; at least 1,200, at most 3,420.")
    assert chart([], date(2026, 1, 1)) is None
    assert chart([("2026-01-01", 5)], date(2026, 1, 1)) is None
