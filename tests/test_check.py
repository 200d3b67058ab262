"""`check` against a world where everything goes wrong that has gone wrong, and then goes right.

Each case gives the poll's outcome and the exit code of the contract, raises no removal and no
listing, leaves what was known untouched, and hides no true removal that comes after it.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.screening.entry import Entry
from tests.extent import mostly_slow
from tests.real import data
from tests.upstream.parties import (
    INSTITUTE,
    INSTITUTE_AS_CSL_HAD_IT,
    institute,
    institute_in_csl,
)
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World

DOUBLE_SPACED = INSTITUTE.replace(" of ", "  of ")


@dataclass(frozen=True)
class Case:
    """What happens to the published list, and what the poll must make of it."""

    name: str
    happens: Callable[[Upstream], object]
    outcome: str = "accepted"
    told: tuple[str, ...] = ()
    before: Callable[[Upstream], object] | None = None
    """What the world is like before the first look."""
    csv: bool = False
    asks: tuple[tuple[str, object], ...] = ()

    @property
    def code(self) -> int:
        return 0 if self.outcome in {"accepted", "unchanged"} else 3


def spelled(name: str) -> Callable[[Upstream], object]:
    return lambda up: up.csl.amends(INSTITUTE, name=name)


def served(name: str) -> Callable[[Upstream], object]:
    """A real broken file, plain or gzipped."""

    def serve(up: Upstream) -> None:
        body = data(name).read_bytes()
        up.csl.serves(gzip.decompress(body) if name.endswith(".gz") else body, "text/csv")

    return serve


def cited(up: Upstream) -> None:
    citations = (*institute_in_csl().citations, "89 FR 25505")
    up.csl.amends(INSTITUTE, citations=citations)


def on_two_rows(up: Upstream) -> None:
    up.csl.lists(SECOND_ROW)


def loses_its_second_row(up: Upstream) -> None:
    up.csl.delists(INSTITUTE)
    up.csl.lists(institute_in_csl())


SECOND_ROW: Entry = replace(institute_in_csl(), addresses=("Box 7, Dubai",), country="AE")
ON_ANOTHER_LIST: Entry = replace(institute(), list="UVL", citations=("89 FR 1",))

CASES = (
    # the same party, written otherwise
    Case("a straight apostrophe", spelled(INSTITUTE)),
    Case("a curly apostrophe", spelled(INSTITUTE.replace("'", "’"))),
    Case("a replacement character", spelled(INSTITUTE.replace("'", "\ufffd"))),
    Case("an extra citation and so another id", cited, told=("entry_amended",)),
    Case(
        "collapsed spaces and so another id", lambda up: up.csl.collapses_double_spaces(),
        before=spelled(DOUBLE_SPACED),
    ),
    Case("all ids changed", lambda up: up.csl.renumbers()),
    Case("all rows in another order", lambda up: up.csl.reorders()),
    Case("no aliases as a blank one", lambda up: up.csl.writes_no_aliases_as_blank()),
    Case("no metadata", lambda up: up.csl.loses_metadata()),
    Case(
        "one of two rows of its name gone", loses_its_second_row, before=on_two_rows,
        told=("entry_amended",),
    ),
    Case("also on another list", lambda up: up.csl.lists(ON_ANOTHER_LIST)),
    # whole and right, but not to be believed
    Case(
        "empty results", lambda up: up.csl.empty_results(), "quarantined",
        told=("snapshot_quarantined",),
    ),
    Case(
        "no Entity List", lambda up: up.csl.drops_list("EL"), "quarantined",
        told=("snapshot_quarantined",),
    ),
    Case(
        "half an Entity List", lambda up: up.csl.halves_list("EL"), "quarantined",
        told=("snapshot_quarantined",),
    ),
    Case(
        "a total that does not fit", lambda up: up.csl.declares_total(99_999), "quarantined",
        told=("snapshot_quarantined",),
    ),
    # not a whole document of the right kind
    Case("the truncated file", served("csl-2023-11-30-truncated.csv.gz"), "failed", csv=True),
    Case("a corrupt file", served("csl-corrupt-1.csv"), "failed", csv=True),
    Case("another corrupt file", served("csl-corrupt-2.csv"), "failed", csv=True),
    Case("half a table", lambda up: up.csl.cuts_body(with_length=False), "failed", csv=True),
    Case("a page with 200", lambda up: up.csl.html_page(), "failed"),
    Case("a page with 200 for the table", lambda up: up.csl.html_page(), "failed", csv=True),
    Case("nothing with 200", lambda up: up.csl.serves(b""), "failed"),
    Case("another document", lambda up: up.csl.serves(b"{}"), "failed", told=("source_failing",)),
    Case("half a body", lambda up: up.csl.cuts_body(), "failed"),
    Case("half a body without a length", lambda up: up.csl.cuts_body(with_length=False), "failed"),
    Case("half a gzip stream", lambda up: up.csl.half_gzip(), "failed"),
    Case("no last byte", lambda up: up.csl.half_gzip(at=0.9999), "failed"),
    Case("403", lambda up: up.csl.answers(403), "failed"),
    Case("404", lambda up: up.csl.answers(404), "failed", told=("source_failing",)),
    Case("410", lambda up: up.csl.answers(410), "failed", told=("source_failing",)),
    Case("429", lambda up: up.csl.answers(429, retry_after=30), "failed"),
    Case("500", lambda up: up.csl.answers(500), "failed"),
    Case("503", lambda up: up.csl.answers(503, retry_after=120), "failed"),
    Case("204", lambda up: up.csl.answers(204), "failed"),
    Case(
        "a redirect elsewhere", lambda up: up.csl.redirects_to("https://elsewhere.example/"),
        "failed", told=("source_failing",),
    ),
    Case("a time-out", lambda up: up.csl.hangs(8), "failed", asks=(("timeout", "1s"),)),
    Case("a connection reset", lambda up: up.csl.resets(), "failed"),
    Case(
        "an oversized body", lambda up: up.csl.oversized(400_000), "failed",
        asks=(("max_bytes", 300_000),),
    ),
    Case(
        "an oversized body that does not say so",
        lambda up: up.csl.oversized(400_000, declared=False), "failed",
        asks=(("max_bytes", 300_000),),
    ),
    Case(
        "an oversized body, small on the wire",
        lambda up: up.csl.oversized(40_000_000, packed=True), "failed",
        asks=(("max_bytes", 300_000),),
    ),
)  # fmt: skip


def known(status: dict[str, Any]) -> dict[str, Any]:
    """What a bad poll may not touch."""
    kept = {
        name: status[name]
        for name in (
            "state", "pending", "last_known_state", "since", "citation", "document_number",
            "history", "last_event", "fresh",
        )
    }  # fmt: skip
    source = status["sources"][0]
    seen = {name: source[name] for name in ("verdict", "matched", "snapshot", "entries", "as_of")}
    return kept | seen


@pytest.mark.parametrize("case", mostly_slow(CASES, quick=20), ids=lambda case: case.name)
def test_no_false_alarm_and_no_removal_missed_after(world: World, case: Case) -> None:
    """The outcome and exit code, no decision, what was known kept, and a true removal caught."""
    urls = [world.up.csl_csv_url] if case.csv else []
    world.asks("csl", urls=urls, csl=dict(case.asks))
    if case.before:
        case.before(world.up)
    first = world.check()
    assert (first.kinds, first.code) == (["baseline"], 0)

    world.passes(hours=1)
    case.happens(world.up)
    ran = world.commands()
    assert (ran.outcomes, ran.code) == ({"csl": case.outcome}, case.code)
    assert (ran.decisions, tuple(ran.kinds)) == ([], case.told)
    assert ran.status["state"] == "listed"
    if case.code:
        assert known(ran.status) == known(first.status)
        assert ran.json["polls"][0]["reasons"]
        assert ran.status["sources"][0]["error"]
    world.up.csl.recovers()
    world.up.delists(INSTITUTE)
    assert world.check(after=1).decisions == ["removal_suspected"]


def test_the_institute_only_on_another_list_is_no_listing(world: World) -> None:
    """It is watched on the Entity List; and there it then does join."""
    world.up.delists(INSTITUTE)
    assert world.check().status["state"] == "not_listed"
    world.up.csl.lists(ON_ANOTHER_LIST)
    for _ in range(3):
        ran = world.check(after=1)
        assert (ran.kinds, ran.code) == ([], 0)
    world.up.lists_institute()
    assert world.check(after=1).decisions == ["listing_suspected"]
    assert world.check(after=1).decisions == ["listing_confirmed"]


def test_a_304_that_nobody_asked_for_is_a_failure(world: World) -> None:
    """Taken for an empty list once; it is neither that nor news."""
    world.up.csl.answers(304)
    ran = world.check()
    assert (ran.outcomes, ran.code, ran.kinds) == ({"csl": "failed"}, 3, [])
    assert ran.status["state"] == "unknown"


def test_a_304_renews_the_last_verdicts(world: World) -> None:
    """The list has not changed: that is a good look."""
    world.check()
    world.now = world.now.replace(hour=23)
    ran = world.check()
    assert (ran.outcomes, ran.code, ran.kinds) == ({"csl": "unchanged"}, 0, [])
    assert ran.status["checked_at"] == "2023-11-20T23:00:00Z"
    assert world.up.asked("csl")[-1].headers["if-none-match"]


def test_a_304_counts_for_the_steadiness_of_an_absence(world: World) -> None:
    """Three good polls over a day, though only the first brought a body."""
    world.check()
    world.up.delists(INSTITUTE)
    assert world.check().decisions == ["removal_suspected"]
    world.now = world.now.replace(day=21, hour=1)
    assert world.check().decisions == []
    world.now = world.now.replace(hour=13)
    ran = world.check()
    assert (ran.outcomes, ran.decisions) == ({"csl": "unchanged"}, ["removal_confirmed"])


def test_failed_polls_never_count_for_steadiness(world: World) -> None:
    """A day of failures after one absence confirms nothing."""
    world.check()
    world.up.delists(INSTITUTE)
    world.check(after=1)
    world.up.csl.answers(500)
    for _ in range(4):
        assert world.check(after=10).decisions == []
    world.up.csl.recovers()
    assert world.check(after=1).decisions == []
    assert world.check(after=1).decisions == ["removal_confirmed"]


def test_a_copy_that_hides_its_age_raises_a_suspicion_that_cancels_itself(world: World) -> None:
    """An edge serves last year's rows under today's stamp for an hour."""
    world.up.delists(INSTITUTE)
    older = world.up.csl.file()
    world.up.lists_institute()
    world.check()
    world.up.csl.serves(older)
    assert world.check(after=1).decisions == ["removal_suspected"]
    world.up.csl.recovers()
    assert world.check(after=1).decisions == ["removal_cancelled"]


def test_older_copies_by_turns_decide_nothing_and_are_told_once(world: World) -> None:
    """They say how old they are: no suspicion and cancellation at every turn, nor a fresh look."""
    world.up.lists_institute()
    world.check()
    world.passes(hours=9)
    world.up.delists(INSTITUTE)
    assert world.check().decisions == ["removal_suspected"]
    told = []
    for _ in range(2):
        world.up.csl.falls_behind(timedelta(hours=5))
        ran = world.check(after=1)
        told += ran.kinds
        assert (ran.outcomes, ran.code) == ({"csl": "unchanged"}, 0)
        assert "older than that of" in ran.json["polls"][0]["reasons"][0]
        assert any("is passed over" in reason for reason in ran.status["reasons"])
        assert ran.status["checked_at"] < ran.json["at"]
        world.up.csl.recovers()
        told += world.check(after=1).kinds
    assert told == ["source_failing"]


def test_a_host_stuck_on_an_older_copy_is_stale_and_then_believed(world: World) -> None:
    """It proves nothing about now; after a day its date is taken for one that was wrong once."""
    world.check()
    world.passes(hours=30)
    world.up.delists(INSTITUTE)
    old = world.up.csl.file()
    world.up.lists_institute()
    assert world.check(after=2).kinds == []
    world.up.csl.serves(old)
    kinds = [kind for _ in range(5) for kind in world.check(after=5).kinds]
    assert kinds == ["source_failing", "watch_stale"]
    assert world.check(after=4).kinds == ["removal_suspected", "watch_fresh"]


@pytest.mark.slow
def test_a_file_that_is_not_rebuilt_is_told_as_a_standstill(world: World) -> None:
    """Every answer is good, and its stamp stands: told once, said on every look, and its end."""
    world.check()
    world.up.csl.serves(world.up.csl.file())
    told = [world.check(after=24).kinds for _ in range(8)]
    assert told == [[]] * 7 + [["source_failing"]], "five business days, for Thanksgiving is none"
    ran = world.check(after=24)
    assert (ran.outcomes, ran.kinds, ran.status["fresh"]) == ({"csl": "unchanged"}, [], True)
    assert "has been dated 2023-11-20" in ran.json["polls"][0]["reasons"][0]
    assert any("should come every hour" in reason for reason in ran.status["reasons"])
    world.up.csl.recovers()
    ran = world.check(after=1)
    assert (ran.kinds, ran.json["polls"][0]["reasons"]) == (["source_recovered"], [])


def test_a_list_that_nobody_watches_may_be_missing(world: World) -> None:
    """The poll is quarantined, and the Entity List goes on being judged."""
    world.check()
    world.up.csl.drops_list("SDN")
    ran = world.check(after=1)
    assert (ran.outcomes, ran.code) == ({"csl": "quarantined"}, 3)
    assert (ran.kinds, ran.status["fresh"]) == (["snapshot_quarantined"], True)
    assert ran.status["checked_at"] == "2023-11-20T14:00:00Z"
    world.up.delists(INSTITUTE)
    assert world.check(after=1).kinds == ["removal_suspected"]


def test_one_watched_list_may_be_held_while_the_other_is_judged(world: World) -> None:
    """The poll is quarantined; a removal from the other list is told all the same."""
    world.watches({**WATCH, "lists": ["EL", "UVL"]})
    world.up.csl.lists(ON_ANOTHER_LIST)
    assert world.check().kinds == ["baseline", "baseline"]
    world.up.csl.drops_list("UVL")
    world.up.delists(INSTITUTE)
    ran = world.check(after=1)
    assert (ran.outcomes, ran.code) == ({"csl": "quarantined"}, 3)
    assert [(e["kind"], e["list"]) for e in ran.json["events"] if e["watch"]] == [
        ("removal_suspected", "EL")
    ]
    uvl = ran.json["watches"][1]
    assert (uvl["list"], uvl["state"], uvl["pending"]) == ("UVL", "listed", None)
    assert any("is quarantined" in reason for reason in uvl["reasons"])


# -- quarantine and release


def test_a_quarantine_names_the_watched_parties_that_it_lacks(world: World) -> None:
    """By party: not one that the list spells another way, and not one that it never had."""
    world.watches(
        {"id": "spelled", "name": "Huawei Technologies Company Limited"},
        {"id": "never", "name": "Nobody Instruments of Nowhere"},
        WATCH,
    )
    states = [watch["state"] for watch in world.check().json["watches"]]
    assert states == ["listed", "not_listed", "listed"]
    world.up.csl.delists(INSTITUTE)
    world.up.csl.halves_list("EL")
    [event] = world.check(after=1).json["events"]
    named = event["summary"].partition("It does not list these watches: ")[2]
    assert named.startswith(f"{INSTITUTE}. ")


def test_a_person_releases_a_quarantined_snapshot(world: World) -> None:
    """It is judged at once and is the baseline of the next."""
    world.check()
    world.up.csl.halves_list("EL")
    held = world.check(after=1)
    assert held.status["state"] == "listed"
    sha = held.json["polls"][0]["snapshot"]
    done = world.run("snapshots", "accept", sha[:12], "--json")
    assert done.code == 0
    assert [one["kind"] for one in done.json["events"]] == ["removal_suspected"]
    ran = world.check(after=1)
    assert (ran.outcomes, ran.kinds) == ({"csl": "accepted"}, [])


def test_a_snapshot_that_is_not_held_cannot_be_accepted(world: World) -> None:
    """Nor one that does not exist: wrong usage, said plainly."""
    sha = world.check().json["polls"][0]["snapshot"]
    for asked in (sha, "feed"):
        done = world.run("snapshots", "accept", asked)
        assert done.code == 2
        assert "snapshot" in done.err


@pytest.fixture
def both(world: World) -> World:
    """Both list sources enabled, and a first state known."""
    world.asks("csl", "ecfr")
    assert world.check().kinds == ["baseline"]
    return world


def mass_removal(world: World, *, csl: bool, ecfr: bool) -> None:
    """Every second of the forty filler entries goes, and the institute."""
    gone = [row.entry.name for row in world.up.ecfr.rows_on(world.up.ecfr.newest) if row.entry]
    for name in [*gone[10:30], INSTITUTE]:
        world.up.delists(name, csl=csl, ecfr=world.now.date() if ecfr else None)


def test_the_ecfr_showing_it_releases_a_true_mass_removal(both: World) -> None:
    """A person need not; both lists then confirm."""
    both.asks("csl", "ecfr", ecfr={"max_shrink": 0.9})
    mass_removal(both, csl=True, ecfr=True)
    ran = both.check(after=1)
    assert ran.outcomes == {"ecfr": "accepted", "csl": "accepted"}
    assert ran.decisions[-1] == "removal_confirmed"


@pytest.mark.slow
def test_two_held_sources_that_show_the_same_release_each_other(both: World) -> None:
    """The day 125 entries truly went, both lists shrank past their limits."""
    mass_removal(both, csl=True, ecfr=True)
    told = [*both.check(after=1).decisions, *both.check(after=1).decisions]
    assert told[-1] == "removal_confirmed"
    assert both.check(after=1).outcomes == {"ecfr": "unchanged", "csl": "accepted"}


@pytest.mark.slow
def test_a_list_that_lost_rows_which_the_ecfr_still_has_stays_held(both: World) -> None:
    """For as long as it takes, and nothing is decided."""
    mass_removal(both, csl=True, ecfr=False)
    for _ in range(4):
        ran = both.check(after=12)
        assert ran.outcomes == {"ecfr": "unchanged", "csl": "quarantined"}
        assert ran.decisions == []


# -- fallback addresses


def test_the_next_address_serves_and_the_failing_one_is_told_once(world: World) -> None:
    """Same rows by another way: nothing changes, and a removal there is seen."""
    world.asks("csl", urls=[world.up.csl_url, world.up.csl_twin_url, world.up.csl_csv_url])
    world.check()
    world.up.csl.answers(404, on="/downloadable_consolidated_screening_list/")
    ran = world.check(after=1)
    assert (ran.outcomes, ran.code, ran.kinds) == ({"csl": "accepted"}, 0, ["source_failing"])
    assert world.check(after=1).kinds == []
    world.up.delists(INSTITUTE)
    assert world.check(after=1).decisions == ["removal_suspected"]


def test_from_json_to_csv_and_back_is_no_amendment(world: World) -> None:
    """The table says the same in other words."""
    world.asks("csl", urls=[world.up.csl_url, world.up.csl_csv_url])
    world.check()
    world.up.csl.answers(503, retry_after=60, on=".json")
    assert world.check(after=1).kinds == []
    world.up.csl.recovers()
    assert world.check(after=1).kinds == []


# -- the command


@pytest.mark.slow
def test_a_run_is_one_json_document_and_logs_go_elsewhere(world: World) -> None:
    """As a shell sees it: stdout, stderr, exit code; `--config` may stand after the command."""
    done = subprocess.run(
        [
            sys.executable, "-m", "monitor", "check", "--config", str(world.folder), "--json",
            "--now", "2023-11-20T14:00:00",
        ],
        env={**os.environ, "MONITOR_DATA_DIR": str(world.data), **world.environ},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert set(said) == {"at", "polls", "events", "watches", "deliveries"}
    assert said["watches"][0]["state"] == "listed"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--source", "nonsense"], ["check", "--source", "ecfr"],
        ["check", "--now", "yesterday"], ["check", "--no-such-option"], ["status", "nobody"],
        ["history", "nobody"], ["no-such-command"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_2(world: World, arguments: list[str]) -> None:
    """And says on stderr what was wrong, with nothing on stdout."""
    ran = world.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_a_wrong_configuration_is_2(world: World) -> None:
    """With file, line and key."""
    (world.folder / "watchlist.yaml").write_text("watches:\n  - id: a\n    nmae: b\n", "utf-8")
    ran = world.run("check")
    assert ran.code == 2
    assert "watchlist.yaml:3" in ran.err


@pytest.mark.sqlite
def test_a_database_that_cannot_be_opened_is_1(world: World) -> None:
    """In plain words, without a traceback."""
    (world.data / "monitor.db").write_bytes(b"this is not a database, whatever its name is" * 99)
    ran = world.run("check")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert ran.err


def test_one_source_alone_can_be_checked(both: World) -> None:
    """The other is not asked."""
    asked = len(both.up.asked("ecfr"))
    ran = both.check("csl", after=1)
    assert set(ran.outcomes) == {"csl"}
    assert len(both.up.asked("ecfr")) == asked


def test_now_is_the_clock_of_the_whole_run(world: World) -> None:
    """Polls, events and statuses all carry it."""
    ran = world.commands()
    assert ran.json["at"] == "2023-11-20T13:00:00Z"
    assert ran.json["events"][0]["at"] == "2023-11-20T13:00:00Z"
    assert ran.status["checked_at"] == "2023-11-20T13:00:00Z"


def test_for_people_it_prints_what_happened(world: World) -> None:
    """One line a poll, an event, a sentence a watch."""
    world.up.csl.amends(INSTITUTE_AS_CSL_HAD_IT, name=INSTITUTE)
    ran = world.run("check", "--now", world.now.isoformat())
    *told, sentence = ran.out.splitlines()
    assert told == ["csl: accepted", f"baseline: First check: {INSTITUTE} is on the Entity List"]
    assert sentence.startswith(
        f"{INSTITUTE} has been on the Entity List since 2020-06-05 by 85 FR 34505"
    )


HOSTILE = "Granit [/b] [link=https://evil.example]\x1b[31mInstruments\x1b]0;owned\x07 \u202eevil"


@pytest.mark.slow
def test_what_upstreams_write_steers_no_terminal(world: World) -> None:
    """Neither marks of style nor codes of the terminal, by whatever command it is shown."""
    world.up.lists(replace(institute_in_csl(), name=HOSTILE, aliases=()))
    world.watches({"id": "granit", "name": "Granit [/b] [link=https://evil.example] Instruments"})
    world.up.csl.adds_field("\x1b[2Jnew [/x] field", 1)
    shown = [
        world.run(*command)
        for command in (
            ["check", "--now", world.now.isoformat()], ["status"], ["history"],
            ["search", "Granit Instruments evil.example"], ["snapshots", "list"],
        )
    ]  # fmt: skip
    assert [ran.code for ran in shown] == [0] * 5
    for ran in shown:
        assert set(ran.out) & set("\x1b\x07\u202e") == set()
    assert "Granit [/b]" in shown[3].out
