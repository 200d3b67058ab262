"""The Unverified List and the Military End-User List: announced, acted, in both lists, kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.history.backfill import backfill
from monitor.screening.entry import Entry
from monitor.status.search import entries_on, look_up
from tests.stories.story import Story
from tests.upstream.parties import CHINA
from tests.upstream.rules import Rule, rule
from tests.upstream.server import Upstream

_SUPPLEMENTS = {"UVL": (6, "Unverified List"), "MEU": (7, "'Military End-User' (MEU) List")}


def act(list_: str, leaves: Entry, joins: Entry) -> Rule:
    number, title = _SUPPLEMENTS[list_]
    does = (
        f"This rule removes one entity, {leaves.name}, from the {title}, and adds one entity,"
        f" {joins.name}, to the {title}."
    )
    amends = (
        f"Supplement No. {number} to part 744 is amended under {CHINA} by removing the entry"
        f" for ``{leaves.name}'' and by adding, in alphabetical order, an entry for"
        f" ``{joins.name}''."
    )
    return rule(
        "2026-22222",
        title=f"Revisions to the {title}",
        publication=date(2026, 11, 6),
        effective=date(2026, 11, 6),
        citation="91 FR 70000",
        background=(does,),
        instructions=(amends,),
    )


@pytest.mark.slow
@pytest.mark.parametrize("list_", ["UVL", "MEU"])
def test_one_party_leaves_and_one_joins(story: Story, up: Upstream, list_: str) -> None:
    """From the first look over announcement and act to both lists and history, as for the EL."""
    leaves = Entry(
        list_, "Jiangxi Lanfeng Optics Co., Ltd.", addresses=("1 Hongdu Road, Nanchang",),
        country="CN", citations=("88 FR 57004",), start_date="2023-08-22",
    )  # fmt: skip
    joins = replace(leaves, name="Suzhou Qinghe Bearings", citations=("91 FR 70000",))
    up.lists(leaves, on=date(2023, 8, 22))
    watches: tuple[dict[str, object], ...] = (
        {"id": "leaves", "name": leaves.name, "lists": [list_]},
        {"id": "joins", "name": joins.name, "lists": [list_]},
    )
    story.begins("2026-11-02 09:00", every=24, entries=40, others=9, watches=watches)
    known = {id_: story.status(id_) for id_ in ("leaves", "joins")}
    assert [known[id_].state for id_ in known] == ["listed", "not_listed"]
    assert {one.source: one.verdict for one in known["leaves"].sources} == {
        "ecfr": "listed", "csl": "listed", "federal_register": None,
    }  # fmt: skip
    published = act(list_, leaves, joins)
    with story.at("2026-11-05 08:45"):
        up.files(published, at=story.now)
    with story.at("2026-11-06 08:45"):
        up.publishes(published)
    with story.at("2026-11-09 09:00"):
        up.delists(leaves.name, csl=False, ecfr=story.today, list_=list_)
        up.lists(joins, on=story.today, csl=False)
    with story.at("2026-11-10 09:00"):
        up.delists(leaves.name, list_=list_)
        up.lists(joins)
    story.ends_at("2026-11-12 09:00")
    assert sorted(story.told) == [
        "11-02 09:00 baseline joins",
        "11-02 09:00 baseline leaves",
        "11-05 08:45 listing_announced joins",
        "11-05 08:45 removal_announced leaves",
        "11-06 08:45 listing_confirmed joins",
        "11-06 08:45 removal_confirmed leaves",
        # The stay of the Affiliates Rule ran out the day before.
        "11-10 09:00 rule_changed federal_register",
    ]
    status = story.status("leaves")
    assert (status.state, status.since, status.citation) == (
        "not_listed", "2026-11-06", "91 FR 70000",
    )  # fmt: skip
    assert [one.verdict for one in status.sources[:2]] == ["absent", "absent"]
    with story.running.ledger.reading() as reading:
        before, now = (
            {one.name for one in entries_on(reading, list_, day)} for day in ("2026-11-06", None)
        )
        assert (before - now, now - before) == ({leaves.name}, {joins.name})
        assert look_up(reading, "Suzhou Qinghe Bearing", list_)[0].entry.name == joins.name
        kinds = [(one.kind, one.source) for one in reading.changes(list_=list_)]
    assert kinds.count(("removed", "ecfr")) == kinds.count(("added", "ecfr")) == 1


@pytest.mark.slow
def test_the_lists_alone_confirm_a_removal(story: Story, up: Upstream) -> None:
    """Rule (c): a day and three polls of the eCFR, whatever the CSL says; and a cut is held."""
    leaves = Entry("UVL", "Jiangxi Lanfeng Optics", country="CN", citations=("88 FR 57004",))
    up.lists(leaves, on=date(2023, 8, 22))
    watched: dict[str, object] = {"id": "leaves", "name": leaves.name, "lists": ["UVL"]}
    story.begins("2026-11-02 09:00", every=8, entries=40, others=40, watches=(watched,))
    with story.at("2026-11-03 09:00"):
        up.delists(leaves.name, csl=False, ecfr=story.today, list_="UVL")
    with story.at("2026-11-05 09:00"):
        up.ecfr.changes_on(story.today, lambda rows: rows[:20], "UVL")
    assert [one.partition(" ")[2][6:] for one in story.told[1:]] == [
        "removal_suspected leaves", "removal_confirmed leaves", "snapshot_quarantined ecfr",
    ]  # fmt: skip
    assert "List UVL shrank from 40 to 20 rows" in story.says("snapshot_quarantined")
    assert story.last.polls[1].outcome == "quarantined"
    story.moves_to(story.now + timedelta(hours=1))
    assert story.looks().polls[1].outcome == "quarantined"
    assert story.status("leaves").state == "not_listed"
    story.vouches("ecfr")
    story.moves_to(story.now + timedelta(hours=1))
    assert story.looks().all_good


@pytest.mark.slow
def test_its_past_is_read_from_its_own_versions(story: Story, up: Upstream) -> None:
    """Who stood on the Unverified List on a day before the service ran."""
    gone = Entry("UVL", "Jiangxi Lanfeng Optics", country="CN", citations=("88 FR 57004",))
    up.lists(gone, on=date(2023, 8, 22))
    up.ecfr.changes_on(date(2024, 1, 23), lambda rows: rows[:-1], "UVL")
    story.begins("2026-11-02 09:00", entries=20, others=9)
    done = backfill(story.running, None, lambda *_: None, "UVL")
    assert (done.versions, done.changes["added"], done.changes["removed"]) == (3, 1, 1)
    with story.running.ledger.reading() as reading:
        there = [
            gone.name in {one.name for one in entries_on(reading, "UVL", day)}
            for day in ("2023-08-21", "2023-08-22", "2024-01-22", "2024-01-23")
        ]
    assert there == [False, True, True, False]
