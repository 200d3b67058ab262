"""How costs grow with rows, with watches and with years: none faster than what it grows with.

Each line after the first of a table says how many times its share of the first's cost a size takes:
1.00 is exactly linear, less is better.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, insert

from benchmarks.generator import Sizes, consolidated, names, watch_names
from benchmarks.polling import Measured, polls
from benchmarks.stage import Stage, median_of, seconds, stage
from monitor.judging.watchlist import follow
from monitor.ledger.engine import open_engine
from monitor.ledger.tables import EntryRow, EventRow, ListChangeRow, PollRow, SnapshotRow
from monitor.poll import poll
from monitor.screening.watch import Watch
from monitor.web.api import status_body
from monitor.web.pages import home_body

LINEAR = 1.5
"""Above this a cost grows faster than linear, and not by the noise of one run."""
HOURS = 8_760


def grows(
    what: str, sizes: Sequence[int], cost: Callable[[int], float], unit: str
) -> Iterator[Measured]:
    """A table over sizes."""
    first = 0.0
    for size in sizes:
        taken = cost(size)
        said = f"{what}, {size:,} {unit}"
        if not first:
            first = taken
            yield Measured(said, taken)
            continue
        share = (taken / first) / (size / sizes[0])
        yield Measured(said, taken, f"linear from {sizes[0]:,}", share, LINEAR)


def measure() -> Iterator[Measured]:
    """The three tables, and the disk of a year."""
    yield from grows("changed poll", (6_500, 13_000, 26_000), _with_rows, "rows")
    yield from grows("first poll", (2_500, 5_000, 10_000), _with_watches, "watches")
    yield from _with_years()
    yield from _disk()


def _with_rows(count: int) -> float:
    return polls(Sizes(count, count * 3_400 // 26_000), 1).changed


def _with_watches(count: int) -> float:
    """Taking up the watches and telling each first state."""
    sizes = Sizes()
    listed = names(sizes.parties)[: sizes.entity_list]
    watched = [Watch(f"w{at}", name) for at, name in enumerate(watch_names(count, listed))]
    with stage(watched) as on:
        on.http.body = consolidated(sizes)

        def begun() -> None:
            follow(on.service)
            poll(on.service, "csl")

        return seconds(begun)


def _with_years() -> Iterator[Measured]:
    """A ledger that remembers one year, two, three; the service does the same work over each."""
    sizes = Sizes()
    with stage([Watch("w0", names(1)[0])]) as on:
        follow(on.service)
        on.http.body = consolidated(sizes, changed=20, version=1)
        poll(on.service, "csl")
        polls, pages = dict[int, float](), dict[int, float]()
        for year in (1, 2, 3):
            _another_year(on, year)

            def changed(at: int, year: int = year) -> float:
                on.http.body = consolidated(sizes, changed=20, version=10 * year + at)
                on.hour()
                return seconds(lambda: poll(on.service, "csl"))

            def shown(_at: int) -> float:
                return seconds(lambda: _pages(on))

            polls[year], pages[year] = median_of(changed), median_of(shown)
    yield from grows("changed poll after", (1, 2, 3), polls.__getitem__, "years")
    yield from grows("/status and / made after", (1, 2, 3), pages.__getitem__, "years")


def _pages(on: Stage) -> None:
    now = on.service.clock()
    status_body(on.service, now)
    home_body(on.service, {}, now)


def _another_year(on: Stage, year: int) -> None:
    """Hourly looks, and the entries, changes and events of a lively year, written in bulk."""
    with on.service.ledger.reading() as reading:
        event = reading.events(limit=1)[0].event
        entry = reading.entries("csl", "EL")[0]
    start = on.at[0]
    hours = [start + timedelta(hours=at) for at in range(HOURS)]
    looks = [
        {"source": "csl", "at": at, "outcome": "accepted", "snapshot": _sha(year, number)}
        for number, at in enumerate(hours)
    ]
    snapshots = [
        {
            "sha256": _sha(year, number), "source": "csl", "url": "http://list.invalid",
            "media": "json", "size": 1, "stored_size": 1, "first_seen_at": at,
            "last_seen_at": at, "status": "accepted", "kept": False,
        }
        for number, at in enumerate(hours)
    ]  # fmt: skip
    entries = [
        {
            "source": "csl", "list": "EL", "digest": _sha(year, at), "name_key": f"gone{at}",
            "body": entry, "first_seen_at": start, "last_seen_at": start,
            "valid_from": start.date().isoformat(), "valid_to": hours[-1].date().isoformat(),
        }
        for at in range(2_000)
    ]  # fmt: skip
    changes = [
        {
            "source": "csl", "list": "EL", "kind": "amended", "at": hours[at],
            "on_date": hours[at].date().isoformat(), "before": entry, "after": entry, "fields": (),
        }
        for at in range(5_000)
    ]  # fmt: skip
    told = [
        {
            "id": f"{year}-{at}", "kind": event.kind.value, "watch": event.watch,
            "list": event.list, "at": hours[at], "body": replace(event, id=f"{year}-{at}"),
        }
        for at in range(1_000)
    ]  # fmt: skip
    engine = open_engine(f"sqlite:///{on.folder}/monitor.db")
    with Session(engine) as session, session.begin():
        session.execute(insert(SnapshotRow), snapshots)
        session.execute(insert(PollRow), looks)
        session.execute(insert(EntryRow), entries)
        session.execute(insert(ListChangeRow), changes)
        session.execute(insert(EventRow), told)
    engine.dispose()
    on.at[0] = hours[-1]


def _sha(year: int, number: int) -> str:
    return f"{year:032x}{number:032x}"


def _disk() -> Iterator[Measured]:
    """What a look adds to the disk, and what that comes to in a year of hourly looks."""
    sizes, looks = Sizes(), 12
    with stage([Watch("w0", names(1)[0])]) as on:
        follow(on.service)
        on.http.body = consolidated(sizes)
        poll(on.service, "csl")
        size = _rows(on)
        bodies = _bodies(on.folder)
        for at in range(looks):
            on.http.body = consolidated(sizes, changed=20 if at % 4 == 0 else 0, version=1 + at)
            on.hour()
            poll(on.service, "csl")
        row = (_rows(on) - size) / looks
        body = (_bodies(on.folder) - bodies) / looks
    yield Measured("rows of a changed look", row / 1024, unit="KiB")
    yield Measured("body of a changed look, as kept", body / 1024, unit="KiB")
    yield Measured("rows of a year of hourly changed looks", row * HOURS / 2**20, unit="MiB")


def _rows(on: Stage) -> int:
    return on.service.ledger.size()


def _bodies(folder: Path) -> int:
    return sum(one.stat().st_size for one in (folder / "snapshots").rglob("*") if one.is_file())
