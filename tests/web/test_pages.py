"""The pages: whole, linked, without script or style of their own, whatever upstream sends."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from monitor.screening.entry import Entry
from monitor.screening.event import Event, FieldChange, Kind, Witness
from tests.upstream.parties import INSTITUTE
from tests.web.world import Site

VOID = {"meta", "link", "input", "br", "hr", "img"}
HOSTILE = (
    "\u202e\x00\x1b</title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp; {{7*7}}"
)


class Page(HTMLParser):
    """What a page holds; refuses tags that are not closed in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name in {"href", "src", "action"}:
                self.hrefs.append(value or "")
                if tag != "a":
                    self.loads.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> without a beginning"
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()


def every_page(client: TestClient) -> Iterator[tuple[str, str]]:
    """Each kind of page, with an event of each kind there is."""
    events = client.get("/events").json()["events"]
    paths = ["/", "/watch/mps-ifs", "/watch/nobody", "/list", "/list?q=forensic", "/list?on=x&q=a"]
    paths += [f"/event/{event['id']}" for event in events] + ["/acts", "/sources", "/no-such-page"]
    for path in paths:
        yield path, client.get(path, headers={"Accept": "text/html"}).text


def test_pages_are_whole(client: TestClient) -> None:
    """Tags close, ids are unique, and there is one of each landmark and a way past the menu."""
    for path, text in every_page(client):
        page = Page(text)
        assert text.startswith("<!doctype html>"), path
        assert len(page.ids) == len(set(page.ids)), path
        for landmark in ("header", "nav", "main", "footer", "h1"):
            assert page.tags.count(landmark) == 1, (path, landmark)
        assert 'href="#content"' in text
        assert '<html lang="en">' in text


def test_pages_hold_no_script_or_style_of_their_own(client: TestClient) -> None:
    """The policy forbids them; none is there, so nothing is lost by it."""
    for path, text in every_page(client):
        page = Page(text)
        assert "style" not in page.tags, path
        assert not {name for name in page.attributes if name.startswith("on") or name == "style"}
        assert page.tags.count("script") == 1
        assert not [one for one in page.loads if not re.match("/(?!/)", one)], path


def test_every_link_leads_somewhere(client: TestClient) -> None:
    """No page links to what is not there."""
    seen = {href for _, text in every_page(client) for href in Page(text).hrefs}
    ours = {href.split("#")[0] for href in seen if href.startswith("/")}
    assert len(ours) > 15
    for href in ours:
        assert client.get(href).status_code == 200, href


def test_the_policy_is_strict(client: TestClient) -> None:
    """Nothing inline, nothing from elsewhere, no frame around it."""
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert client.get("/").headers["referrer-policy"] == "no-referrer"


def test_the_watch_page_tells_everything(client: TestClient) -> None:
    """State, names in its own script, witnesses, entry, differences, timeline, looks."""
    text = client.get("/watch/mps-ifs").text
    for said in ("may have left the Entity List", "公安部物证鉴定中心", "Why it is watched.",
                 "What each source says", "Current entry", "<ins>", "<del>",
                 'role="img"', "Listed from 2020-06-05 to now", "polls in the last 14 days",
                 "85 FR 34505"):  # fmt: skip
        assert said in text, said


def test_the_event_page_tells_what_made_it(client: TestClient) -> None:
    """Witnesses with evidence, entry before, and how to take the evidence along."""
    event = client.get("/events?kind=removal_suspected").json()["events"][0]
    text = client.get(f"/event/{event['id']}").text
    assert "What each source says" in text
    assert f"entity-monitor export {event['id']}" in text
    assert "not yet" in text
    for one in event["witnesses"]:
        assert f"/snapshots/{one['snapshot']}" in text


def test_the_list_page_searches_on_any_date(client: TestClient) -> None:
    """Near names with their likeness and reason; a date that is none is said."""
    text = client.get("/list?q=ministry+of+public+security").text
    assert "Similarity compares names" in text
    assert INSTITUTE.replace("'", "&#39;") in text
    assert (
        "is known; `entity-monitor backfill`" in client.get("/list?q=ministry&on=2001-01-01").text
    )
    assert "resembles that name" in client.get("/list?q=zzzzzz").text
    assert "should be a date" in client.get("/list?q=ministry&on=soon").text


def test_the_sources_page_shows_where_they_disagree(client: TestClient) -> None:
    """A party that only one list has is named, without a word on who is right."""
    text = client.get("/sources", headers={"Accept": "text/html"}).text
    assert "Only in the eCFR" in text
    assert INSTITUTE.replace("'", "&#39;") in text


def test_hostile_text_runs_nothing_and_breaks_no_page(site: Site) -> None:
    """Markup is text, controls and reordering marks are visible, no address runs anything."""
    site.check()
    entry = Entry("EL", HOSTILE, (HOSTILE,), (HOSTILE * 50,), HOSTILE, HOSTILE, HOSTILE, (HOSTILE,),
                  None, "ecfr")  # fmt: skip
    told = Event(
        id="ev_" + "0" * 32,
        kind=Kind.ENTRY_AMENDED,
        watch="mps-ifs",
        list="EL",
        at="2023-11-20T13:00:00Z",
        citation=HOSTILE,
        document_number=HOSTILE,
        document_url="javascript:alert(1)",
        title=HOSTILE,
        summary=HOSTILE,
        witnesses=(Witness("csl", HOSTILE, HOSTILE, HOSTILE, HOSTILE, "JaVaScript:alert(1)"),),
        before=entry,
        after=replace(entry, name="x" * 5000),
        changes=(FieldChange(HOSTILE, HOSTILE, HOSTILE * 30),),
    )
    with site.service.ledger.judging() as tx:
        tx.add_event(told, poll=None, at=site.world.now)
        poll = tx.add_poll("csl", site.world.now, "failed")
        tx.close_poll(poll, outcome="failed", reasons=[HOSTILE])
    with site.client() as client:
        for path, text in every_page(client):
            page = Page(text)
            assert page.tags.count("script") == 1, path
            assert "img" not in page.tags
            assert not [one for one in page.hrefs if one.lower().startswith("javascript")]
            assert not re.search("[\x00\x1b\u202e]", text)
        event = client.get(f"/event/{told.id}").text
        assert "&lt;script&gt;" in event
        assert "{{7*7}}" in event
        feed = client.get("/feed.atom").text
        assert "<script>" not in feed
        assert "javascript:" not in feed


@pytest.mark.slow
def test_dead_letters_show_on_the_first_page(site: Site) -> None:
    """An alert that nobody got is the first thing to be seen."""
    event = site.check().events[0].id
    with site.service.ledger.judging() as tx:
        tx.add_notifications(event, ["webhook:legal"], site.world.now)
    with site.service.ledger.outbox() as outbox:
        (due,) = outbox.due(site.world.now)
        outbox.claim(due.id, "me", site.world.now, site.world.now - site.world.now)
        outbox.settle(due.id, "me", at=site.world.now, outcome="dead", reason="410 Gone",
                      status="dead", next_at=None)  # fmt: skip
    with site.client() as client:
        text = client.get("/").text
        assert "Undelivered alerts" in text
        assert "webhook:legal" in text
        assert "410 Gone" in text
        assert client.get("/health").json()["status"] == "warn"


def test_news_of_a_list_names_its_parties_on_its_page_and_in_the_feed(client: TestClient) -> None:
    """Whom it concerns, where, and which follow asked."""
    (event, *_) = client.get("/events?kind=list_changed").json()["events"]
    assert (event["follow"], event["watch"]) == ("china", None)
    page, feed = client.get(f"/event/{event['id']}").text, client.get("/feed.atom").text
    assert "Whom it concerns" in page
    assert '<td data-label="Country">China</td>' in page
    name = event["parties"][0]["name"].partition("'")[0].partition("?")[0]
    assert name in page
    assert f"{event['title'].partition(':')[0]}" in feed
    assert feed.count(name) > feed.count(f"of {name}")
