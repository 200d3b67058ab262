"""Times on the list: from dated versions to spans, and joined to what was decided."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.decide.history import Mark, explained, joined, stays, with_past
from monitor.screening.state import LISTED, NOT_LISTED, Span, WatchState
from monitor.screening.witness import Act, Effect, Stage

FIRST = date(2017, 1, 3)
ABSENT = Mark(present=False)


def days(*after: int) -> list[date]:
    """Days by their distance from the first version."""
    return [FIRST + timedelta(days=one) for one in after]


def test_a_stay_begins_on_the_laws_date_and_ends_with_the_version_that_lacks_it() -> None:
    """The row's own date where it gives one; the date of the version for the end."""
    absent, listed, gone = days(0, 100, 200)
    marks = {absent: ABSENT, listed: Mark(True, ("82 FR 1",), "2017-04-11"), gone: ABSENT}
    [span] = stays([(absent, False), (listed, True), (gone, False)], marks)
    assert span == Span("2017-04-11", gone.isoformat(), "82 FR 1")


def test_a_return_begins_with_its_own_rule() -> None:
    """The first date of a row that came back is that of its first stay, and not of this one."""
    first, gone, back = days(0, 100, 400)
    marks = {
        first: Mark(True, ("75 FR 9",), "2010-02-03"),
        gone: ABSENT,
        back: Mark(True, ("75 FR 9", "83 FR 7"), "2010-02-03"),
    }
    assert stays([(first, True), (gone, False), (back, True)], marks) == (
        Span("2010-02-03", gone.isoformat(), "75 FR 9"),
        Span(back.isoformat(), None, "83 FR 7"),
    )


def test_a_beginning_before_all_versions_may_be_unknown() -> None:
    """No date in the row, and no version before: not made up."""
    assert stays([(FIRST, True)], {FIRST: Mark(True)}) == (Span(None, None, None),)


def test_the_act_gives_the_end_its_date_and_citation() -> None:
    """The nearest removing act in force; one far away, unclear or to come explains nothing."""
    span = Span("2020-06-05", "2023-11-17", "85 FR 34505")
    act = Act("1", Stage.DOCUMENT, Effect.REMOVES, "EL", publication_date="2023-11-17",
              effective_on="2023-11-16", citation="88 FR 80131")  # fmt: skip
    [found] = explained([span], [act], date(2023, 12, 1))
    assert (found.to, found.to_citation) == ("2023-11-16", "88 FR 80131")
    assert explained([span], [act], date(2023, 11, 15)) == (span,)
    early = Span("2018-01-01", "2019-01-01")
    assert explained([early], [act], date(2023, 12, 1)) == (early,)


def test_a_past_found_later_is_put_before_what_was_decided() -> None:
    """A removal whose beginning was not known gets it; its end and citation stay the decision's."""
    own = (Span(None, "2023-11-16", None, "88 FR 80131"),)
    past = (Span("2018-01-01", "2019-01-01"), Span("2020-06-05", "2023-11-17", "85 FR 34505"))
    assert joined(past, own) == (
        past[0],
        Span("2020-06-05", "2023-11-16", "85 FR 34505", "88 FR 80131"),
    )


def test_a_state_takes_its_date_from_the_past_only_while_it_has_no_better() -> None:
    """First seen today becomes the version's date; the law's date stays."""
    seen = WatchState("w", "EL", NOT_LISTED, since="2026-11-20")
    past = (Span("2020-06-05", "2023-11-17"),)
    filled = with_past(seen, past)
    assert (filled.since, filled.history) == ("2023-11-17", past)
    legal = WatchState("w", "EL", NOT_LISTED, since="2023-11-16", legal=True)
    assert with_past(legal, past).since == "2023-11-16"
    listed = WatchState("w", "EL", LISTED, since="2026-11-20", history=(Span("2026-11-20"),))
    since = with_past(listed, (Span("2024-02-03", None, "89 FR 1"),))
    assert (since.since, since.citation) == ("2024-02-03", "89 FR 1")
    assert with_past(WatchState("w", "EL"), past) == WatchState("w", "EL")


def test_a_past_read_again_takes_the_place_of_its_first_reading() -> None:
    """What an earlier reading got wrong is mended; what was decided since stays as it is."""
    wrong = (Span("2020-06-05", "2024-03-01", "85 FR 34505"),)
    right = (Span("2020-06-05", "2023-11-17", "85 FR 34505"), Span("2024-01-02", "2024-02-01"))
    state = WatchState("w", "EL", NOT_LISTED, since="2024-03-01", history=wrong)
    filled = with_past(state, right, wrong)
    assert (filled.since, filled.history) == ("2024-02-01", right)
    assert with_past(filled, right, right) == filled
    legal = WatchState("w", "EL", NOT_LISTED, since="2024-03-01", legal=True, history=wrong)
    assert with_past(legal, right, wrong).since == "2024-03-01"
    decided = WatchState("w", "EL", NOT_LISTED, since="2024-03-02", history=(
        Span("2020-06-05", "2024-03-02", "85 FR 34505"),))  # fmt: skip
    assert with_past(decided, right, wrong).history[-1].to == "2024-03-02"


_DAYS = st.integers(0, 400).map(lambda day: (FIRST + timedelta(days=day)).isoformat())


@st.composite
def histories(draw: st.DrawFn) -> tuple[Span, ...]:
    """Spans in order, of which the last may still last and the first have no beginning."""
    ends = sorted(draw(st.sets(_DAYS, max_size=6)))
    spans = [Span(since, to) for since, to in zip(ends[::2], ends[1::2], strict=False)]
    if len(ends) % 2:
        spans.append(Span(ends[-1]))
    endless = draw(st.booleans())
    if spans and endless:
        spans[0] = Span(None, spans[0].to)
    return tuple(spans)


@given(histories(), histories())
def test_joining_twice_changes_nothing(past: tuple[Span, ...], own: tuple[Span, ...]) -> None:
    """Filling in the same past again is no news, and no decision is ever lost by it."""
    once = joined(past, own)
    assert joined(past, once) == once
    assert [span.to for span in own] == [span.to for span in once][len(once) - len(own) :]
    assert joined(past, ()) == past
