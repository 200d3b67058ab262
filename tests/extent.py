"""How far the long tests go: `LONG_SHARE` of their full size, all of it where nothing is said.

CI runs them at a fiftieth, so that they cannot rot; before a release they run whole.
"""

import os

SHARE = float(os.environ.get("LONG_SHARE", "1"))


def so_many(full: int, least: int = 1) -> int:
    """The share of a full number, and no less than makes sense."""
    return max(least, round(full * SHARE))


def stride() -> int:
    """Of so many steps one is taken."""
    return max(1, round(min(1 / SHARE, 12)))
