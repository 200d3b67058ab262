"""The whole of part 744 beside the Entity List: asked seldom, judged apart, harmful to nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.screening.entry import Entry, Reading
from monitor.screening.watch import Watch
from monitor.status.search import entries_on, look_up
from monitor.status.shapes import public_sources
from tests.installed import WATCH
from tests.listed import Listed
from tests.stories.story import Story
from tests.upstream.host import Host
from tests.upstream.server import Upstream
from tests.upstream.wire import JSON, Reply

UNVERIFIED = "Guangzhou Hairui Measuring Devices 1"
UVL_WATCH: dict[str, object] = {"id": "hairui", "name": UNVERIFIED, "lists": ["UVL"]}


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    found = Story(Upstream(), tmp_path)
    yield found
    found.ends()
    found.up.stop()


def parts(story: Story) -> int:
    """How often the whole part was asked for."""
    asked = story.up.asked("ecfr", "full")
    return sum(1 for one in asked if one.value("appendix") is None)


@pytest.mark.slow
def test_lists_that_nobody_watches_are_read_and_kept(story: Story) -> None:
    story.begins("2023-11-13 10:00", entries=40)
    assert (parts(story), story.last.polls[1].reasons) == (1, ())
    with story.running.ledger.reading() as reading:
        assert len(entries_on(reading, "MEU", None)) == 5
        assert look_up(reading, UNVERIFIED, "UVL", "2023-11-13")[0].score == 100.0


@pytest.mark.slow
def test_it_is_asked_for_once_an_issue_of_the_title(story: Story) -> None:
    """Five looks a day from Monday to Friday: two requests each, and one a day for the part."""
    story.begins("2023-11-13 06:35", entries=40, every=3)
    story.ends_at("2023-11-17 18:35")
    days, looks = 5, len(story.up.asked("ecfr", "titles.json"))
    assert parts(story) == days
    assert len(story.up.asked("ecfr")) <= 1.25 * 2 * looks
    assert len(story.up.asked("csl")) == looks


@pytest.mark.slow
def test_a_part_that_does_not_come_harms_nobody(story: Story) -> None:
    """The Entity List is judged as ever; it is asked for twice a day, and what lacks is said."""
    _without_part(story.up.ecfr)
    story.begins("2023-11-13 06:35", entries=40, others=60, every=3, watches=(WATCH, UVL_WATCH))
    assert story.last.polls[1].outcome == "accepted"
    assert "were not read" in story.last.polls[1].reasons[0]
    story.ends_at("2023-11-14 06:30")
    assert parts(story) == 3
    assert story.status("mps-ifs").state == "listed"
    reasons = story.status("hairui").reasons
    assert "The eCFR has not been read yet." in reasons
    assert any("the Unverified List and the Military End-User List were" in one for one in reasons)
    assert story.event("source_failing").title == "The eCFR's part 744 is failing"
    # What the eCFR never said of that list, the other list need not wait for.
    story.up.delists(UNVERIFIED, list_="UVL")
    story.ends_at("2023-11-16 06:35")
    assert story.status("hairui").state == "not_listed"


def test_what_is_not_understood_stays_on_the_sources_page(tmp_path: Path) -> None:
    """Poll after poll, until a text comes that is understood."""
    listed = Listed(tmp_path, [Watch("jiu", "Jiu Ltd.")], sources=("ecfr",))
    row = Entry("EL", "Jiu Ltd.", country="CN")
    odd = Reading({"EL": (row,)}, {"EL": 1}, text="Jiu Ltd.", remarks=("a row is odd",))
    listed.lists["ecfr"].gives_reading(odd)
    seen = []
    for _ in range(2):
        listed.checks()
        seen.append(_reasons(listed))
    listed.lists["ecfr"].gives([row], text="Jiu Ltd.")
    listed.checks()
    assert [*seen, _reasons(listed)] == [("a row is odd",), ("a row is odd",), ()]
    listed.closes()


def _reasons(listed: Listed) -> tuple[str, ...]:
    with listed.service.ledger.reading() as reading:
        memories, lists = reading.memories(), reading.source_lists().values()
        found = public_sources(listed.service, memories, lists, listed.now, reading.remarks())
    return next(one.reasons for one in found if one.source == "ecfr")


def _without_part(host: Host) -> None:
    says = host.says
    refused = Reply(b'{"error":"No matching content found."}', JSON, 404)
    host.says = lambda request: (  # type: ignore[method-assign]
        refused if "/full/" in request.path and request.value("appendix") is None else says(request)
    )
