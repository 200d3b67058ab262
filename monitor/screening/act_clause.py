"""The words of one instruction, read clause by clause: who is named, under which verb, as what.

Built for the language of the bureau's rules: "a. Under CHINA, PEOPLE'S REPUBLIC OF: i. By removing
the entry for “X”; ii. By revising the entry for “Y”". Refuses to know parties: it reads every name
that stands in quotes, and those spans without quotes it is told of.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from monitor.screening.act_role import (
    DESTINATION,
    PASSIVE,
    VERB,
    Role,
    Verb,
    is_denied,
    only_joins,
    role_of,
    speaks_of_entries,
    verb_of,
    without_names,
)
from monitor.screening.destination import ANY, HEADING, destination

_MANY = (
    rf"(?i:{ANY})\b(?:\s*\([^)]{{1,40}}\))?"
    rf"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:[Uu]nder\s+)?(?:the\s+)?(?i:{ANY})\b"
    r"(?:\s*\([^)]{1,40}\))?)*"
)
_KIND = r"(?:(?i:destinations?|headings?|country\s+headings?|countr(?:y|ies))\s+(?:of|for)\s+)?"
_TOKEN = re.compile(
    r"(?P<quote>“[^”]{1,2000}”?)"
    r"|(?P<edge>;|\.\s+(?=(?:By|Under|In|Remove|Add|Revise|The|And)\b)|(?<![\w.])(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)"
    r"|(?:[a-z]|[ivx]{2,5}|aa|bb|cc|\d{1,2})\.)(?=\s))"
    rf"|(?P<passive>\b{PASSIVE}\b)|(?P<verb>\b{VERB}\b)"
    rf"|\b[Uu]nder\s+(?:the\s+)?{_KIND}(?:the\s+)?(?P<under>{_MANY})"
    r"|\b[Uu]nder\s+(?:the\s+)?(?P<unknown>[A-Z][A-Z'’., ()-]{2,60}[A-Z)])(?![a-z])"
    rf"|(?<![\w“])(?P<heading>{HEADING})(?=\s*[:,;])"
)
_BEFORE_VERB = re.compile(r"[\s,:]*(?:by\s+)?")
_REPLACED = re.compile(r"\bin\s+(?:its|their)\s+(?:place|stead)\b|\bin\s+lieu\b", re.IGNORECASE)
_STAYS = re.compile(
    r"\s*,?\s*(?:which\s+)?(?:shall|remains?|stays?|continues?|will|(?:is|are)\s+not)\b"
)
_NOUN_BEHIND = re.compile(r"\s*(?:entry|entries|entity|entities|listing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Naming:
    """One name in an instruction, and what is done to it. Places are those of the flat text."""

    start: int
    end: int
    verb: Verb | None
    role: Role
    destinations: tuple[str, ...]
    clause: tuple[int, int]
    group: int
    """Which use of a verb it belongs to."""
    replaced: bool = False
    """The clause puts something in the place of what it removes."""


@dataclass(frozen=True, slots=True)
class Nameless:
    """A verb that speaks of entries and names none: the names stand in the rows or the preamble."""

    verb: Verb
    destinations: tuple[str, ...]
    clause: tuple[int, int]


@dataclass(slots=True)
class _Group:
    """One use of a verb and the words that follow it."""

    verb: Verb | None = None
    words: str = ""
    destinations: tuple[str, ...] = ()
    clause: tuple[int, int] = (0, 0)
    named: bool = False
    introduces: bool = False
    """It ends in a colon: the clauses after it are its list of names."""
    role: Role | None = None


@dataclass(slots=True)
class _Reader:
    """Walks over the tokens of one instruction; holds what the words so far have set."""

    namings: list[Naming] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    lead: str = ""
    standing: tuple[str, ...] = ()
    """The destination that holds until the next one."""
    local: tuple[str, ...] = ()
    """The destination of this clause alone."""
    owner: bool = False
    """The clause began inside an entry ("In the entry for “X”, …")."""
    first: int = 0
    """Index of the clause's first naming."""
    clause: tuple[int, int] = (0, 0)
    own_verb: bool = False

    def turn(self, start: int, edge: str) -> None:
        """A new clause begins; the verb and role before hold on only for a list of names."""
        self.finish(start)
        group = self.groups[-1]
        opens_list = self.lead.rstrip(" •").endswith(":") or edge[0] not in ";."
        if self.own_verb and not group.named and opens_list:
            group.introduces = True
        elif edge != ";" and not group.introduces:
            self.groups.append(_Group(clause=(start, start)))
        self.clause, self.first = (start, start), len(self.namings)
        self.own_verb, self.local, self.lead = False, (), ""

    def keep_words(self) -> None:
        """The words since the last token belong to the verb of this clause, if it has one."""
        if self.own_verb:
            self.groups[-1].words += f" {self.lead} "

    def finish(self, end: int) -> None:
        """The clause ends: every naming in it learns its extent."""
        self.clause = (self.clause[0], end)
        for at in range(self.first, len(self.namings)):
            self.namings[at] = replace(self.namings[at], clause=self.clause)
        if self.groups[-1].clause[1] < end:
            self.groups[-1].clause = (self.groups[-1].clause[0] or self.clause[0], end)

    def act(self, verb: Verb | None) -> None:
        self.groups.append(
            _Group(verb, destinations=self.local or self.standing, clause=self.clause)
        )
        self.lead, self.own_verb = "", True

    def act_on_what_stands_before(self, verb: Verb) -> None:
        """Give the clause's names the verb that follows them ("the entry for “X” is removed")."""
        for at in range(self.first, len(self.namings)):
            if not self.own_verb:
                self.namings[at] = replace(self.namings[at], verb=verb)
        self.lead = ""

    def place(self, said: tuple[str, ...], *, before_verb: bool) -> None:
        """A destination: it holds on if it stands before verb and names, else for this clause."""
        group = self.groups[-1]
        ours = [at for at in range(self.first, len(self.namings)) if self._is_of(group, at)]
        if ours and not before_verb:
            self.local = _once((*self.local, *said))
            for at in ours:
                self.namings[at] = replace(self.namings[at], destinations=self.local)
        elif self.own_verb and not before_verb:
            self.local = _once((*self.local, *said))
            group.destinations = self.local
        else:
            self.standing, self.owner = said, False
            group.destinations = group.destinations if before_verb else said
        self.lead += f" {DESTINATION} "

    def name(self, start: int, end: int, *, behind: str, quoted: bool) -> None:
        group = self.groups[-1]
        words = (group.words if group.role is None else "") + f" {self.lead}"
        words = words if quoted else without_names(words)
        self.keep_words()
        role = role_of(words, group.role)
        if role is Role.UNKNOWN and _NOUN_BEHIND.match(behind):
            role = role_of(words + " entry for ", None)
        if role is Role.UNKNOWN and group.role is None and only_joins(words):
            role = Role.PART if self.owner else self._bare()
        if _STAYS.match(behind):
            role = Role.UNKNOWN
        role = self._within_owner(role)
        group.role, group.named, self.lead = role, True, ""
        self.namings.append(
            Naming(
                start, end, group.verb, role, self.local or group.destinations or self.standing,
                self.clause, len(self.groups) - 1,
            )
        )  # fmt: skip

    def _is_of(self, group: _Group, at: int) -> bool:
        return self.groups[self.namings[at].group] is group

    def _bare(self) -> Role:
        """A name directly behind a verb is an entry if a destination is set, else unknown text."""
        placed = self.local or self.standing or self.groups[-1].destinations
        return Role.ENTRY if placed else Role.UNKNOWN

    def _within_owner(self, role: Role) -> Role:
        if role in {Role.ENTRY, Role.OWNER}:
            self.owner = role is Role.OWNER and not self.own_verb
        return role


def read(
    text: str, start: int, end: int, unquoted: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[Naming, ...], tuple[Nameless, ...]]:
    """Every naming of an instruction's words, and the verbs that name nobody.

    `unquoted`: spans of names to be taken as named although no quotes mark them.
    """
    reader = _Reader(clause=(start, start))
    at = start
    for kind, token_start, token_end, value in _tokens(text, start, end, unquoted):
        gap = text[at:token_start]
        reader.lead += gap
        _take(reader, text, (kind, token_start, token_end, value))
        at = token_end
    reader.lead += text[at:end]
    reader.keep_words()
    reader.finish(end)
    namings = tuple(
        replace(naming, replaced=bool(_REPLACED.search(text, *naming.clause)))
        for naming in reader.namings
    )
    return namings, tuple(
        Nameless(group.verb, group.destinations, group.clause)
        for group in reader.groups
        if group.verb is not None and not group.named and speaks_of_entries(group.words)
    )


_Token = tuple[str, int, int, str]


def _tokens(text: str, start: int, end: int, unquoted: Sequence[tuple[int, int]]) -> list[_Token]:
    found = [
        (str(token.lastgroup), token.start(), token.end(), token[str(token.lastgroup)])
        for token in _TOKEN.finditer(text, start, end)
    ]
    for name_start, name_end in unquoted:
        found = [token for token in found if token[2] <= name_start or token[1] >= name_end]
        found.append(("name", name_start, name_end, text[name_start:name_end]))
    return sorted(found, key=lambda token: token[1])


def _take(reader: _Reader, text: str, token: _Token) -> None:
    kind, start, end, value = token
    if kind in {"quote", "name"}:
        inner = (start + 1, end - value.endswith("”")) if kind == "quote" else (start, end)
        reader.name(*inner, behind=text[end : end + 20], quoted=kind == "quote")
        return
    if kind not in {"under", "unknown", "heading"}:
        reader.keep_words()
    if kind == "edge":
        reader.turn(end, value)
    elif kind == "verb":
        denied = is_denied(text[max(start - 60, 0) : start])
        reader.act(None if denied else verb_of(value))
    elif kind == "passive":
        reader.act_on_what_stands_before(verb_of(value))
    else:
        said = [value] if kind == "unknown" else re.findall(ANY, value, re.IGNORECASE)
        follows = _BEFORE_VERB.match(text, end)
        before_verb = follows is not None and bool(re.match(VERB, text[follows.end() :][:20]))
        reader.place(_once(destination(one) for one in said), before_verb=before_verb)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
