"""What goes before what: the order in a watch, the order of urgency, and channels left alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.screening.event import Kind
from tests.post import hook, opened, post_office
from tests.receivers import Recorder


@pytest.fixture
def receiver() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


def ids(receiver: Recorder) -> list[str]:
    return [got.headers["webhook-id"] for got in receiver.received]


@pytest.mark.parametrize("status", [413, 500])
def test_an_event_that_is_always_refused_holds_back_no_later_one(
    status: int, receiver: Recorder, tmp_path: Path
) -> None:
    """The receiver cannot take one message; the confirmation behind it arrives in a minute."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        bad = post.tells(Kind.REMOVAL_SUSPECTED)
        good = post.tells(Kind.REMOVAL_CONFIRMED)
        receiver.refuses_what_holds(bad.id.encode(), status)
        post.delivers()
        assert ids(receiver) == [bad.id], "order is kept while things go well"
        post.lives(hours=0.05, every=0.25)
        assert good.id in ids(receiver)
        sent = {one.event for one in post.letters("sent")}
        assert sent == {good.id}


def test_order_is_kept_over_a_short_fault(receiver: Recorder, tmp_path: Path) -> None:
    """One failed try, and the watch's story is still told from its beginning."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        told = [post.tells(kind) for kind in (Kind.REMOVAL_SUSPECTED, Kind.REMOVAL_CONFIRMED)]
        receiver.fails()
        post.delivers()
        receiver.recovers()
        receiver.received.clear()
        post.lives(hours=0.02, every=0.25)
        assert ids(receiver) == [event.id for event in told]


def test_removals_go_before_all_else(receiver: Recorder, tmp_path: Path) -> None:
    """Though they were decided last and the others wait longer."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        later = [
            post.tells(Kind.SOURCE_FAILING, watch=None),
            post.tells(Kind.ENTRY_AMENDED, watch="another"),
        ]
        first = post.tells(Kind.REMOVAL_CONFIRMED)
        post.delivers()
        assert ids(receiver) == [first.id, *(event.id for event in later)]


def test_the_second_removal_of_a_watch_goes_before_all_else_too(
    receiver: Recorder, tmp_path: Path
) -> None:
    """Freed by the first, it does not wait for what is of less weight."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        other = post.tells(Kind.SOURCE_FAILING, watch=None)
        first = post.tells(Kind.REMOVAL_SUSPECTED)
        second = post.tells(Kind.REMOVAL_CONFIRMED)
        post.delivers()
        assert ids(receiver) == [first.id, second.id, other.id]


@pytest.mark.parametrize(("status", "asked"), [(429, 600), (503, 600), (429, None)])
@pytest.mark.slow
def test_a_burst_waits_where_the_channel_asks_for_it(
    status: int, asked: float | None, receiver: Recorder, tmp_path: Path
) -> None:
    """Nothing else of the channel goes out meanwhile, not even what is decided then."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        for number in range(5):
            post.tells(watch=f"watch-{number}")
        receiver.answers(status, retry_after=asked)
        post.delivers()
        assert len(receiver.received) == 1
        receiver.recovers()
        post.passes(seconds=(asked or 60) - 2)
        post.tells(watch="new")
        assert post.delivers() == []
        post.passes(seconds=3)
        post.delivers()
        post.lives(hours=0.1, every=1)
        assert len(receiver.received) == 1 + 6
        assert len(post.letters("sent")) == 6


def test_another_channel_does_not_rest(receiver: Recorder, tmp_path: Path) -> None:
    """And a clock that is set back ends a rest that no clock could have granted."""
    with (
        Recorder() as healthy,
        post_office(
            tmp_path, *opened(hook(receiver.url, "full"), hook(healthy.url, "well"))
        ) as post,
    ):
        receiver.answers(429, retry_after=86_400)
        for number in range(3):
            post.tells(watch=f"watch-{number}")
        post.delivers()
        assert (len(receiver.received), len(healthy.received)) == (1, 3)
        receiver.recovers()
        post.passes(days=-2)
        post.delivers()
        assert len(post.letters("sent")) == 6
