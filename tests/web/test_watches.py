"""The first page with more watches than it can show: none hidden, what needs a look first."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from monitor.screening.watch import Watch
from monitor.status.status import statuses
from monitor.status.summary import QUICK, RESTS, Summaries, WatchSummary, watch_summaries
from monitor.web.context import About
from monitor.web.pages import home_body
from monitor.web.watches import PAGE, Asked, choose
from tests.installed import WATCH
from tests.upstream.server import Upstream
from tests.web.test_pages import Page
from tests.web.world import OTHER, Site, World

CALM = WatchSummary(Watch("w", "Acme Trading", ("Acme Holding",)), "EL", "listed", None, fresh=True)


def many(*states: tuple[str, str | None]) -> list[WatchSummary]:
    """One watch for each state and pending state."""
    return [
        replace(CALM, watch=Watch(f"w-{at}", f"Acme {at}"), state=state, pending=pending)
        for at, (state, pending) in enumerate(states)
    ]


STATES = st.sampled_from(
    [("listed", None), ("not_listed", None), ("unknown", None), ("listed", "removal_suspected")]
)


@given(st.lists(STATES, max_size=4 * PAGE))
def test_page_after_page_shows_each_watch_once(states: list[tuple[str, str | None]]) -> None:
    """Whatever the states, and those that need a look before all others."""
    stand, seen, cursor = many(*states), list[str](), None
    while True:
        page = choose(stand, (), Asked(cursor=cursor), {})
        assert len(page.watches) <= PAGE
        seen += [watch.id for watch in page.watches]
        cursor = page.next
        if cursor is None:
            break
    assert sorted(seen) == sorted(one.watch.id for one in stand)
    urgent = [one.watch.id for one in stand if one.needs_a_look]
    assert seen[: len(urgent)] == urgent


def test_what_is_calm_meanwhile_hides_none() -> None:
    """Between two pages a suspicion ends: no watch is left out that was not shown."""
    stand = many(*[("unknown", None)] * 3, *[("listed", None)] * (2 * PAGE))
    first = choose(stand, (), Asked(), {})
    calmed = [replace(one, state="listed") for one in stand]
    seen, cursor = {watch.id for watch in first.watches}, first.next
    while cursor:
        page = choose(calmed, (), Asked(cursor=cursor), {})
        seen |= {watch.id for watch in page.watches}
        cursor = page.next
    assert seen == {one.watch.id for one in stand}


def test_an_undelivered_alert_needs_a_look_too() -> None:
    """However calm the state."""
    stand = many(("listed", None), ("listed", None))
    assert [watch.id for watch in choose(stand, {"w-1"}, Asked(), {}).watches] == ["w-1", "w-0"]


def test_the_summary_counts_everything() -> None:
    """All watches, not only those of this page or of this search."""
    stand = many(*[("listed", None)] * 1200, ("not_listed", None), ("unknown", None),
                 ("listed", "removal_announced"))  # fmt: skip
    assert choose(stand, (), Asked(q="acme 7"), {}).summary == (
        "1,203 watches: 1 with unknown status, 1,201 listed, 1 not listed."
        " 1 with a removal or listing announced or suspected."
    )
    both = [CALM, replace(CALM, list="UVL", state="not_listed")]
    assert choose(both, (), Asked(), {}).summary == (
        "1 watch, counted per list: 1 listed, 1 not listed."
    )


@pytest.mark.parametrize("q", ["ACME  trading", "holding", "w", "公安部", "polic", " "])
def test_a_search_finds_by_any_name(q: str) -> None:
    """Name, alias, id, local name or tag, however it is spaced or cased."""
    about = {"w": About(("公安部物证鉴定中心",), None, None, ("police",))}
    assert choose([CALM], (), Asked(q=q), about).found == 1
    assert choose([CALM], (), Asked(q="nothing of it"), about).found == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [(Asked(state="listed"), ["w-1", "w-2"]), (Asked(state="unknown"), ["w-0"]),
     (Asked(pending="removal_suspected"), ["w-2"]), (Asked(tag="asia"), ["w-3"]),
     (Asked(state="listed", q="acme 1"), ["w-1"]), (Asked(state="listed", tag="asia"), [])],
)  # fmt: skip
def test_what_is_chosen_is_shown(asked: Asked, found: list[str]) -> None:
    """By state, by what is pending, by tag, and within a search; and what there is to choose."""
    stand = many(("unknown", None), ("listed", None), ("listed", "removal_suspected"))
    tagged = replace(CALM, watch=Watch("w-3", "Acme", tags=("asia",)), state="not_listed")
    chosen = choose([*stand, tagged], (), asked, {})
    assert sorted(watch.id for watch in chosen.watches) == found
    assert (chosen.found, chosen.total, chosen.tags) == (len(found), 4, ["asia"])


def test_the_next_page_is_of_the_same_choice(client: TestClient) -> None:
    """Its link asks for it again; the form keeps what was chosen, and nobody needs a script."""
    assert Asked("listed", None, "a&b", "x y").query("1-7") == (
        "q=x+y&state=listed&tag=a%26b&cursor=1-7"
    )
    text = client.get("/?state=not_listed&pending=&tag=").text
    assert re.findall(r'href="/watch/([^"]+)"', text)[:1] == ["nobody"]
    assert '<option value="not_listed" selected>' in text
    assert "1 of 2 watches match (not listed)." in text
    assert "No watch matches." in client.get("/?pending=possible_match&tag=none").text
    assert "state" in client.get("/?state=lost").json()["detail"]


def test_a_standing_is_what_the_status_says(lived_in: Site) -> None:
    """Of every watch: fresh, when the looks grow old, and before the first one."""
    for days in (0, 2, 30):
        now = lived_in.world.now + timedelta(days=days)
        with lived_in.service.ledger.reading() as reading:
            told = statuses(lived_in.service, reading, now)
            stand = watch_summaries(lived_in.service, reading, now)
        said = [(one.watch, one.list, one.state, one.pending, one.fresh) for one in told]
        assert said == [(one.watch.id, one.list, one.state, one.pending, one.fresh)
                        for one in stand]  # fmt: skip


def test_summaries_that_take_long_are_kept_a_while(lived_in: Site) -> None:
    """Ten times as long as they took, for the same watches; those that take no time not at all."""
    service, moments = lived_in.service, [0.0]

    def clock() -> datetime:
        moments[0] += step
        return lived_in.world.now + timedelta(seconds=moments[0])

    summaries = Summaries(clock)
    with service.ledger.reading() as reading:
        step = 0.0
        made = summaries.of(service, reading, clock())
        assert summaries.of(service, reading, clock()) is not made
        step = QUICK * 2
        kept = summaries.of(service, reading, clock())
        assert summaries.of(service, reading, clock()) is kept
        others = replace(service, watches=service.watches[:1])
        assert [one.watch for one in summaries.of(others, reading, clock())] == [*others.watches]
        kept = summaries.of(service, reading, clock())
        moments[0] += step * RESTS
        assert summaries.of(service, reading, clock()) is not kept


@pytest.mark.slow
def test_the_page_itself(tmp_path: Path, up: Upstream) -> None:
    """Says how many there are, searches, and turns; a cursor that is none is a 400."""
    extra: list[dict[str, object]] = [
        {"id": f"w-{at}", "name": f"Watched Party {at} Ltd", "lists": ["EL"]}
        for at in range(2 * PAGE)
    ]
    world = World(up, tmp_path, watches=(WATCH, OTHER, *extra))
    with world.open() as site:
        site.check()
        with site.client() as client:
            text = client.get("/").text
            assert f"{2 * PAGE + 2} watches: 1 listed, {2 * PAGE + 1} not listed." in text
            seen = set(re.findall(r'href="/watch/([^"]+)"', text))
            assert len(seen) == PAGE
            while more := re.search(r'href="(/\?cursor=[^"]+)"', text):
                text = client.get(more[1]).text
                Page(text)
                seen |= set(re.findall(r'href="/watch/([^"]+)"', text))
            assert len(seen) == 2 * PAGE + 2
            found = client.get("/?q=party 49").text
            assert re.findall(r'href="/watch/([^"]+)"', found) == ["w-49"]
            assert "1 of 52 watches match “party 49”" in found
            hostile = client.get("/", params={"q": '"><script>alert(1)</script>'}).text
            assert Page(hostile).tags.count("script") == 1
            assert "No watch matches" in hostile
            wrong = client.get("/?cursor=-1")
            assert (wrong.status_code, "cursor" in json.loads(wrong.text)["detail"]) == (400, True)


@pytest.mark.slow
def test_thousands_of_watches_are_shown_a_page_at_a_time(tmp_path: Path, up: Upstream) -> None:
    """What that costs is the bench's."""
    party: list[dict[str, object]] = [
        {"id": f"w-{at}", "name": f"Watched Party {at} Ltd", "lists": ["EL"]} for at in range(4000)
    ]
    world = World(up, tmp_path, watches=(WATCH, *party))
    with world.open() as site:
        site.check()
        now = site.world.now
        text = home_body(site.service, {}, now).content.decode()
        assert text.count("<article") == PAGE
        assert len(text) < 100_000
        assert "4,001 watches: 1 listed, 4,000 not listed." in text
