"""Many things in few words: how many stand where, the first names, and how many more there are."""

from collections import Counter
from collections.abc import Iterable, Sequence

from monitor.screening.destinations import country_name
from monitor.screening.words.message import Message, joined, say


def by_country(countries: Iterable[str | None]) -> list[tuple[Message, int]]:
    """How many there are of each country, by its name, the most first."""
    counts = Counter(map(country_name, countries))
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def places(counts: Sequence[tuple[Message, int]], most: int | None = None) -> Message:
    """The countries with their counts; one alone without.

    >>> places([("China", 2), ("Russia", 1)]), places([("China", 2)])
    ('China 2, Russia 1', 'China')
    >>> places([("China", 2), ("Russia", 1), ("Iran", 1)], most=1)
    'China 2 and 2 more'
    """
    if len(counts) == 1:
        return joined("", (counts[0][0],))
    said = joined(
        ", ", (say("{place} {count}", place=place, count=count) for place, count in counts[:most])
    )
    more = len(counts) - most if most is not None else 0
    return say("{places} and {count} more", places=said, count=more) if more > 0 else said


def names_of(names: Sequence[str], total: int) -> Message:
    """Names that are shown, and how many of all are not.

    >>> names_of(["A", "B"], 2), names_of(["A", "B"], 5)
    ('A; B', 'A; B and 3 more')
    """
    said, more = joined("; ", names), total - len(names)
    return say("{names} and {count:,} more", names=said, count=more) if more > 0 else said


def listed(parts: Sequence[str]) -> Message:
    """The parts as one writes them.

    >>> listed(["A"]), listed(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return joined(" and ", (joined(", ", parts[:-1]), *parts[-1:]))
