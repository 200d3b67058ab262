"""Signed webhooks against a real receiver, in good and bad health."""

import json
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.notify.receipt import Outcome, Receipt
from monitor.notify.webhook.channel import WebhookChannel, WebhookTarget, ping, target_problems
from monitor.screening.event import Kind
from monitor.status.shapes import json_bytes
from tests.notify.events import NOW, REMOVED, event
from tests.notify.test_signature import PUBLISHED, expected
from tests.receivers import Certificate, Recorder

OTHER = "whsec_c2Vjb25kIHNlY3JldCBvZiB0aGlydHkgYnl0ZXM="
TOKEN = "tok3n-in-the-path-9f8e7d"


def channel(
    url: str, *, timeout: float = 5.0, secrets: tuple[str, ...] = (PUBLISHED,)
) -> WebhookChannel:
    target = WebhookTarget("legal", url, secrets)
    return WebhookChannel(target, public_url="https://monitor.example", timeout=timeout)


def send(hook: WebhookChannel) -> Receipt:
    return hook.send(REMOVED, at=NOW, case=None)


def test_a_receiver_gets_a_signed_cloud_event(recorder: Recorder) -> None:
    """Path, type, body and signature, verified from the specification's text."""
    receipt = send(channel(f"{recorder.url}/hooks/{TOKEN}?a=1", secrets=(PUBLISHED, OTHER)))
    assert receipt == Receipt(Outcome.SENT, "answered 200")
    (got,) = recorder.received
    assert (got.method, got.path, got.host) == ("POST", f"/hooks/{TOKEN}?a=1", recorder.netloc)
    assert got.headers["content-type"].startswith("application/cloudevents+json")
    assert got.json()["data"] == json.loads(json_bytes(REMOVED.public()))
    assert got.headers["webhook-id"] == REMOVED.id
    stamp = got.headers["webhook-timestamp"]
    assert stamp == str(int(NOW.timestamp()))
    assert got.headers["webhook-signature"].split(" ") == [
        expected(secret, REMOVED.id, stamp, got.body.decode()) for secret in (PUBLISHED, OTHER)
    ]


def test_a_retry_has_the_same_id_and_its_own_time(recorder: Recorder) -> None:
    """A receiver can tell a repeat by its id, and refuse an old one by its time."""
    hook = channel(recorder.url)
    recorder.fails()
    assert send(hook).outcome is Outcome.TRANSIENT
    recorder.recovers()
    assert hook.send(REMOVED, at=NOW + timedelta(hours=5), case=None).outcome is Outcome.SENT
    first, second = recorder.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert (
        int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 18_000
    )


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 408, 413, 422, 425, 429, 500, 503])
def test_a_refusal_that_may_pass_is_tried_again(recorder: Recorder, status: int) -> None:
    """A receiver set up wrongly for an hour costs no alert."""
    recorder.refuses(status)
    receipt = Receipt(Outcome.TRANSIENT, f"answered {status}: refused", flooded=status == 429)
    assert send(channel(recorder.url)) == receipt


def test_gone_ends_it(recorder: Recorder) -> None:
    """410 is the receiver's own word that it is no more."""
    recorder.refuses(410)
    assert send(channel(recorder.url)).outcome is Outcome.PERMANENT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), ("9999999", 86_400.0), ("nonsense", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_retry_after_is_passed_on(recorder: Recorder, value: str, seconds: float | None) -> None:
    """Seconds or a date, at most a day, nonsense ignored."""
    recorder.answers(429, retry_after=value)
    assert send(channel(recorder.url)).retry_after == seconds


def test_gone_is_gone_whatever_else_the_answer_says(recorder: Recorder) -> None:
    """A Retry-After that cannot be read does not keep a dead receiver alive for three days."""
    recorder.answers(410, retry_after="\xb2")
    receipt = send(channel(recorder.url))
    assert (receipt.outcome, receipt.retry_after) == (Outcome.PERMANENT, None)


def test_redirects_are_not_followed(recorder: Recorder) -> None:
    """A signed alert goes nowhere that was not configured."""
    recorder.redirects_to(f"{recorder.url}/elsewhere")
    receipt = send(channel(recorder.url))
    assert receipt == Receipt(Outcome.TRANSIENT, "answered 302; redirects are not followed")
    assert len(recorder.received) == 1


def test_a_cut_connection_and_a_closed_port_are_transient(recorder: Recorder) -> None:
    """Nothing raised, the reason kept."""
    recorder.cuts()
    assert send(channel(recorder.url)).reason.startswith("the connection failed: ")
    closed = send(channel("http://127.0.0.1:1/"))
    assert closed.outcome is Outcome.TRANSIENT
    assert "refused" in closed.reason


def test_a_name_that_does_not_resolve_is_transient() -> None:
    """A resolver that is down for an hour costs no alert."""
    receipt = send(channel("https://no-such-host.invalid/"))
    assert receipt.outcome is Outcome.TRANSIENT


def test_a_hanging_receiver_is_transient_in_time(recorder: Recorder) -> None:
    """The caller has its answer when the time is up, whatever the receiver does."""
    recorder.hangs()
    begun = time.monotonic()
    assert send(channel(recorder.url, timeout=0.3)).outcome is Outcome.TRANSIENT
    assert time.monotonic() - begun < 2.0


def test_eight_hanging_receivers_do_not_delay_a_healthy_one(recorder: Recorder) -> None:
    """Each channel is on its own."""
    recorder.hangs()
    stuck = [channel(recorder.url, timeout=0.5) for _ in range(8)]
    threads = [threading.Thread(target=send, args=(one,)) for one in stuck]
    for thread in threads:
        thread.start()
    with Recorder() as healthy:
        begun = time.monotonic()
        assert send(channel(healthy.url)).outcome is Outcome.SENT
        assert time.monotonic() - begun < 2.0
    for thread in threads:
        thread.join()


def test_https_is_verified_against_the_name_though_pinned(trusted: Certificate) -> None:
    """The connection goes to the address that was judged, the certificate is the name's."""
    with Recorder(trusted, https=True) as secure:
        assert send(channel(f"https://localhost:{secure.port}/x")).outcome is Outcome.SENT
        assert secure.received[0].host == f"localhost:{secure.port}"
        wrong = send(channel(f"https://other.localhost:{secure.port}/x"))
        assert wrong.outcome is Outcome.TRANSIENT


def test_an_unknown_certificate_is_refused(certificate: Certificate) -> None:
    """TLS is always verified."""
    with Recorder(certificate, https=True) as secure:
        receipt = send(channel(f"https://localhost:{secure.port}/x"))
        assert "CERTIFICATE_VERIFY_FAILED" in receipt.reason
        assert secure.received == []


def test_a_proxy_of_the_environment_is_used(everywhere: Recorder) -> None:
    """Where a proxy stands between, it resolves the name, and TLS is still the receiver's."""
    assert send(channel("https://events.pagerduty.com/in")).outcome is Outcome.SENT
    assert everywhere.received[0].host == "events.pagerduty.com"


@pytest.mark.parametrize(
    "url", ["http://hooks.example.org/", "https://192.168.0.7/", "https://[::ffff:10.0.0.1]/"]
)
def test_what_is_not_allowed_is_never_asked(url: str) -> None:
    """Plain http to the world and private addresses end at once."""
    receipt = send(channel(url))
    assert receipt.outcome is Outcome.PERMANENT
    assert receipt.reason.startswith("not sent: the URL must")


def test_no_secret_is_in_reason_or_repr(recorder: Recorder) -> None:
    """A receiver that echoes path and signature key gives nothing away."""
    url = f"{recorder.url}/{TOKEN}"
    hook = channel(url)
    for status in (401, 500):
        recorder.answers(status, body=f"<html>no {TOKEN} {PUBLISHED} here</html>".encode())
        receipt = send(hook)
        assert receipt.reason == f"answered {status}: no *** *** here"
    shown = repr(hook) + repr(WebhookTarget("legal", url, (PUBLISHED,)))
    assert TOKEN not in shown
    assert PUBLISHED not in shown


def test_an_endless_answer_is_not_read(recorder: Recorder) -> None:
    """Only the first bytes of an answer matter."""
    recorder.answers(500, body=b"x" * 2_000_000)
    receipt = send(channel(recorder.url))
    assert len(receipt.reason) < 400


def test_a_test_is_marked(recorder: Recorder) -> None:
    """It is signed as an alert is, and is of a type of its own."""
    assert channel(recorder.url).send_test(at=NOW).outcome is Outcome.SENT
    (got,) = recorder.received
    assert got.json()["type"] == "entity-monitor.test"
    assert got.headers["webhook-signature"] == expected(
        PUBLISHED, got.headers["webhook-id"], got.headers["webhook-timestamp"], got.body.decode()
    )


def test_kinds_are_its_routes(recorder: Recorder) -> None:
    """A webhook for removals is not asked about amendments."""
    target = replace(
        WebhookTarget("legal", recorder.url, (PUBLISHED,)), kinds=("removal_confirmed",)
    )
    hook = WebhookChannel(target, public_url=None, timeout=1)
    assert hook.id == "webhook:legal"
    assert hook.wants(REMOVED)
    assert not hook.wants(event(Kind.ENTRY_AMENDED))


def test_watches_and_tags_narrow_it(recorder: Recorder) -> None:
    """Beside its kinds; the digest is of all watches, and not for it."""
    target = WebhookTarget(
        "legal", recorder.url, (PUBLISHED,), ("removal_confirmed",), tags=frozenset({"police"})
    )
    hook = WebhookChannel(target, public_url=None, timeout=1)
    assert hook.wants(REMOVED, ("Police",))
    assert not hook.wants(REMOVED, ("army",))
    assert not hook.wants(event(Kind.ENTRY_AMENDED), ("police",))
    assert not WebhookChannel(replace(target, kinds=()), public_url=None, timeout=1).wants_digest()


def test_problems_of_a_target() -> None:
    """No secret, a weak secret and a bad URL are told by key."""
    assert list(target_problems(WebhookTarget("a", "https://x.example.org/", (PUBLISHED,)))) == []
    keys = [
        key for key, _ in target_problems(WebhookTarget("a", "http://x.example.org/", ("weak",)))
    ]
    assert keys == ["url", "secret"]
    assert [
        key for key, _ in target_problems(WebhookTarget("a", "https://x.example.org/", ()))
    ] == ["secret"]


def test_heartbeat_pings(recorder: Recorder) -> None:
    """A GET; every failure is a receipt without the URL's secret, none ends anything."""
    url = f"{recorder.url}/ping/5f0c2a6e-aaaa-bbbb-cccc-1234567890ab"
    assert ping(f"{url}/start", timeout=2).outcome is Outcome.SENT
    assert [(got.method, got.path.rsplit("/", 1)[1]) for got in recorder.received] == [
        ("GET", "start")
    ]
    recorder.refuses(410)
    assert ping(url, timeout=2).outcome is Outcome.TRANSIENT
    recorder.hangs()
    assert ping(url, timeout=0.1).reason == "no answer within 0.1 s"
    assert "5f0c2a6e" not in ping("http://127.0.0.1:1/5f0c2a6e-aaaa", timeout=1).reason
