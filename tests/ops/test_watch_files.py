"""The watch file of a running service is edited: one process over SQLite, two over PostgreSQL."""

import json
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.installed import WATCH, write
from tests.ops.post import Post, Serving, told, until
from tests.receivers import Recorder
from tests.upstream.server import Upstream

pytestmark = pytest.mark.slow

MINUTE = 60.0
BANNER = 'role="alert"'
NEW = {"id": "belt", "name": "Bharat Electronics Limited (BEL)"}


def states(serving: Serving) -> dict[str, str]:
    said = (serving.asks("/status") or {"watches": []})["watches"]
    return {status["watch"]: status["state"] for status in said}


def test_a_watch_is_added_the_file_breaks_and_is_mended(
    database_url: str, tmp_path: Path, upstream: Upstream, receiver: Recorder
) -> None:
    """The state within a minute, its baseline once; the mistake once; nothing of the mending."""
    post = Post(tmp_path, upstream, receiver, database_url)
    config = tmp_path / "config"
    count = 2 if database_url.startswith("postgresql") else 1
    with ExitStack() as stack:
        running = [stack.enter_context(post.serve()) for _ in range(count)]
        assert all(one.is_ready() for one in running)
        before = {"mps-ifs": "listed"}
        assert until(lambda: all(states(one) == before for one in running))
        write(config, "watchlist.yaml", {"watches": [WATCH, NEW]})
        both = {**before, "belt": "listed"}
        assert until(lambda: all(states(one) == both for one in running), MINUTE)
        assert all("Bharat Electronics" in one.asks("/watch/belt") for one in running)
        (config / "watchlist.yaml").write_text("watches: [{id: 1")
        broken = "entity-monitor.format_changed"
        assert until(lambda: any(broken.encode() in got.body for got in receiver.received), MINUTE)
        assert all(BANNER in one.asks("/") for one in running)
        write(config, "watchlist.yaml", {"watches": [NEW]})
        assert until(lambda: all(states(one) == {"belt": "listed"} for one in running), MINUTE)
        assert not any(BANNER in one.asks("/") for one in running)
        assert [one.stops() for one in running] == [0] * count
    sent = [json.loads(got.body)["type"] for got in receiver.received]
    assert sent == [broken]
    with post.service() as service:
        assert Counter(told(service)) == {"baseline": 2, "format_changed": 1}
