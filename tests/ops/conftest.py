"""The small world of hosts, furnished, with the institute listed."""

from collections.abc import Iterator

import pytest

from tests.ops.post import TODAY
from tests.receivers import Recorder
from tests.upstream.server import Upstream


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream(TODAY) as world:
        yield world.is_furnished(20)


@pytest.fixture
def receiver() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder
