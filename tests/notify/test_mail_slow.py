"""Mail servers that take their time, at every step, over real sockets."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.notify.channels import Channel
from monitor.notify.receipt import Outcome
from monitor.screening.event import Kind
from tests.notify.events import NOW, REMOVED
from tests.post import opened, post_office


class SlowServer:
    """An SMTP server that waits before the answer to one step, and keeps what it took."""

    def __init__(self, step: str, seconds: float, *, then: bytes | None = None) -> None:
        """`step`: `banner`, a verb, or `.` for the end of DATA; `then`: its answer, or a cut."""
        self.taken: list[bytes] = []
        self.stopped = threading.Event()
        self.seconds = seconds
        self._step, self.then = step, then
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        self.stopped.set()
        self._socket.close()

    def _serve(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            try:
                self._answer(connection, "banner", b"220 slow")
                for line in lines:
                    verb = line.split()[0].decode().upper()
                    self._answer(connection, verb, b"354 go on" if verb == "DATA" else b"250 fine")
                    if verb == "DATA":
                        content = b"".join(iter(lines.readline, b".\r\n"))
                        self.taken.append(content)
                        self._answer(connection, ".", b"250 taken")
            except OSError:
                return

    def _answer(self, connection: socket.socket, step: str, answer: bytes) -> None:
        if step == self._step:
            self.stopped.wait(self.seconds)
            if self.then is not None:
                answer = self.then
        if answer:
            connection.sendall(answer + b"\r\n")
        else:
            connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def slow(step: str, seconds: float, then: bytes | None = None) -> Iterator[SlowServer]:
    server = SlowServer(step, seconds, then=then)
    try:
        yield server
    finally:
        server.stop()


def mail(server: SlowServer, timeout: float) -> Channel:
    """A mail may take eleven times the limit."""
    url = f"mailto://127.0.0.1:{server.port}/?from=m@example.org&to=ann@example.org"
    (channel,) = opened(urls=[url], timeout=timeout)
    return channel


@pytest.mark.slow
def test_a_server_that_greets_after_seventeen_seconds_is_waited_for() -> None:
    """As relays do that keep spammers waiting."""
    with slow("banner", 17) as server:
        assert mail(server, 5.0).send(REMOVED, at=NOW, case=None).outcome is Outcome.SENT
        assert len(server.taken) == 1


@pytest.mark.slow
@pytest.mark.parametrize("step", ["banner", "EHLO", "MAIL", "RCPT", "DATA", "."])
def test_each_step_may_take_longer_than_the_channel_limit(step: str) -> None:
    """Five minutes for each by RFC 5321, ten after DATA; here in small."""
    with slow(step, 0.15) as server:
        receipt = mail(server, 0.1).send(REMOVED, at=NOW, case=None)
        assert receipt.outcome is Outcome.SENT
        assert len(server.taken) == 1


@pytest.mark.slow
@pytest.mark.parametrize("step", ["banner", "MAIL", "DATA"])
def test_silence_before_the_end_of_data_is_no_delivery(step: str) -> None:
    """The next try need not wait an hour."""
    with slow(step, 30) as server:
        receipt = mail(server, 0.02).send(REMOVED, at=NOW, case=None)
        assert (receipt.outcome, receipt.uncertain) == (Outcome.TRANSIENT, False)
        assert receipt.unanswered


@pytest.mark.parametrize(
    ("seconds", "then"), [(0.0, b""), pytest.param(30.0, b"", marks=pytest.mark.slow)]
)
@pytest.mark.slow
def test_no_answer_after_data_is_uncertain(seconds: float, then: bytes, tmp_path: Path) -> None:
    """Cut or silent: said so, sent again after an hour and not before; the queue moves on."""
    with (
        slow(".", seconds, then) as server,
        post_office(tmp_path, mail(server, 0.02)) as post,
    ):
        post.tells(Kind.REMOVAL_SUSPECTED)
        post.tells(Kind.REMOVAL_CONFIRMED)
        post.delivers()
        assert len(server.taken) == 2, "the one behind it went out too"
        post.lives(hours=0.95, every=19)
        assert len(server.taken) == 2
        assert all(one.reason.startswith("uncertain: ") for one in post.letters("pending"))
        post.lives(hours=120, every=120)
        assert len(server.taken) <= 14, "seven copies each, then a dead letter"
        assert len(post.letters("dead")) == 2


@pytest.mark.slow
def test_an_answer_that_comes_late_counts(tmp_path: Path) -> None:
    """The server took it after our limit: no second copy."""
    with slow(".", 0.4) as server, post_office(tmp_path, mail(server, 0.02)) as post:
        post.tells()
        assert [one.outcome for one in post.delivers()] == ["retry"]
        time.sleep(0.5)
        assert [one.outcome for one in post.lives(hours=1.5, every=15)] == ["sent"]
        assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(b"451 later", Outcome.TRANSIENT), (b"552 too big", Outcome.PERMANENT),
     (b"421 going down", Outcome.TRANSIENT)],
)  # fmt: skip
def test_a_refusal_after_data_is_certain(answer: bytes, outcome: Outcome) -> None:
    """The server said what became of it."""
    with slow(".", 0, answer) as server:
        receipt = mail(server, 1.0).send(REMOVED, at=NOW, case=None)
        assert (receipt.outcome, receipt.uncertain) == (outcome, False)
        assert receipt.reason.startswith(f"SMTP {answer[:3].decode()}: ")
