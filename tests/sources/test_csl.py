"""The source itself: which address is asked, conditionally, and what is told of those that fail."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from traceback import walk_tb

import pytest

from monitor.errors import SourceFault
from monitor.screening.words.message import say
from monitor.sources.csl.source import Csl
from monitor.sources.fetch import Answer, Fetcher
from monitor.sources.source import Fetched, Memory
from tests.upstream.server import Upstream

NOW = datetime(2023, 11, 20, 13, 0, tzinfo=UTC)
EL = frozenset({"EL"})


@pytest.fixture
def up() -> Iterator[Upstream]:
    with Upstream(date(2023, 11, 20)).is_furnished() as running:
        yield running


@pytest.fixture
def csl(up: Upstream) -> Iterator[Csl]:
    """The list by three addresses."""
    with Fetcher(
        user_agent="entity-list-monitor (+a@example.org)", timeout=2, max_bytes=1_000_000,
        retries=0, sleep=lambda _seconds: None, monotonic=lambda: 0.0,
    ) as http:  # fmt: skip
        yield Csl(http, [up.csl_url, up.csl_twin_url, up.csl_csv_url], lambda: NOW)


def look(csl: Csl, before: Fetched | None = None) -> Fetched:
    """A look that remembers the one before."""
    if before is None:
        return csl.look(Memory(lists=EL))
    return csl.look(Memory(before.sha256, before.validators, EL))


def test_the_first_address_serves(up: Upstream, csl: Csl) -> None:
    """With its reading, time and validators; no other is asked."""
    found = look(csl)
    assert found.url == up.csl_url
    assert found.as_of == "2023-11-20T12:15:00Z"
    assert found.reading is not None
    assert found.validators.etag
    assert len(up.requests) == 1


class _Nobody:
    """No host can be reached."""

    def get(self, url: str, *, headers: object = None) -> Answer:
        host = url.split("/")[2]
        why = say("the connection failed: {why}", why=f"no network to {host}")
        raise SourceFault(why, url=url, unreached=True)


def test_a_machine_that_is_offline_is_said_in_one_sentence() -> None:
    """And not once for every address of a host."""
    urls = ["https://a.example/1", "https://b.example/2", "https://a.example/3"]
    with pytest.raises(SourceFault) as caught:
        look(Csl(_Nobody(), urls, lambda: NOW))
    assert caught.value.unreached
    assert caught.value.reason == (
        "none of its 3 addresses can be reached: no network to a.example; no network to b.example"
    )


def test_the_same_file_again_is_not_read_again(up: Upstream, csl: Csl) -> None:
    """By the host's word, or by the hash where the host gives no word."""
    first = look(csl)
    again = look(csl, first)
    assert (again.sha256, again.reading) == (None, None)
    up.csl.serves(first.body)
    same = look(csl, first)
    assert (same.sha256, same.reading) == (first.sha256, None)


def test_validators_are_for_the_address_that_gave_them(up: Upstream, csl: Csl) -> None:
    """Else the twin's 304 would speak of another file."""
    first = look(csl)
    up.csl.answers(404, on="/downloadable_consolidated_screening_list/")
    look(csl, first)
    twin = up.asked("csl", "/static/")[-1]
    assert "if-none-match" not in twin.headers
    assert "if-modified-since" not in twin.headers


def test_the_next_address_serves_and_the_faults_are_kept(up: Upstream, csl: Csl) -> None:
    """In order, each with its address."""
    up.csl.answers(404, on="/downloadable_consolidated_screening_list/v1/consolidated.json")
    up.csl.html_page(on="/static/")
    found = look(csl)
    assert found.url == up.csl_csv_url
    assert [(fault.url, fault.at_once) for fault in found.faults] == [
        (up.csl_url, True), (up.csl_twin_url, False),
    ]  # fmt: skip


def test_where_none_serves_the_fault_tells_them_all(up: Upstream, csl: Csl) -> None:
    """The shortest wait asked for is kept."""
    up.csl.answers(503, retry_after=300, on=".json")
    up.csl.answers(429, retry_after=60, on=".csv")
    with pytest.raises(SourceFault) as caught:
        look(csl)
    assert caught.value.retry_after == 60
    for url in (up.csl_url, up.csl_twin_url, up.csl_csv_url):
        assert url in caught.value.reason


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        ("2023-11-20T12:15:00.123+00:00", "2023-11-20T12:15:00Z"),
        ("2023-11-20T12:15:00", "2023-11-20T12:15:00Z"), ("2093-01-01T00:00:00Z", "header"),
        ("0017-01-01T00:00:00Z", "header"), ("yesterday", "header"), ("", "header"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_true_is_not_believed(
    up: Upstream, csl: Csl, claimed: str, expected: str
) -> None:
    """Then the host's header speaks."""
    built = b"2023-11-20T12:15:00.000000+00:00"
    body = up.csl.file().replace(built, claimed.encode())
    assert claimed.encode() in body
    up.csl.serves(body)
    found = look(csl).as_of
    assert found == (None if expected == "header" else expected)


def test_a_kept_body_can_be_read_again(up: Upstream, csl: Csl) -> None:
    """As what it was: JSON, CSV, or nothing of the kind."""
    found = look(csl)
    assert csl.read(found.body, found.media, EL) == found.reading
    assert csl.read(up.csl.file("csv"), "csv", EL).counts["EL"] == 48
    with pytest.raises(SourceFault, match="web page"):
        csl.read(b"\n <!DOCTYPE html>", "csv", EL)


def test_a_fault_does_not_keep_the_body_alive(up: Upstream, csl: Csl) -> None:
    """128 MB of a broken file stayed in memory until the next collection of garbage."""
    up.csl.serves(b'{"results":[0' + b" " * 100_000)
    with pytest.raises(SourceFault) as raised:
        look(csl)
    kept = [
        fault
        for frame, _ in walk_tb(raised.value.__traceback__)
        for fault in frame.f_locals.get("faults", ())
    ]
    assert kept
    assert [(fault.__traceback__, fault.__cause__) for fault in kept] == [(None, None)] * len(kept)
