"""Chats and push services through their real URL formats, against a receiver of our own."""

import io
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from monitor.notify.channels import Channel, Link, Named, open_channels
from monitor.notify.forms import SHORT_LIMIT
from monitor.notify.receipt import Outcome, Receipt
from monitor.screening.event import Event, Kind
from tests.extent import mostly_slow
from tests.notify.events import NOW, REMOVED, event, hostile
from tests.receivers import Received, Recorder

LINK = Link("https://monitor.example")
PAGE = f"https://monitor.example/event/{REMOVED.id}"


@dataclass(frozen=True)
class Service:
    """A service as it is configured, and where in its request the message stands."""

    url: str
    host: str
    body: Callable[[Received], str]
    secrets: tuple[str, ...]


SERVICES = {
    "slack": Service(
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#alerts", "hooks.slack.com",
        lambda got: got.json()["attachments"][0]["text"], ("A1BRTD4JD", "TIiajkdnlazkcOXrIdevi7FQ"),
    ),
    "workflows": Service(
        "workflows://prod-01.westus.logic.azure.com:443/w0rkfl0wid/s1gnature12345/",
        "prod-01.westus.logic.azure.com",
        lambda got: got.json()["attachments"][0]["content"]["body"][1]["text"],
        ("w0rkfl0wid", "s1gnature12345"),
    ),
    "discord": Service(
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV", "discord.com",
        lambda got: got.json()["content"], ("4174216298", "JHMHI8qBe7bk2ZwO5U711o3dV"),
    ),
    "telegram": Service(
        "tgram://123456789:abcdefg_hijklmnopqrstuvwxyz012345/12315544", "api.telegram.org",
        lambda got: got.json()["text"], ("abcdefg_hijklmnopqrstuvwxyz012345", "12315544"),
    ),
    "pagerduty": Service(
        "pagerduty://intkey12345678901234567890123456@apikey1234567890123456789",
        "events.pagerduty.com", lambda got: got.json()["payload"]["summary"],
        ("intkey12345678901234567890123456", "apikey1234567890123456789"),
    ),
    "ntfy cloud": Service(
        "ntfys://tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2@ntfy.sh/t0picname", "ntfy.sh",
        lambda got: got.json()["message"], ("tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2", "t0picname"),
    ),
    "ntfy": Service(
        "ntfy://ann:p4ssw0rd77@{netloc}/t0picname", "{netloc}", lambda got: got.json()["message"],
        ("p4ssw0rd77", "t0picname"),
    ),
    "matrix": Service(
        "matrix://bot:p4ssw0rd77@{netloc}/!r00mid77:localhost", "{netloc}",
        lambda got: got.json()["body"], ("p4ssw0rd77", "r00mid77"),
    ),
    "mattermost": Service(
        "mmost://{netloc}/3ccdd113474722377935511fc85d3dd4", "{netloc}",
        lambda got: got.json()["text"], ("3ccdd113474722377935511fc85d3dd4",),
    ),
    "json": Service(
        "json://ann:p4ssw0rd77@{netloc}/h00k5ecret?+X-Token=t0kenvalue", "{netloc}",
        lambda got: got.json()["message"], ("p4ssw0rd77", "h00k5ecret", "t0kenvalue"),
    ),
}  # fmt: skip


@pytest.fixture
def receiver(everywhere: Recorder) -> Recorder:
    """Answers as each service does when all is well."""
    matrix = {"access_token": "t", "user_id": "@b:localhost", "home_server": "localhost",
              "room_id": "!r00mid77:localhost", "event_id": "$1"}  # fmt: skip
    everywhere.answers(200, body=matrix, at="/_matrix")
    everywhere.answers(200, body=b"ok", at="/services/")
    return everywhere


def channel(service: str, receiver: Recorder, *, timeout: float = 10.0) -> Channel:
    url = SERVICES[service].url.format(netloc=receiver.netloc)
    (one,) = open_channels(None, "", (url,), (), LINK, Named(), timeout=timeout)
    return one


def told(service: str, receiver: Recorder, what: Event) -> tuple[Received, str]:
    """The request that carried the message, and the message in it."""
    receipt = channel(service, receiver).send(what, at=NOW, case="case-1")
    assert receipt == Receipt(Outcome.SENT, "accepted")
    got = next(
        one for one in receiver.received if "login" not in one.path and "join" not in one.path
    )
    return got, SERVICES[service].body(got)


@pytest.mark.parametrize("service", mostly_slow(SERVICES, quick=4))
def test_the_service_gets_the_alert(service: str, receiver: Recorder) -> None:
    """At its host, by its own format: what happened, the rule and the link, whole and in bounds."""
    got, message = told(service, receiver, REMOVED)
    assert got.host == SERVICES[service].host.format(netloc=receiver.netloc)
    for piece in (REMOVED.title, "88 FR 80131", "eCFR absent", PAGE):
        assert piece in message
    if service != "json":
        assert len(message) <= SHORT_LIMIT + 100


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "matrix"])
def test_hostile_text_stays_text(service: str, receiver: Recorder) -> None:
    """No mention, no control, no hidden mark, and no more than the service takes."""
    _, message = told(service, receiver, hostile())
    assert not set("\x00\x1b\u202e\u200b") & set(message)
    if service != "json":
        assert "@everyone" not in message
        assert len(message) <= SHORT_LIMIT + 200
    if service == "telegram":
        assert "<script" not in message


@pytest.mark.parametrize(
    "service", mostly_slow([name for name in SERVICES if name != "matrix"], quick=4)
)
def test_answers_are_told_apart(service: str, receiver: Recorder) -> None:
    """Wrong for good, or only for now; Retry-After where the body names it; never a secret."""
    one = channel(service, receiver)

    def answer(status: int, body: bytes | dict[str, object] = b"no such thing") -> Receipt:
        receiver.recovers()
        receiver.answers(status, body=body)
        receipt = one.send(REMOVED, at=NOW, case=None)
        assert receipt.reason.startswith(f"answered {status}: ")
        assert not [secret for secret in SERVICES[service].secrets if secret in receipt.reason]
        return receipt

    assert answer(503).outcome is Outcome.TRANSIENT
    gone = answer(410, f"no {SERVICES[service].secrets} here".encode())
    assert gone.outcome is Outcome.PERMANENT
    assert "here" in gone.reason
    limited = answer(429, {"retry_after": 7.5, "parameters": {"retry_after": 7.5}})
    assert (limited.outcome, limited.retry_after) == (Outcome.TRANSIENT, 7.5)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.slow
def test_a_cut_connection_is_transient(service: str, receiver: Recorder) -> None:
    """The reason is Apprise's, without the URL."""
    receiver.recovers()
    receiver.cuts()
    receipt = channel(service, receiver).send(REMOVED, at=NOW, case=None)
    assert receipt.outcome is Outcome.TRANSIENT
    assert not [secret for secret in SERVICES[service].secrets if secret in receipt.reason]


def test_a_hanging_service_is_transient_in_time(receiver: Recorder) -> None:
    """The call goes on alone; its late success counts and is not sent again."""
    receiver.hangs()
    one = channel("mattermost", receiver, timeout=0.3)
    begun = time.monotonic()
    receipt = one.send(REMOVED, at=NOW, case=None)
    # Either limit may strike first: ours, or that of the request itself.
    assert (receipt.outcome, receipt.unanswered) == (Outcome.TRANSIENT, True)
    assert "0.3" in receipt.reason
    assert time.monotonic() - begun < 5.0
    receiver.recovers()
    # The read limit of the hung request is the channel's, so it may have ended by itself.
    deadline = time.monotonic() + 30
    while one.send(REMOVED, at=NOW, case=None).outcome is not Outcome.SENT:
        assert time.monotonic() < deadline


def test_redirects_are_not_followed(receiver: Recorder) -> None:
    """Not even where the URL asks for it."""
    url = f"json://{receiver.netloc}/a?redirect=yes&retry=5"
    (one,) = open_channels(None, "", (url,), (), LINK, Named())
    receiver.redirects_to(f"http://{receiver.netloc}/b")
    assert one.send(REMOVED, at=NOW, case=None).outcome is Outcome.TRANSIENT
    assert [got.path for got in receiver.received] == ["/a"]


def test_an_optional_service_that_fails_has_failed(receiver: Recorder) -> None:
    """Apprise would call it sent; an alert is never optional."""
    url = f"json://{receiver.netloc}/a?optional=yes"
    (one,) = open_channels(None, "", (url,), (), LINK, Named())
    receiver.fails()
    assert one.send(REMOVED, at=NOW, case=None).outcome is Outcome.TRANSIENT


def test_several_recipients_of_one_url_are_several_channels(receiver: Recorder) -> None:
    """One failing topic is retried alone."""
    url = f"ntfy://{receiver.netloc}/first/second/third"
    channels = open_channels(None, "", (url,), (), LINK, Named())
    assert len({one.id for one in channels}) == 3
    for one in channels:
        one.send(REMOVED, at=NOW, case=None)
    assert sorted(got.json()["topic"] for got in receiver.received) == ["first", "second", "third"]


def test_severity_follows_the_kind(receiver: Recorder) -> None:
    """A pager is told how bad it is."""
    one = channel("pagerduty", receiver)
    for kind in (Kind.REMOVAL_CONFIRMED, Kind.SOURCE_FAILING, Kind.WATCH_FRESH):
        one.send(event(kind), at=NOW, case=None)
    severities = [got.json()["payload"]["severity"] for got in receiver.received]
    assert severities == ["warning", "critical", "info"]


def test_a_test_is_marked(receiver: Recorder) -> None:
    """In a chat too."""
    assert channel("discord", receiver).send_test(at=NOW).outcome is Outcome.SENT
    assert "nothing has happened" in receiver.received[0].json()["content"]


@pytest.mark.slow
def test_no_log_of_ours_holds_a_secret(
    receiver: Recorder, capfd: pytest.CaptureFixture[str]
) -> None:
    """At DEBUG, in success and failure, for every service: no record, no output, no repr."""
    # Not caplog: it also listens to loggers that keep their records to themselves.
    root, heard = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(heard), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        for fails in (False, True):
            if fails:
                receiver.recovers()
                receiver.fails()
            for service in SERVICES:
                one = channel(service, receiver)
                root.info("%r %s", one, one.send(REMOVED, at=NOW, case=None))
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
    said = heard.getvalue() + "".join(capfd.readouterr())
    assert said.count("AppriseChannel(") == 2 * len(SERVICES)
    secrets = [secret for service in SERVICES.values() for secret in service.secrets]
    assert not [line for line in said.splitlines() if any(one in line for one in secrets)]
