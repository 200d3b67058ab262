"""When a party stood on the list, from as few dated versions as prove it. Pure: the caller reads.

The caller keeps what each version said (a `Sighting`), asks `next_date` which version to read next
until there is none, and then `course` for the answer. Kept sightings make it resumable, and one
version read serves every watch.

Halving alone would miss listed–removed–listed. What makes the answer safe:

1. Two neighboring sightings that differ are halved until they are neighboring versions; the later
   one is the change.
2. Two sightings that both list the party are continuous if no citation of the later row falls
   between them: putting a row back takes a rule, and the row cites it. Where one falls between, the
   version before that rule is read; a row put back by it would be missing there.
3. Two sightings that both lack the party prove nothing about the versions between: an absent row
   cites nobody. Those are read, the widest gap's middle first, until `limit` versions are read.
   What then was not looked at is told, as gaps.

This room refuses to call a gap empty that nobody has looked at.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

DEFAULT_LIMIT = 400
"""At one request a second under seven minutes; the appendix has had fewer versions since 2017."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one version says of a party."""

    present: bool
    cited: tuple[date, ...] | None = None
    """The dates its rows cite; None where they are not known, which proves no continuity."""


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

    @property
    def remarks(self) -> tuple[str, ...]:
        """The gaps in words."""
        return tuple(
            f"{gap.versions} versions between {gap.after} and {gap.before} were not looked at"
            for gap in self.gaps
        )


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
    places = [index for index, day in enumerate(dates) if day in seen]
    unproven: list[tuple[int, int]] = []
    for left, right in pairwise(places):
        if right - left < 2:
            continue
        if seen[dates[left]].present != seen[dates[right]].present:
            return dates[(left + right) // 2]
        witness = _before_a_rule(dates, left, right, seen)
        if witness is not None:
            return dates[witness]
        if not _continuous(dates, left, right, seen):
            unproven.append((left, right))
    if not unproven or len(places) >= limit:
        return None
    left, right = max(unproven, key=lambda gap: (gap[1] - gap[0], gap[1]))
    return dates[(left + right) // 2]


def course(dates: Sequence[date], seen: Mapping[date, Sighting]) -> Course:
    """What the sightings so far say."""
    places = [index for index, day in enumerate(dates) if day in seen]
    changes: list[tuple[date, bool]] = []
    for index in places:
        present = seen[dates[index]].present
        if not changes or changes[-1][1] != present:
            changes.append((dates[index], present))
    gaps = [
        Gap(dates[left], dates[right], right - left - 1)
        for left, right in pairwise(places)
        if right - left > 1 and not _continuous(dates, left, right, seen)
    ]
    return Course(tuple(changes), tuple(gaps))


def find_presence(
    dates: Sequence[date],
    look: Callable[[date], Sighting],
    *,
    seen: Mapping[date, Sighting] | None = None,
    limit: int = DEFAULT_LIMIT,
    hints: Iterable[date] = (),
) -> Course:
    """Read versions by `look` until the course is proven or `limit` is reached."""
    known = dict(seen or {})
    wanted = tuple(hints)
    while (day := next_date(dates, known, limit=limit, hints=wanted)) is not None:
        known[day] = look(day)
    return course(dates, known)


def _around(dates: Sequence[date], hints: Iterable[date]) -> list[date]:
    """The version before and the first from each hint on."""
    around: list[date] = []
    for hint in hints:
        index = bisect_left(dates, hint)
        around += dates[max(0, index - 1) : index + 1]
    return around


def _between(dates: Sequence[date], left: int, right: int, cited: Iterable[date]) -> list[int]:
    """For each rule cited between two sightings: the last version before it."""
    return [bisect_left(dates, day) - 1 for day in cited if dates[left] < day <= dates[right]]


def _before_a_rule(
    dates: Sequence[date], left: int, right: int, seen: Mapping[date, Sighting]
) -> int | None:
    """Between two sightings that list the party: an unread version just before a cited rule."""
    one, other = seen[dates[left]], seen[dates[right]]
    if not (one.present and other.present) or other.cited is None:
        return None
    return max((at for at in _between(dates, left, right, other.cited) if at > left), default=None)


def _continuous(
    dates: Sequence[date], left: int, right: int, seen: Mapping[date, Sighting]
) -> bool:
    """Whether nothing can hide between two sightings (rule 2)."""
    one, other = seen[dates[left]], seen[dates[right]]
    if not (one.present and other.present) or other.cited is None:
        return False
    return all(at <= left for at in _between(dates, left, right, other.cited))
