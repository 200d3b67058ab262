"""Names that no marks set off: in an instruction without quotes, and in the preamble's lists.

"This rule adds the following two entities to the Entity List: China: • A Co., Ltd.; and • B." Where
such a name ends is guessed from what parts the items. Refuses sentences that tell no deed of this
rule.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.screening.acts.named import ADDRESS_ONLY, COMMA, written
from monitor.screening.acts.reading import Page
from monitor.screening.acts.roles import VERB, Verb, verb_of
from monitor.screening.acts.standing import AKA
from monitor.screening.destinations import ANY, alpha2, destination


@dataclass(frozen=True, slots=True)
class ProseName:
    """A name as written."""

    name: str
    certain: bool = False
    """Whether it is certain where it ends."""
    places: tuple[str, ...] = ()
    """The destination that heads its list."""
    verb: Verb | None = None
    """What opens its list says is done."""


_UNQUOTED = re.compile(
    r"\b(?:entr(?:y|ies)|entit(?:y|ies)|listings?|rows?)\b[\s,:]*"
    r"(?:(?:for|of|known\s+as)\s+)?(?:the\s+)?(?=[A-Z0-9])(?P<names>[^;“”:]{3,2000})"
)
_LISTED = re.compile(
    rf"\b(?P<verb>{VERB})\b[^.:;“]{{0,300}}?\bfollowing\b[^.:;“]{{0,300}}(?:\.|:)\s*"
    r"(?=(?:[A-Z“•(]))",
)
"""What opens a list: a verb, "the following …", and a colon."""
_TOLD = re.compile(
    r"\b(?P<verb>(?i:add(?:s|ing)?|remov(?:e|es|ing)))\s+"
    r"(?:[\w\s-]{0,60}?\b(?:entit(?:y|ies)|compan(?:y|ies)|part(?:y|ies)|persons?)[\s,:]+)?"
    r"(?=[A-Z0-9])(?P<names>.{3,1500}?)"
    r",?\s+(?:(?:to|from|on)\s+the\s+(?:Entity|Unverified|MEU|Military)|under\s+(?:the\s+)?(?:destination|"
    rf"(?i:{ANY})))",
)
_TOO_LONG = 40_000
"""Characters behind a list's opening that may be its items."""
_BULLET = re.compile(r"•|(?<![\w.])\(\d{1,3}\)\s")
_ITEM_END = re.compile(
    r";|\.”?(?=\s+(?:[A-Z•(]|$))(?<!\bCo\.)(?<!\bLtd\.)(?<!\bInc\.)(?<!\bCorp\.)(?<!\b[A-Z]\.)|$"
)
_HEADED = re.compile(rf"(?:^|(?<=[.;]\s))(?:\(?\d{{0,2}}\)?\s*)?(?i:{ANY})\s*(?::|(?=•))")
_HEADING = re.compile(rf"(?i:{ANY})|\band\b")
_MORE = 60
"""Characters between two items, besides a country's heading, that end the list."""
_PARTING = re.compile(
    r";\s*(?:and\s+)?|,\s+and\s+"
    r"|(?:(?<=\bLtd\.)|(?<=\bLtd)|(?<=\bInc\.)|(?<=\bLLC)|(?<=\bLimited))\s+and\s+"
)
_BEHIND = re.compile(
    rf"\s+(?:under\s+(?:the\s+)?(?:destinations?|headings?|(?i:{ANY}))|in\s+alphabetical|to\s+read|from\s+the"
    r"|(?:is|are)\s+(?:removed|added|revised))\b"
)
_EDGES = ' “”",;:—–•*'


def prose_names(page: Page) -> Iterator[ProseName]:
    """The names in the order of the text, those of the instructions first."""
    yield from _unquoted(page)
    preamble = page.text[: page.layout.preamble]
    for opening in _LISTED.finditer(preamble):
        verb = verb_of(opening["verb"])
        for item in _items(preamble[opening.end() : opening.end() + _TOO_LONG]):
            yield replace(item, verb=verb)
    for told in _TOLD.finditer(preamble):
        yield from map(ProseName, _parted(told["names"]))


def _unquoted(page: Page) -> Iterator[ProseName]:
    for clauses in page.clauses:
        for nameless in clauses.nameless:
            said = page.text[slice(*nameless.clause)]
            for found in _UNQUOTED.finditer(said):
                names = _parted(_BEHIND.split(found["names"], maxsplit=1)[0])
                plain = len(names) == 1 and not COMMA.search(names[0])
                yield from (ProseName(name, plain, nameless.destinations) for name in names)


def _items(said: str) -> Iterator[ProseName]:
    """The items of a list, up to where it ends."""
    bullets = list(_BULLET.finditer(said))
    if not bullets or bullets[0].start() > _MORE:
        yield from _run_on(said)
        return
    place = _place(said[: bullets[0].start()])
    for at, bullet in enumerate(bullets):
        edge = bullets[at + 1].start() if at + 1 < len(bullets) else len(said)
        end = _ITEM_END.search(said, bullet.end(), edge)
        close = end.start() if end else edge
        yield _item(said[bullet.end() : close], place, marked=True)
        # a heading of a country may stand before the next mark, and nothing else
        between = said[close:edge]
        if len(_HEADING.sub("", between).strip(" .;,:")) > _MORE:
            return
        place = _place(between) or place


def _run_on(said: str) -> Iterator[ProseName]:
    """Items without marks: "China: A; B; and C. Pakistan: D."."""
    headed = list(_HEADED.finditer(said))
    if not headed or headed[0].start() > 0:
        sentence = said[: _ended(said)]
        yield from map(ProseName, _parted(sentence) if ";" in sentence else [])
        return
    for head, edge in zip(headed, [*(one.start() for one in headed[1:]), len(said)], strict=True):
        part = said[head.end() : edge]
        close = _ended(part)
        for name in re.split(r";\s*(?:and\s+)?", part[:close]):
            yield _item(name, _place(head[0]), marked=False)
        if len(part) - close > _MORE:
            return


def _place(said: str) -> tuple[str, ...]:
    """The destination that these words between two items name."""
    found = re.findall(rf"(?i:\b{ANY}\b)", said)
    return (destination(found[-1]),) if found else ()


def _ended(said: str) -> int:
    """Where the sentence ends that holds a list parted by semicolons."""
    end = _ITEM_END.search(said.replace(";", ","))
    return end.start() if end else len(said)


def _item(item: str, places: tuple[str, ...], *, marked: bool) -> ProseName:
    """An item's name: without its aliases, and without what reads as an address behind a comma."""
    whole = AKA.split(item, maxsplit=1)[0].strip(_EDGES)
    cut = None if ADDRESS_ONLY.match(whole) else COMMA.search(whole)
    address = cut is not None and (
        any(map(str.isdigit, whole[cut.end() :])) or alpha2(whole.rpartition(",")[2]) is not None
    )
    name = whole[: cut.start()] if cut is not None and address else whole
    return ProseName(written(name), marked and cut is None, places)


def _parted(said: str) -> list[str]:
    names = [written(part) for part in _PARTING.split(said)]
    return [name for name in names if name and name[0].isupper() and len(name) < 200]
