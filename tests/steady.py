"""How examples are drawn, as a plugin of its own: also for runs that need nothing else of conftest.

HYPOTHESIS_PROFILE=steady (the default) draws the same examples in every run, so that a fault is one
of the change under test; `wide` looks for others, and for many more of them.
"""

import os

from hypothesis import settings


def pytest_configure() -> None:
    """Registers the profiles and takes the one that is asked for."""
    settings.register_profile("steady", max_examples=25, derandomize=True, deadline=None)
    settings.register_profile("wide", max_examples=3000, deadline=None, print_blob=True)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
