"""What a poll leaves behind: evidence, the list over time, verdicts; watches come and go."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from monitor.poll import poll
from monitor.screening.entry import Entry
from tests.upstream.parties import INSTITUTE, filler, institute, institute_in_csl
from tests.worlds import WATCH, World

FIRST = filler(1)[0]


def changes(world: World) -> list[tuple[str, str, str | None]]:
    """Kind, name and citation of every change of the list, oldest first."""
    with world.service() as service, service.ledger.reading() as reading:
        found = reading.changes(list_="EL")
    named = [(one.kind, one.after or one.before, one.citation) for one in found]
    return [(kind, entry.name if entry else "", cited) for kind, entry, cited in reversed(named)]


def names_on(world: World, day: str | None) -> set[str]:
    """The Entity List as the CSL had it on a day."""
    with world.service() as service, service.ledger.reading() as reading:
        return {entry.name for entry in reading.entries("csl", "EL", day)}


# -- evidence


def test_every_poll_is_recorded_and_its_body_is_kept(world: World) -> None:
    """By the hash that poll, witness and file name; the bytes are those that came."""
    world.check()
    world.up.delists(INSTITUTE)
    ran = world.check(after=1)
    sha = ran.json["polls"][0]["snapshot"]
    assert ran.json["events"][0]["witnesses"][0]["snapshot"] == sha
    with world.service() as service, service.ledger.reading() as reading:
        body = service.ledger.bodies.load(sha)
        snapshot = reading.snapshot(sha)
        assert [one.outcome for one in reading.polls("csl")] == ["accepted", "accepted"]
    assert body == world.up.csl.file()
    assert sha256(body).hexdigest() == sha
    assert snapshot is not None
    assert (snapshot.status, snapshot.size) == ("accepted", len(body))


def test_a_quarantined_body_is_kept_with_its_reasons(world: World) -> None:
    """It may be true."""
    world.check()
    world.up.csl.halves_list("EL")
    ran = world.check(after=1)
    with world.service() as service, service.ledger.reading() as reading:
        (held,) = reading.snapshots(status="quarantined")
        assert service.ledger.bodies.load(held.sha256) == world.up.csl.file()
    assert held.reasons == tuple(ran.json["polls"][0]["reasons"])
    assert any("shrank from 48 to 24" in reason for reason in held.reasons)


def test_a_failed_poll_is_recorded_too(world: World) -> None:
    """As proof of looking, with the reason."""
    world.check()
    world.up.csl.answers(403)
    world.check(after=1)
    with world.web() as client:
        (failed, good) = client.get("/polls").json()["polls"]
    assert (failed["outcome"], failed["snapshot"]) == ("failed", None)
    assert "403" in failed["reasons"][0]
    assert good["outcome"] == "accepted"


# -- the list over time


def test_the_list_can_be_asked_for_on_every_day_seen(world: World) -> None:
    """Rows begin and end with the text that first has and first lacks them."""
    world.check()
    world.up.delists(FIRST.name)
    world.check(after=24)
    world.up.lists(replace(FIRST, name="Newcomer Instruments"))
    world.check(after=24)
    assert FIRST.name in names_on(world, "2023-11-20")
    assert FIRST.name not in names_on(world, "2023-11-21")
    assert "Newcomer Instruments" not in names_on(world, "2023-11-21")
    assert names_on(world, "2023-11-22") == names_on(world, None)
    assert "Newcomer Instruments" in names_on(world, None)


def test_every_change_of_the_list_is_told_whoever_is_watched(world: World) -> None:
    """Additions, removals and amendments, with the citation that came with them."""
    world.check()
    world.up.delists(FIRST.name)
    world.up.lists(replace(FIRST, name="Newcomer Instruments", citations=("88 FR 99999",)))
    world.up.csl.amends(INSTITUTE, citations=(*institute_in_csl().citations, "89 FR 25505"))
    ran = world.check(after=1)
    assert ran.kinds == ["entry_amended"]
    assert sorted(changes(world)) == [
        ("added", "Newcomer Instruments", "88 FR 99999"),
        ("amended", institute_in_csl().name, "89 FR 25505"),
        ("removed", FIRST.name, None),
    ]


def test_the_first_list_is_no_change(world: World) -> None:
    """Two thousand additions would be noise."""
    world.check()
    assert changes(world) == []


# -- continuity


def test_a_successor_is_an_amendment_and_is_followed_from_then_on(world: World) -> None:
    """Under its new name alone, it is still the party; and its removal is caught."""
    world.check()
    renamed = INSTITUTE.replace("Institute", "Institution")
    world.up.csl.amends(INSTITUTE, name=renamed, aliases=())
    ran = world.check(after=1)
    assert ran.kinds == ["entry_amended"]
    assert ran.json["events"][0]["review"]
    assert world.check(after=1).kinds == []
    assert world.check(after=30).status["state"] == "listed"
    world.up.csl.delists(renamed)
    assert world.check(after=1).decisions == ["removal_suspected"]


def test_all_names_written_otherwise_at_once_is_no_removal(world: World) -> None:
    """Beyond what normalization forgives, each row is found again by what else it says."""
    world.asks("csl", csl={"canaries": []})
    world.watches({"id": "mps-ifs", "name": INSTITUTE})
    world.up.csl.amends(INSTITUTE, name=INSTITUTE, aliases=())
    world.check()
    world.up.csl.respells(lambda name: f"{name} PRC")
    ran = world.check(after=1)
    assert ran.kinds == ["format_changed"]
    assert ran.status["state"] == "listed"
    assert world.check(after=30).kinds == []
    world.up.csl.delists(INSTITUTE)
    assert world.check(after=1).decisions == ["removal_suspected"]


def test_one_field_written_otherwise_everywhere_is_one_notice(world: World) -> None:
    """No amendments, and the snapshot is accepted."""
    world.check()
    world.up.csl.changes_everywhere("license_policy", lambda text: f"[{text}] (new form)", "EL")
    ran = world.check(after=1)
    assert (ran.kinds, ran.outcomes) == (["format_changed"], {"csl": "accepted"})
    assert world.check(after=1).kinds == []


# -- the same amendment from both


def test_an_amendment_is_told_once_though_the_ecfr_follows(world: World) -> None:
    """On another page of the same volume."""
    world.asks("csl", "ecfr")
    world.check()
    cited = institute_in_csl().citations
    world.up.csl.amends(INSTITUTE, citations=(*cited, "89 FR 25503"))
    assert world.check(after=1).kinds == ["entry_amended"]
    day = world.now.date()
    world.up.amends(
        INSTITUTE, csl=False, ecfr=day, citations=(*institute().citations, "89 FR 25505")
    )
    ran = world.check(after=24)
    assert (ran.kinds, ran.outcomes["ecfr"]) == ([], "accepted")


# -- watches that come, change and go


def watched(**more: Any) -> dict[str, object]:
    return {**WATCH, **more}


def test_a_watch_added_later_gets_its_baseline_from_the_current_snapshots(world: World) -> None:
    """Even while the source is away."""
    world.check()
    world.up.csl.answers(503)
    world.watches(WATCH, {"id": "first", "name": FIRST.name}, {"id": "nobody", "name": "Nobody"})
    ran = world.check(after=1)
    assert [(one["kind"], one["watch"]) for one in ran.json["events"]] == [
        ("baseline", "first"), ("baseline", "nobody"),
    ]  # fmt: skip
    assert [one["state"] for one in ran.json["watches"]] == ["listed", "listed", "not_listed"]


def test_a_renamed_watch_is_never_told_as_removed(world: World) -> None:
    """The edit is ours; the state begins anew with a baseline."""
    world.check()
    world.watches({"id": "mps-ifs", "name": "Somebody Else Entirely"})
    ran = world.check(after=1)
    assert (ran.kinds, ran.status["state"]) == (["baseline"], "not_listed")
    world.watches(WATCH)
    ran = world.check(after=1)
    assert (ran.kinds, ran.status["state"]) == (["baseline"], "listed")
    world.up.delists(INSTITUTE)
    assert world.check(after=1).decisions == ["removal_suspected"]


def test_a_new_alias_that_changes_nothing_tells_nothing(world: World) -> None:
    """And takes no suspicion back."""
    world.check()
    world.up.delists(INSTITUTE)
    world.check(after=1)
    world.watches(watched(aliases=["A Name It Might Have"]))
    ran = world.check(after=1)
    assert (ran.kinds, ran.status["pending"]) == ([], "removal_suspected")


@pytest.mark.slow
def test_a_watch_taken_out_and_put_back_begins_anew(world: World) -> None:
    """Its events stay; a removal after that is told, also when the very same file shows it."""
    world.check()
    listed = world.up.csl.file()
    world.up.delists(INSTITUTE)
    absent = world.up.csl.file()
    world.check()
    world.up.csl.serves(listed)
    assert world.check(after=1).decisions == ["removal_cancelled"]
    world.watches({"id": "first", "name": FIRST.name})
    world.check(after=1)
    world.watches(WATCH)
    world.check(after=1)
    world.up.csl.serves(absent)
    assert world.check(after=1).decisions == ["removal_suspected"]


def test_a_list_watched_from_now_on_is_read_though_the_file_is_the_same(world: World) -> None:
    """The unchanged file had not been read for it."""
    world.up.csl.lists(replace(institute(), list="UVL"))
    world.check()
    world.watches(watched(lists=["EL", "UVL"]))
    ran = world.check()
    assert [(one["kind"], one["list"]) for one in ran.json["events"]] == [("baseline", "UVL")]
    assert [one["state"] for one in ran.json["watches"]] == ["listed", "listed"]


# -- sources that come and go


@pytest.mark.slow
def test_with_the_ecfr_switched_off_a_long_suspicion_is_confirmed(world: World) -> None:
    """Rule (d) begins to hold; nothing is told twice."""
    world.asks("csl", "ecfr")
    world.check()
    world.up.delists(INSTITUTE)
    world.check(after=1)
    for _ in range(3):
        assert world.check(after=12).decisions == []
    world.asks("csl")
    assert world.check(after=1).decisions == ["removal_confirmed"]


@pytest.mark.slow
def test_with_the_ecfr_switched_on_its_word_is_heard(world: World) -> None:
    """It still lists what the CSL has lost: the suspicion stays one."""
    world.check()
    world.up.delists(INSTITUTE)
    world.check(after=1)
    world.asks("csl", "ecfr")
    for _ in range(3):
        assert world.check(after=12).decisions == []
    world.up.delists(INSTITUTE, csl=False, ecfr=world.now.date())
    assert world.check(after=12).decisions == ["removal_confirmed"]


def test_a_list_that_the_ecfr_does_not_carry_is_judged_by_the_csl_alone(world: World) -> None:
    """Its rules run as if the eCFR were disabled."""
    entry: Entry = replace(institute(), list="UVL")
    world.watches(watched(lists=["UVL"]))
    world.asks("csl", "ecfr")
    world.up.csl.lists(entry)
    assert world.check().status["state"] == "listed"
    world.up.csl.delists(INSTITUTE, "UVL")
    told = [world.check(after=hours).decisions for hours in (1, 12, 12)]
    assert told == [["removal_suspected"], [], ["removal_confirmed"]]


def test_polls_of_two_processes_at_once_tell_each_thing_once(world: World) -> None:
    """A `check` beside the service: the same event has the same id, and is written once."""
    world.check()
    world.up.delists(INSTITUTE)
    world.passes(hours=1)
    with world.service() as one, world.service() as other:
        told = [*poll(one, "csl").events, *poll(other, "csl").events]
    assert [event.kind.value for event in told] == ["removal_suspected"]
