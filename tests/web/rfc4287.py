"""The structure of Atom, as RFC 4287 gives it in its schema (appendix B) and its prose.

It knows every element of the format with how often each may stand where, every attribute, and the
rules the schema cannot say: who needs an author, an alternate link, a summary. What it refuses to
judge is the content of extensions, which may be anything.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MEDIA = re.compile(r".+/.+")
EMAIL = re.compile(r".+@.+")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
REFERENCE = re.compile(r"[^\s<>\"{}|\\^`]*")
ONE, MAYBE, ANY = (1, 1), (0, 1), (0, 10**9)
Form = Callable[[ET.Element], Iterator[str]]


@dataclass(frozen=True)
class Element:
    """What an element may hold: children by how often, attributes, and the form of its text."""

    children: dict[str, tuple[int, int]] | None = None
    attributes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    form: Form | None = None


def matches(pattern: re.Pattern[str], what: str) -> Form:
    """Text alone, of that form."""

    def form(element: ET.Element) -> Iterator[str]:
        if len(element) or not pattern.fullmatch(element.text or ""):
            yield f"{name_of(element)} is no {what}: {element.text!r}"

    return form


def text_construct(element: ET.Element) -> Iterator[str]:
    """Section 3.1: text and html are text alone, xhtml is one div."""
    kind = element.get("type", "text")
    if kind not in {"text", "html", "xhtml"}:
        yield f"{name_of(element)} has type {kind}"
    divs = [child.tag for child in element]
    if kind == "xhtml" and divs != ["{http://www.w3.org/1999/xhtml}div"]:
        yield f"{name_of(element)} is not one xhtml:div"
    if kind != "xhtml" and divs:
        yield f"{name_of(element)} of type {kind} holds elements"


def content(element: ET.Element) -> Iterator[str]:
    """Section 4.1.3: in line or out of line, not both."""
    kind, src = element.get("type", "text"), element.get("src")
    if src is not None and (len(element) or (element.text or "").strip()):
        yield "content with src is not empty"
    if kind in {"text", "html", "xhtml"}:
        yield from text_construct(element) if src is None else ["content with src has a text type"]
    elif not MEDIA.fullmatch(kind):
        yield f"content has type {kind}"


PERSON = Element({"name": ONE, "uri": MAYBE, "email": MAYBE})
TEXT = Element(attributes=frozenset({"type"}), form=text_construct)
DATED = Element(form=matches(DATE, "date"))
META = {"author": ANY, "category": ANY, "contributor": ANY, "link": ANY, "rights": MAYBE}
FEED = META | {"generator": MAYBE, "icon": MAYBE, "id": ONE, "logo": MAYBE, "subtitle": MAYBE,
               "title": ONE, "updated": ONE, "entry": ANY}  # fmt: skip
SOURCE = {name: (0, most) for name, (_, most) in FEED.items() if name != "entry"}
ENTRY = META | {"content": MAYBE, "id": ONE, "published": MAYBE, "source": MAYBE,
                "summary": MAYBE, "title": ONE, "updated": ONE}  # fmt: skip
ELEMENTS = {
    "feed": Element(FEED), "entry": Element(ENTRY), "source": Element(SOURCE),
    "author": PERSON, "contributor": PERSON,
    "name": Element(form=matches(re.compile(r"(?s).*\S.*"), "name")),
    "uri": Element(form=matches(REFERENCE, "reference")),
    "email": Element(form=matches(EMAIL, "address")),
    "title": TEXT, "subtitle": TEXT, "summary": TEXT, "rights": TEXT,
    "updated": DATED, "published": DATED,
    "id": Element(form=matches(ABSOLUTE, "absolute IRI")),
    "icon": Element(form=matches(REFERENCE, "reference")),
    "logo": Element(form=matches(REFERENCE, "reference")),
    "generator": Element(attributes=frozenset({"uri", "version"}),
                         form=matches(re.compile(r"(?s).*\S.*"), "name")),
    "category": Element({}, frozenset({"term", "scheme", "label"}), frozenset({"term"})),
    "link": Element({}, frozenset({"href", "rel", "type", "hreflang", "title", "length"}),
                    frozenset({"href"})),
    "content": Element(attributes=frozenset({"type", "src"}), form=content),
}  # fmt: skip


def faults(text: bytes) -> list[str]:
    """Everything by which the text is no Atom feed document; empty for one that is."""
    root = ET.fromstring(text)
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    return [*_element(root), *_authors(root), *(fault for entry in root.iterfind(f"{ATOM}entry")
                                                for fault in _entry(entry))]  # fmt: skip


def name_of(element: ET.Element) -> str:
    """An element's name as the RFC writes it."""
    return element.tag.removeprefix(ATOM)


def _element(element: ET.Element) -> Iterator[str]:
    name = name_of(element)
    known = ELEMENTS[name]
    yield from _attributes(element, known)
    if known.form is not None:
        yield from known.form(element)
    if known.children is not None:
        yield from _children(element, known.children)
    if known.children:
        texts = [element.text, *(child.tail for child in element)]
        if any((text or "").strip() for text in texts):
            yield f"{name} holds text between its elements"
    if name in {"feed", "entry", "source"}:
        yield from _links(element)


def _attributes(element: ET.Element, known: Element) -> Iterator[str]:
    name = name_of(element)
    for one in known.needs - set(element.keys()):
        yield f"{name} has no {one}"
    for one in set(element.keys()) - known.attributes:
        if not one.startswith("{"):
            yield f"{name} has an attribute {one}"
    forms = {"href": REFERENCE, "scheme": ABSOLUTE, "hreflang": LANGUAGE, f"{XML}lang": LANGUAGE}
    if name == "link":
        forms["type"] = MEDIA
    for one, form in forms.items():
        given = element.get(one)
        if given is not None and not form.fullmatch(given):
            yield f"{name} has {one}={given!r}"


def _children(element: ET.Element, allowed: dict[str, tuple[int, int]]) -> Iterator[str]:
    name = name_of(element)
    found = Counter(name_of(child) for child in element if child.tag.startswith(ATOM))
    for child in set(found) - set(allowed):
        yield f"{name} holds a {child}"
    for child, (least, most) in allowed.items():
        if not least <= found[child] <= most:
            yield f"{name} holds {found[child]} of {child}"
    for one in element:
        if one.tag.startswith("{"):
            if name_of(one) in ELEMENTS and one.tag.startswith(ATOM):
                yield from _element(one)
        else:
            yield f"{name} holds {one.tag} of no namespace"


def _links(element: ET.Element) -> Iterator[str]:
    """Sections 4.1.1 and 4.1.2: one alternate link of a type and language."""
    kinds = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in element.iterfind(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    for kind, count in kinds.items():
        if count > 1:
            yield f"{name_of(element)} has {count} alternate links of {kind}"


def _entry(entry: ET.Element) -> Iterator[str]:
    """Section 4.1.2: content, or an alternate link; a summary of what is not readable in line."""
    inside = entry.find(f"{ATOM}content")
    rels = {link.get("rel", "alternate") for link in entry.iterfind(f"{ATOM}link")}
    if inside is None and "alternate" not in rels:
        yield "an entry has neither content nor an alternate link"
    kind = inside.get("type", "text") if inside is not None else "text"
    unreadable = kind not in {"text", "html", "xhtml"} and not re.match(r"text/|.*[+/]xml$", kind)
    away = inside is not None and inside.get("src") is not None
    if (unreadable or away) and entry.find(f"{ATOM}summary") is None:
        yield "an entry has no summary of its content"


def _authors(root: ET.Element) -> Iterator[str]:
    """Section 4.1.1: the feed has an author, or each entry or its source has."""
    if root.find(f"{ATOM}author") is None:
        for entry in root.iterfind(f"{ATOM}entry"):
            if (
                entry.find(f"{ATOM}author") is None
                and entry.find(f"{ATOM}source/{ATOM}author") is None
            ):
                yield "an entry has no author, and the feed neither"
