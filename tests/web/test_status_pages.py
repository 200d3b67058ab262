"""`/status` a page at a time and by choice: every watch once, nothing that was not asked for."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from monitor.screening.watch import Watch
from monitor.status.page import LARGEST
from monitor.web.api import status_body
from monitor.web.cached_pages import MOST_PAGES, Body, CachedPages
from tests.web.world import START, Site

STRANGERS = tuple(
    Watch(f"w{at}", f"Nobody Number {at}", lists=("EL", "UVL")[: 1 + at % 2], tags=tags)
    for at, tags in enumerate([(), ("asia",), ("asia", "supplier"), ("supplier",), ()])
)


@pytest.fixture(scope="module")
def client(lived_in: Site) -> Iterator[TestClient]:
    """Of a site with seven watches, two of them on two lists."""
    service = replace(lived_in.service, watches=(*lived_in.service.watches, *STRANGERS))
    with replace(lived_in, service=service).client() as client:
        yield client


def pages(client: TestClient, **asked: str | int) -> list[list[tuple[str, str]]]:
    """Watch and list of every status, page by page, by following `next`."""
    found, cursor = list[list[tuple[str, str]]](), ""
    while True:
        answer = client.get("/status", params={**asked, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        found.append([(one["watch"], one["list"]) for one in answer.json()["watches"]])
        cursor = answer.json()["next"]
        if not cursor:
            return found


def flat(found: Sequence[Sequence[tuple[str, str]]]) -> list[tuple[str, str]]:
    return [one for page in found for one in page]


@pytest.mark.parametrize("asked", [{}, {"state": "unknown"}, {"tag": "asia"}])
def test_page_after_page_tells_each_status_once(client: TestClient, asked: dict[str, str]) -> None:
    """In the order of the configuration, whatever the size of a page."""
    [whole] = pages(client, **asked)
    assert len(whole) > 1
    for limit in (1, 2, len(whole) - 1, len(whole), len(whole) + 1):
        parts = pages(client, limit=limit, **asked)
        assert flat(parts) == whole
        assert [len(part) for part in parts[:-1]] == [limit] * (len(parts) - 1)


def test_what_is_chosen_is_told_and_nothing_else(client: TestClient) -> None:
    """By state, by what is pending, by tag, and by all of them; what a form leaves empty is any."""
    everything = client.get("/status").json()["watches"]
    choices: list[dict[str, str]] = [
                  {"state": "listed"}, {"state": "not_listed"}, {"state": "unknown"},
                  {"pending": "removal_suspected"}, {"pending": "possible_match"},
                  {"state": "listed", "pending": "removal_suspected", "tag": ""},
                  {"state": "", "pending": "", "tag": "", "limit": "1000"}]  # fmt: skip
    for asked in choices:
        told = client.get("/status", params=asked).json()["watches"]
        wanted = {name: value for name, value in asked.items() if value and name != "limit"}
        assert told == [one for one in everything
                        if all(one[name] == value for name, value in wanted.items())]  # fmt: skip
    tagged = flat(pages(client, tag="supplier"))
    assert tagged == [("w2", "EL"), ("w3", "EL"), ("w3", "UVL")]


@pytest.mark.parametrize(
    ("query", "status", "named"),
    [("state=lost", 400, "state"), ("pending=x", 400, "pending"), ("limit=0", 400, "limit"),
     (f"limit={LARGEST + 1}", 400, "limit"), ("limit=x", 400, "limit"), ("cursor=1", 400, "cursor"),
     ("cursor=w0.EL%00", 400, "cursor"), ("tag=%00", 400, "tag"), ("tag=supliers", 404, "tag"),
     ("cursor=gone.EL", 404, "cursor"), ("cursor=w0.UVL", 404, "cursor"),
     ("limit=0&state=x", 400, "limit")],
)  # fmt: skip
def test_what_cannot_be_asked_is_named(
    client: TestClient, query: str, status: int, named: str
) -> None:
    """A misspelled tag is no calm, and a watch that is gone no reason to leave others out."""
    answer = client.get(f"/status?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]
    assert client.get(f"/status?{query}").status_code == status


def test_a_page_has_an_etag_of_its_own(client: TestClient) -> None:
    """Asked again it is not modified, on the short way as on the long one."""
    tags = [client.get(f"/status?limit={limit}").headers["etag"] for limit in (1, 2, 3)]
    assert all(one != other for one, other in pairwise(tags))
    for _ in range(2):
        answer = client.get("/status?limit=2", headers={"If-None-Match": tags[1]})
        assert (answer.status_code, answer.headers["cache-control"]) == (304, "no-cache")


def test_a_reader_of_every_page_takes_no_memory() -> None:
    """However many queries are made up: so many pages are kept, among them the one asked most."""
    pages, made_up = CachedPages(lambda: START), [b"%d" % at for at in range(3 * MOST_PAGES)]
    for query in made_up:
        pages.page(query, lambda _now: Body(b"", "", ""))
        pages.page(b"limit=2", lambda _now: Body(b"", "", ""))
    assert b"limit=2" in pages
    assert [query for query in made_up if query in pages] == made_up[1 - MOST_PAGES :]


@pytest.mark.slow
def test_ten_thousand_watches_are_all_told(lived_in: Site) -> None:
    """A thousand a page, where nobody says how many."""
    strangers = (Watch(f"w{at}", f"Nobody Number {at}") for at in range(10_000))
    service = replace(lived_in.service, watches=(*lived_in.service.watches, *strangers))
    with replace(lived_in, service=service).client() as client:
        found = pages(client)
    assert [len(page) for page in found] == [1000] * 10 + [2]
    assert flat(found) == [(watch.id, "EL") for watch in service.watches]
    assert len(json.loads(status_body(service, service.clock()).content)["watches"]) == LARGEST
