"""Order, leases, dead letters and their commands, and the death of a sender at every step."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.deliver import LEASE, PAUSES, deliver, pause
from monitor.ledger.tables import EventRow, NotificationRow
from monitor.notify.receipt import Outcome, Receipt
from monitor.screening.event import Kind
from tests.databases import DATABASES
from tests.extent import stride
from tests.installed import SECRET
from tests.post import START, hook, opened, post_office
from tests.receivers import Received, Recorder

# Apprise imports a module that Python 3.13 leaves out; it minds that itself.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
def receiver() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


def ids(receiver: Recorder) -> list[str]:
    return [got.headers["webhook-id"] for got in receiver.received]


def test_a_watch_is_told_in_order_in_a_single_run(receiver: Recorder, tmp_path: Path) -> None:
    """Announced, then confirmed, both within one round and never the other way round."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        told = [post.tells(Kind.REMOVAL_ANNOUNCED), post.tells(Kind.REMOVAL_CONFIRMED)]
        assert [one.outcome for one in post.delivers()] == ["sent", "sent"]
    assert ids(receiver) == [event.id for event in told]


def test_what_waits_holds_back_its_own_watch_alone(receiver: Recorder, tmp_path: Path) -> None:
    """Another watch, and what concerns none, goes on; the next of the same watch does not."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        receiver.fails()
        first = post.tells(Kind.REMOVAL_ANNOUNCED)
        post.delivers()
        receiver.recovers()
        receiver.received.clear()
        second = post.tells(Kind.REMOVAL_CONFIRMED)
        other, operations = post.tells(watch="other"), post.tells(Kind.SOURCE_FAILING, None)
        post.delivers()
        assert ids(receiver) == [other.id, operations.id]
        post.passes(minutes=1)
        post.delivers()
        assert ids(receiver)[2:] == [first.id, second.id]


def test_an_amendment_that_is_refused_holds_up_no_removal(
    receiver: Recorder, tmp_path: Path
) -> None:
    """What weighs less never stands before a removal of the same watch."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        receiver.fails()
        post.tells(Kind.ENTRY_AMENDED)
        post.delivers()
        receiver.recovers()
        receiver.received.clear()
        removal = post.tells(Kind.REMOVAL_CONFIRMED)
        post.delivers()
        assert ids(receiver) == [removal.id]


def test_a_dead_letter_lets_the_next_go(receiver: Recorder, tmp_path: Path) -> None:
    """Order is kept among what can still be sent."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        receiver.refuses(410)
        first = post.tells(Kind.REMOVAL_ANNOUNCED)
        post.delivers()
        receiver.recovers()
        second = post.tells(Kind.REMOVAL_CONFIRMED)
        post.delivers()
        assert ids(receiver) == [first.id, second.id]
        assert [letter.event for letter in post.letters("dead")] == [first.id]


def test_what_was_never_tried_goes_first(receiver: Recorder, tmp_path: Path) -> None:
    """A new alert does not stand behind the repeats of those that failed before."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        receiver.fails()
        for number in range(3):
            post.tells(watch=f"old-{number}")
        post.delivers()
        post.passes(hours=1)
        new = post.tells(watch="new")
        receiver.received.clear()
        post.delivers()
        assert ids(receiver)[0] == new.id


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["ok", "500", "410"])), max_size=8),
)
@settings(
    max_examples=6, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@pytest.mark.slow
def test_whatever_fails_each_watch_is_told_in_order(
    tmp_path: Path, story: list[tuple[str, str]]
) -> None:
    """Every alert that no receiver refused for good arrives, once counted, in its watch's order."""
    folder = tmp_path / str(time.monotonic_ns())
    with Recorder() as receiver, post_office(folder, *opened(hook(receiver.url))) as post:
        told: dict[str, list[str]] = {}
        for watch, trouble in story:
            receiver.recovers() if trouble == "ok" else receiver.refuses(int(trouble))
            told.setdefault(watch, []).append(post.tells(watch=watch).id)
            post.delivers()
            post.passes(seconds=7)
        receiver.recovers()
        post.lives(hours=4, every=60)
        dead = {letter.event for letter in post.letters("dead")}
        accepted = [
            letter.event
            for letter in sorted(post.letters("sent"), key=lambda n: n.sent_at or START)
        ]
        for events in told.values():
            expected = [event for event in events if event not in dead]
            assert [event for event in accepted if event in events] == expected


@pytest.mark.slow
def test_two_processes_send_each_alert_once(
    receiver: Recorder, tmp_path: Path, database_url: str
) -> None:
    """Every claim is one process's: two that deliver at once repeat nothing."""
    channels = opened(hook(receiver.url))
    with (
        post_office(tmp_path, *channels, url=database_url) as one,
        post_office(tmp_path, *channels, url=database_url) as two,
    ):
        for number in range(15):
            one.tells(watch=f"w{number}")
            one.tells(Kind.SOURCE_FAILING, None)
        threads = [threading.Thread(target=deliver, args=(post.service,)) for post in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    assert len(ids(receiver)) == len(set(ids(receiver))) == 30


def test_a_receipt_after_the_lease_changes_nothing(receiver: Recorder, tmp_path: Path) -> None:
    """Who lost its claim to another may not overwrite what the other found."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        post.tells()
        (waiting,) = post.letters("pending")
        with post.service.ledger.outbox() as outbox:
            outbox.claim(waiting.id, "slow", post.now, LEASE)
        post.passes(minutes=3)
        post.delivers()
        with post.service.ledger.outbox() as outbox:
            assert not outbox.settle(
                waiting.id, "slow", at=post.now, outcome="retry", reason="late",
                status="pending", next_at=post.now,
            )  # fmt: skip
        assert [letter.status for letter in post.letters()] == ["sent"]


@pytest.mark.slow
def test_thousands_that_wait_do_not_slow_the_look(receiver: Recorder, tmp_path: Path) -> None:
    """A channel down for days has 20,000 alerts; the healthy one is still served at once."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        first = post.tells(watch="watch-0")
        with post.service.ledger.outbox() as outbox, outbox._session as session:  # filled by hand
            body = "{}"
            session.execute(
                insert(EventRow),
                [{"id": f"ev_{n}", "kind": "removal_confirmed", "watch": f"watch-{n % 5000}",
                  "list": "EL", "at": START, "body": body} for n in range(20_000)],
            )  # fmt: skip
            session.execute(
                insert(NotificationRow),
                [{"event": f"ev_{n}", "channel": "webhook:legal" if n < 10 else "webhook:down",
                  "created_at": START, "next_at": START, "status": "sent" if n < 10 else "pending"}
                 for n in range(20_000)],
            )  # fmt: skip
            session.commit()
        begun = time.monotonic()
        for _ in range(3):
            with post.service.ledger.reading() as reading:
                assert "webhook:legal" in reading.queue().channels_due(post.now)
                due = reading.queue().due(post.now, "webhook:legal")
            assert [one.event for one in due] == [first.id]
        # A look that compared each with each would take minutes.
        assert (time.monotonic() - begun) / 3 < 5


def test_an_alert_goes_to_the_channel_that_took_the_place_of_its_own(
    receiver: Recorder, tmp_path: Path
) -> None:
    """A changed address is another channel; the alert that waited for the old one goes there."""
    with post_office(tmp_path, *opened(hook("http://127.0.0.1:9/", "old"))) as post:
        event = post.tells()
        post.delivers()
        post.has(*opened(hook(receiver.url, "new")))
        assert [(one.channel, one.outcome) for one in post.delivers()] == [("webhook:new", "sent")]
        assert [(letter.channel, letter.status) for letter in post.letters()] == [
            ("webhook:old", "skipped"), ("webhook:new", "sent"),
        ]  # fmt: skip
    assert ids(receiver) == [event.id]


def test_a_channel_that_comes_back_gets_what_it_missed(
    receiver: Recorder, tmp_path: Path, database_url: str
) -> None:
    """Left out of the configuration by mistake, or not yet known to an older process beside."""
    channels = opened(hook(receiver.url))
    with post_office(tmp_path, *channels, url=database_url) as post:
        event = post.tells()
        post.has()
        assert post.delivers() == []
        assert [letter.status for letter in post.letters()] == ["skipped"]
        post.has(*channels)
        assert [one.outcome for one in post.delivers()] == ["sent"]
    assert ids(receiver) == [event.id]


def test_what_another_process_is_sending_is_not_taken_from_it(
    receiver: Recorder, tmp_path: Path
) -> None:
    """A process that does not know a channel leaves alone what is under way there."""
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        post.tells()
        (waiting,) = post.letters()
        with post.service.ledger.outbox() as outbox:
            outbox.claim(waiting.id, "newer", post.now, LEASE)
        post.has()
        post.delivers()
        assert [letter.status for letter in post.letters()] == ["pending"]


@given(st.integers(0, 100), st.floats(0, 86_400))
def test_pauses_grow_and_heed_the_receiver(attempts: int, asked: float) -> None:
    """From seconds to hours, drawn apart, never shorter than the receiver asked for."""
    base = PAUSES[min(attempts, len(PAUSES) - 1)]
    plain, told = (Receipt(Outcome.TRANSIENT, "", wait) for wait in (None, asked))
    assert 0.75 * base <= pause(attempts, plain).total_seconds() <= 1.25 * base
    assert pause(attempts, told).total_seconds() >= min(asked, 86_400) - 1e-6


# -- by command


def configured(folder: Path, receiver: Recorder) -> Path:
    """A configuration with one webhook and one source that is never asked here."""
    folder.mkdir(exist_ok=True)
    (folder / "watchlist.yaml").write_text(
        'watches: [{id: mps-ifs, name: "Example Institute", lists: [EL]}]\n'
    )
    (folder / "sources.yaml").write_text(
        "user_agent: test\ncontact: a@example.org\nsources:\n  csl:\n    urls:\n"
        "      - http://127.0.0.1:9/x.json\n    schedule: {every: 1h}\n"
    )
    (folder / "monitor.yaml").write_text(
        json.dumps({"webhooks": [{"id": "legal", "url": receiver.url, "secret": SECRET}]})
    )
    return folder


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """A command in this process: its exit code, and what it wrote."""
    environ = {"MONITOR_DATA_DIR": str(folder.parent), "MONITOR_APPRISE_URLS": ""}
    environ |= DATABASES.environment(folder.parent)
    done = CliRunner().invoke(app, ["--config", str(folder), *arguments], env=environ)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


@pytest.mark.slow
def test_dead_letters_are_listed_and_sent_again_by_command(
    receiver: Recorder, tmp_path: Path
) -> None:
    """`notifications list` says what, to whom, how often and why; `retry` makes them due."""
    folder = configured(tmp_path / "config", receiver)
    assert run(folder, "notifications", "list")[1].startswith("No pending notifications")
    with post_office(tmp_path, *opened(hook(receiver.url))) as post:
        receiver.refuses(410)
        event = post.tells()
        post.delivers()
        code, listed = run(folder, "notifications", "list")
        assert code == 0
        for piece in ("dead", "webhook:legal", event.id, event.title, "1 attempt", "410", "retry"):
            assert piece in listed
        document = json.loads(run(folder, "notifications", "list", "--json")[1])
        (letter,) = document["notifications"]
        assert (letter["status"], letter["attempts"], letter["next_at"]) == ("dead", 1, None)
        assert run(folder, "notifications", "retry", "77")[0] == 2
        assert run(folder, "notifications", "retry")[0] == 2
        code, said = run(folder, "notifications", "retry", "--all")
        assert (code, said[:2]) == (0, "1 ")
        receiver.recovers()
        post.passes(days=5000)
        assert [one.outcome for one in post.delivers()] == ["sent"]
    assert ids(receiver) == [event.id, event.id]


def test_test_notification_says_what_became_of_each(receiver: Recorder, tmp_path: Path) -> None:
    """Exit 1 when one refused, 2 for an unknown channel, each with its reason."""
    folder = configured(tmp_path / "config", receiver)
    assert run(folder, "test-notification") == (0, "webhook:legal: sent (answered 200)\n")
    receiver.refuses(403)
    code, said = run(folder, "test-notification", "--channel", "webhook:legal")
    assert (code, said) == (1, "webhook:legal: refused (answered 403: refused)\n")
    assert run(folder, "test-notification", "--channel", "nobody")[0] == 2


# -- killed


DRIVER = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from monitor.deliver import deliver
from tests.post import hook, opened, post_office

def child(folder, database, url, step):
    seen = 0
    def count(*_):
        nonlocal seen
        seen += 1
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)
    with post_office(Path(folder), *opened(hook(url), timeout=5), url=database) as post:
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(Engine, name, count)
        deliver(post.service)

for line in sys.stdin:
    folder, database, url, step = line.split()
    pid = os.fork()
    if pid == 0:
        child(folder, database, url, int(step))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""
"""Delivers in a child of its own for every line; a child kills itself at its step."""


class Mortals:
    """Processes that die on purpose, born of one that has loaded everything already."""

    def __init__(self) -> None:
        environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        self._parent = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", DRIVER],
            env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def killed_at(self, folder: Path, url: str, step: int) -> bool:
        """Whether one that delivers from the folder came as far as the step, and died there."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(f"{folder} {DATABASES.url(folder)} {url} {step}\n")
        self._parent.stdin.flush()
        code = int(self._parent.stdout.readline())
        assert code in {0, -signal.SIGKILL}
        return code != 0

    def kill_the_living(self) -> None:
        """Kill the child that is at work."""
        for children in Path(f"/proc/{self._parent.pid}/task").glob("*/children"):
            for pid in children.read_text().split():
                os.kill(int(pid), signal.SIGKILL)

    def end(self) -> None:
        with self._parent as parent:
            assert parent.stdin is not None
            parent.stdin.close()
            parent.wait(timeout=10)


@pytest.fixture(scope="module")
def mortals() -> Iterator[Mortals]:
    born = Mortals()
    yield born
    born.end()


def told_after_death(mortals: Mortals, folder: Path, receiver: Recorder, step: int) -> bool:
    """One alert, a death at the step, and what a healthy process then makes of it."""
    receiver.received.clear()
    with post_office(folder, *opened(hook(receiver.url))) as post:
        event = post.tells()
        died = mortals.killed_at(folder, receiver.url, step)
        post.passes(seconds=LEASE.total_seconds())
        post.delivers()
        assert [letter.status for letter in post.letters()] == ["sent"]
        assert post.kinds() == ["removal_confirmed"]
        assert post.lives(hours=1, every=30) == []
    assert set(ids(receiver)) == {event.id}
    assert len(receiver.received) <= 2
    return died


@pytest.mark.slow
@pytest.mark.parametrize("step", [3, 6, 9, 12, 15, 18, 21])
def test_killed_between_decision_and_receipt(
    step: int, mortals: Mortals, receiver: Recorder, tmp_path: Path
) -> None:
    """Nothing is lost, at most one repeat with the same id, no second event."""
    told_after_death(mortals, tmp_path, receiver, step)


@pytest.mark.long
def test_killed_at_every_step(mortals: Mortals, receiver: Recorder, tmp_path: Path) -> None:
    """The same at every statement and commit there is."""
    for step in range(1, 200, stride()):
        folder = tmp_path / str(step)
        folder.mkdir()
        if not told_after_death(mortals, folder, receiver, step):
            assert step > 15
            return
    raise AssertionError("it never came to its end")


@pytest.mark.slow
def test_killed_by_the_receiver(mortals: Mortals, tmp_path: Path) -> None:
    """The sender dies while its request is being answered: one repeat with the same id."""
    receiver = _Killer(mortals)
    with receiver, post_office(tmp_path, *opened(hook(receiver.url))) as post:
        event = post.tells()
        receiver.kills = True
        assert mortals.killed_at(tmp_path, receiver.url, 10_000)
        receiver.kills = False
        post.passes(seconds=LEASE.total_seconds())
        assert [one.outcome for one in post.delivers()] == ["sent"]
    assert ids(receiver) == [event.id, event.id]


class _Killer(Recorder):
    """Kills whoever sends to it, for as long as it is told to."""

    kills = False

    def __init__(self, mortals: Mortals) -> None:
        super().__init__()
        self._mortals = mortals

    def reply_to(self, received: Received) -> Any:
        reply = super().reply_to(received)
        if self.kills:
            self._mortals.kill_the_living()
        return reply
