"""The first state in a service whose sources are asked at the same time."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.schedule import SETTLING
from tests.ops.post import Post, until
from tests.upstream.server import Upstream


@pytest.mark.slow
def test_first_polls_at_once_do_not_wait_for_each_other_for_long(
    tmp_path: Path, upstream: Upstream
) -> None:
    """Each waits for the other's word; whoever comes last tells the first state there and then."""
    post = Post(tmp_path, upstream, sources=("csl", "ecfr"))
    upstream.csl.hangs(0.5)
    upstream.ecfr.hangs(0.5)
    with post.serve() as serving:
        assert until(lambda: "event baseline" in serving.log.read_text())
        told = {
            record["event"].partition(":")[0]: record["timestamp"] for record in serving.records()
        }
        assert serving.stops() == 0
    begun, known = (
        datetime.fromisoformat(told[name]) for name in ("polling ecfr", "event baseline")
    )
    assert timedelta() < known - begun < SETTLING / 2
