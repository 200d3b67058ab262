"""A database that came up empty or older than it was: told, with what could be missed."""

import json
import shutil
from pathlib import Path

import pytest

from tests.ops.aftermath import begins, goes, looks_and_tells, sent
from tests.ops.post import Post, kinds, looks
from tests.receivers import Recorder
from tests.upstream.server import Upstream

TITLE = "The database is"


@pytest.fixture
def post(tmp_path: Path, upstream: Upstream, receiver: Recorder) -> Post:
    return Post(tmp_path, upstream, receiver)


def database(post: Post) -> Path:
    assert post.data is not None
    return post.data / "monitor.db"


def titles(post: Post) -> list[str]:
    assert post.receiver is not None
    said = [one.json()["data"]["title"] for one in post.receiver.received]
    return [title for title in said if title.startswith(TITLE)]


@pytest.mark.sqlite
@pytest.mark.slow
def test_an_empty_store_where_there_was_one_is_told(post: Post) -> None:
    """Once, to operations; the baseline says what may have been missed meanwhile."""
    begins(post)
    for file in database(post).parent.glob("monitor.db*"):
        file.unlink()
    goes(post)
    with post.service() as service:
        post.clock.goes(hours=1)
        checked = looks(service)
        assert kinds(checked) == ["format_changed", "baseline"]
        assert "empty" in checked.events[0].title
        assert "may already have been announced" in checked.events[1].summary
        assert looks_and_tells(post, service) == []
    assert titles(post) == ["The database is empty: changes may have been missed"]


@pytest.mark.sqlite
@pytest.mark.slow
def test_an_older_store_is_told_and_what_left_since_is_told_now(post: Post) -> None:
    """A copy from before is put back; the removal after it is found anew."""
    begins(post)
    older = database(post).with_name("older.db")
    shutil.copy(database(post), older)
    with post.service() as service:
        looks_and_tells(post, service)
    for file in database(post).parent.glob("monitor.db*"):
        file.unlink()
    shutil.copy(older, database(post))
    goes(post)
    with post.service() as service:
        assert looks_and_tells(post, service)[0] == "format_changed"
        assert looks_and_tells(post, service) == []
    assert "removal_confirmed" in sent(post)
    assert titles(post) == ["The database is older than before: changes may have been missed"]


@pytest.mark.slow
def test_a_whole_store_and_a_broken_mark_are_no_loss(post: Post) -> None:
    """Nothing is told where nothing is missing."""
    begins(post)
    assert post.data is not None
    mark = post.data / "last-poll.json"
    assert json.loads(mark.read_text())["poll"] == 3
    with post.service() as service:
        assert looks_and_tells(post, service) == []
    mark.write_text("{")
    with post.service() as service:
        assert looks_and_tells(post, service) == []
    assert titles(post) == []
