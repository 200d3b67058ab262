"""Cases as rules see them: when one is found, asked again, told, and what it does to a state."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.screening.cases import (
    Case,
    Decision,
    Likely,
    at_addresses,
    case_id,
    case_of,
    decided,
    near_names,
    near_rows,
    opened,
    opened_by_act,
    seen_again,
    successors,
    told_of,
)
from monitor.screening.change import Change, ChangeKind
from monitor.screening.decide.judgement import Judgement
from monitor.screening.decide.matches import asked, each_asked, gone, lies_over, lost_one
from monitor.screening.decide.rules import REMOVAL, Facts, lists_confirm
from monitor.screening.entry import Entry
from monitor.screening.event import Event, Kind
from monitor.screening.linkage import Doubt
from monitor.screening.names import ListNames, Strength
from monitor.screening.parties import Bound, PartyRow
from monitor.screening.state import LISTED, NOT_LISTED, Suspicion, WatchState
from monitor.screening.watch import Watch
from tests.screening.cases import MONDAY, Story, row

WATCH = Watch("quartz", "Meridian Quartz Trading", addresses=("No. 7 Long Street, Kazan",))
NEAR = Entry(list="EL", name="Meridian Quarz Trading", country="RU", source="csl")
FAR = Entry(list="EL", name="Olive Gardens of Osaka", country="JP", source="csl")
LATER = MONDAY + timedelta(days=3)


def likely(entry: Entry = NEAR, score: float = 0.9, **said: object) -> Likely:
    plain = Likely(PartyRow(entry, 7), score, ("why",), Strength.CLOSE)
    return replace(plain, **said)  # type: ignore[arg-type]


def case(entry: Entry = NEAR, score: float = 0.9, **said: object) -> Case:
    return replace(opened(WATCH, "EL", likely(entry, score), MONDAY), **said)  # type: ignore[arg-type]


def rows_near(watch: Watch, *rows: Entry) -> list[Likely]:
    """What is near a watch on a list of these rows."""
    by_party = {at: PartyRow(entry, at) for at, entry in enumerate(rows)}
    names = ListNames((name, at) for at, entry in enumerate(rows) for name in entry.names)
    return near_rows(watch, watch.names, names, by_party)


# -- finding


def test_a_near_row_is_found_and_another_is_not() -> None:
    """The likest first, with the reasons; a watch that does not ask is asked nothing."""
    [found] = rows_near(WATCH, FAR, NEAR)
    assert (found.row.entry, found.strength) == (NEAR, Strength.CLOSE)
    assert rows_near(replace(WATCH, near="off"), NEAR) == []


def test_what_the_files_decided_is_not_asked() -> None:
    """Form and all forgiven, by any name of the row; nor in an act."""
    watch = replace(WATCH, not_same_as=("Meridian QUARZ Trading",))
    assert rows_near(watch, NEAR) == []
    assert rows_near(watch, replace(FAR, aliases=(NEAR.name,))) == []
    named = ListNames([(NEAR.name, NEAR.name)])
    assert [found.row for found in near_names(WATCH, WATCH.names, named)] == [NEAR.name]
    assert near_names(watch, WATCH.names, named) == []


def test_a_broad_name_is_for_those_who_ask_and_an_address_makes_it_close() -> None:
    """An address never makes a name near that is another."""
    broad = replace(NEAR, name="Olive Meridian Quartz")
    assert rows_near(WATCH, broad) == []
    [found] = rows_near(replace(WATCH, near="broad"), broad)
    assert found.strength is Strength.BROAD
    [there] = rows_near(WATCH, replace(broad, addresses=("7 Long Street, Kazan",)))
    assert there.strength is Strength.CLOSE
    assert rows_near(WATCH, replace(FAR, addresses=WATCH.addresses)) == []


def test_at_most_ten_rows_of_one_watch() -> None:
    """More would be noise and no question."""
    rows = [replace(NEAR, name=f"Meridian Quarz Trading {place}") for place in PLACES]
    assert len(rows) == 12
    assert len(rows_near(WATCH, *rows)) == 10


PLACES = ("Omsk", "Perm", "Kazan", "Minsk", "Riga", "Tula", "Orel", "Tver", "Ufa", "Chita", "Brest",
          "Gomel")  # fmt: skip


def test_an_entry_that_is_an_address_is_asked_of_who_has_it() -> None:
    """Of nobody else."""
    place = PartyRow(replace(NEAR, name="Address 02: No. 7 Long Street, Kazan"), 3)
    assert [found.row for found in at_addresses(WATCH, [place])] == [place]
    assert at_addresses(replace(WATCH, addresses=("9 Short Street",)), [place]) == []


def test_the_row_of_an_act_is_the_acts_case() -> None:
    """Known by its name, form forgiven; another name, or a case with a row, is none of it."""
    named = ListNames([(NEAR.name, NEAR.name)])
    [found] = near_names(WATCH, WATCH.names, named)
    of_act = opened_by_act(WATCH, "EL", found, "2023-1", "said", MONDAY)
    assert case_of([of_act], replace(NEAR, name="Meridian Quarz Trading LLC")) == of_act
    assert case_of([of_act], FAR) is None
    assert of_act.reasons[0] == f"the document names “{NEAR.name}”"
    assert case_of([case()], NEAR) is None
    assert of_act.id == case_id("quartz", "EL", "MERIDIAN  QUARZ TRADING") == case().id


@pytest.mark.parametrize(("here", "found"), [((), [7]), ((1,), [])])
def test_a_successor_is_asked_of_a_watch_without_any_row(
    here: Sequence[int], found: list[int]
) -> None:
    """Of every one that followed the party; while one of its parties stands it is listed."""
    old, new = replace(NEAR, name=WATCH.name), replace(NEAR, citations=("90 FR 1",))
    parties = {old.digest(): 1, new.digest(): 7}
    bound = {id_: (Bound(id_, 1, "name"),) for id_ in ("quartz", "twin")}
    doubt = Doubt(old, new, 0.9, ("near names",))
    asked_of = dict(successors([doubt], lambda entry: parties[entry.digest()], bound, here))
    assert list(asked_of) == (["quartz", "twin"] if found else [])
    for some in asked_of.values():
        assert [one.row.party for one in some if one.successor] == found


# -- seen again


def test_decided_different_it_rests_until_something_adds_to_it() -> None:
    """By form never; by a nearer name, or by an address that it had not."""
    rests = decided(case(), Decision.DIFFERENT, "Ann Lee", None, MONDAY)
    for same in (likely(), likely(replace(NEAR, name="MERIDIAN QUARZ TRADING LLC"), 0.92)):
        assert not seen_again(rests, WATCH, same, LATER).open
    nearer = seen_again(rests, WATCH, likely(score=0.96), LATER)
    moved = seen_again(rests, WATCH, likely(replace(NEAR, addresses=WATCH.addresses)), LATER)
    for again in (nearer, moved):
        assert (again.open, again.told, again.decided_by) == (True, False, None)
        assert (again.id, again.first_seen_at) == (rests.id, LATER)
    rests_there = decided(moved, Decision.DIFFERENT, "Ann Lee", None, LATER)
    assert not seen_again(
        rests_there, WATCH, likely(replace(NEAR, addresses=WATCH.addresses)), LATER
    ).open


def test_decided_same_it_is_never_asked_again() -> None:
    """Whatever comes."""
    taken = decided(case(), Decision.SAME, "Ann Lee", None, MONDAY)
    assert seen_again(taken, WATCH, likely(score=1.0), LATER).decision is Decision.SAME


def test_what_comes_back_is_gone_no_more() -> None:
    """And never weaker than it was."""
    went = case(gone_at=MONDAY, successor=True)
    back = seen_again(went, WATCH, likely(score=0.7, strength=Strength.BROAD), LATER)
    assert (back.gone_at, back.score, back.strength, back.successor) == (None, 0.9, "close", True)


# -- what lies over a state


def test_an_open_close_case_lies_over_a_state_that_is_not_listed() -> None:
    """Not a broad one, not a decided one, and not before there is a state."""
    free = WatchState("quartz", "EL", state=NOT_LISTED)
    assert lies_over(free, [case()])
    assert not lies_over(free, [])
    assert not lies_over(free, [case(strength="broad")])
    assert not lies_over(free, [decided(case(), Decision.DIFFERENT, "Ann", None, MONDAY)])
    assert not lies_over(WatchState("quartz", "EL"), [case()])


def test_over_a_listed_state_only_a_successor_while_the_row_is_missed() -> None:
    """Rows beside the watch's own are other parties."""
    listed = WatchState("quartz", "EL", state=LISTED)
    missed = replace(listed, suspicion=Suspicion("ecfr", 1, MONDAY, "e1"))
    assert not lies_over(listed, [case(successor=True)])
    assert not lies_over(missed, [case()])
    assert lies_over(missed, [case(successor=True)])


# -- what is told


def facts(*cases: Case) -> Facts:
    story = Story.not_listed()
    return replace(story._facts(), cases=cases)


FREE = Judgement(WatchState("mps-ifs", "EL", state=NOT_LISTED))


def kinds(judged: Judgement) -> list[tuple[str, str | None]]:
    return [(event.kind.value, event.case) for event in judged.events]


def test_a_case_is_told_once_and_at_most_ten_of_a_watch() -> None:
    """The likeliest first."""
    [event] = asked(FREE, facts(case())).events
    assert (event.kind, event.case, event.review) == (Kind.POSSIBLE_MATCH, case().id, True)
    assert event.after == NEAR
    assert kinds(asked(FREE, facts(case(told=True)))) == []
    many = [case(replace(NEAR, name=f"Name {at}"), 0.8 + at / 100) for at in range(12)]
    told = asked(FREE, facts(*many)).events
    assert [event.case for event in told] == [one.id for one in reversed(many)][:10]


def test_a_listed_watch_is_asked_nothing_but_with_its_import() -> None:
    """An import's cases are told beside the first states."""
    listed = Judgement(WatchState("mps-ifs", "EL", state=LISTED))
    assert kinds(asked(listed, facts(case()))) == []
    assert kinds(each_asked(listed, facts(case()))) == [("possible_match", case().id)]


def test_a_case_that_went_undecided_is_told_once() -> None:
    """If it was the party, this was its removal; a decided one is not told."""
    went = case(gone_at=LATER, told=True)
    [event] = gone(FREE, facts(went)).events
    assert (event.kind, event.case, event.before) == (Kind.NOTICE_FOUND, went.id, NEAR)
    for quiet in (case(), replace(went, gone_told=True),
                  decided(went, Decision.DIFFERENT, "Ann", None, LATER)):  # fmt: skip
        assert kinds(gone(FREE, facts(quiet))) == []


def test_what_was_told_is_remembered() -> None:
    """A possible match by its event, all there are by a first check, the going by its notice."""
    match = Event("e1", Kind.POSSIBLE_MATCH, "quartz", "EL", "2023-11-13T15:00:00Z", case=case().id)
    first = replace(match, kind=Kind.BASELINE, case=None)
    notice = replace(match, kind=Kind.NOTICE_FOUND)
    other = case(FAR)
    assert [one.id for one in told_of([case(), other], [match]) if one.told] == [case().id]
    assert {one.id for one in told_of([case(), other], [first]) if one.told} == {
        case().id, other.id,
    }  # fmt: skip
    [went] = told_of([case(told=True)], [notice])
    assert went.gone_told
    assert told_of([case(told=True), other], [replace(match, case=None)]) == []


# -- one of several parties


def lost(entry: Entry, story: Story) -> Facts:
    change = Change("EL", ChangeKind.REMOVED, entry, None)
    return replace(story._facts(), changes=(change,), changed_source="csl")


def test_one_party_of_several_that_is_gone_must_be_read_once() -> None:
    """Where the watch is listed still; not one that came, and not twice for one row."""
    story, other = Story.listed(), row(name="Another of its names")
    judged = Judgement(story.state)
    told = lost_one(judged, lost(other, story))
    assert kinds(told) == [("notice_found", None)]
    assert told.events[0].before == other
    assert kinds(lost_one(Judgement(told.state), lost(other, story))) == []
    came = replace(story._facts(), changes=(Change("EL", ChangeKind.ADDED, None, other),),
                   changed_source="csl")  # fmt: skip
    assert kinds(lost_one(judged, came)) == []
    lagging = replace(story.state, state=NOT_LISTED)
    assert kinds(lost_one(Judgement(lagging), lost(other, story))) == []
    gone_all = Story.listed()
    gone_all.csl("absent")
    assert kinds(lost_one(Judgement(gone_all.state), lost(other, gone_all))) == []


# -- the lists wait for the person


@pytest.mark.parametrize(("successor", "confirmed"), [(True, False), (False, True)])
def test_the_lists_confirm_nothing_while_the_row_may_go_on(
    successor: bool, confirmed: bool
) -> None:
    """A row of its own kind holds rules (b) to (d) until a person has decided; no other does."""
    story = Story.listed()
    story.csl("absent")
    story._say("ecfr", story.testimonies["csl"].verdict, None)
    asking = replace(story._facts(), cases=(case(successor=successor),))
    assert (lists_confirm(story.state, asking, REMOVAL) is not None) is confirmed
    settled = decided(case(successor=True), Decision.DIFFERENT, "Ann", None, LATER)
    assert lists_confirm(story.state, replace(asking, cases=(settled,)), REMOVAL) is not None
