"""The entity cell of the codified list: which parties it names, by what names, at what addresses.

A cell holds "Name, a.k.a., the following two aliases:<br/>—Alias; and<br/>—Alias.<br/>address."
and every deviation that two decades of rules have brought. This room refuses to lose a name: what
fits no pattern is kept as an alias or an address, and said aloud in a remark.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from monitor.screening.words.message import say
from monitor.sources.ecfr.addresses import addresses_of, without_references
from monitor.sources.ecfr.aliases import read_head, without_number
from monitor.sources.ecfr.names import is_bare_address, opens_address, tidy_name
from monitor.sources.ecfr.party import Draft, Party

_BULLET = re.compile(r"(?:[—–•·●▪■◦‣∙\u2010-\u2015\u2212]|-(?=\s*[^\s\d-])|&?mdash;)\s*")
_SUBORDINATE = re.compile(
    r"subordinate\s+(institut?i?on|institute|entity)s?\b\s*:?\s*(.*)$", re.IGNORECASE
)
_UNLISTED_PARENT = re.compile(
    r"the following\s+(?:\w+\s+)?subordinate\s+institut?i?ons?\s+of\s+(.+?)\s*:", re.IGNORECASE
)
_AFFILIATED = re.compile(r"affiliated\s+entities\s*:?$", re.IGNORECASE)
_COMMON_ADDRESSES = re.compile(
    r"the following address(?:es)? appl(?:y|ies) to\b[^:]*:\s*(.*)$", re.IGNORECASE
)
_BULLETED_GROUP = re.compile(r"the following\s+(.+?)\s+entities\s*:$", re.IGNORECASE)
_BULLETED_PARTIES = re.compile(
    r"[;,]?\s*\band the following (?:\w+ )?subordinate (?:entit|institut)\w+\s*:?$", re.IGNORECASE
)
_INCLUSION = re.compile(r",?\s*(?:and\s+)?to include the following\b[^.:;]*[.:]?\s*", re.IGNORECASE)
_LISTS_ALIASES = re.compile(r"\bfollow(?:ing)?\b[^:]*\balia[es]{1,4}\b", re.IGNORECASE)
_RUNS_ON = re.compile(r"\((?:[afdn]\.?\s?k\.?\s?a|formerly|also)\b", re.IGNORECASE)
_RUNS_OVER = re.compile(r"(?:\b[afdn]\.\s?k\.\s?a\.?,?|\bthe following(?: \w+)?)$", re.IGNORECASE)
_SPEAKS_OF_CELL = re.compile(r"the following|subordinate|affiliated", re.IGNORECASE)
_KINDS = frozenset({"institution", "institute", "entity"})
_NOTE = re.compile(r";\s*(\([a-z][^()]*\))[.;]?$")
_NUMBERED_LABEL = re.compile(
    r"(Address(?:es)?\s*(?:No\.?\s*)?\d+(?:\s*(?:and|&|to|–|-)\s*\d+\b)*)\s*[:,.–—-]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CellReading:
    """The parties of one cell, and what was not understood."""

    parties: tuple[Party, ...]
    remarks: tuple[str, ...] = ()


# From one version of the list to the next nearly all cells stay: each is read once.
@lru_cache(maxsize=8192)
def read_entity(cell: str) -> CellReading:
    r"""The parties of an entity cell; `cell` has its line breaks as newlines.

    >>> read_entity("Jiu Ltd., a.k.a., the following alias:\n—JL.\n\n1 A Road, China.").parties
    (Party(name='Jiu Ltd.', aliases=('JL',), addresses=('1 A Road, China',)),)
    """
    lines = _lines(cell)
    whole = " ".join(line for line in lines if line)
    if is_bare_address(whole) and not _LISTS_ALIASES.search(whole):
        label = _NUMBERED_LABEL.match(whole)
        address = addresses_of([whole[label.end() :] if label else whole])
        # The CSL names such an entry by its number alone.
        return CellReading((Party(tidy_name(whole), (label[1],) if label else (), address),))
    walk = _Walk()
    for line in lines:
        walk.take(line)
    return walk.done()


def starts_with_bullet(cell: str) -> bool:
    """Whether a cell opens in the middle of a list of aliases: its row continues the one before."""
    return _BULLET.match(cell.strip()) is not None


def names_subordinates(cell: str) -> bool:
    """Whether a cell opens with what belongs to the party of a row before."""
    first = " ".join(cell.strip().split("\n", 1)[0].split())
    return any(
        pattern.match(first) is not None
        for pattern in (_SUBORDINATE, _AFFILIATED, _COMMON_ADDRESSES)
    )


def opens_group(cell: str) -> bool:
    """Whether a cell names a parent that is not listed; the rows below it are its subordinates."""
    return _UNLISTED_PARENT.match(cell.strip()) is not None


def as_subordinate(cell: str) -> str:
    """The cell of a row below such a parent, said to be a subordinate."""
    return cell if names_subordinates(cell) else f"Subordinate institution: {cell.strip()}"


def _lines(cell: str) -> list[str]:
    """Lines with single spaces, cross-references gone, heads that run over a line break mended."""
    text = without_references(cell.replace("\xa0", " "))
    lines: list[str] = []
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if lines and (_RUNS_ON.match(line) or _RUNS_OVER.search(lines[-1][-40:])):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


class _Walk:
    """The state while a cell is read line by line."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._remarks: list[str] = []
        self._common: list[str] | None = None
        self._label = ""
        self._parent: str | None = None
        self._head_follows = False
        self._bullets_are_parties = False
        self._parent_unlisted = False
        self._affiliates = False
        self._blank = False

    def take(self, line: str) -> None:
        """Add the next line; an empty one counts, for it parts aliases from addresses."""
        if not line:
            self._blank = True
            return
        bullet = _BULLET.match(line)
        last = self._drafts[-1] if self._drafts else None
        if bullet is not None and self._common is None:
            self._bullet(line[bullet.end() :])
        elif (
            last is not None
            and last.wants_alias
            and (numbered := without_number(line, len(last.aliases) + 1))
        ):
            self._alias(last, numbered)
        elif self._common is not None:
            self._common.append(line)
        elif not self._marker(line):
            self._text(line)
        self._blank = False

    def _marker(self, line: str) -> bool:
        """Lines that speak of the cell and name nobody themselves."""
        if _SPEAKS_OF_CELL.match(line) is None:
            return False
        common = _COMMON_ADDRESSES.match(line)
        subordinate = _SUBORDINATE.match(line)
        group = _BULLETED_GROUP.match(line)
        unlisted = _UNLISTED_PARENT.match(line)
        if common is not None:
            self._common = [common[1]] if common[1] else []
        elif subordinate is not None:
            kind = subordinate[1].lower()
            self._under(f"subordinate {kind if kind in _KINDS else 'institution'}")
            self._head_follows = True
            if subordinate[2]:
                self._open(subordinate[2])
        elif _AFFILIATED.match(line) and self._drafts:
            self._under("affiliated entity")
            self._affiliates = True
        elif group is not None and not self._drafts:
            self._parent, self._label = group[1], "entity"
            self._bullets_are_parties = True
        elif unlisted is not None and not self._drafts:
            self._parent, self._parent_unlisted = unlisted[1], True
        else:
            return False
        return True

    def _under(self, label: str) -> None:
        self._label = label
        if self._parent is None and self._drafts:
            self._parent = self._drafts[0].head.name

    def _text(self, line: str) -> None:
        if not self._drafts or self._head_follows:
            self._open(line)
            return
        last = self._drafts[-1]
        if self._is_alias(last, line):
            last.aliases.append(line)
        elif self._affiliates and (not opens_address(line) or _LISTS_ALIASES.search(line)):
            self._open(line)
        elif _LISTS_ALIASES.search(line) and not opens_address(line):
            self._parent = None
            self._remarks.append(
                say(
                    "the cell of {name} also holds the party that opens {line!r}",
                    name=last.head.name,
                    line=line,
                )
            )
            self._open(line)
        else:
            last.lines.append(_INCLUSION.sub("", line))

    def _is_alias(self, last: Draft, line: str) -> bool:
        """Whether a line without a bullet still belongs to the list of aliases."""
        if opens_address(line):
            return False
        goes_on = bool(last.aliases) and last.aliases[-1].endswith((";", "; and"))
        if last.wants_alias:
            return goes_on or not self._blank or not last.aliases
        return goes_on and not self._blank and not last.lines

    def _bullet(self, text: str) -> None:
        parties_follow = _BULLETED_PARTIES.search(text)
        if parties_follow is not None:
            text = text[: parties_follow.start()]
        last = self._drafts[-1] if self._drafts else None
        if last is not None and (last.wants_alias or not self._bullets_are_parties):
            self._alias(last, text)
        else:
            self._open(text)
        if parties_follow is not None:
            self._under("subordinate entity")
            self._bullets_are_parties = True

    def _alias(self, draft: Draft, text: str) -> None:
        if draft.head.group and not draft.aliases and not draft.lines:
            draft.head = read_head(f"{draft.head.name} {text}")
            return
        if not draft.head.announces:
            draft.unannounced.append(text)
            if draft.head.rest:
                draft.lines.append(text)
                return
        note = _NOTE.search(text)
        if note is not None:
            draft.notes += 1
            text = text[: note.start() + 1]
        text = _INCLUSION.sub(" ", text) if text.rstrip(" :").endswith("entities") else text
        draft.aliases.append(_INCLUSION.sub(". ", text).strip())

    def _open(self, line: str) -> None:
        head = read_head(line)
        own = head.name
        if self._parent is not None:
            name = f"{self._parent} {self._label}: {own}"
            self._drafts.append(
                Draft(head, own=name)
                if self._parent_unlisted
                else Draft(replace(head, name=name), own=own)
            )
        else:
            self._drafts.append(Draft(head))
        self._head_follows = False

    def done(self) -> CellReading:
        """All parties; one without a name where none was found."""
        parties = tuple(draft.party(self._common) for draft in self._drafts)
        remarks = (remark for draft in self._drafts for remark in draft.remarks())
        return CellReading(parties or (Party(""),), (*self._remarks, *remarks))
