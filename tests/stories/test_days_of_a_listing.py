"""Days in which an entry comes, changes, moves or goes, played hour by hour."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.screening.entry import ENTITY_LIST, Entry
from tests.stories.story import Story
from tests.upstream.parties import INSTITUTE, institute, institute_in_csl
from tests.upstream.rules import institute_relisting, removal, revision
from tests.upstream.server import Upstream


@pytest.mark.slow
def test_a_removal_is_announced_and_withdrawn(story: Story, up: Upstream) -> None:
    """The announcement is cancelled; nobody ever left."""
    story.begins("2026-11-02 09:00", every=24)
    act = removal(
        INSTITUTE, number="2026-22222", publication=date(2026, 11, 6),
        effective=date(2026, 11, 6), citation="91 FR 70000",
    )  # fmt: skip
    with story.at("2026-11-04 08:45"):
        up.files(act, at=story.now)
    with story.at("2026-11-05 08:45"):
        up.withdraws(act.number)
    story.ends_at("2026-11-09 09:00")
    assert story.told == [
        "11-02 09:00 baseline mps-ifs",
        "11-04 08:45 removal_announced mps-ifs",
        "11-05 08:45 removal_cancelled mps-ifs",
    ]
    assert story.event("removal_announced").document_number == "2026-22222"
    assert "withdrawn" in story.says("removal_cancelled")
    assert story.status().state == "listed"


@pytest.mark.slow
def test_a_review_policy_is_amended(story: Story, up: Upstream) -> None:
    """85 FR 44159: told once with its fields, though the lists bring it days apart."""
    story.begins("2020-07-20 09:00", every=24, institute_listed=False)
    before = replace(
        institute(), aliases=(), addresses=("No. 18 West Dongbeiwang Road, Haidian District",),
        license_policy="Presumption of denial", citations=("85 FR 34505",),
    )  # fmt: skip
    after = (
        "Case-by-case review for items necessary to detect infectious disease; and presumption of"
        " denial for all other items."
    )
    with story.at("2020-07-20 10:00"):
        up.lists(before, on=story.today)
    begun = len(story.told)
    with story.at("2020-07-22 09:00"):
        up.publishes(
            revision(
                before, number="2020-15827", publication=date(2020, 7, 22), citation="85 FR 44159"
            )
        )
    with story.at("2020-07-23 09:00"):
        up.amends(
            INSTITUTE, csl=False, ecfr=story.today, license_policy=after,
            citations=("85 FR 34505", "85 FR 44161"),
        )  # fmt: skip
    with story.at("2020-07-27 09:00"):
        up.amends(INSTITUTE, license_policy=after, citations=("85 FR 34503", "85 FR 44159"))
    story.ends_at("2020-07-29 09:00")
    assert story.told[begun:] == ["07-23 09:00 entry_amended mps-ifs"]
    event = story.event("entry_amended")
    assert [change.field for change in event.changes] == ["license_policy", "citations"]
    assert not event.review
    assert story.status().state == "listed"


@pytest.mark.slow
def test_hong_kongs_entries_move_under_china(story: Story, up: Upstream) -> None:
    """85 FR 83765: a party that is found under another country is amended; nobody left."""
    optics = Entry(
        list=ENTITY_LIST, name="Wing Fai Optics Limited", aliases=(),
        addresses=("Unit 5, 10/F, Nathan Road, Kowloon",), country="HK",
        license_requirement="For all items subject to the EAR.",
        license_policy="Presumption of denial", citations=("80 FR 8524",), start_date="2015-02-18",
    )  # fmt: skip
    up.lists(optics, on=date(2017, 1, 3))
    watched: dict[str, object] = {"id": "hk-optics", "name": optics.name}
    story.begins("2020-12-21 09:00", every=24, watches=(watched,))
    moved = ("80 FR 8524", "85 FR 83765")
    with story.at("2020-12-23 09:00"):
        up.amends(optics.name, csl=False, ecfr=story.today, country="CN", citations=moved)
    with story.at("2020-12-28 09:00"):
        up.amends(optics.name, country="CN", citations=moved)
    assert story.told == [
        "12-21 09:00 baseline hk-optics",
        "12-23 09:00 entry_amended hk-optics",
    ]
    fields = [change.field for change in story.event("entry_amended").changes]
    assert fields == ["country", "citations"]
    assert story.status("hk-optics").state == "listed"


@pytest.mark.slow
def test_the_institute_comes_back(story: Story, up: Upstream) -> None:
    """Nobody has put it back yet: announced, confirmed in force, and the lists following."""
    story.begins("2026-11-02 09:00", every=24, institute_listed=False)
    act = institute_relisting(date(2026, 11, 5))
    with story.at("2026-11-04 08:45"):
        up.files(act, at=story.now)
    with story.at("2026-11-05 08:45"):
        up.publishes(act)
    with story.at("2026-11-06 09:00"):
        up.lists(institute(), on=story.today, csl=False)
    with story.at("2026-11-09 09:00"):
        up.csl.lists(institute_in_csl())
    assert story.told == [
        "11-02 09:00 baseline mps-ifs",
        "11-04 08:45 listing_announced mps-ifs",
        "11-05 08:45 listing_confirmed mps-ifs",
    ]
    status = story.status()
    assert (status.state, status.since, status.citation) == ("listed", "2026-11-05", "91 FR 90001")
