"""The feeds, held against RFC 4287 element by element."""

import re
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from monitor.screening.event import Event, Kind
from monitor.web.atom import NEVER, feed
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
    root = checked(feed([event], title=text, of="all", path="/feed.atom", base=""))
    assert len(root.findall(f"{ATOM}entry/{ATOM}link")) == 1
