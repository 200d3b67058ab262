"""Names that no marks set off: in an instruction without quotes, and in the preamble's lists.

"This rule adds the following two entities to the Entity List: China: • A Co., Ltd.; and • B." Where
such a name ends is guessed from what parts the items. Refuses sentences that tell no deed of this
rule.
"""

import re
from collections.abc import Iterator

from monitor.screening.acts.reading import Page
from monitor.screening.acts.roles import VERB
from monitor.screening.acts.standing import AKA
from monitor.screening.destinations import ANY

Name = tuple[str, bool]
"""As written, and whether it is certain where it ends."""

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
_LEGAL_COMMA = re.compile(
    r",\s+(?!(?:Co|Ltd|Limited|Inc|LLC|L\.L\.C|Corp|JSC|OJSC|PJSC|LLP|GmbH|S\.?A|S\.?r\.?l|Pte|Pvt"
    r"|Sdn|FZE|FZCO|FZC|Company|Corporation|Incorporated|Joint|Public)\b)"
)
_BEHIND = re.compile(
    rf"\s+(?:under\s+(?:the\s+)?(?:destinations?|headings?|(?i:{ANY}))|in\s+alphabetical|to\s+read|from\s+the"
    r"|(?:is|are)\s+(?:removed|added|revised))\b"
)
_EDGES = ' “”",;:—–•*'


def prose_names(page: Page) -> Iterator[Name]:
    """The names in the order of the text, those of the instructions first."""
    yield from _unquoted(page)
    preamble = page.text[: page.layout.preamble]
    for opening in _LISTED.finditer(preamble):
        yield from _items(preamble[opening.end() : opening.end() + _TOO_LONG])
    for told in _TOLD.finditer(preamble):
        for name in _parted(told["names"]):
            yield name, False


def _unquoted(page: Page) -> Iterator[Name]:
    for clauses in page.clauses:
        for nameless in clauses.nameless:
            said = page.text[slice(*nameless.clause)]
            for found in _UNQUOTED.finditer(said):
                names = _parted(_BEHIND.split(found["names"], maxsplit=1)[0])
                plain = len(names) == 1 and not _LEGAL_COMMA.search(names[0])
                for name in names:
                    yield name, plain


def _items(said: str) -> Iterator[Name]:
    """The items of a list, up to where it ends."""
    bullets = list(_BULLET.finditer(said))
    if not bullets or bullets[0].start() > 80:
        yield from _run_on(said)
        return
    for at, bullet in enumerate(bullets):
        begin = bullet.end()
        edge = bullets[at + 1].start() if at + 1 < len(bullets) else len(said)
        end = _ITEM_END.search(said, begin, edge)
        close = end.start() if end else edge
        yield _head(said[begin:close]), True
        # a heading of a country may stand before the next mark, and nothing else
        rest = said[close:edge].strip(" .;,")
        if (
            at + 1 < len(bullets)
            and len(re.sub(rf"(?i:{ANY})|\band\b", "", rest).strip(" .;,:")) > 60
        ):
            return


def _run_on(said: str) -> Iterator[Name]:
    """Items without marks: "China: A; B; and C. Pakistan: D."."""
    headed = list(_HEADED.finditer(said))
    if not headed or headed[0].start() > 0:
        sentence = said[: _ended(said)]
        names = _parted(sentence) if ";" in sentence else []
        yield from ((name, False) for name in names)
        return
    for head, edge in zip(headed, [*(one.start() for one in headed[1:]), len(said)], strict=True):
        part = said[head.end() : edge]
        close = _ended(part)
        yield from ((_head(name), False) for name in re.split(r";\s*(?:and\s+)?", part[:close]))
        if len(part) - close > _MORE:
            return


def _ended(said: str) -> int:
    """Where the sentence ends that holds a list parted by semicolons."""
    end = _ITEM_END.search(said.replace(";", ","))
    return end.start() if end else len(said)


def _head(item: str) -> str:
    """An item's name: without its aliases, what stands in brackets behind it, and an address."""
    said = AKA.split(item, maxsplit=1)[0]
    return _LEGAL_COMMA.split(said.strip(_EDGES), maxsplit=1)[0].strip(_EDGES)


def _parted(said: str) -> list[str]:
    names = [part.strip(_EDGES) for part in _PARTING.split(said)]
    return [name for name in names if name and name[0].isupper() and len(name) < 200]
