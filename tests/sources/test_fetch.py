"""Asking a host carefully: named, bounded, whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from monitor.errors import SourceFault
from monitor.sources.fetch import Answer, Fetcher
from tests.upstream.server import Upstream
from tests.upstream.wire import HTML, Reply

AGENT = "entity-list-monitor (+a@example.org)"
LIMIT = 200_000


@dataclass
class Time:
    """A clock that only pauses move."""

    now: float = 1000.0
    pauses: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def up() -> Iterator[Upstream]:
    with Upstream(date(2023, 11, 20)).is_furnished() as running:
        yield running


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def http(time: Time) -> Iterator[Fetcher]:
    with fetcher(time) as made:
        yield made


def fetcher(time: Time, **more: Any) -> Fetcher:
    said: dict[str, Any] = {"timeout": 5.0, "max_bytes": LIMIT, **more}
    return Fetcher(user_agent=AGENT, sleep=time.sleep, monotonic=time.monotonic, **said)


def fault(http: Fetcher, url: str, **headers: str) -> SourceFault:
    """The fault that asking comes to."""
    with pytest.raises(SourceFault) as caught:
        http.get(url, headers=headers)
    assert caught.value.url == url
    return caught.value


def test_it_says_who_asks_and_takes_gzip(up: Upstream, http: Fetcher) -> None:
    """A named agent with a contact; the body comes unpacked, header names in lower case."""
    answer = http.get(up.csl_url)
    sent = up.requests[-1].headers
    assert (sent["user-agent"], sent["accept-encoding"]) == (AGENT, "gzip")
    assert answer.body == up.csl.file()
    assert answer.headers["content-encoding"] == "gzip"


def test_a_304_is_an_answer_only_to_a_conditional_question(up: Upstream, http: Fetcher) -> None:
    """Without validators it says nothing."""
    etag = http.get(up.csl_url).headers["etag"]
    again = http.get(up.csl_url, headers={"If-None-Match": etag})
    assert again == Answer(up.csl_url, 304, b"", again.headers)
    up.csl.answers(304)
    assert fault(http, up.csl_url).status == 304


@pytest.mark.parametrize(
    "status", [204, 206, 400, 401, 403, 404, 406, 410, 418, 429, 500, 503, 504]
)
def test_every_other_status_is_a_fault(up: Upstream, http: Fetcher, status: int) -> None:
    """404 and 410 to be told at once."""
    up.csl.answers(status)
    found = fault(http, up.csl_url)
    assert (found.status, found.reason) == (status, f"answered {status}")
    assert found.at_once == (status in {404, 410})


@pytest.mark.parametrize(
    ("status", "asked"), [(429, 3), (500, 3), (502, 3), (503, 3), (504, 3), (403, 1), (404, 1)]
)
def test_what_may_pass_is_tried_three_times_with_pauses(
    up: Upstream, http: Fetcher, time: Time, status: int, asked: int
) -> None:
    """And what will not pass is not tried again."""
    up.csl.answers(status)
    fault(http, up.csl_url)
    assert len(up.requests) == asked
    assert len(time.pauses) == asked - 1
    assert all(0.5 <= pause <= 3 for pause in time.pauses)


def test_a_fault_that_passes_is_no_fault(up: Upstream, http: Fetcher) -> None:
    """The third try may serve."""
    up.csl.answers(503, times=1)
    up.csl.resets(times=1)
    assert http.get(up.csl_url).body == up.csl.file()
    assert len(up.requests) == 3


@pytest.mark.parametrize(
    ("given", "expected", "asked"),
    [
        ("2", 2.0, 3), ("0", 0.0, 3), ("10", 10.0, 3), ("11", 11.0, 1), ("120", 120.0, 1),
        ("999999999999", 86_400.0, 1), ("-5", None, 3), ("soon", None, 3), ("1e3", None, 3),
        ("9" * 400, 86_400.0, 1), ("\xb2", None, 3), ("Mon, 99 Foo 2023", None, 3),
    ],
)  # fmt: skip
def test_retry_after_is_honored(
    up: Upstream, http: Fetcher, time: Time, given: str, expected: float | None, asked: int
) -> None:
    """A short wait is waited, a long one is handed on; nonsense is not believed."""
    up.csl.answers(503, retry_after=given)
    found = fault(http, up.csl_url)
    assert found.retry_after == expected
    assert len(up.requests) == asked
    if expected is not None and asked == 3:
        assert time.pauses == [expected] * 2


def test_retry_after_may_be_a_date(up: Upstream, http: Fetcher) -> None:
    """Counted from the host's own clock."""
    up.csl.answers(503, retry_after="Fri, 31 Dec 9999 23:59:59 GMT")
    assert fault(http, up.csl_url).retry_after == 86_400.0
    up.csl.answers(503, retry_after="Mon, 01 Jan 2001 00:00:00 GMT")
    assert fault(http, up.csl_url).retry_after == 0.0


@pytest.mark.parametrize("with_length", [True, False])
def test_half_a_body(up: Upstream, http: Fetcher, *, with_length: bool) -> None:
    """With a length it is seen here; without one it arrives, for the parser to refuse."""
    up.csl.cuts_body(with_length=with_length)
    if with_length:
        assert fault(http, up.csl_url).reason
    else:
        assert len(http.get(up.csl_url).body) == len(up.csl.file()) // 2


@pytest.mark.parametrize("part", [0.0, 0.3, 0.99])
def test_half_a_gzip_stream_is_a_fault(up: Upstream, http: Fetcher, part: float) -> None:
    """The library takes it for whole."""
    up.csl.half_gzip(at=part)
    assert "gzip" in fault(http, up.csl_url).reason


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (b"not gzip at all", "gzip", "broken"), (b"", "gzip", "trailer"),
        (b"anything", "br", "not asked for"), (b"anything", "deflate, gzip", "not asked for"),
    ],
)  # fmt: skip
def test_a_wrong_encoding_is_a_fault(
    up: Upstream, http: Fetcher, body: bytes, encoding: str, reason: str
) -> None:
    """Only gzip was asked for, and it must be one."""
    spoil(up, Reply(body, HTML, headers={"Content-Encoding": encoding}))
    assert reason in fault(http, up.csl_url).reason


def test_a_gzip_of_several_members_is_one_document(up: Upstream, http: Fetcher) -> None:
    """RFC 1952 allows it; whatever else comes behind the last one is a fault."""
    packed = Reply(b"x" * 100).on_the_wire(takes_gzip=True)[1]
    spoil(up, Reply(packed * 3, HTML, headers={"Content-Encoding": "gzip"}))
    assert http.get(up.csl_url).body == b"x" * 300
    for rest, reason in ((b"<html>", "broken"), (packed[:-4], "trailer")):
        spoil(up, Reply(packed + rest, HTML, headers={"Content-Encoding": "gzip"}))
        assert reason in fault(http, up.csl_url).reason


def test_a_proxy_variable_that_cannot_be_read_is_the_reason(
    up: Upstream, http: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "[::1]")
    with pytest.raises(SourceFault, match=r"NO_PROXY holds “\[::1\]”"):
        http.get(up.csl_url)


def spoil(up: Upstream, reply: Reply) -> None:
    up.csl._goes_wrong(lambda _: replace(reply, packed=False), None, "")


@pytest.mark.parametrize(("declared", "packed"), [(True, False), (False, False), (False, True)])
def test_too_large_a_body_is_a_fault(
    up: Upstream, http: Fetcher, *, declared: bool, packed: bool
) -> None:
    """Whether it says so, does not say so, or unpacks to it."""
    up.csl.oversized(LIMIT + 1, declared=declared, packed=packed)
    assert "max_bytes" in fault(http, up.csl_url).reason
    up.csl.oversized(LIMIT, declared=declared, packed=packed)
    assert len(http.get(up.csl_url).body) == LIMIT


def test_a_bomb_is_not_unpacked(up: Upstream, http: Fetcher) -> None:
    """30 MB of nothing in a few bytes cost no more than the limit."""
    up.csl.oversized(30_000_000, packed=True, times=3)
    assert "max_bytes" in fault(http, up.csl_url).reason


def test_a_silent_host_is_given_up(up: Upstream, time: Time) -> None:
    """After the time for one whole answer."""
    up.csl.hangs(5)
    with fetcher(time, timeout=0.2) as http:
        assert "0.2 s" in fault(http, up.csl_url).reason


def test_a_dripping_host_is_given_up(up: Upstream) -> None:
    """No single read is ever slow, the whole is: the limit is for the whole."""
    ticks = iter(range(100_000))
    up.csl.drips(0.05)
    with Fetcher(
        user_agent=AGENT, timeout=2, max_bytes=LIMIT, retries=0, sleep=lambda _seconds: None,
        monotonic=lambda: float(next(ticks)),
    ) as http:  # fmt: skip
        assert "2 s" in fault(http, up.csl_url).reason


def test_a_dead_host_is_a_fault(up: Upstream, http: Fetcher) -> None:
    """Reset, refused, or no such address."""
    up.csl.resets()
    assert fault(http, up.csl_url).status is None
    assert fault(http, "http://127.0.0.1:9/x").status is None


@pytest.mark.parametrize(
    "target",
    ["https://unblock.federalregister.gov/", "//elsewhere.example/", "http://127.0.0.1:9/x",
     "http://localhost/", "ftp://127.0.0.1/x", "javascript:alert(1)"],
)  # fmt: skip
def test_a_redirect_elsewhere_is_not_followed(up: Upstream, http: Fetcher, target: str) -> None:
    """Another host, another port, another scheme, or nothing that can be asked."""
    up.csl.redirects_to(target)
    found = fault(http, up.csl_url)
    assert found.at_once
    assert len(up.requests) == 1


def test_a_redirect_to_no_address_is_a_fault(up: Upstream, http: Fetcher) -> None:
    """It leads nowhere."""
    up.csl.redirects_to("http://[::1")
    assert fault(http, up.csl_url).reason


def test_a_redirect_on_the_same_host_is_followed(up: Upstream, http: Fetcher) -> None:
    """And a circle is not for ever."""
    up.csl.redirects_to(up.csl_twin_url, times=1)
    assert http.get(up.csl_url).body == up.csl.file()
    up.csl.redirects_to(up.csl_url)
    with pytest.raises(SourceFault, match="circle"):
        http.get(up.csl_url)
    assert len(up.requests) < 20


def test_requests_keep_their_distance(up: Upstream, time: Time) -> None:
    """At most one in the interval, redirects and retries included."""
    with fetcher(time, min_interval=2.0) as http:
        http.get(up.csl_url)
        http.get(up.csl_url)
        assert time.pauses == [2.0]
        time.now += 1.5
        http.get(up.csl_url)
        assert time.pauses[-1] == 0.5
        time.now += 9
        http.get(up.csl_url)
        assert len(time.pauses) == 2


def test_what_a_host_says_beside_its_status_is_kept_short(up: Upstream, http: Fetcher) -> None:
    """Its own words, for the log and never as markup."""
    up.csl.answers(400, body=b"  The requested\n date is past " + b"x" * 10_000)
    detail = fault(http, up.csl_url).detail
    assert detail is not None
    assert detail.startswith("The requested date is past")
    assert len(detail) <= 300
