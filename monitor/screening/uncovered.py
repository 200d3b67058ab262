"""The times at which a row of one text adds a party that another text has not."""

from collections.abc import Iterable

Times = tuple[str, str | None]
"""ISO dates: the first day that holds a row, and the first that lacks it; None: it stands."""


def uncovered(times: Times, covers: Iterable[Times]) -> list[Times]:
    """What is left of a row's times when those of the rows that say the same are taken out."""
    begins, ends = times
    left = list[Times]()
    for start, end in sorted(covers, key=lambda one: one[0]):
        left.append((begins, start if ends is None else min(ends, start)))
        if end is None:
            break
        begins = max(begins, end)
    else:
        left.append((begins, ends))
    return [(first, last) for first, last in left if last is None or first < last]
