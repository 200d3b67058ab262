"""A host with several addresses, some of them silent or closed, over real sockets."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from monitor.notify.receipt import Outcome
from monitor.notify.webhook.channel import WebhookChannel, WebhookTarget, ping
from tests.installed import SECRET
from tests.notify.events import NOW, REMOVED
from tests.receivers import Recorder

SILENT, CLOSED, WELL = "127.0.0.2", "127.0.0.3", "127.0.0.1"


@contextmanager
def silent(address: str, port: int) -> Iterator[None]:
    """An address that takes no connection and says so to nobody: its queue is full."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind((address, port))
        listening.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((address, port))
        yield


@pytest.fixture
def resolves(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Names lead to these addresses; the resolver alone is played."""
    real = socket.getaddrinfo

    def to(*addresses: str) -> None:
        def found(host: Any, port: Any, *more: Any, **named: Any) -> Any:
            several = addresses if host == "hooks.example" else (host,)
            return [row for one in several for row in real(one, port, *more, **named)]

        monkeypatch.setattr(socket, "getaddrinfo", found)

    return to


@pytest.mark.parametrize(
    "addresses",
    [
        (SILENT, WELL),
        (CLOSED, WELL),
        ("127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6", WELL),
        pytest.param((SILENT, CLOSED, SILENT, WELL), marks=pytest.mark.slow),
    ],
)
@pytest.mark.slow
def test_a_host_is_reached_by_any_address_within_the_try(
    addresses: tuple[str, ...], resolves: Any
) -> None:
    """The webhook and the heartbeat alike."""
    with Recorder() as receiver, silent(SILENT, receiver.port):
        resolves(*addresses)
        url = f"http://hooks.example:{receiver.port}/hook"
        target = WebhookTarget(id="a", url=url, secrets=(SECRET,), allow_private=True)
        channel = WebhookChannel(target, public_url=None, timeout=0.6)
        assert channel.send(REMOVED, at=NOW, case=None).outcome is Outcome.SENT
        assert ping(url, timeout=0.6).outcome is Outcome.SENT
        assert len(receiver.received) == 2
        assert {got.host for got in receiver.received} == {f"hooks.example:{receiver.port}"}


def test_what_was_sent_is_not_sent_to_a_second_address(resolves: Any) -> None:
    """The first took the request and said nothing: it may have it."""
    with Recorder() as receiver:
        resolves(WELL, "127.0.0.1", "127.0.0.4")
        receiver.hangs()
        url = f"http://hooks.example:{receiver.port}/hook"
        target = WebhookTarget(id="a", url=url, secrets=(SECRET,), allow_private=True)
        receipt = WebhookChannel(target, public_url=None, timeout=0.3).send(
            REMOVED, at=NOW, case=None
        )
        assert receipt.unanswered
        assert len(receiver.received) == 1
