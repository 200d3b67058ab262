"""A site with three years behind it: 3,000 entries, 10,000 polls, removals seen and still pending.

What is decided was decided by the service itself, against the upstream; only the many uneventful
polls, and the age of the entries, are written in bulk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, insert, select, update

from monitor.ledger.engine import open_engine
from monitor.ledger.tables import EntryRow, PollRow
from monitor.screening.entry import Entry
from tests.installed import SECRET, WATCH, write
from tests.upstream.parties import INSTITUTE, INSTITUTE_AS_CSL_HAD_IT, filler
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream
from tests.web.world import Site, World

FIRST = datetime(2023, 11, 13, 13, 25, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 11, 25, tzinfo=UTC)
POLLS = 10_000
AMENDED, SUSPECTED, CALM = PARTIES = filler(3000)[10:40:10]


@contextmanager
def three_years(folder: Path) -> Iterator[Site]:
    """The site, open, on the morning of NOW."""
    with Upstream(FIRST.date()) as up:
        up.is_furnished(3000)
        watches = [WATCH, *map(_watch, ("amended", "suspected", "calm"), PARTIES)]
        world = World(up, folder, FIRST, ("csl", "ecfr", "federal_register"), tuple(watches))
        hook = {"id": "legal", "url": f"{up.base_url}/nowhere", "secret": SECRET}
        write(folder, "monitor.yaml", {"webhooks": [hook]})
        with world.open() as site:
            _november_2023(site)
            _nothing_for_years(folder / "data" / "monitor.db")
            _november_2026(site)
            yield site


def _watch(id_: str, party: Entry) -> dict[str, object]:
    return {"id": id_, "name": party.name, "lists": ["EL"]}


def _november_2023(site: Site) -> None:
    """First look, filing, publication, and the lists follow."""
    world, rule = site.world, institute_removal()
    site.check()
    _goes_to(world, datetime(2023, 11, 16, 14, 5, tzinfo=UTC))
    world.up.files(rule)
    site.check()
    _goes_to(world, datetime(2023, 11, 17, 14, 5, tzinfo=UTC))
    world.up.publishes(rule)
    world.up.delists(INSTITUTE, csl=False, ecfr=date(2023, 11, 17))
    site.check()
    _goes_to(world, datetime(2023, 11, 21, 13, 25, tzinfo=UTC))
    world.up.csl.delists(INSTITUTE_AS_CSL_HAD_IT)
    site.check()


def _nothing_for_years(database: Path) -> None:
    """The looks of three years, and a list that grew over ten."""
    engine = open_engine(f"sqlite:///{database}")
    start = datetime(2023, 11, 22, tzinfo=UTC)
    step = (NOW - timedelta(days=2, hours=1) - start) / POLLS
    rows = [
        {
            "source": ("csl", "csl", "ecfr", "federal_register")[number % 4],
            "at": start + number * step,
            "outcome": "failed" if number % 97 == 0 else "unchanged",
            "reasons": ("the host answered 503",) if number % 97 == 0 else (),
            "entries": None if number % 4 == 3 else 3008,
        }
        for number in range(POLLS)
    ]  # fmt: skip
    with Session(engine) as session, session.begin():
        session.execute(insert(PollRow), rows)
        ids = list(session.exec(select(EntryRow.id).where(EntryRow.source == "ecfr")))
        for month in range(80):
            day = f"{2017 + month // 12}-{month % 12 + 1:02}-09"
            some = ids[month * len(ids) // 80 : (month + 1) * len(ids) // 80]
            session.execute(
                update(EntryRow).where(col(EntryRow.id).in_(some)).values(valid_from=day)
            )
    engine.dispose()


def _november_2026(site: Site) -> None:
    """An amendment, a text that cannot be believed, and a row that vanished from one list."""
    world = site.world
    _goes_to(world, NOW - timedelta(days=2))
    policy = "Case-by-case review for items necessary to detect disease; presumption of denial."
    world.up.amends(AMENDED.name, license_policy=policy, ecfr=world.now.date())
    site.check()
    _goes_to(world, NOW - timedelta(hours=5))
    world.up.csl.halves_list("EL")
    site.check("csl")
    world.up.csl.recovers()
    world.up.csl.html_page()
    _goes_to(world, NOW - timedelta(hours=1))
    site.check("csl")
    world.up.csl.recovers()
    _goes_to(world, NOW)
    world.up.csl.delists(SUSPECTED.name)
    site.check()


def _goes_to(world: World, moment: datetime) -> None:
    world.now = moment
    world.up.moves_clock(moment - timedelta(minutes=10))
