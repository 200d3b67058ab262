"""What is told again until someone takes note, what is summed up, and the sign of life."""

import asyncio
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import SourceFault
from monitor.notify.digest import Digest, SourceLooks, word_digest
from monitor.notify.heartbeat import Heartbeat, sign_url
from monitor.poll import check
from monitor.schedule import Running
from monitor.screening.entry import Reading
from monitor.screening.event import Kind
from monitor.screening.plausibility import Bounds
from monitor.sources.source import Fetched as Brought
from monitor.sources.source import Memory
from monitor.upkeep.reminders import last_due, remind
from tests.post import Post, hook, opened, post_office
from tests.receivers import Mailbox, Recorder

# Apprise imports a module that Python 3.13 leaves out; it minds that itself.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
def receiver() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def post(receiver: Recorder, tmp_path: Path) -> Iterator[Post]:
    """One webhook, reminders every six hours."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as made:
        made.service = replace(made.service, remind_every=timedelta(hours=6))
        yield made


def lives(post: Post, hours: int) -> None:
    """Hour by hour: remind, then deliver."""
    for _ in range(hours):
        post.passes(hours=1)
        remind(post.service)
        post.delivers()


def ids(receiver: Recorder) -> list[str]:
    return [got.headers["webhook-id"] for got in receiver.received]


def acknowledge(post: Post, event: str) -> None:
    with post.service.ledger.outbox() as outbox:
        assert outbox.acknowledge(event, "ann", post.now) is not None


def test_off_unless_asked_for(receiver: Recorder, post: Post) -> None:
    """Without `every` nothing is told twice."""
    post.service = replace(post.service, remind_every=None)
    post.tells()
    lives(post, 24)
    assert len(receiver.received) == 1


@pytest.mark.slow
def test_told_again_until_acknowledged(receiver: Recorder, post: Post) -> None:
    """Numbered, each with an id of its own, the event unchanged; then silence."""
    event = post.tells()
    post.delivers()
    lives(post, 13)
    first, second = (f"{event.id}_reminder_{number}" for number in (1, 2))
    assert ids(receiver) == [event.id, first, second]
    document = receiver.received[1].json()
    assert (document["id"], document["reminder"]) == (first, 1)
    assert document["type"] == "entity-monitor.removal_confirmed"
    assert document["data"]["id"] == event.id
    acknowledge(post, event.id)
    lives(post, 24)
    assert len(receiver.received) == 3


def test_mail_says_that_it_is_a_reminder(tmp_path: Path) -> None:
    """In the subject, the first line, and with the command that stops it."""
    with Mailbox(None) as mailbox:
        url = f"mailto://127.0.0.1:{mailbox.port}/?from=m@example.org&to=ann@example.org"
        with post_office(tmp_path, *opened(urls=[url])) as post:
            post.service = replace(post.service, remind_every=timedelta(hours=6))
            event = post.tells()
            post.delivers()
            lives(post, 6)
        (_, alert), (_, reminder) = mailbox.received
    assert reminder["Subject"].startswith("Reminder 1: Removed: Ministry of Public")
    assert reminder["References"] == alert["References"]
    assert reminder["X-Event-Id"] == f"{event.id}_reminder_1"
    body = reminder.get_body(("html",))
    assert body is not None
    assert f"entity-monitor acknowledge {event.id}" in body.get_content()


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if kind.value.split("_")[-1] not in {"announced", "confirmed"}]
)
def test_nothing_else_is_reminded_of(kind: Kind, post: Post) -> None:
    """Suspicions settle by themselves; operations and amendments are told once."""
    post.tells(kind)
    post.passes(days=2)
    assert remind(post.service) == 0


@pytest.mark.parametrize(
    "then", [Kind.REMOVAL_CANCELLED, Kind.REMOVAL_CONFIRMED, Kind.LISTING_CONFIRMED]
)
def test_what_is_no_longer_true_is_not_repeated(then: Kind, receiver: Recorder, post: Post) -> None:
    """An announcement that was called off or came true; the last word alone is told again."""
    announced, last = post.tells(Kind.REMOVAL_ANNOUNCED), post.tells(then)
    post.delivers()
    lives(post, 7)
    again = [] if then is Kind.REMOVAL_CANCELLED else [f"{last.id}_reminder_1"]
    assert ids(receiver) == [announced.id, last.id, *again]


@pytest.mark.slow
def test_reminders_do_not_pile_up(receiver: Recorder, post: Post) -> None:
    """A receiver that was down for two days gets the alert, not eight reminders of it."""
    receiver.fails()
    event = post.tells()
    lives(post, 48)
    receiver.recovers()
    receiver.received.clear()
    lives(post, 5)
    assert ids(receiver) == [event.id]


def test_acknowledged_while_a_reminder_waits(receiver: Recorder, post: Post) -> None:
    """The reminder that could not be sent yet is dropped, and says who took note."""
    event = post.tells()
    post.delivers()
    receiver.fails()
    lives(post, 7)
    acknowledge(post, event.id)
    receiver.recovers()
    receiver.received.clear()
    lives(post, 12)
    assert receiver.received == []
    assert [(letter.note, letter.reason) for letter in post.letters("skipped")] == [
        ("reminder:1", "acknowledged by ann")
    ]


def test_two_processes_remind_once(receiver: Recorder, tmp_path: Path, database_url: str) -> None:
    """Whoever is second finds it done, on either database; what was queued is delivered."""
    channels = opened(hook(receiver.url))
    with (
        post_office(tmp_path, *channels, url=database_url) as one,
        post_office(tmp_path, *channels, url=database_url) as two,
    ):
        for each in (one, two):
            each.service = replace(each.service, remind_every=timedelta(hours=6), digest="daily")
        one.tells()
        one.delivers()
        for hours in (25, 25):
            for each in (one, two):
                each.passes(hours=hours)
            assert [remind(one.service) > 0, remind(two.service)] == [True, 0]
            polled(one, "csl", "unchanged")
            assert {done.outcome for done in two.delivers()} == {"sent"}
        assert two.delivers() == one.delivers() == []


# -- the digest


def polled(post: Post, source: str, outcome: str) -> None:
    with post.service.ledger.judging() as tx:
        tx.close_poll(tx.add_poll(source, post.now, outcome), outcome=outcome)


@pytest.mark.slow
def test_a_digest_a_day(receiver: Recorder, post: Post) -> None:
    """The first day begins the count; then one a day, at the same hour, with what was done."""
    post.service = replace(post.service, remind_every=None, digest="daily")
    for hour in range(72):
        polled(post, "csl", "failed" if hour == 30 else "unchanged")
        remind(post.service)
        post.delivers()
        post.passes(hours=1)
    told = [got.json() for got in receiver.received]
    assert [one["type"] for one in told] == ["entity-monitor.digest"] * 3
    assert [one["time"][11:] for one in told] == ["12:00:00Z"] * 3
    assert [one["data"]["looks"][0]["polls"] for one in told] == [22, 24, 24]
    assert [one["data"]["looks"][0]["good"] for one in told] == [22, 23, 24]
    assert len(set(ids(receiver))) == 3


def test_a_digest_that_was_not_taken_is_sent_again(receiver: Recorder, post: Post) -> None:
    """It goes through the same outbox as alerts: tried again, with the same id."""
    post.service = replace(post.service, remind_every=None, digest="daily")
    remind(post.service)
    post.passes(days=1)
    receiver.fails()
    remind(post.service)
    post.delivers()
    receiver.recovers()
    post.passes(hours=1)
    event = post.tells()
    post.delivers()
    assert sorted(ids(receiver)) == sorted([*[ids(receiver)[0]] * 2, event.id])
    post.passes(hours=12)
    receiver.refuses(410)
    post.passes(days=1)
    remind(post.service)
    assert [one.outcome for one in post.delivers()] == ["dead"]
    assert post.kinds() == ["removal_confirmed", "delivery_failed"]


def test_when_a_digest_is_due() -> None:
    """At noon UTC; a weekly one on Mondays."""
    friday = datetime(2023, 11, 17, 11, 59, tzinfo=UTC)
    assert last_due(friday, "daily") == datetime(2023, 11, 16, 12, tzinfo=UTC)
    assert last_due(friday + timedelta(minutes=1), "daily") == friday + timedelta(minutes=1)
    assert last_due(friday, "weekly") == datetime(2023, 11, 13, 12, tzinfo=UTC)
    monday = datetime(2023, 11, 13, 11, tzinfo=UTC)
    assert last_due(monday, "weekly") == datetime(2023, 11, 6, 12, tzinfo=UTC)


def test_a_digest_never_calms_falsely() -> None:
    """Failed looks and a watch that nobody can tell of stand in its first line."""
    digest = Digest(
        id="digest_x", since="2023-11-16T12:00:00Z", until="2023-11-17T12:00:00Z",
        looks=(SourceLooks("csl", 24, 20, "2023-11-17T11:25:00Z"), SourceLooks("ecfr", 1, 1, None)),
        happenings=(), states=("X is on the Entity List.",), unsure=1,
    )  # fmt: skip
    assert digest.headline() == (
        "25 polls (4 failed) since 2023-11-16 12:00 UTC: nothing changed; "
        "1 watch with unknown status."
    )
    wording = word_digest(digest, None)
    assert wording.subject == "Digest to 2023-11-17: nothing changed, 1 unknown"
    for form in (wording.text(), wording.html()):
        assert "Consolidated Screening List" in form
        assert "X is on the Entity List." in form
    nobody_looked = replace(digest, looks=(), unsure=0)
    assert nobody_looked.headline() == (
        "No checks ran since 2023-11-16 12:00 UTC, so changes are unknown."
    )


# -- the heartbeat


@pytest.mark.slow
def test_a_round_gives_a_sign_before_and_after(
    receiver: Recorder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Start, then success; a watchdog that fails or hangs costs a line without the URL."""
    url = f"{receiver.url}/s3cr3t-uuid"
    with post_office(tmp_path) as post:
        for trouble in (receiver.recovers, receiver.fails, receiver.hangs):
            trouble()
            heartbeat = Heartbeat(url, timeout=2.0)
            post.service = replace(post.service, heartbeat=heartbeat)
            begun = time.monotonic()
            with heartbeat.open():
                assert check(post.service).all_good
                assert time.monotonic() - begun < 1.5
    assert [got.path for got in receiver.received][:4] == [
        "/s3cr3t-uuid/start", "/s3cr3t-uuid", "/s3cr3t-uuid/start", "/s3cr3t-uuid",
    ]  # fmt: skip
    warnings = [
        record.getMessage() for record in caplog.records if record.levelno == logging.WARNING
    ]
    assert len(warnings) == 4
    assert "s3cr3t" not in caplog.text
    assert "s3cr3t" not in repr(post.service)


class Failing:
    """A source that never brings anything."""

    name = "csl"

    def look(self, memory: Memory) -> Brought:
        raise SourceFault("no answer")

    def read(self, body: bytes, media: str, lists: frozenset[str]) -> Reading:
        raise SourceFault("no answer")


@pytest.mark.slow
def test_a_scheduled_poll_gives_signs(receiver: Recorder, post: Post) -> None:
    """Start, then `/fail`, for the last poll of a source was not good."""
    heartbeat = Heartbeat(f"{receiver.url}/uuid")
    post.service = replace(
        post.service, heartbeat=heartbeat, list_sources={"csl": Failing()},
        enabled=frozenset({"csl"}), stale_after={"csl": 3600.0},
        bounds={"csl": Bounds({}, 0.5, ())},
    )  # fmt: skip

    async def serve() -> None:
        running = Running(post.service, {"csl": lambda now: now + timedelta(hours=1)})
        await running.start()
        for _ in range(500):
            if len(receiver.received) >= 2:
                break
            await asyncio.sleep(0.02)
        await running.stop()

    with heartbeat.open():
        asyncio.run(serve())
    assert [got.path for got in receiver.received] == ["/uuid/start", "/uuid/fail"]


def test_a_bad_round_says_so(receiver: Recorder) -> None:
    """`/fail` where a source was not good, before the query of the URL."""
    heartbeat = Heartbeat(f"{receiver.url}/uuid/?rid=1")
    with heartbeat.open():
        heartbeat.ends(good=False)
    assert [got.path for got in receiver.received] == ["/uuid/fail?rid=1"]
    assert sign_url("https://hc.example/a", "") == "https://hc.example/a"


def test_signs_that_wait_are_few(receiver: Recorder) -> None:
    """A watchdog that hangs does not gather a crowd."""
    receiver.hangs()
    heartbeat = Heartbeat(f"{receiver.url}/uuid", timeout=0.1)
    with heartbeat.open():
        for _ in range(50):
            heartbeat.begins()
    assert len(receiver.received) <= 4
