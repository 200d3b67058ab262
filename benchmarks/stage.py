"""What the benchmarks run on: real parts over a temporary SQLite ledger and bytes from memory."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger
from monitor.parts import Parts
from monitor.screening.match import Watch
from monitor.screening.plausibility import Bounds
from monitor.sources.csl import Csl
from monitor.sources.fetch import Answer

RUNS = 5
"""Runs behind each median."""


@dataclass(slots=True)
class FromMemory:
    """Answers every request with one body, at no cost."""

    body: bytes = b""
    status: int = 200

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """The body as it is now."""
        del headers
        return Answer(url, self.status, self.body if self.status == 200 else b"", {})


@dataclass(slots=True)
class Stage:
    """One ledger with its parts and a clock that moves an hour at each poll."""

    parts: Parts
    http: FromMemory
    at: list[datetime] = field(default_factory=list)

    def hour(self) -> None:
        """Let an hour pass."""
        self.at[0] += timedelta(hours=1)


@contextmanager
def stage(watches: Sequence[Watch]) -> Iterator[Stage]:
    """Parts with the one list source, over a ledger that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/monitor.db")
        migrate.upgrade(engine)
        ledger = Ledger(engine, Bodies(Path(folder) / "snapshots"))
        http, at = FromMemory(), [datetime(2026, 7, 9, 1, tzinfo=UTC)]
        csl = Csl(http, ["http://list.invalid/consolidated.json"], lambda: at[0])
        yield Stage(
            Parts(
                clock=lambda: at[0],
                ledger=ledger,
                list_sources={"csl": csl},
                register=None,
                bounds={"csl": Bounds()},
                stale_after={"csl": 1e9},
                watches=tuple(watches),
                channels=(),
                enabled=frozenset({"csl"}),
                owner="benchmark",
                real_clock=lambda: at[0],
            ),
            http,
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
