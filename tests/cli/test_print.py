"""What `status`, `history` and `search` print: every state in words, the past in its order."""

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.cli.print import print_history, print_statuses, state
from monitor.screening.event import Event, Kind
from monitor.screening.witness import Act, Effect, PollOutcome, Stage
from monitor.status.status import SourceStatus, Status
from tests.upstream.parties import INSTITUTE
from tests.worlds import World

LISTED = Status(
    watch="acme", name="Acme Trading", list="EL", state="listed", pending=None,
    last_known_state="listed", since="2020-06-05", citation="85 FR 34503", document_number=None,
    document_url=None, checked_at="2023-11-20T13:00:00Z", fresh=True, stale_after="4d",
    reasons=("Acme Trading is on the Entity List.", "The eCFR lists it."),
    sources=(
        SourceStatus("ecfr", "listed", "2023-11-20", "2023-11-20T13:00:00Z",
                     "2023-11-20T13:00:00Z", PollOutcome.ACCEPTED, "ab", 3007, (), None),
        SourceStatus("csl", "unknown", None, None, None, None, None, None, (), None),
        SourceStatus("federal_register", None, None, "2023-11-20T13:00:00Z", None,
                     PollOutcome.FAILED, None, None, (), "the host answered 503"),
    ),
    history=({"from": "2020-06-05", "to": None, "citation": "85 FR 34503", "to_citation": None},),
    last_event=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "listed"),
        ({"state": "not_listed"}, "not listed"),
        ({"pending": "removal_announced"}, "listed, removal announced"),
        ({"pending": "removal_suspected"}, "listed, removal suspected"),
        ({"state": "not_listed", "pending": "listing_announced"}, "not listed, listing announced"),
        ({"state": "not_listed", "pending": "listing_suspected"}, "not listed, listing suspected"),
        ({"state": "unknown", "fresh": False}, "status unknown (was listed)"),
        ({"state": "unknown", "last_known_state": None}, "status unknown"),
    ],
)
def test_every_state_in_words(given: dict[str, str], said: str) -> None:
    """The word says it alone; what cannot be told is never calm, whatever is pending."""
    cell = state(replace(LISTED, **given))  # type: ignore[arg-type]
    assert cell.text == said
    assert ("green" in cell.style or "blue" in cell.style) is (said in {"listed", "not listed"})


def test_status_of_all_and_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    """A table, then the reasons; of one watch also each source, with what ails it."""
    print_statuses([LISTED, replace(LISTED, watch="other")], witnesses=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "Watch  List  State   Since       By           Last read (UTC)",
        "acme   EL    listed  2020-06-05  85 FR 34503  2023-11-20 13:00",
        "other  EL    listed  2020-06-05  85 FR 34503  2023-11-20 13:00",
    ]
    assert lines[3:7] == [
        "", "acme on the Entity List", "  Acme Trading is on the Entity List.",
        "  The eCFR lists it.",
    ]  # fmt: skip
    print_statuses([LISTED], witnesses=True)
    told = capsys.readouterr().out
    assert "ecfr              lists it       2023-11-20        2023-11-20 13:00" in told
    assert "csl               unknown                          never" in told
    assert "2023-11-20 13:00 failed           the host answered 503" in told


def test_history_is_in_the_order_of_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Acts by the day they count from, events by when they were told, with where to read on."""
    act = Act("2023-25557", Stage.DOCUMENT, Effect.REMOVES, "EL", effective_on="2023-11-16",
              citation="88 FR 80131", url="https://example.org/rule")  # fmt: skip
    events = [
        Event("ev_2", Kind.REMOVAL_CONFIRMED, "acme", "EL", "2023-11-17T14:00:00Z", title="Gone"),
        Event("ev_1", Kind.ENTRY_AMENDED, "acme", "EL", "2023-11-13T13:00:30Z", title="Changed"),
        Event("ev_0", Kind.BASELINE, "acme", "EL", "2023-11-13T13:00:30Z", title="First check"),
    ]
    print_history(LISTED, [act], events)
    lines = capsys.readouterr().out.splitlines()
    assert "Listed from  By           To" in lines
    assert "2020-06-05   85 FR 34503  now" in lines
    at = next(at for at, line in enumerate(lines) if line.startswith("Date (UTC)"))
    assert [line.split()[-1] for line in lines[at + 1 : at + 5]] == [
        "ev_0", "ev_1", "2023-25557", "ev_2"
    ]  # fmt: skip
    assert lines[-1] == "  88 FR 80131 (document 2023-25557): https://example.org/rule"
    print_history(replace(LISTED, history=()), [], [])
    assert capsys.readouterr().out.splitlines()[-1] == "Never listed as far as known."
    print_history(replace(LISTED, history=(), state="unknown", last_known_state=None), [], [])
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing known yet."


@pytest.mark.slow
def test_the_commands_print_tables(world: World, tmp_path: Path) -> None:
    """By the names that a shell knows; `--list` holds for people as for programs."""
    world.watches({"id": "mps-ifs", "name": INSTITUTE, "lists": ["EL", "UVL"]})
    world.check()
    told = world.run("status", "mps-ifs").out
    assert told.startswith("Watch    List  State")
    assert "csl" in told
    history = world.run("history", "mps-ifs", "--list", "UVL").out
    assert history.startswith(f"{INSTITUTE} (mps-ifs) on the Unverified List")
    assert "Entity List" not in history
    assert world.run("history", "mps-ifs", "--list", "SDN").code == 2
    found = world.run("search", INSTITUTE).out.splitlines()
    assert found[0].split() == ["Similarity", "Name", "Country", "Since", "Why"]
    assert found[1].split()[0] == "100"
    assert world.run("search", "zzzzzz").out == "No entry on the list resembles that name.\n"
