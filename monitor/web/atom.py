"""News as an Atom feed (RFC 4287): events and acts. Ids are permanent: no host or place in them.

Texts are cleared of what XML cannot hold; everything else is escaped by the XML library.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from monitor.language.languages import ENGLISH
from monitor.language.translator import Translator
from monitor.screening.event import Event
from monitor.screening.words.counts import names_of
from monitor.screening.words.labels import kind_name
from monitor.screening.words.message import Message, joined
from monitor.screening.words.sanitize import visible, web_link

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
"""The date of a feed without entries."""
MOST_NAMES = 40
"""Names in one entry."""
_TAG = "tag:entity-list-monitor,2026"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `at` is RFC 3339; `path` is that of its page on this site."""

    id: str
    title: str
    at: str
    path: str
    term: str
    label: str
    summary: str
    related: tuple[str, ...] = ()
    """Further paths of this site, and addresses elsewhere."""
    published: str | None = None
    """RFC 3339; None where it is `at`."""


def event_entry(event: Event) -> FeedEntry:
    """An event in a feed."""
    case = (f"/cases/{event.case}",) if event.case is not None else ()
    rule = web_link(event.document_url)
    act = (f"/acts/{event.document_number}",) if event.parties and event.document_number else ()
    return FeedEntry(
        f"event:{event.id}", event.title, event.at, f"/event/{event.id}", event.kind.value,
        kind_name(event.kind), _summary(event), (*case, *act, *([rule] if rule else [])),
    )  # fmt: skip


def _summary(event: Event) -> Message:
    """Its sentences; of news of a list also the first names, the rest stands on its page."""
    names = [party.name for party in event.parties]
    if not names:
        return joined("", (event.summary,))
    return joined("\n", (event.summary, names_of(names[:MOST_NAMES], len(names))))


def feed(
    entries: Sequence[FeedEntry],
    *,
    title: str,
    said: Translator,
    of: str,
    path: str,
    base: str,
    next_path: str | None = None,
    first_path: str | None = None,
    page: str = "/",
) -> bytes:
    """One page of the feed of these entries, newest first (RFC 5005 section 3).

    `said` says it in a language. `of` names the feed in its id, `path` is the page's own, `base`
    the URL of this site; `next_path` leads to the older ones, None where there are none,
    `first_path` to the newest, `page` to the same for people.
    """
    root = Element("feed", xmlns=ATOM)
    root.set("xml:lang", said.language.tag)
    _text(root, "id", f"{_TAG}:feed:{of}")
    _text(root, "title", said(title))
    _text(root, "updated", max((entry.at for entry in entries), default=NEVER))
    _text(SubElement(root, "author"), "name", "Entity List monitor")
    SubElement(root, "link", rel="self", type="application/atom+xml", href=base + path)
    SubElement(root, "link", rel="alternate", type="text/html", href=base + page)
    for rel, leads in (("first", first_path), ("next", next_path)):
        if leads is not None:
            SubElement(root, "link", rel=rel, type="application/atom+xml", href=base + leads)
    for entry in entries:
        _entry(root, entry, base, said)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _entry(root: Element, told: FeedEntry, base: str, said: Translator) -> None:
    entry = SubElement(root, "entry")
    _text(entry, "id", f"{_TAG}:{told.id}")
    _text(entry, "title", said.language.once(said(told.title)))
    _text(entry, "updated", told.at)
    _text(entry, "published", told.published or told.at)
    href = _page(base + told.path, said)
    SubElement(entry, "link", rel="alternate", type="text/html", href=href)
    for place in told.related:
        href = _page(base + place, said) if place.startswith("/") else place
        SubElement(entry, "link", rel="related", type="text/html", href=href)
    SubElement(entry, "category", term=told.term, label=said(told.label))
    _text(entry, "summary", said.language.once(said(told.summary)))


def _page(url: str, said: Translator) -> str:
    """The address of a page in the language of the feed."""
    return url if said.language is ENGLISH else f"{url}?lang={said.language.code}"


def _text(parent: Element, name: str, text: str) -> None:
    shown = visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    SubElement(parent, name).text = shown
