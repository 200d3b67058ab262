"""Every event is told so that a person understands it at once, whatever upstream wrote."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notify.forms import SHORT_LIMIT, word, word_test
from monitor.notify.message import SUBJECT_LIMIT, day_or_time
from monitor.screening.event import Event, FieldChange, Kind, Witness
from monitor.screening.state import WatchState
from monitor.screening.watch import Watch
from monitor.screening.words.event_text import title
from tests.notify.events import HOSTILE, INSTITUTE, NOW, REMOVED, RULE, event, hostile

PAGES = "https://monitor.example/"


class _Tags(HTMLParser):
    """Every tag and attribute of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_words_even_without_title_and_summary(kind: Kind) -> None:
    """Subject, first line and short form say something exact for each kind there is."""
    bare = event(kind, title="", summary="")
    wording = word(bare, PAGES)
    assert 10 < len(wording.subject) <= SUBJECT_LIMIT
    assert "\n" not in wording.subject
    first = wording.text().splitlines()[0]
    assert first.endswith(".")
    assert "{" not in first + wording.subject
    assert wording.short().startswith(first)
    assert f"/event/{bare.id}" in wording.text()


@pytest.mark.parametrize("kind", Kind)
def test_an_event_that_knows_nothing_is_worded(kind: Kind) -> None:
    """No field is needed: nothing is guessed, nothing fails."""
    wording = word(Event("ev_x", kind, None, None, "2023-11-17T13:45:00Z"), None)
    assert wording.subject
    assert "None" not in wording.text() + wording.html() + wording.short()


def test_a_confirmed_removal_tells_all_in_order() -> None:
    """What, how sure; since when, by which rule; on whose word; what it was; link and id."""
    text = word(REMOVED, PAGES).text()
    wanted = [
        REMOVED.title,
        "In force since: 2023-11-16",
        "88 FR 80131, FR Doc. 2023-25557",
        RULE,
        "eCFR came 1 day 2 hours after the first",
        "Consolidated Screening List has not followed yet",
        "eCFR: absent (as of 2023-11-17; seen 2023-11-17 13:50 UTC",
        "cd" * 32,
        "Consolidated Screening List: listed (as of 2023-11-16 11:00 UTC",
        "before: Presumption of denial",
        INSTITUTE.name,
        *INSTITUTE.aliases[:1],
        "Xicheng District, Beijing",
        "Country: CN",
        "License requirement: For all items subject to the EAR.",
        "License review policy: Case-by-case",
        "https://monitor.example/event/ev_0123456789abcdef0123456789abcdef",
        "Event ev_0123456789abcdef",
    ]
    places = [text.find(piece) for piece in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert places == sorted(places)
    assert text.count(REMOVED.title) == 1
    assert word(REMOVED, PAGES).subject.startswith("Removed from the Entity List: Ministry of")


def test_an_announcement_says_its_rule_date_and_the_lists_in_the_first_line() -> None:
    """Announced, by which document, in force when, and what the lists still say."""
    witnesses = (Witness("ecfr", "listed"), Witness("csl", "listed"))
    first = word(event(Kind.REMOVAL_ANNOUNCED, witnesses=witnesses), None).text().splitlines()[0]
    for piece in (
        "Announced: ",
        INSTITUTE.name,
        "FR Doc. 2023-25557",
        "in force 2023-11-16",
        "eCFR: listed",
        "Consolidated Screening List: listed",
    ):
        assert piece in first
    undated = event(Kind.REMOVAL_ANNOUNCED, effective_on=None, witnesses=())
    assert "effective date not given" in word(undated, None).text().splitlines()[0]


def test_a_confirmation_says_its_rule_date_and_the_lists_in_the_first_line() -> None:
    """The same of what has happened; what the lists alone confirm has no document yet."""
    witnesses = (Witness("ecfr", "listed"), Witness("csl", "absent"))
    first = word(replace(REMOVED, witnesses=witnesses), None).text().splitlines()[0]
    assert first.startswith(REMOVED.title)
    for piece in (
        "By 88 FR 80131 (document 2023-25557)",
        "in force since 2023-11-16",
        "eCFR: listed",
        "Consolidated Screening List: absent",
    ):
        assert piece in first
    bare = "Removed: the institute has left the Entity List"
    alone = replace(REMOVED, title=bare, citation=None, document_number=None, effective_on=None)
    assert f"{bare}, no document is known for it yet" in word(alone, None).text().splitlines()[0]


def test_an_announced_listing_names_the_party_though_there_is_no_entry_yet() -> None:
    """Not by the short id of the watch."""
    coming = event(
        Kind.LISTING_ANNOUNCED,
        before=None,
        after=None,
        title=f"Listing announced: {INSTITUTE.name} is to join the Entity List",
    )
    first = word(coming, None).text().splitlines()[0]
    assert first.startswith(f"Listing announced: {INSTITUTE.name} is to join")
    assert "in force 2023-11-16" in first


def test_review_asks_for_a_person_in_every_form() -> None:
    """What the machine was not certain of says so in the subject, the mail and the chat."""
    wording = word(event(Kind.ENTRY_AMENDED, review=True), PAGES)
    assert wording.subject.endswith("(please check)")
    assert len(wording.subject) <= SUBJECT_LIMIT
    for form in (wording.text(), wording.html(), wording.short()):
        assert "A person should look" in form


def test_without_a_public_url_no_link_leads_to_our_pages() -> None:
    """Links to pages nobody can reach are left out, the rule's own link stays."""
    wording = word(REMOVED, None)
    assert "/event/" not in wording.text() + wording.html() + wording.short()
    assert wording.short().endswith(RULE)


def test_changes_are_told_field_by_field() -> None:
    """Each changed field has its name as people say it, before and after."""
    changes = (FieldChange("citations", "85 FR 34505", "85 FR 34505; 85 FR 44161"),)
    text = word(event(Kind.ENTRY_AMENDED, changes=changes), None).text()
    assert "- Federal Register citations\n  before: 85 FR 34505\n  after:  85 FR 34505; 85" in text


def test_hostile_text_changes_no_header_runs_no_script_breaks_no_layout() -> None:
    """Markup, CRLF, right-to-left marks and 10,000 characters stay what they are: text."""
    wording = word(hostile(), PAGES)
    assert len(wording.subject) <= SUBJECT_LIMIT
    page, plain = _Tags(wording.html()), _Tags(word(REMOVED, PAGES).html())
    assert page.tags <= plain.tags
    assert page.attributes <= plain.attributes
    assert all(link.startswith("https://monitor.example/event/") for link in page.links)
    for form in (wording.subject, wording.text(), wording.html(), wording.short()):
        assert not set("\r\x00\x1b\u202e\u200b") & set(form)
    assert len(wording.html()) < 120_000
    assert "more characters)" in wording.text()
    assert "<script" not in wording.html()


def test_short_form_mentions_nobody() -> None:
    """@everyone in a published name would ring a whole room."""
    assert "@" not in word(hostile(), PAGES).short()


@given(
    limit=st.integers(min_value=60, max_value=SHORT_LIMIT),
    title=st.text(max_size=300),
    markdown=st.booleans(),
)
def test_short_form_never_exceeds_its_limit(limit: int, title: str, markdown: bool) -> None:
    """A service refuses a text over its limit for good, so none is ever longer."""
    for pages in (PAGES, None):
        assert (
            len(word(replace(REMOVED, title=title), pages).short(limit, markdown=markdown)) <= limit
        )


def test_markdown_form_escapes_upstream_and_keeps_links() -> None:
    """Published stars and brackets stay visible, links stay links."""
    starred = event(Kind.NOTICE_FOUND, title="A *bold* [name](http://evil.test) <b>.")
    shown = word(starred, PAGES).short(markdown=True)
    assert shown.startswith(r"A \*bold\* \[name\](http://evil.test) \<b\>.")
    assert "<https://monitor.example/event/ev_notice_found>" in shown


def test_times_are_told_for_people() -> None:
    """A time is minutes in UTC, a date a date, nonsense cleaned and shown."""
    assert day_or_time("2023-11-17T13:45:00Z") == "2023-11-17 13:45 UTC"
    assert day_or_time("2023-11-17") == "2023-11-17"
    assert "\n" not in day_or_time(HOSTILE)


def test_a_test_message_says_that_nothing_happened() -> None:
    """Nobody may take a test for an alert."""
    wording = word_test(NOW, PAGES)
    assert wording.subject.startswith("Test")
    for form in (wording.text(), wording.html(), wording.short()):
        assert "nothing has happened" in form


@pytest.mark.parametrize(
    "kind", [Kind.LISTING_ANNOUNCED, Kind.NOTICE_FOUND, Kind.WATCH_STALE, Kind.LISTING_CANCELLED]
)
def test_who_has_no_entry_is_called_by_name_and_not_by_the_watchs_id(kind: Kind) -> None:
    """An event without an entry has the party's name in its title alone."""
    watch, state = Watch("mps-ifs", "Jiu Wei Institute"), WatchState("mps-ifs", "EL")
    said = event(kind, before=None, after=None, title=title(kind, watch, state))
    subject = word(said, None).subject
    assert "Jiu Wei Institute" in subject
    assert "mps-ifs" not in subject
    assert "mps-ifs" in word(replace(said, title="Something else"), None).subject
