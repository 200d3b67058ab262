"""Polls of the full list, against what any reader of the same bytes must pay."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import orjson

from benchmarks.generator import Sizes, consolidated, names, watch_names
from benchmarks.stage import RUNS, median_of, seconds, stage
from monitor.judging.watchlist import follow
from monitor.poll import poll
from monitor.screening.watch import Watch


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table."""

    what: str
    median: float
    """Seconds, or MiB where `unit` says so."""
    floor: str = ""
    ratio: float | None = None
    bound: float | None = None
    unit: str = "ms"
    least: bool = False
    """The bound is the least that the ratio may be, and not the most."""

    @property
    def held(self) -> bool:
        """Whether the bound holds; true where there is none."""
        if self.bound is None or self.ratio is None:
            return True
        return self.ratio >= self.bound if self.least else self.ratio < self.bound


class _Row(msgspec.Struct):
    source: str
    name: str
    alt_names: list[str] | None = None
    federal_register_notice: str | None = None


class _Envelope(msgspec.Struct):
    results: list[_Row]


@dataclass(frozen=True, slots=True)
class Polls:
    """What polls of one list take, in seconds: the first, and medians of the others."""

    first: float
    changed: float
    unchanged: float
    """The same bytes came again."""
    not_modified: float
    """The host answered 304."""


def polls(sizes: Sizes, watches: int) -> Polls:
    """Polls with so many watches."""
    listed = names(sizes.parties)[: sizes.entity_list]
    watched = [Watch(f"w{at}", name) for at, name in enumerate(watch_names(watches, listed))]
    with stage(watched) as on:
        follow(on.service)
        on.http.body = consolidated(sizes, changed=20, version=1)
        first = seconds(lambda: poll(on.service, "csl"))

        def changed(at: int) -> float:
            on.http.body = consolidated(sizes, changed=20, version=2 + at)
            on.hour()
            return seconds(lambda: poll(on.service, "csl"))

        def unchanged(_at: int) -> float:
            on.hour()
            return seconds(lambda: poll(on.service, "csl"))

        medians = median_of(changed), median_of(unchanged, 2 * RUNS)
        on.http.status = 304
        return Polls(first, *medians, median_of(unchanged, 2 * RUNS))


def measure() -> Iterator[Measured]:
    """Changed, unchanged and first polls, and how they grow."""
    sizes = Sizes()
    body = consolidated(sizes, changed=20, version=1)
    loads = median_of(lambda _: seconds(lambda: orjson.loads(body)))
    typed = median_of(lambda _: seconds(lambda: msgspec.json.decode(body, type=_Envelope)))
    sha = median_of(lambda _: seconds(lambda: hashlib.sha256(body).digest()), 2 * RUNS)
    yield Measured(f"orjson.loads of {len(body) / 1e6:.0f} MB", loads)
    yield Measured("typed msgspec decode of the same", typed)
    yield Measured("sha256 of the same", sha)
    one = polls(sizes, 1)
    yield Measured("first poll, 1 watch", one.first, "orjson.loads", one.first / loads)
    yield Measured("changed poll, 1 watch", one.changed, "orjson.loads", one.changed / loads, 1.0)
    yield Measured("unchanged poll (equal hash)", one.unchanged, "sha256", one.unchanged / sha, 1.5)
    yield Measured("unchanged poll (304)", one.not_modified, "sha256", one.not_modified / sha, 1.0)
    for count, bound in ((10_000, 2.0), (50_000, 25.0), (100_000, 4.0)):
        many = polls(sizes, count).changed
        ratio = many / one.changed
        yield Measured(f"changed poll, {count:,} watches", many, "1 watch", ratio, bound)
