"""The picture of a list's size over time, as a stepped line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.rendering.page import day_number
from monitor.screening.words.message import say

WIDTH, HEIGHT = 960, 220
LEFT, RIGHT, TOP, BOTTOM = 60, 950, 16, 190

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Chart:
    """The line and its axes, in drawing units."""

    path: str
    levels: tuple[tuple[float, str], ...]
    years: tuple[tuple[float, str], ...]
    summary: str


def chart(sizes: Sequence[tuple[str, int]], today: date) -> Chart | None:
    """The picture; None where fewer than two days are known."""
    if not sizes or sizes[0][0] >= today.isoformat():
        return None
    start, end = day_number(sizes[0][0]), day_number(today.isoformat())
    counts = [count for _, count in sizes]
    step = _round_step(max(counts))
    top = (max(counts) // step + 1) * step

    def x(day: str) -> float:
        return round(LEFT + (day_number(day) - start) / (end - start) * (RIGHT - LEFT), 1)

    def y(count: int) -> float:
        return round(BOTTOM - count / top * (BOTTOM - TOP), 1)

    steps = [f"M{x(sizes[0][0])} {y(sizes[0][1])}"]
    steps += [f"H{x(day)}V{y(count)}" for day, count in sizes[1:] if day <= today.isoformat()]
    years = range(int(sizes[0][0][:4]) + 1, today.year + 1)
    return Chart(
        path="".join([*steps, f"H{RIGHT}"]),
        levels=tuple((y(count), f"{count:,}") for count in range(0, top + 1, step)),
        years=tuple((x(f"{year}-01-01"), str(year)) for year in years),
        summary=say(
            "{first:,} rows on {day}, {now:,} now; at least {least:,}, at most {most:,}.",
            first=sizes[0][1],
            day=sizes[0][0],
            now=sizes[-1][1],
            least=min(counts),
            most=max(counts),
        ),
    )


def _round_step(most: int) -> int:
    """The smallest round number that gives at most five lines."""
    return next((step for step in _STEPS if most // step <= 5), _STEPS[-1])
