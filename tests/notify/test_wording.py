"""Every event is told so that a person understands it at once, whatever upstream wrote."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notify.forms import SHORT_LIMIT, word, word_test
from monitor.notify.message import SUBJECT_LIMIT, story_of
from monitor.screening.event import Event, FieldChange, Kind, NamedParty, Witness
from monitor.screening.words.labels import KINDS, REVIEW, headline
from tests.notify.events import INSTITUTE, NOW, REMOVED, RULE, event, hostile

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
def test_every_kind_has_a_name_and_the_title_is_the_headline_everywhere(kind: Kind) -> None:
    """Mail, chat and subject begin with the event's own title; no form makes another."""
    assert KINDS[kind][0].isupper()
    told = event(kind, title=f"Something happened: {kind.value}", summary="")
    wording = word(told, PAGES)
    assert wording.subject == told.title
    assert wording.text().splitlines()[0] == told.title
    assert wording.short().startswith(told.title)
    assert told.title in wording.html()
    assert f"/event/{told.id}" in wording.text()


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
        "By 88 FR 80131 (document 2023-25557), effective 2023-11-16.",
        "Effective: 2023-11-16",
        "Rule: 88 FR 80131 (document 2023-25557)",
        RULE,
        "eCFR followed 1 day 2 hours after the first source",
        "Consolidated Screening List has not followed yet",
        "eCFR: absent (as of 2023-11-17; seen 2023-11-17 13:50 UTC",
        "cd" * 32,
        "Consolidated Screening List: listed (as of 2023-11-16 11:00 UTC",
        "before: Presumption of denial",
        "Former entry",
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


@pytest.mark.parametrize(
    "kind",
    [
        Kind.REMOVAL_ANNOUNCED,
        Kind.REMOVAL_CONFIRMED,
        Kind.LISTING_ANNOUNCED,
        Kind.LISTING_CONFIRMED,
    ],
)
def test_under_the_headline_stand_rule_date_and_lists(kind: Kind) -> None:
    """By which document, effective when, and what the lists say; what is not known is said too."""
    witnesses = (Witness("ecfr", "listed"), Witness("csl", "absent"))
    told = event(kind, witnesses=witnesses)
    law = (
        "By 88 FR 80131 (document 2023-25557), effective 2023-11-16. "
        "Lists: eCFR listed, Consolidated Screening List absent."
    )
    assert word(told, None).text().splitlines()[1] == law
    assert word(told, None).short().splitlines()[1] == law
    undated = replace(told, effective_on=None)
    assert "effective date not given." in word(undated, None).text().splitlines()[1]
    alone = replace(undated, citation=None, document_number=None, witnesses=())
    assert word(alone, None).text().splitlines()[1] == (
        "No document is known for it yet. Lists: not read yet."
    )


def test_review_asks_for_a_person_in_every_form() -> None:
    """What the machine was not certain of says so in the subject, the mail and the chat."""
    wording = word(event(Kind.ENTRY_AMENDED, review=True), PAGES)
    assert wording.subject.endswith("(please check)")
    assert len(wording.subject) <= SUBJECT_LIMIT
    for form in (wording.text(), wording.html(), wording.short()):
        assert REVIEW in form


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


def test_a_test_message_says_that_nothing_happened() -> None:
    """Nobody may take a test for an alert."""
    wording = word_test(NOW, PAGES)
    assert wording.subject.startswith("Test")
    for form in (wording.text(), wording.html(), wording.short()):
        assert "nothing has happened" in form


@pytest.mark.parametrize("kind", [Kind.REMOVAL_CONFIRMED, Kind.NOTICE_FOUND])
def test_a_subject_cuts_the_partys_name_and_keeps_what_happened(kind: Kind) -> None:
    """A phone shows 78 characters: the name gives way, the list and the words around it stay."""
    title = headline(kind, INSTITUTE.name, "EL")
    told = event(kind, title=title, party=INSTITUTE.name, review=True)
    subject = word(told, None).subject
    assert len(subject) <= SUBJECT_LIMIT
    assert subject.startswith(title.split(":", maxsplit=1)[0])
    assert "Ministry of" in subject
    assert subject.endswith("(please check)")
    assert word(told, None).text().startswith(title)
    unnamed = replace(told, party="", review=False)
    assert word(unnamed, None).subject.startswith(title[:40])


def parties(**counts: int) -> Event:
    """News of additions, so many a country."""
    some = tuple(
        NamedParty("added", f"{country} Works No. {at}", country)
        for country, count in counts.items()
        for at in range(1, count + 1)
    )
    return event(Kind.LIST_CHANGED, watch=None, before=None, changes=(), parties=some)


def test_few_parties_are_named_and_of_many_as_many_as_can_be_read() -> None:
    """Each country has its names; the rest stands under the act."""
    few = word(parties(CN=2, RU=1), "https://desk.example").story.parties
    assert [(group.label, len(group.names)) for group in few.groups] == [
        ("Added, China (2)", 2), ("Added, Russia (1)", 1),
    ]  # fmt: skip
    assert few.more == 0
    wording = word(parties(CN=120, RU=15, TR=5), "https://desk.example")
    many = wording.story.parties
    assert [(len(group.names), group.more) for group in many.groups] == [(15, 105), (15, 0), (5, 0)]
    assert (many.total, many.url) == (140, "https://desk.example/acts/2023-25557")
    for form in (wording.text(), wording.html()):
        assert "and 105 more" in form
        assert "https://desk.example/acts/2023-25557" in form
    assert "CN Works No. 1; CN Works No. 2; " in wording.short()
    assert word(parties(CN=120), None).story.parties.url == RULE


def test_a_party_alone_stands_in_the_headline_of_a_chat() -> None:
    """And is not named again below it."""
    title = "In force: Entity List removal of CN Works No. 1"
    said = word(replace(parties(CN=1), title=title), None).short()
    assert said.count("CN Works No. 1") == 1


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.REMOVAL_ANNOUNCED, "Current entry"),
        (Kind.REMOVAL_SUSPECTED, "Current entry"),
        (Kind.REMOVAL_CANCELLED, "Current entry"),
        (Kind.REMOVAL_CONFIRMED, "Former entry"),
    ],
)
def test_an_entry_is_former_only_once_it_has_left(kind: Kind, said: str) -> None:
    """Of what is announced or suspected the entry still stands."""
    assert story_of(replace(REMOVED, kind=kind), PAGES).entry_title == f"{said}, as published"
