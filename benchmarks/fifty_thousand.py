"""Fifty thousand watches: a service's first check, what readers ask for, and its size."""

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.memory import processor, resident
from benchmarks.polling import Measured
from benchmarks.serving import got, settled

WATCHES = 50_000
PAGES = 20
"""Pages asked for one after another, none of them kept from before."""
SCRAPES = 5
LIMIT = 200_000
"""Bytes of a scrape."""


def measure() -> Iterator[Measured]:
    """Everything in the life of one process."""
    many = f"{WATCHES:,} watches"
    with settled(WATCHES, "1h") as (pid, port):
        checked, grown = processor(pid), resident(pid, "VmHWM")
        yield Measured(f"start and first check, {many}, processor time", checked)
        starts = [at * WATCHES // PAGES for at in range(PAGES)]
        for chosen in ("", "&state=listed", "&state=not_listed"):
            paths = [f"/status?limit=100{chosen}&cursor=w{at}.EL" for at in starts]
            taken = median(_asked(port, path)[0] for path in paths)
            said = f"a page of /status?limit=100{chosen}, {many}"
            yield Measured(said, taken, "50 ms", taken / 0.05, 1.0)
        scrapes = [_asked(port, "/metrics") for _ in range(SCRAPES)]
        size, first = scrapes[0][1], scrapes[0][0]
        yield Measured(f"/metrics, {many}", size, "200 KB", size / LIMIT, 1.0, "bytes")
        taken = median(seconds for seconds, _ in scrapes)
        yield Measured(f"a scrape of /metrics, {many}", taken, f"first {first * 1000:.0f} ms")
        yield Measured(f"service, {many}", resident(pid), unit="MiB")
        yield Measured(f"peak of a service, {many}", grown, "500 MiB", grown / 500, 1.0, "MiB")


def _asked(port: int, path: str) -> tuple[float, int]:
    """Seconds until the whole answer came, and its bytes."""
    begun = time.perf_counter()
    answer = got(port, path)
    taken = time.perf_counter() - begun
    if not answer:
        raise AssertionError(f"{path} was not answered")
    return taken, len(answer)
