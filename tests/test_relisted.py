"""The institute listed again under another spelling, from the filing to both lists.

Told at the filing every time, and never "not listed" while it stands there.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.upstream.parties import institute
from tests.upstream.rules import addition, housekeeping
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World

WORDINGS = (
    "Institute of Forensic Science of the Ministry of Public Security",
    "Ministry of Public Security's Institute of Forensic Science",
    "Ministry of Public Security Institute of Forensic Sciences",
    "Institute of Forensic Science, Ministry of Public Security of China",
    "China's Ministry of Public Security Institute of Forensic Science (MPS-IFS)",
    "Forensic Science Institute of the Ministry of Public Security",
    "The Ministry of Public Security's Institute of Forensic Sciense of China",
    "Beijing Institute of Forensic Science of the Ministry of Public Security",
)
FILED = datetime(2026, 10, 5, 12, 45, tzinfo=UTC)
"""08:45 in Washington."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Three sources, the institute long removed, and a first check done."""
    with Upstream(date(2026, 10, 2)) as up:
        up.is_furnished(40)
        up.delists(institute().name, ecfr=date(2023, 11, 17))
        up.publishes(*housekeeping(5, newest=date(2026, 9, 28)))
        made = World(up, tmp_path, now=datetime(2026, 10, 2, 15, tzinfo=UTC))
        made.watches(WATCH)
        made.asks("csl", "ecfr", "federal_register")
        made.tells()
        yield made
        made.ends()


@pytest.mark.parametrize(
    "name", [WORDINGS[0], *(pytest.param(one, marks=pytest.mark.slow) for one in WORDINGS[1:])]
)
def test_told_at_the_filing_and_never_calm_while_it_stands_there(world: World, name: str) -> None:
    """One case for the act and the row it brings, in either list; no removal is ever told."""
    first = world.check()
    assert first.status["state"] == "not_listed"
    entry = replace(institute(), name=name, aliases=())
    act = addition(
        entry, number="2026-20001", publication=date(2026, 10, 7), citation="91 FR 60001"
    )
    world.up.moves_clock(FILED)
    world.up.files(act, at=FILED)
    told = world.check(after=(FILED - world.now) / timedelta(hours=1))
    assert told.kinds == ["possible_match"]
    assert (told.status["state"], told.status["pending"]) == ("unknown", "possible_match")
    [case] = told.status["cases"]
    assert (case["act"], case["entry"]) == ("2026-20001", None)
    world.up.moves_clock(date(2026, 10, 7))
    world.up.publishes(act)
    world.up.lists(entry, on=date(2026, 10, 8))
    for hours in (48, 24, 24, 24):
        world.up.moves_clock(world.now + timedelta(hours=hours))
        later = world.check(after=hours)
        assert not [kind for kind in later.kinds if kind.startswith("removal")]
        assert later.status["state"] == "unknown"
    [same] = later.status["cases"]
    # What stands behind a comma of a name may be read as its address.
    assert same["id"] == case["id"]
    assert name.startswith(same["entry"]["name"])
