"""What the benchmarks run on: real parts over a temporary SQLite ledger and bytes from memory."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import orjson

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger
from monitor.screening.plausibility import Bounds
from monitor.screening.watch import Watch
from monitor.service import Service
from monitor.sources.csl.source import Csl
from monitor.sources.ecfr.client import Ecfr
from monitor.sources.ecfr.source import EcfrList
from monitor.sources.ecfr.xml import APPENDIX
from monitor.sources.fetch import Answer
from monitor.sources.source import ListSource

RUNS = 5
"""Runs behind each median."""


@dataclass(slots=True)
class FromMemory:
    """Answers every request for a list with one body, at no cost."""

    body: bytes = b""
    status: int = 200
    day: date = date(2026, 7, 8)
    """The newest day that the eCFR says it has."""

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """The body as it is now."""
        del headers
        if "titles.json" in url:
            said = {"number": 15, "up_to_date_as_of": self.day.isoformat()}
            return Answer(url, 200, orjson.dumps({"titles": [said], "meta": {}}), {})
        if "/versions/" in url:
            day = self.day.isoformat()
            row = {"identifier": APPENDIX, "date": day, "issue_date": day, "amendment_date": day}
            said = {"content_versions": [row], "meta": {"result_count": "1"}}
            return Answer(url, 200, orjson.dumps(said), {})
        return Answer(url, self.status, self.body if self.status == 200 else b"", {})


@dataclass(slots=True)
class Stage:
    """One ledger with its parts and a clock that moves an hour at each poll."""

    service: Service
    http: FromMemory
    folder: Path
    at: list[datetime] = field(default_factory=list)

    def hour(self) -> None:
        """Let an hour pass."""
        self.at[0] += timedelta(hours=1)


@contextmanager
def stage(watches: Sequence[Watch], source: str = "csl") -> Iterator[Stage]:
    """Parts with the one list source, over a ledger that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/monitor.db")
        migrate.upgrade(engine)
        ledger = Ledger(engine, Bodies(Path(folder) / "snapshots"))
        http, at = FromMemory(), [datetime(2026, 7, 9, 1, tzinfo=UTC)]
        lists: dict[str, ListSource] = {
            "csl": Csl(http, ["http://list.invalid/consolidated.json"], lambda: at[0]),
            "ecfr": EcfrList(Ecfr(http, "http://ecfr.invalid")),
        }
        yield Stage(
            Service(
                clock=lambda: at[0],
                ledger=ledger,
                list_sources={source: lists[source]},
                register=None,
                bounds={source: Bounds()},
                stale_after={source: 1e9},
                watches=tuple(watches),
                channels=(),
                enabled=frozenset({source}),
                owner="benchmark",
                real_clock=lambda: at[0],
            ),
            http,
            Path(folder),
            at,
        )
        ledger.close()


def median_of(run: Callable[[int], float], runs: int = RUNS) -> float:
    """The median of some runs, in seconds."""
    return statistics.median(run(at) for at in range(runs))


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
