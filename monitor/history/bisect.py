"""When a party stood on the list, from as few dated versions as prove it. Pure: the caller reads.

The caller keeps what each version said (a `Sighting`), asks `next_date` which version to read next
until there is none, and then `course` for the answer. Kept sightings make it resumable, and one
version read serves every watch.

Halving alone would miss listed–removed–listed. What makes the answer safe:

1. Two sightings that differ are halved until they are neighbors; the later is the change.
2. Two sightings that both list the party are continuous if the later cites nothing that the
   earlier does not: putting a row back takes a rule, and the row cites it. Where something new is
   cited, the stretch is halved until that stands between neighbors, or an absence is found.
3. Two sightings that both lack the party prove nothing about the versions between: an absent row
   cites nobody. Those are read, the widest gap's middle first, until `limit` versions are read.
   What then was not looked at is told, as gaps.

This room refuses to call a gap empty that nobody has looked at.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

DEFAULT_LIMIT = 400
"""At one request a second under seven minutes; the appendix has had fewer versions since 2017."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one version says of a party."""

    present: bool
    cited: frozenset[str] | None = None
    """All citations of its rows; None where they are not known, which proves no continuity."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Versions between two dates that nobody looked at."""

    after: date
    before: date
    versions: int


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a party's presence."""

    changes: tuple[tuple[date, bool], ...]
    """The first date known and its state, then each date on which the state changed."""
    gaps: tuple[Gap, ...]
    """Where a stay on the list, or an interruption of one, could hide."""


def next_date(
    dates: Sequence[date],
    seen: Mapping[date, Sighting],
    *,
    limit: int = DEFAULT_LIMIT,
    hints: Iterable[date] = (),
) -> date | None:
    """The version to read next, or None when the course is proven or `limit` is reached.

    `dates`: all version dates, ascending. `hints`: dates of acts that named the party; the versions
    around them are read early.
    """
    for wanted in (*dates[-1:], *dates[:1], *_around(dates, hints)):
        if wanted not in seen:
            return wanted
    blind: list[tuple[int, int]] = []
    for left, right in _open_stretches(dates, seen):
        if _narrows(seen[dates[left]], seen[dates[right]]):
            return dates[(left + right) // 2]
        blind.append((left, right))
    if not blind or sum(day in seen for day in dates) >= limit:
        return None
    left, right = max(blind, key=lambda stretch: (stretch[1] - stretch[0], stretch[1]))
    return dates[(left + right) // 2]


def course(dates: Sequence[date], seen: Mapping[date, Sighting]) -> Course:
    """What the sightings so far say."""
    changes: list[tuple[date, bool]] = []
    for day in dates:
        if day in seen and (not changes or changes[-1][1] != seen[day].present):
            changes.append((day, seen[day].present))
    gaps = (
        Gap(dates[left], dates[right], right - left - 1)
        for left, right in _open_stretches(dates, seen)
    )
    return Course(tuple(changes), tuple(gaps))


def _around(dates: Sequence[date], hints: Iterable[date]) -> list[date]:
    """The version before and the first from each hint on."""
    around: list[date] = []
    for hint in hints:
        index = bisect_left(dates, hint)
        around += dates[max(0, index - 1) : index + 1]
    return around


def _open_stretches(dates: Sequence[date], seen: Mapping[date, Sighting]) -> list[tuple[int, int]]:
    """Neighboring sightings between which something could hide, by their places in `dates`."""
    places = [index for index, day in enumerate(dates) if day in seen]
    return [
        (left, right)
        for left, right in pairwise(places)
        if right - left > 1 and not _continuous(seen[dates[left]], seen[dates[right]])
    ]


def _narrows(sighting: Sighting, other: Sighting) -> bool:
    """Whether halving the stretch ends at what changed between the two (rules 1 and 2)."""
    if sighting.present != other.present:
        return True
    return sighting.present and sighting.cited is not None and other.cited is not None


def _continuous(sighting: Sighting, other: Sighting) -> bool:
    """Whether nothing can hide between two sightings (rule 2)."""
    if not (sighting.present and other.present) or sighting.cited is None or other.cited is None:
        return False
    return other.cited <= sighting.cited
