"""How far the long tests go: `LONG_SHARE` of their full size, all of it where nothing is said.

CI runs them at a fiftieth, so that they cannot rot; before a release they run whole.
"""

import os
from collections.abc import Iterable
from typing import Any

import pytest

FIGURES = "figures"
"""The property under which a long test leaves what it measured: all are printed at the end."""
SHARE = float(os.environ.get("LONG_SHARE", "1"))


def so_many(full: int, least: int = 1) -> int:
    """The share of a full number, and no less than makes sense."""
    return max(least, round(full * SHARE))


def stride() -> int:
    """Of so many steps one is taken."""
    return max(1, round(min(1 / SHARE, 12)))


def mostly_slow(values: Iterable[Any], *, quick: int) -> list[Any]:
    """Every `quick`th value stays in the quick tests, the others go to the slow ones."""
    return [
        value if at % quick == 0 else pytest.param(value, marks=pytest.mark.slow)
        for at, value in enumerate(values)
    ]
