"""The clock is set back, by two hours or thirty days, and later right again.

Nothing is decided by that, no alert waits for the clock, and nothing looks fresh because of it.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.deliver import LEASE, PAUSES, TERM, deliver
from monitor.poll import check
from monitor.service import Service
from monitor.status.shapes import public_sources
from tests.notify.events import REMOVED
from tests.ops.aftermath import REMOVAL, begins, goes, is_caught, is_known, looks_and_tells, sent
from tests.ops.post import Post, kinds, looks, status, told
from tests.receivers import Recorder
from tests.upstream.parties import INSTITUTE
from tests.upstream.server import Upstream

BACK = [timedelta(hours=2), pytest.param(timedelta(days=30), marks=pytest.mark.slow)]


@pytest.fixture
def post(tmp_path: Path, upstream: Upstream, receiver: Recorder) -> Post:
    return Post(tmp_path, upstream, receiver)


@pytest.mark.parametrize("back", BACK, ids=str)
@pytest.mark.slow
def test_a_removal_while_the_clock_is_set_back(post: Post, back: timedelta) -> None:
    """Seen by the wrong clock it is told at once; by the right one it is confirmed, each once."""
    begins(post)
    post.clock.now -= back
    with post.service() as service:
        assert looks_and_tells(post, service) == []
        assert (status(service).state, status(service).fresh) == ("listed", True)
        post.upstream.delists(INSTITUTE)
        assert looks_and_tells(post, service) == ["removal_suspected"]
        post.clock.now += back
        assert looks_and_tells(post, service) == []
        post.upstream.delists(INSTITUTE, csl=False, ecfr=post.upstream.ecfr.newest)
        assert looks_and_tells(post, service) == [REMOVAL]
        assert looks_and_tells(post, service) == []
    assert sent(post) == ["removal_suspected", REMOVAL]


@pytest.mark.slow
def test_a_suspicion_from_the_future_is_confirmed_in_its_time(post: Post) -> None:
    """Suspected by a clock a month ahead: a day of looks by the right one confirms it, no month."""
    begins(post)
    post.upstream.delists(INSTITUTE, csl=False, ecfr=post.upstream.ecfr.newest)
    with post.service() as service:
        assert looks_and_tells(post, service) == ["removal_suspected"]
        post.clock.now -= timedelta(days=30)
        for _ in range(24):
            assert looks_and_tells(post, service) == []
        assert looks_and_tells(post, service) == [REMOVAL]
    assert sent(post) == ["removal_suspected", REMOVAL]


@pytest.mark.slow
@pytest.mark.parametrize("back", BACK, ids=str)
def test_a_removal_when_the_clock_is_right_again(post: Post, back: timedelta) -> None:
    """All the world went on by the wrong clock; the next true removal is caught by the right."""
    post.clock.now -= back
    begins(post)
    with post.service() as service:
        looks_and_tells(post, service)
    post.clock.now += back
    is_caught(post)


@pytest.mark.parametrize("back", BACK, ids=str)
@pytest.mark.slow
def test_alerts_that_wait_do_not_wait_for_the_clock(post: Post, back: timedelta) -> None:
    """Neither one never tried nor one to be tried again; and the receiver is not stormed."""
    assert post.receiver is not None
    begins(post)
    goes(post)
    post.receiver.fails()
    with post.service() as service:
        assert REMOVAL in looks_and_tells(post, service)
        tries = len(post.receiver.received)
        queued(service)
        post.clock.now -= back
        deliver(service)
        # Both, and the removal behind the one that is now refused for the second time.
        assert len(post.receiver.received) == tries + 3
        assert deliver(service) == [], "its back-off counts by the new clock"
        post.receiver.recovers()
        post.receiver.received.clear()
        post.clock.goes(minutes=5)
        while deliver(service):
            pass
    assert sorted(sent(post)) == [REMOVAL, REMOVAL, "removal_suspected"]


def queued(service: Service) -> None:
    """Another watch's removal, decided and not yet told to anybody."""
    event = replace(REMOVED, watch="another")
    with service.ledger.judging() as tx:
        tx.add_event(event, poll=None, at=service.clock())
        tx.add_notifications(
            event.id, [channel.id for channel in service.channels], service.clock()
        )


@pytest.mark.slow
@pytest.mark.parametrize("back", BACK, ids=str)
def test_the_claims_of_the_dead_end_though_the_clock_is_set_back(
    post: Post, back: timedelta
) -> None:
    """A sender and a poller died holding their claims; set back, both are taken over at once."""
    begins(post)
    goes(post)
    with post.service() as service:
        post.clock.goes(hours=1)
        check(service)
        now, ledger = post.clock.now, service.ledger
        with ledger.outbox() as outbox:
            (first,) = outbox.due(now, limit=1)
            assert outbox.claim(first.id, "dead", now, LEASE) is not None
            assert outbox.claim_poll("csl", "dead", now, LEASE)
        assert deliver(service) == []
        now = post.clock.goes(seconds=-back.total_seconds())
        with ledger.outbox() as outbox:
            assert outbox.claim_poll("csl", "alive", now, timedelta(seconds=45))
        deliver(service)
    is_known(post)


@pytest.mark.slow
def test_an_alert_is_not_given_up_because_the_clock_is_right_again(post: Post) -> None:
    """Tried once by a clock a month behind, its three days have not passed; hours of tries have."""
    assert post.receiver is not None
    begins(post)
    goes(post)
    post.clock.now -= timedelta(days=30)
    post.receiver.fails()
    with post.service() as service:
        assert REMOVAL in looks_and_tells(post, service)
        post.clock.now += timedelta(days=30)
        assert {one.outcome for one in deliver(service)} == {"retry"}
        post.clock.goes(hours=1)
        deliver(service)
        post.receiver.recovers()
        post.receiver.received.clear()
        post.clock.goes(hours=1)
        while deliver(service):
            pass
    is_known(post)
    assert timedelta(seconds=sum(PAUSES)) < TERM


@pytest.mark.slow
@pytest.mark.parametrize("back", BACK, ids=str)
def test_a_look_in_the_future_makes_nothing_fresh(post: Post, back: timedelta) -> None:
    """Nobody can look, and the last good look lies ahead of the clock: it cannot be told.

    It is said once, by the page and by an alert; the next good look makes it fresh again.
    """
    begins(post)
    post.upstream.csl.answers(503)
    post.upstream.ecfr.answers(503)
    post.clock.now -= back
    with post.service() as service:
        now = status(service)
        assert (now.state, now.fresh, now.last_known_state) == ("unknown", False, "listed")
        assert "since the clock was set back" in now.reasons[0]
        assert stale(service) == {"csl", "ecfr", "federal_register"}
        assert kinds(looks(service)) == ["watch_stale"]
        assert looks_and_tells(post, service) == []
        post.upstream.csl.recovers()
        post.upstream.ecfr.recovers()
        assert "watch_fresh" in looks_and_tells(post, service)
        assert status(service).fresh
        assert stale(service) == set()
        assert told(service).count("watch_stale") == 1
    post.clock.now += back
    is_caught(post)


def stale(service: Service) -> set[str]:
    with service.ledger.reading() as reading:
        found = public_sources(
            service, reading.memories(), reading.source_lists().values(), service.clock()
        )
    return {one.source for one in found if one.stale}
