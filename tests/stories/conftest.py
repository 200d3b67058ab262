"""A story of its own for each test, beside an upstream that nobody has furnished yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.story import Story
from tests.upstream.server import Upstream


@pytest.fixture
def up() -> Iterator[Upstream]:
    """It is asked without a socket."""
    made = Upstream()
    yield made
    made.stop()


@pytest.fixture
def story(up: Upstream, tmp_path: Path) -> Iterator[Story]:
    """It has not begun."""
    made = Story(up, tmp_path)
    yield made
    made.ends()
