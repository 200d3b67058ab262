"""What has gone wrong upstream, played hour by hour: no false alert, no missed one, said aloud.

Each is an incident that happened, named by its date; what can happen on any day is below.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.installed import WATCH
from tests.stories.story import Story
from tests.upstream.csl import MAIN, TWIN
from tests.upstream.parties import (
    INSTITUTE,
    filler,
    institute,
    institute_in_csl,
)
from tests.upstream.rules import addition, removal
from tests.upstream.server import Upstream


def of_another_list(number: int) -> dict[str, object]:
    return {"id": f"levant-{number}", "name": f"LEVANT MARITIME HOLDING {number}", "lists": ["SDN"]}


@pytest.mark.slow
def test_2015_02_an_addition_that_one_channel_never_carries(story: Story, up: Upstream) -> None:
    """The act and the codified list confirm; the status says that the other stays behind."""
    story.begins("2026-02-10 09:00", every=240, institute_listed=False)
    act = addition(
        institute(), number="2026-02345", publication=date(2026, 2, 16),
        effective=date(2026, 2, 16), citation="91 FR 7777",
    )  # fmt: skip
    with story.at("2026-02-13 08:45"):
        up.files(act, at=story.now)
    with story.at("2026-02-16 08:45"):
        up.publishes(act)
    with story.at("2026-02-18 09:00"):
        up.lists(institute(), on=story.today, csl=False)
    story.ends_at("2026-05-02 09:00")
    assert story.told == [
        "02-10 09:00 baseline mps-ifs",
        "02-13 08:45 listing_announced mps-ifs",
        "02-16 08:45 listing_confirmed mps-ifs",
    ]
    assert story.event("listing_announced").document_number == "2026-02345"
    status = story.status()
    assert (status.state, status.since, status.citation) == ("listed", "2026-02-16", "91 FR 7777")
    assert any(
        "The Consolidated Screening List has not followed yet" in said and "may be stale" in said
        for said in status.reasons
    )


@pytest.mark.slow
def test_2019_03_the_metadata_is_gone_overnight(story: Story, up: Upstream) -> None:
    """Metadata is optional; a change that comes afterwards is seen as ever."""
    story.begins("2026-03-02 09:00", every=24)
    with story.at("2026-03-03 09:00"):
        up.csl.loses_metadata()
    with story.at("2026-03-05 09:00"):
        up.csl.delists(INSTITUTE)
    assert story.told == [
        "03-02 09:00 baseline mps-ifs",
        "03-05 09:00 removal_suspected mps-ifs",
    ]
    status = story.status()
    assert (status.state, status.pending) == ("listed", "removal_suspected")


@pytest.mark.slow
def test_2019_10_a_list_is_absent_on_random_days(story: Story, up: Upstream) -> None:
    """A list that is gone or shrinks past its limit is held; the others go on."""
    story.begins("2019-10-01 09:00", every=12, others=20, watches=(WATCH, of_another_list(9)))
    with story.at("2019-10-02 09:00"):
        up.csl.drops_list("EL")
    with story.at("2019-10-03 09:00"):
        up.csl.recovers()
    with story.at("2019-10-05 09:00"):
        up.csl.drops_list("EL")
    with story.at("2019-10-06 09:00"):
        up.csl.recovers()
        up.csl.keeps_of_list("SDN", 0.75)
    with story.at("2019-10-06 18:00"):
        up.csl.recovers()
    with story.at("2019-10-09 09:00"):
        up.csl.delists(INSTITUTE)
    with story.at("2019-10-09 10:00"):
        up.csl.lists(institute_in_csl())
    assert story.told == [
        "10-01 09:00 baseline levant-9",
        "10-01 09:00 baseline mps-ifs",
        "10-02 09:00 snapshot_quarantined csl",
        "10-05 09:00 snapshot_quarantined csl",
        "10-06 09:00 snapshot_quarantined csl",
        "10-09 09:00 removal_suspected mps-ifs",
        "10-09 10:00 removal_cancelled mps-ifs",
    ]
    for number in (0, 1):
        assert "List EL is not in the document" in story.says("snapshot_quarantined", number)
    assert "List SDN shrank from 20 to 15 rows" in story.says("snapshot_quarantined", 2)
    assert [story.status(one).state for one in ("mps-ifs", "levant-9")] == ["listed", "listed"]


@pytest.mark.slow
def test_2020_07_a_column_is_added_in_front(story: Story, up: Upstream) -> None:
    """The table is read by the names of its columns; an unknown one is noted once."""
    story.begins("2026-07-06 09:00", every=24, urls=(up.csl_csv_url,))
    with story.at("2026-07-08 09:00"):
        up.csl.adds_field("screening_reference", "R-1")
        assert up.csl.file("csv").startswith(b"screening_reference,")
    story.ends_at("2026-07-10 09:00")
    assert story.told == [
        "07-06 09:00 baseline mps-ifs",
        "07-08 09:00 format_changed csl",
    ]
    assert "unknown field “screening_reference”" in story.says("format_changed")
    assert story.status().state == "listed"


@pytest.mark.slow
def test_2021_11_the_same_few_rows_to_any_question(story: Story, up: Upstream) -> None:
    """Its own count gives the answer away; absence is never told from it."""
    story.begins("2026-11-02 09:00", every=24)
    with story.at("2026-11-04 09:00"):
        up.csl.answers_search()
    with story.at("2026-11-06 09:00"):
        up.csl.recovers()
    assert story.told == [
        "11-02 09:00 baseline mps-ifs",
        "11-04 09:00 snapshot_quarantined csl",
    ]
    assert "The document says it has" in story.says("snapshot_quarantined")
    assert story.status().state == "listed"


@pytest.mark.slow
def test_2022_09_the_addresses_move_without_notice(story: Story, up: Upstream) -> None:
    """The next address serves; what fails is told at once, and nothing is taken for a removal."""
    story.begins("2022-09-07 09:00", every=12, urls=(up.csl_url, up.csl_twin_url))
    with story.at("2022-09-08 09:00"):
        up.csl.answers(404, on=MAIN)
    with story.at("2022-09-10 09:00"):
        up.csl.redirects_to("https://example.gov/", on=TWIN)
    with story.at("2022-09-11 09:00"):
        up.csl.recovers()
    story.ends_at("2022-09-12 09:00")
    assert story.told == [
        "09-07 09:00 baseline mps-ifs",
        "09-08 09:00 source_failing csl",
        "09-10 09:00 source_failing csl",
        "09-11 21:00 source_recovered csl",
    ]
    assert "One URL" in story.says("source_failing")
    assert "answered 404" in story.says("source_failing")
    assert "redirected to another host" in story.says("source_failing", 1)
    assert story.status().state == "listed"


@pytest.mark.slow
def test_2022_10_the_aliases_change_shape_everywhere(story: Story, up: Upstream) -> None:
    """A blank alias is no change; new spellings on every row are one notice, nobody's amendment."""
    story.begins("2022-10-03 09:00", every=24)
    with story.at("2022-10-04 09:00"):
        up.csl.writes_no_aliases_as_blank()
    with story.at("2022-10-06 09:00"):
        up.csl.changes_everywhere("alt_names", lambda _: ["Old Works", "New Works"], "EL")
    story.ends_at("2022-10-08 09:00")
    assert story.told == [
        "10-03 09:00 baseline mps-ifs",
        "10-06 09:00 format_changed csl",
    ]
    assert "The field aliases changed in very many rows" in story.says("format_changed")
    assert story.status().state == "listed"


@pytest.mark.slow
def test_2022_10_expired_rows_come_back(story: Story, up: Upstream) -> None:
    """A listing seen in the screening list alone is a suspicion that cancels itself."""
    story.begins("2022-10-10 09:00", every=24, institute_listed=False)
    with story.at("2022-10-12 09:00"):
        up.csl.lists(institute_in_csl())
    with story.at("2022-10-17 09:00"):
        up.csl.delists(INSTITUTE)
    story.ends_at("2022-10-19 09:00")
    assert story.told == [
        "10-10 09:00 baseline mps-ifs",
        "10-12 09:00 listing_suspected mps-ifs",
        "10-17 09:00 listing_cancelled mps-ifs",
    ]
    assert story.status().state == "not_listed"


@pytest.mark.slow
def test_2023_05_the_importer_is_refused_and_the_list_stands_still(
    story: Story, up: Upstream
) -> None:
    """Freshly stamped and 12 days old: the act and the eCFR run ahead, and the status says so."""
    story.begins("2023-05-23 09:00", every=24)
    act = removal(
        INSTITUTE, number="2023-11500", publication=date(2023, 5, 26),
        effective=date(2023, 5, 26), citation="88 FR 34000",
    )  # fmt: skip
    with story.at("2023-05-25 09:00"):
        up.csl.freezes_list("EL")
        up.files(act, at=story.now)
    with story.at("2023-05-26 09:00"):
        up.publishes(act)
        up.csl.delists(INSTITUTE)
    with story.at("2023-05-30 09:00"):
        up.delists(INSTITUTE, csl=False, ecfr=story.today)
    story.ends_at("2023-06-05 09:00")
    assert story.told == [
        "05-23 09:00 baseline mps-ifs",
        "05-25 09:00 removal_announced mps-ifs",
        "05-26 09:00 removal_confirmed mps-ifs",
    ]
    assert story.event("removal_confirmed").citation == "88 FR 34000"
    status = story.status()
    assert status.state == "not_listed"
    assert any(
        "The Consolidated Screening List has not followed yet" in said and "may be stale" in said
        for said in status.reasons
    )


@pytest.mark.slow
def test_2024_05_06_thousands_of_rows_of_two_other_lists_are_gone(
    story: Story, up: Upstream
) -> None:
    """The list that shrank is held; a true removal from the Entity List is told the same hour."""
    story.begins("2024-05-05 09:00", every=12, others=40, watches=(WATCH, of_another_list(30)))
    with story.at("2024-05-06 09:00"):
        up.csl.keeps_of_list("SDN", 0.5)
        up.csl.drops_list("UVL")
        up.csl.delists(INSTITUTE)
    with story.at("2024-05-07 09:00"):
        up.delists(INSTITUTE, csl=False, ecfr=story.today)
    with story.at("2024-05-08 09:00"):
        up.csl.recovers()
    assert story.told == [
        "05-05 09:00 baseline levant-30",
        "05-05 09:00 baseline mps-ifs",
        "05-06 09:00 snapshot_quarantined csl",
        "05-06 09:00 removal_suspected mps-ifs",
        "05-06 21:00 watch_stale levant-30",
        "05-07 09:00 removal_confirmed mps-ifs",
        "05-08 09:00 watch_fresh levant-30",
    ]
    held = story.says("snapshot_quarantined")
    assert "list SDN shrank from 40 to 20 rows" in held
    assert "LEVANT MARITIME HOLDING 30" in held
    assert "List UVL is not in the document" in held
    assert "the eCFR and the Consolidated Screening List agree" in story.says("removal_confirmed")
    assert story.status().state == "not_listed"
    assert story.status("levant-30").state == "listed"


@pytest.mark.slow
def test_2025_08_27_double_spaces_are_collapsed(story: Story, up: Upstream) -> None:
    """49 long names were "re-added" elsewhere; nothing is told here, whatever the ids do."""
    story.begins("2025-08-25 09:00", every=24, institute_listed=False)
    ministry = "the Ministry of Public Security of the People's  Republic of China"
    spaced = replace(
        institute(),
        name="Ministry of Public  Security's Institute of  Forensic Science of China",
        aliases=(f"Forensic  Identification Center of {ministry}",),
        addresses=("No. 18  West Dongbeiwang Road, Haidian District",),
    )
    with story.at("2025-08-26 09:00"):
        up.lists(spaced, on=story.today)
    listed = len(story.told)
    with story.at("2025-08-27 09:00"):
        up.csl.collapses_double_spaces()
        up.csl.renumbers()
    with story.at("2025-08-28 09:00"):
        up.csl.loses_apostrophes()
    with story.at("2025-08-29 09:00"):
        up.csl.recovers()
    assert story.told[listed:] == []
    assert story.status().state == "listed"


@pytest.mark.slow
def test_2026_05_25_the_file_dies_in_mid_transfer(story: Story, up: Upstream) -> None:
    """Half a document is a failed poll: the last good one stands, and its failing is told."""
    story.begins("2026-05-24 09:00", every=6)
    with story.at("2026-05-25 09:00"):
        up.csl.cuts_body()
    with story.at("2026-05-27 09:00"):
        up.csl.cuts_body(with_length=False, at=0.6)
    with story.at("2026-05-28 09:00"):
        up.ecfr.cuts_body(with_length=False, at=0.9)
    with story.at("2026-05-28 10:00"):
        up.ecfr.recovers()
    with story.at("2026-06-03 09:00"):
        up.csl.recovers()
    story.ends_at("2026-06-04 09:00")
    assert story.told == [
        "05-24 09:00 baseline mps-ifs",
        "05-25 21:00 source_failing csl",
        "06-03 15:00 source_recovered csl",
    ]
    assert "bytes came" in story.says("source_failing")
    assert story.status().state == "listed"


MANY = (INSTITUTE, *(entry.name for entry in filler(30)))


@pytest.mark.slow
def test_2026_10_06_a_true_mass_removal_that_the_ecfr_bears_out(story: Story, up: Upstream) -> None:
    """The first list is held; when the other comes with the same loss, both are released."""
    story.begins("2026-10-05 09:00", every=6, entries=300)
    act = removal(
        *MANY, number="2026-19999", publication=date(2026, 10, 6), effective=date(2026, 10, 6),
        citation="91 FR 60000",
    )  # fmt: skip
    with story.at("2026-10-05 10:00"):
        up.files(act, at=story.now)
    with story.at("2026-10-06 06:05"):
        up.publishes(act)
    with story.at("2026-10-06 09:00"):
        for name in MANY:
            up.csl.delists(name)
    with story.at("2026-10-07 09:00"):
        for name in MANY:
            up.delists(name, csl=False, ecfr=story.today)
    story.ends_at("2026-10-07 15:00")
    assert story.told == [
        "10-05 09:00 baseline mps-ifs",
        "10-05 10:00 removal_announced mps-ifs",
        "10-06 06:05 removal_confirmed mps-ifs",
        "10-06 09:00 snapshot_quarantined csl",
    ]
    assert story.event("removal_confirmed").citation == "91 FR 60000"
    held = story.says("snapshot_quarantined")
    assert "31 parties left list EL" in held
    assert "the eCFR still lists all of them: so far this looks like an accident" in held
    status = story.status()
    assert (status.state, status.since) == ("not_listed", "2026-10-06")
    told = " ".join(status.reasons)
    assert "The Consolidated Screening List followed" in told
    assert "The eCFR followed" in told


@pytest.mark.slow
def test_2026_10_06_a_true_mass_removal_that_a_person_releases(story: Story, up: Upstream) -> None:
    """Without the Federal Register, the list is held until somebody vouches for it."""
    story.begins("2026-10-05 09:00", every=6, entries=300, sources=("csl", "ecfr"))
    with story.at("2026-10-06 09:00"):
        for name in MANY:
            up.csl.delists(name)
    with story.at("2026-10-06 16:00"):
        story.vouches("csl")
    with story.at("2026-10-08 09:00"):
        for name in MANY:
            up.delists(name, csl=False, ecfr=story.today)
    assert story.told == [
        "10-05 09:00 baseline mps-ifs",
        "10-06 09:00 snapshot_quarantined csl",
        "10-06 16:00 removal_suspected mps-ifs",
        "10-08 09:00 removal_confirmed mps-ifs",
    ]
    held = story.says("snapshot_quarantined")
    assert "entity-monitor snapshots accept" in held
    assert "Institute of Forensic Science" in held
    assert story.status().state == "not_listed"


# -- any day


@pytest.mark.slow
def test_a_304_is_no_empty_list(story: Story, up: Upstream) -> None:
    """Every 304 renews the last verdicts, for hours."""
    story.begins("2026-11-03 09:20")
    for when in ("2026-11-03 09:40", "2026-11-03 10:05"):
        with story.at(when, only="csl"):
            pass
        assert story.last.polls[0].outcome == "unchanged"
    assert story.told == ["11-03 09:20 baseline mps-ifs"]
    assert story.status().state == "listed"


@pytest.mark.slow
def test_a_page_with_200_is_a_failed_poll_of_every_host(story: Story, up: Upstream) -> None:
    """None of them is the list without the institute."""
    story.begins("2026-11-03 09:00", every=8)
    with story.at("2026-11-04 09:00"):
        for host in up.hosts:
            host.html_page()
    with story.at("2026-11-05 09:00"):
        for host in up.hosts:
            host.recovers()
    story.ends_at("2026-11-05 17:00")
    assert story.told == [
        "11-03 09:00 baseline mps-ifs",
        "11-04 09:00 source_failing federal_register",
        "11-04 09:00 source_failing ecfr",
        "11-05 01:00 source_failing csl",
        "11-05 17:00 source_recovered federal_register",
        "11-05 17:00 source_recovered ecfr",
        "11-05 17:00 source_recovered csl",
    ]
    assert story.status().state == "listed"


@pytest.mark.slow
def test_an_older_copy_is_told_and_decides_nothing(story: Story, up: Upstream) -> None:
    """From another edge for an hour, after a true removal: each says how old it is."""
    story.begins("2026-11-02 09:20", every=12, sources=("csl", "ecfr"))
    with story.at("2026-11-03 09:20"):
        up.delists(INSTITUTE, ecfr=story.today)
    with story.at("2026-11-04 10:20"):
        up.csl.falls_behind(timedelta(hours=48))
    with story.at("2026-11-04 11:20"):
        up.csl.recovers()
    with story.at("2026-11-04 12:20"):
        up.ecfr.falls_behind(timedelta(days=2))
    assert [poll.outcome for poll in story.last.polls if poll.source == "ecfr"] == ["unchanged"]
    with story.at("2026-11-04 13:20"):
        up.ecfr.recovers()
    assert story.told == [
        "11-02 09:20 baseline mps-ifs",
        "11-03 09:20 removal_suspected mps-ifs",
        "11-03 09:20 removal_confirmed mps-ifs",
        "11-04 10:20 source_failing csl",
        "11-04 12:20 source_failing ecfr",
    ]
    assert "The eCFR does not list it" in story.says("removal_suspected")
    status = story.status()
    assert (status.state, status.since) == ("not_listed", "2026-11-03")


@pytest.mark.slow
def test_a_table_with_a_header_and_no_rows(story: Story, up: Upstream) -> None:
    """Held or failed, whatever the other lists say: on the CSL, in all of it, in the eCFR."""
    story.begins("2026-11-02 09:00", every=6)
    with story.at("2026-11-03 09:00"):
        up.csl.drops_list("EL")
    with story.at("2026-11-04 09:00"):
        up.csl.recovers()
        up.csl.empty_results()
    with story.at("2026-11-05 09:00"):
        up.ecfr.keeps(0.0)
    with story.at("2026-11-05 15:00"):
        up.csl.recovers()
        up.ecfr.recovers()
    assert story.told == [
        "11-02 09:00 baseline mps-ifs",
        "11-03 09:00 snapshot_quarantined csl",
        "11-04 09:00 snapshot_quarantined csl",
        "11-05 09:00 source_failing ecfr",
    ]
    assert "List EL is not in the document" in story.says("snapshot_quarantined")
    assert story.status().state == "listed"


@pytest.mark.slow
def test_our_own_line_is_down(story: Story, up: Upstream) -> None:
    """Told once for all sources; what was known is kept, then stale; one message at the end."""
    story.begins("2026-11-02 09:00", every=12)
    with story.at("2026-11-03 09:00"):
        for host in up.hosts:
            host.resets()
    with story.at("2026-11-07 21:00"):
        for host in up.hosts:
            host.recovers()
    story.ends_at("2026-11-08 21:00")
    assert story.told == [
        "11-02 09:00 baseline mps-ifs",
        "11-04 09:00 source_failing everything",
        "11-07 09:00 watch_stale mps-ifs",
        "11-07 21:00 watch_fresh mps-ifs",
        "11-08 09:00 source_recovered everything",
    ]
    assert "No source is reachable" in story.says("source_failing")
    assert "are reachable again" in story.says("source_recovered")
    assert story.status().state == "listed"
