"""Events as an Atom feed (RFC 4287). Ids are permanent: they hold neither host nor place.

Texts are cleared of what XML cannot hold; everything else is escaped by the XML library.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from monitor.language.languages import ENGLISH
from monitor.language.translator import Translator
from monitor.screening.event import Event
from monitor.screening.words.labels import kind_name
from monitor.screening.words.sanitize import visible, web_link

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
"""The date of a feed without events."""
_TAG = "tag:entity-list-monitor,2026"


def feed(
    events: Sequence[Event],
    *,
    title: str,
    said: Translator,
    of: str,
    path: str,
    base: str,
    next_path: str | None = None,
    first_path: str | None = None,
) -> bytes:
    """One page of the feed of these events, newest first (RFC 5005 section 3).

    `said` says it in a language. `of` names the feed in its id, `path` is the page's own, `base`
    the URL of this site; `next_path` leads to the older events, None where there are none,
    `first_path` to the newest.
    """
    root = Element("feed", xmlns=ATOM)
    root.set("xml:lang", said.language.tag)
    _text(root, "id", f"{_TAG}:feed:{of}")
    _text(root, "title", said(title))
    _text(root, "updated", max((event.at for event in events), default=NEVER))
    _text(SubElement(root, "author"), "name", "Entity List monitor")
    SubElement(root, "link", rel="self", type="application/atom+xml", href=base + path)
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{base}/")
    for rel, leads in (("first", first_path), ("next", next_path)):
        if leads is not None:
            SubElement(root, "link", rel=rel, type="application/atom+xml", href=base + leads)
    for event in events:
        _entry(root, event, base, said)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _entry(root: Element, event: Event, base: str, said: Translator) -> None:
    entry = SubElement(root, "entry")
    _text(entry, "id", f"{_TAG}:event:{event.id}")
    _text(entry, "title", said.language.once(said(event.title)))
    _text(entry, "updated", event.at)
    _text(entry, "published", event.at)
    SubElement(
        entry,
        "link",
        rel="alternate",
        type="text/html",
        href=_page(f"{base}/event/{event.id}", said),
    )
    if event.case is not None:
        href = _page(f"{base}/cases/{event.case}", said)
        SubElement(entry, "link", rel="related", type="text/html", href=href)
    rule = web_link(event.document_url)
    if rule is not None:
        SubElement(entry, "link", rel="related", type="text/html", href=rule)
    SubElement(entry, "category", term=event.kind.value, label=said(kind_name(event.kind)))
    _text(entry, "summary", said.language.once(said(event.summary)))


def _page(url: str, said: Translator) -> str:
    """The address of a page in the language of the feed."""
    return url if said.language is ENGLISH else f"{url}?lang={said.language.code}"


def _text(parent: Element, name: str, text: str) -> None:
    shown = visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    SubElement(parent, name).text = shown
