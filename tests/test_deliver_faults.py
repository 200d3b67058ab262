"""Receivers that fail in every way for days, and those beside them that must not notice."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from monitor.deliver import LEASE
from monitor.notify.channels import Channel
from monitor.schedule import Running
from monitor.screening.event import Kind
from tests.notify.events import REMOVED
from tests.post import hook, opened, post_office
from tests.receivers import Mailbox, Recorder

# Apprise imports a module that Python 3.13 leaves out; it minds that itself.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
def receiver() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def healthy() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


TROUBLES: dict[str, Callable[[Recorder], None]] = {
    "500": lambda receiver: receiver.fails(500),
    "429 with Retry-After": lambda receiver: receiver.answers(429, retry_after=1200),
    "connection cut": lambda receiver: receiver.cuts(),
    "503 with a date": lambda receiver: receiver.answers(
        503, retry_after="Fri, 17 Nov 2023 18:00:00 GMT"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "trouble",
    [one if one == "500" else pytest.param(one, marks=pytest.mark.slow) for one in TROUBLES],
)
@pytest.mark.parametrize("sort", ["webhook", "apprise"])
def test_down_for_two_days_and_told_once_when_back(
    trouble: str, sort: str, receiver: Recorder, tmp_path: Path
) -> None:
    """Every try has the same id, the pauses grow to hours, and one delivery counts."""
    channels = (
        opened(hook(receiver.url))
        if sort == "webhook"
        else opened(urls=[f"json://{receiver.netloc}/hook"])
    )
    TROUBLES[trouble](receiver)
    with post_office(tmp_path, *channels) as post:
        event = post.tells()
        post.delivers()
        tried = post.lives(hours=48, every=120)
        assert {one.outcome for one in tried} == {"retry"}
        assert 12 <= len(tried) <= 25
        receiver.recovers()
        after = post.lives(hours=6, every=180)
        assert [(one.event, one.outcome) for one in after] == [(event.id, "sent")]
        assert post.lives(hours=6, every=180) == []
        assert post.letters("pending", "dead") == []
        assert post.kinds() == ["removal_confirmed"]
    if sort == "webhook":
        assert {got.headers["webhook-id"] for got in receiver.received} == {event.id}
    else:
        assert {got.json()["message"].split("Event ")[1][:35] for got in receiver.received} == {
            event.id
        }


@pytest.mark.slow
@pytest.mark.parametrize("sort", [pytest.param("webhook", marks=pytest.mark.slow), "apprise"])
def test_hanging_for_days_costs_each_try_its_limit(
    sort: str, receiver: Recorder, healthy: Recorder, tmp_path: Path
) -> None:
    """A receiver that takes the request and says nothing is tried again with the same id."""
    hanging = (
        opened(hook(receiver.url), timeout=0.1)
        if sort == "webhook"
        else opened(urls=[f"json://{receiver.netloc}/hook"], timeout=0.1)
    )
    receiver.hangs()
    with post_office(tmp_path, *hanging, *opened(hook(healthy.url, "healthy"))) as post:
        post.tells()
        post.delivers()
        tried = post.lives(hours=48, every=240)
        assert len(healthy.received) == 1
        assert {one.outcome for one in tried} == {"retry"}
        receiver.recovers()
        assert [one.outcome for one in post.lives(hours=12, every=240)] == ["sent"]
    ids = {got.headers.get("webhook-id", "") for got in receiver.received}
    assert len(ids) == 1


def test_retry_after_is_heeded(receiver: Recorder, tmp_path: Path) -> None:
    """A receiver that asks for an hour is left alone for an hour."""
    receiver.answers(429, retry_after=3600)
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        post.tells()
        post.delivers()
        post.lives(hours=0.95, every=1)
        assert len(receiver.received) == 1
        post.lives(hours=0.1, every=1)
        assert len(receiver.received) == 2


def test_gone_is_a_dead_letter_and_operations_are_told(
    receiver: Recorder, healthy: Recorder, tmp_path: Path
) -> None:
    """410 ends it at once; the others have the alert, and operations hear of it in the same run."""
    receiver.refuses(410)
    channels = opened(hook(receiver.url), hook(healthy.url, "operations"))
    with post_office(tmp_path, *channels) as post:
        event = post.tells()
        outcomes = {(one.channel, one.outcome) for one in post.delivers()}
        assert outcomes == {("webhook:legal", "dead"), ("webhook:operations", "sent")}
        told = [got.json() for got in healthy.received]
        assert [one["type"] for one in told] == [
            "entity-monitor.removal_confirmed", "entity-monitor.delivery_failed",
        ]  # fmt: skip
        assert event.id in told[1]["data"]["summary"]
        assert "answered 410" in told[1]["data"]["summary"]
        (dead,) = post.letters("dead")
        assert f"notifications retry {dead.id}" in told[1]["data"]["summary"]
        assert post.lives(hours=24, every=120) == []
        assert post.kinds() == ["removal_confirmed", "delivery_failed"]


@pytest.mark.slow
def test_a_bad_mail_address_ends_for_that_address_alone(tmp_path: Path) -> None:
    """550 for one recipient of two: a dead letter for him, the mail for her."""
    with Mailbox(None) as mailbox:
        mailbox.refuses("bob@example.org")
        url = (
            f"mailto://127.0.0.1:{mailbox.port}/?from=m@example.org"
            "&to=ann@example.org,bob@example.org"
        )
        with post_office(tmp_path, *opened(urls=[url])) as post:
            post.tells()
            assert sorted(one.outcome for one in post.delivers()) == ["dead", "sent", "sent"]
        to = [recipients for recipients, _ in mailbox.received]
    assert to == [["ann@example.org"], ["ann@example.org"]]


@pytest.mark.slow
def test_three_days_and_no_longer(receiver: Recorder, tmp_path: Path) -> None:
    """The term ends in a dead letter, told once; sent again by hand it has a term of its own."""
    receiver.fails()
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        event = post.tells()
        post.delivers()
        assert post.lives(hours=70, every=120)[-1].outcome == "retry"
        assert [one.outcome for one in post.lives(hours=8, every=120)][-1] == "dead"
        assert post.lives(hours=24, every=240) == []
        (dead,) = post.letters("dead")
        with post.service.ledger.outbox() as outbox:
            assert outbox.retry([dead.id], post.now) == 1
        post.delivers()
        post.lives(hours=78, every=360)
        assert post.kinds() == ["removal_confirmed", "delivery_failed", "delivery_failed"]
        with post.service.ledger.outbox() as outbox:
            outbox.retry([dead.id], post.now)
        receiver.recovers()
        sent = [one.event for one in post.lives(hours=6, every=60) if one.outcome == "sent"]
        assert event.id in sent


def test_a_dead_message_about_a_dead_letter_is_not_told(receiver: Recorder, tmp_path: Path) -> None:
    """Two receivers gone: each is told of the other's letter once, and there it ends."""
    receiver.refuses(410)
    with post_office(
        tmp_path, *opened(hook(receiver.url, "one"), hook(receiver.url, "two"))
    ) as post:
        post.tells()
        post.delivers()
        post.lives(hours=2, every=60)
        assert post.kinds() == ["removal_confirmed", "delivery_failed", "delivery_failed"]
        assert len(post.letters("dead")) == 4


@pytest.mark.slow
def test_a_fault_in_a_channel_is_tried_again_and_costs_no_other(
    healthy: Recorder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An exception where a receipt should be is told by its kind alone, and is not for good."""

    class Broken:
        id = "webhook:broken"
        faults = 1

        def __getattr__(self, name: str) -> object:
            return getattr(opened(hook(healthy.url, "broken"))[0], name)

        def send(self, *_: object, **__: object) -> object:
            if self.faults:
                self.faults -= 1
                raise KeyError("https://token@secret.example/")
            return opened(hook(healthy.url, "broken"))[0].send(REMOVED, at=post.now, case=None)

    broken: Channel = Broken()  # type: ignore[assignment]
    with post_office(tmp_path, broken, *opened(hook(healthy.url, "healthy"))) as post:
        post.tells()
        assert {(one.channel, one.outcome) for one in post.delivers()} == {
            ("webhook:broken", "retry"), ("webhook:healthy", "sent"),
        }  # fmt: skip
        (waiting,) = post.letters("pending")
        assert waiting.reason == "internal error in the channel: KeyError"
        assert "secret" not in caplog.text
        assert [one.outcome for one in post.lives(hours=1)] == ["sent"]


def hanging_and_healthy(stack: ExitStack, timeout: float) -> tuple[tuple[Channel, ...], Recorder]:
    """Eight receivers that hang, of both sorts, and a healthy one that comes last."""
    hang = [stack.enter_context(Recorder()) for _ in range(8)]
    for one in hang:
        one.hangs()
    well = stack.enter_context(Recorder())
    channels = opened(
        *(hook(one.url, f"a{at}") for at, one in enumerate(hang[:4])),
        hook(well.url, "z"),
        urls=[f"json://{one.netloc}/x" for one in hang[4:]],
        timeout=timeout,
    )
    return channels, well


def soon(reached: Callable[[], bool], within: float) -> float:
    """Seconds until it was so."""
    begun = time.monotonic()
    while not reached():
        assert time.monotonic() - begun < within
        time.sleep(0.01)
    return time.monotonic() - begun


@pytest.mark.slow
def test_eight_hang_and_the_ninth_is_told_within_two_seconds(tmp_path: Path) -> None:
    """In one round: the healthy one at once, the hanging ones for their limit and no longer."""
    with ExitStack() as stack:
        channels, well = hanging_and_healthy(stack, timeout=2.5)
        post = stack.enter_context(post_office(tmp_path, *channels))
        for number in range(3):
            post.tells(watch=f"watch-{number}")
        begun, at = time.monotonic(), [0.0]

        def third() -> bool:
            at[0] = time.monotonic()
            return len(well.received) == 3

        pool = stack.enter_context(_thread(post.delivers))
        soon(third, within=2.0)
        assert at[0] - begun < 2.0
        deliveries = pool()
        # Three alerts wait for each of the eight, yet each is waited for once.
        assert time.monotonic() - begun < 2 * 2.5
        assert [delivery.outcome for delivery in deliveries].count("sent") == 3
        assert [delivery.outcome for delivery in deliveries].count("retry") == 8


@pytest.mark.slow
def test_eight_hang_while_serving_and_the_ninth_is_told(tmp_path: Path) -> None:
    """The scheduler tells the healthy one within two seconds, again and again."""

    async def serve(running: Running, check: Callable[[], None]) -> None:
        await running.start()
        try:
            await asyncio.to_thread(check)
        finally:
            await running.stop()

    with ExitStack() as stack:
        channels, well = hanging_and_healthy(stack, timeout=3.0)
        post = stack.enter_context(post_office(tmp_path, *channels))

        def check() -> None:
            for number in range(1, 3):
                post.tells(watch=f"watch-{number}")
                soon(lambda count=number: len(well.received) == count, within=2.0)  # type: ignore[misc]

        asyncio.run(serve(Running(post.service, {}), check))


def test_an_alert_is_taken_over_when_its_sender_died(receiver: Recorder, tmp_path: Path) -> None:
    """A claim without a receipt holds for its lease; then any process sends, with the same id."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        event = post.tells(Kind.REMOVAL_ANNOUNCED)
        (waiting,) = post.letters("pending")
        with post.service.ledger.outbox() as outbox:
            assert outbox.claim(waiting.id, "a process that died", post.now, LEASE) is not None
        post.passes(seconds=LEASE.total_seconds() - 1)
        assert post.delivers() == []
        post.passes(seconds=1)
        assert [(one.event, one.outcome) for one in post.delivers()] == [(event.id, "sent")]


class _thread:  # noqa: N801 - reads as a function
    """Runs in a thread; the call gives its result."""

    def __init__(self, work: Callable[[], object]) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._pool = ThreadPoolExecutor(1)
        self._done = self._pool.submit(work)

    def __enter__(self) -> Callable[[], list]:  # type: ignore[type-arg]
        return lambda: self._done.result(timeout=30)  # type: ignore[return-value]

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True)
