"""The feeds, held against RFC 4287 element by element."""

import re
from dataclasses import replace
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from monitor.language.translator import IN_ENGLISH
from monitor.screening.event import Event, Kind
from monitor.screening.words.event_text import utc
from monitor.web.atom import NEVER, event_entry, feed
from tests.extent import mostly_slow
from tests.notify.events import REMOVED
from tests.web.rfc4287 import faults
from tests.web.world import Site

ATOM = "{http://www.w3.org/2005/Atom}"
ONE = {"id", "title", "updated"}
FEED = ONE | {"author", "link"}
ENTRY = ONE | {"published", "link", "category", "summary"}
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9:._-]+")


def checked(content: bytes) -> ET.Element:
    """The feed's root, once it is what the RFC demands, and has what we promise beside."""
    assert faults(content) == []
    root = ET.fromstring(content)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for parent, known in ((root, FEED | {"entry"}), *((entry, ENTRY) for entry in entries)):
        names = [child.tag.removeprefix(ATOM) for child in parent]
        assert set(names) <= known
        for name in ONE:
            assert names.count(name) == 1
        assert TAG.fullmatch(parent.findtext(f"{ATOM}id") or "")
        assert STAMP.fullmatch(parent.findtext(f"{ATOM}updated") or "")
        rels = [(link.get("rel"), link.get("type")) for link in parent.findall(f"{ATOM}link")]
        assert len(rels) == len(set(rels))
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    return root


def test_the_feeds_are_valid(client: TestClient) -> None:
    """All events, and those of one watch alone."""
    told = client.get("/feed.atom")
    assert told.headers["content-type"] == "application/atom+xml"
    everything = checked(told.content)
    one = checked(client.get("/watch/nobody/feed.atom").content)
    assert len(everything.findall(f"{ATOM}entry")) > len(one.findall(f"{ATOM}entry")) == 1
    assert everything.findtext(f"{ATOM}id") != one.findtext(f"{ATOM}id")


def test_ids_do_not_move_with_the_site(lived_in: Site) -> None:
    """Another public address changes links and no id."""
    with lived_in.client() as here, lived_in.client(public_url="https://el.example.org/") as there:
        one, other = (checked(client.get("/feed.atom").content) for client in (here, there))
    ids = [[e.text for e in root.iter(f"{ATOM}id")] for root in (one, other)]
    assert ids[0] == ids[1]
    hrefs = {link.get("href", "") for link in other.iter(f"{ATOM}link")}
    assert all(href.startswith("https://el.example.org/") for href in hrefs)


def test_an_empty_feed_is_valid(site: Site) -> None:
    """Nothing was told yet."""
    with site.client() as client:
        assert checked(client.get("/feed.atom").content).findtext(f"{ATOM}updated") == NEVER


@pytest.mark.parametrize("text", ["\x00\x08\x0b\ufffe\uffff\ud800", "]]><b>&nbsp;", "\u202e\u2028"])
def test_any_text_is_well_formed(text: str) -> None:
    """What XML cannot hold is replaced, markup is text, hostile addresses are no links."""
    event = Event("ev_1", Kind.NOTICE_FOUND, "a", "EL", "2023-11-17T14:00:00Z", title=text,
                  summary=text, document_url="javascript:alert(1)")  # fmt: skip
    root = checked(
        feed(
            [event_entry(event)], title=text, said=IN_ENGLISH, of="all", path="/feed.atom", base=""
        )
    )
    assert len(root.findall(f"{ATOM}entry/{ATOM}link")) == 1


def told(site: Site, kind: Kind, number: int, watch: str | None = "mps-ifs") -> str:
    event = replace(REMOVED, id=f"ev_{number:032}", kind=kind, watch=watch, at=utc(site.world.now))
    with site.service.ledger.judging() as tx:
        tx.add_event(event, poll=None, at=site.world.now)
    return event.id


def entries_of(root: ET.Element) -> list[str]:
    return [
        (entry.findtext(f"{ATOM}id") or "").rpartition(":")[2]
        for entry in root.findall(f"{ATOM}entry")
    ]


def next_of(root: ET.Element) -> str | None:
    found = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"]
    return found[0] if found else None


def test_a_removal_stays_for_ninety_days_whatever_else_happens(site: Site) -> None:
    """In the feed of all and in its watch's, on the first page; then it goes."""
    kept = [
        told(site, kind, at)
        for at, kind in enumerate([Kind.REMOVAL_CONFIRMED, Kind.LISTING_ANNOUNCED])
    ]
    for number in range(100, 155):
        told(site, Kind.ENTRY_AMENDED, number)
    with site.client() as client:
        for path in ("/feed.atom", "/watch/mps-ifs/feed.atom"):
            assert set(kept) <= set(entries_of(checked(client.get(path).content)))
        site.world.passes(days=89)
        assert set(kept) <= set(entries_of(checked(client.get("/feed.atom").content)))
        site.world.passes(days=2)
        assert not set(kept) & set(entries_of(checked(client.get("/feed.atom").content)))


@pytest.mark.slow
def test_a_flood_of_listings_is_paged(site: Site) -> None:
    """By the links of RFC 5005 every one is found, once; the place in a page is a link too."""
    listed = [told(site, Kind.LISTING_CONFIRMED, number) for number in range(130)]
    with site.client() as client:
        leads: str | None = "http://testserver/feed.atom"
        found: list[str] = []
        pages = 0
        while leads is not None:
            root = checked(client.get(leads).content)
            own = [one.get("href") for one in root.findall(f"{ATOM}link")
                   if one.get("rel") == "self"]  # fmt: skip
            assert own == [leads]
            found += entries_of(root)
            leads, pages = next_of(root), pages + 1
        assert [one for one in found if one in set(listed)] == listed[::-1]
        assert pages == 2
        assert client.get("/feed.atom?before=0").status_code == 400


def test_links_are_absolute_without_a_public_url(lived_in: Site) -> None:
    """As the reader came: a feed is read far from its site."""
    with lived_in.client() as client:
        root = checked(client.get("/feed.atom", headers={"Host": "el.intra:8000"}).content)
    hrefs = {link.get("href", "") for link in root.iter(f"{ATOM}link")}
    own = {href for href in hrefs if "federalregister" not in href and "govinfo" not in href}
    assert own
    assert all(href.startswith("http://el.intra:8000/") for href in own)


@pytest.mark.parametrize("stripped", mostly_slow([True, False], quick=2))
def test_a_public_url_with_a_path_works_throughout(lived_in: Site, stripped: bool) -> None:
    """Every link of pages, feeds and problems, behind proxies that take the path away or leave it.

    What is asked without the path, as health checks do, is answered too.
    """
    base = "/el/monitor"
    with lived_in.client(public_url=f"https://corp.example{base}/") as client:

        def get(path: str) -> Any:
            return client.get(
                path.removeprefix(base) if stripped else path, headers={"Accept": "text/html"}
            )

        asked: set[str] = set()
        waiting = [f"{base}/"]
        while waiting and len(asked) < 40:
            path = waiting.pop()
            asked.add(path)
            page = get(path)
            assert page.status_code == 200, path
            if not page.headers["content-type"].startswith("text/html"):
                continue
            links = re.findall(r'\s(?:href|src|action)="(/[^"#]*)', page.text)
            assert links
            assert all(link.startswith(f"{base}/") for link in links), path
            waiting += [unescape(one) for one in links if unescape(one) not in asked]
        assert len(asked) > 15
        lost = get(f"{base}/nothing-here")
        assert lost.status_code == 404
        assert f'href="{base}/"' in lost.text
        assert client.get("/livez").status_code == 200
        feed_of_all = checked(client.get("/feed.atom").content)
        hrefs = [link.get("href", "") for link in feed_of_all.findall(f"{ATOM}link")]
        assert all(href.startswith(f"https://corp.example{base}/") for href in hrefs)
