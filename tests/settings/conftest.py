"""A config folder of its own for every test."""

from pathlib import Path

import pytest

from tests.settings.folders import SOURCES, WATCHLIST, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with one watch and no source."""
    return Folder(tmp_path).says(watchlist=WATCHLIST, sources=SOURCES)
