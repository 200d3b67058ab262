"""What governs the lists on a day, and which news are due, from acts and codified notes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.screening.rules.codified import CodifiedText, KeptText
from monitor.screening.rules.due import FirstLooks, called_off, due
from monitor.screening.rules.provision import AFFILIATES
from monitor.screening.rules.register import AFFILIATES_ID, Rule, known_by, rules
from monitor.screening.rules.rule_act import Deed, Does, RuleAct
from monitor.screening.witness import WASHINGTON, Stage
from monitor.screening.words.rule_text import bearing

FIRST = datetime(2026, 10, 1, 12, tzinfo=UTC)
LOOKED = FirstLooks(FIRST, FIRST)
RAN_OUT = "Stay ran out: the Affiliates Rule is in force again since 2026-11-10"


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=WASHINGTON)


def act(
    number: str,
    *deeds: Deed,
    filed: str = "2026-10-19",
    published: str = "2026-10-20",
    stage: Stage = Stage.DOCUMENT,
) -> RuleAct:
    at = noon(filed)
    return RuleAct(number, f"Rule {number}", f"91 FR {number}", None, stage, published,
                   at.isoformat(), deeds, at)  # fmt: skip


PROLONGS = act(
    "70001", Deed(Does.STAYS, AFFILIATES, "2026-11-09", "2027-11-09"),
    filed="2026-11-06", published="2026-11-12",
)  # fmt: skip
ENDS = act("70002", Deed(Does.REINSTATES, AFFILIATES, "2026-10-26"))
REVISES = act("70003", Deed(Does.REVISES, ("744.11", "supplement-4"), "2026-10-26"))
DOUBTFUL = act("70004", Deed(Does.STAYS, ("744.11",), "2026-10-26", certain=False))


def stands(day: str, *acts: RuleAct, texts: Iterable[CodifiedText] = ()) -> Rule:
    """The Affiliates Rule on a day."""
    kept = {text.place: KeptText(text, "2026-07-23", FIRST, "ab") for text in texts}
    found = {one.id: one for one in rules(known_by(acts, kept, noon(day)))}
    return found[AFFILIATES_ID]


def told(days: Iterable[str], *acts: RuleAct, first: FirstLooks = LOOKED) -> list[tuple[str, str]]:
    """The title of each event, and the day on which it was due first."""
    found: dict[str, tuple[str, str]] = {}
    for day in days:
        for event in due(known_by(acts, {}, noon(day)), first):
            found.setdefault(event.id, (day, event.title.partition(" (")[0]))
    return list(found.values())


def all_days(since: str = "2026-10-02", until: str = "2026-12-31") -> list[str]:
    first, last = date.fromisoformat(since).toordinal(), date.fromisoformat(until).toordinal()
    return [date.fromordinal(day).isoformat() for day in range(first, last + 1)]


@pytest.mark.parametrize(
    ("day", "acts", "expected"),
    [
        ("2025-10-15", (), ("in_force", "2025-09-29", None, "90 FR 47201")),
        ("2025-11-12", (), ("stayed", "2025-11-10", "2026-11-09", "90 FR 50857")),
        ("2026-11-09", (), ("stayed", "2025-11-10", "2026-11-09", "90 FR 50857")),
        ("2026-11-10", (), ("in_force", "2026-11-10", None, "90 FR 47201")),
        ("2026-11-11", (PROLONGS,), ("stayed", "2025-11-10", "2027-11-09", "91 FR 70001")),
        ("2027-11-10", (PROLONGS,), ("in_force", "2027-11-10", None, "90 FR 47201")),
        ("2026-10-25", (ENDS,), ("stayed", "2025-11-10", "2026-11-09", "90 FR 50857")),
        ("2026-10-26", (ENDS,), ("in_force", "2026-10-26", None, "91 FR 70002")),
        ("2026-12-01", (ENDS,), ("in_force", "2026-10-26", None, "91 FR 70002")),
        ("2026-11-01", (REVISES,), ("stayed", "2025-11-10", "2026-11-09", "90 FR 50857")),
        ("2026-11-01", (DOUBTFUL,), ("stayed", "2025-11-10", "2026-11-09", "90 FR 50857")),
    ],
)  # fmt: skip
def test_the_affiliates_rule_on_a_day(
    day: str, acts: tuple[RuleAct, ...], expected: tuple[object, ...]
) -> None:
    """State, since, last day of the stay, and by which act."""
    rule = stands(day, *acts)
    assert (rule.state, rule.since, rule.until, rule.citation) == expected
    assert "not known" in rule.note


def test_there_is_no_rule_before_its_day() -> None:
    """Nothing later than the moment asked for is told."""
    found = rules(known_by((), {}, noon("2025-09-15")))
    assert [one.id for one in found if one.id == AFFILIATES_ID or one.citation] == []


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), [("2026-11-10", RAN_OUT)]),
        (
            (PROLONGS,),
            [
                ("2026-11-06", "Announced: a stay is prolonged"),
                ("2026-11-12", "In force: a stay is prolonged"),
            ],
        ),
        (
            (ENDS,),
            [
                ("2026-10-19", "Announced: a stay is ended"),
                ("2026-10-26", "In force: a stay is ended"),
            ],
        ),
        (
            (REVISES,),
            [
                ("2026-10-19", "Announced: a rule changes"),
                ("2026-10-26", "In force: a rule changes"),
                ("2026-11-10", RAN_OUT),
            ],
        ),
        (
            (DOUBTFUL,),
            [
                ("2026-10-19", "Please read: announced: a rule is stayed"),
                ("2026-10-26", "Please read: in force: a rule is stayed"),
                ("2026-11-10", RAN_OUT),
            ],
        ),
    ],
)
def test_news_come_once_each_on_their_days(
    acts: tuple[RuleAct, ...], expected: list[tuple[str, str]]
) -> None:
    """Looked at every day of a quarter, with one act or none."""
    assert told(all_days(), *acts) == expected


def test_what_was_law_at_the_first_look_is_told_nobody() -> None:
    """A stay that was over, and an act in force; what was on inspection then is told."""
    at = noon("2026-11-10")
    assert told(all_days("2026-11-10"), first=FirstLooks(at, at)) == []
    assert told(all_days("2026-11-10"), ENDS, first=FirstLooks(at, at)) == []
    seen = replace(PROLONGS, seen_at=at)
    assert told(["2026-11-10", "2026-11-12"], seen, first=FirstLooks(at, at)) == [
        ("2026-11-10", "Announced: a stay is prolonged"),
        ("2026-11-12", "In force: a stay is prolonged"),
    ]


def test_an_act_that_is_not_found_in_print_is_never_told_as_law() -> None:
    """Its day and its publication date have come, and it stands on inspection still."""
    lost = replace(ENDS, stage=Stage.INSPECTION)
    assert told(all_days(), lost) == [
        ("2026-10-19", "Announced: a stay is ended"),
        ("2026-11-20", RAN_OUT),
    ]


def test_a_withdrawn_act_prolongs_nothing() -> None:
    """It is called off where it was announced, and the stay runs out after all."""
    gone = replace(PROLONGS, stage=Stage.WITHDRAWN, publication_date=None)
    known = known_by((gone,), {}, noon("2026-11-11"))
    announced, event = next(iter(called_off(known)))
    before = due(known_by((PROLONGS,), {}, noon("2026-11-06")), LOOKED)
    assert announced in {one.id for one in before}
    assert event.title.startswith("Withdrawn")
    assert [one.title for one in due(known, LOOKED)] == [RAN_OUT]


def test_a_stay_that_runs_out_over_revised_words_is_to_be_reviewed() -> None:
    (event,) = [
        event
        for event in due(known_by((REVISES,), {}, noon("2026-11-10")), LOOKED)
        if event.title == RAN_OUT
    ]
    assert event.review
    assert "91 FR 70003 (document 70003) revises § 744.11" in event.summary
    assert event.effective_on == "2026-11-10"
    line = bearing(rules(known_by((REVISES,), {}, noon("2026-11-10"))), "EL", "listed")
    assert "please read what is left of it" in (line or "")


NOTE = "At {cited}, in § 744.11, paragraph (a)(1) was stayed, effective until Nov. 9, {year}."


def noted(cited: str, year: int) -> CodifiedText:
    return CodifiedText("744.11", ("(a) Requirement.",), (NOTE.format(cited=cited, year=year),))


def test_a_note_of_the_code_prolongs_a_stay_of_which_no_act_was_seen() -> None:
    """The first stay's own note, which cites another page, adds nothing."""
    own = noted("90 FR 50858, Nov. 12, 2025", 2026)
    later = noted("91 FR 71234, Nov. 9, 2026", 2027)
    assert stands("2026-11-10", texts=[own]).state == "in_force"
    rule = stands("2026-11-10", texts=[later])
    assert (rule.state, rule.until, rule.citation, rule.document_number) == (
        "stayed", "2027-11-09", "91 FR 71234", None,
    )  # fmt: skip
    kept = {"744.11": KeptText(later, "2026-11-10", FIRST, "ab")}
    titles = [one.title for one in due(known_by((), kept, noon("2026-11-10")), LOOKED)]
    assert titles == [RAN_OUT]


def test_each_provision_says_by_what_it_reads_as_it_does() -> None:
    """The act that changed it last, the stay that holds it, the act that is to come."""
    found = {one.id: one for one in rules(known_by((PROLONGS,), {}, noon("2026-11-06")))}
    assert [*found] == [
        AFFILIATES_ID, "744.11", "744.15", "744.16", "744.21", "supplement-4", "supplement-6",
        "supplement-7", "supplement-8", "act-70001",
    ]  # fmt: skip
    section, introduction = found["744.11"], found["supplement-4"]
    assert (section.state, section.since, section.citation) == (
        "in_force", "2025-09-29", "90 FR 47201",
    )  # fmt: skip
    assert "Parts of it are stayed until 2026-11-09 by 90 FR 50857" in section.note
    assert (introduction.state, introduction.until) == ("stayed", "2026-11-09")
    coming = found["act-70001"]
    assert (coming.state, coming.since, coming.until) == ("announced", "2026-11-09", "2027-11-09")
    assert (found["744.15"].since, found["744.15"].lists) == (None, ("UVL",))


REACHED = (
    "Listed on the Entity List; companies it owns 50 percent or more are reached as well since"
    " 2026-11-10."
)
OWNED = (
    "A company that parties of the Military End-User List own 50 percent or more is reached as"
    " well since 2026-11-10; who owns it is not known here."
)
STAYED = (
    "The Affiliates Rule, which reaches companies it owns 50 percent or more, is stayed until"
    " 2026-11-09 by 90 FR 50857."
)


@pytest.mark.parametrize(
    ("day", "list_", "state", "begins"),
    [
        ("2026-11-10", "EL", "listed", REACHED),
        ("2026-11-10", "MEU", "not_listed", OWNED),
        ("2026-11-09", "EL", "listed", STAYED),
    ],
)  # fmt: skip
def test_one_line_says_whom_a_listing_reaches(
    day: str, list_: str, state: str, begins: str
) -> None:
    """And that an act may have come unseen."""
    said = bearing(rules(known_by((), {}, noon(day))), list_, state)
    assert said is not None
    assert said.startswith(begins)
    assert "not known: ask" in said
    assert bearing(rules(known_by((), {}, noon(day))), "UVL", state) is None
