"""The walk over the tokens of an instruction: what the words so far have set for the next name.

Holds which verb, destination and entry are in force from clause to clause, and what they make of a
name. Refuses to find tokens: they are cut elsewhere, and to know parties.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from monitor.screening.acts.roles import (
    DESTINATION,
    Role,
    Verb,
    is_plain,
    only_joins,
    opens_entry,
    role_of,
    without_names,
)

_STAYS = re.compile(
    r"\s*,?\s*(?:which\s+)?(?:shall|remains?|stays?|continues?|will|(?:is|are)\s+not)\b"
)
_NOUN_BEHIND = re.compile(r"\s*(?:entry|entries|entity|entities|listing)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:[,;:.(“”]|(?:and|or)\b|$)")
_NEXT_SENTENCE = re.compile(r":|(?:^|[.”])\s+(?=[A-Z])")
_ASIDE = re.compile(r"\(\s*$")
_INTO = frozenset({"from", "in", "for"})
_WITHIN_NAMES = frozenset({"of", "the", "and", "de", "al", "on", "for"})


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
    """Something is put in the place of what the clause removes."""
    plain: bool = True
    """All words around it are known in an instruction on whole entries."""
    bare: bool = False
    """No word says whether it is an entry or words of one."""
    on: str | None = None
    """ISO date that the instruction gives it; None for the rule's, empty for one not certain."""


@dataclass(frozen=True, slots=True)
class Nameless:
    """A verb that speaks of entries and names none: the names stand in the rows or the preamble."""

    verb: Verb
    destinations: tuple[str, ...]
    clause: tuple[int, int]
    on: str | None = None
    """As in a naming."""


@dataclass(slots=True)
class Group:
    """One use of a verb and the words that follow it."""

    verb: Verb | None = None
    words: str = ""
    destinations: tuple[str, ...] = ()
    clause: tuple[int, int] = (0, 0)
    named: bool = False
    introduces: bool = False
    """It ends in a colon: the clauses after it are its list of names."""
    role: Role | None = None
    plain: bool = True
    bare: bool = False


@dataclass(slots=True)
class Walk:
    """Walks over the tokens of one instruction; holds what the words so far have set."""

    namings: list[Naming] = field(default_factory=list)
    groups: list[Group] = field(default_factory=lambda: [Group()])
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
    inside: bool = False
    """What follows is done to an entry named before ("revise the entry for “X” to remove …")."""
    fresh: bool = False
    """A name, or the verb behind it, was the last token."""
    leads: bool = False
    """In this clause destinations stand before the names they hold for."""
    placed: bool = False
    """A name of this clause stands since its last destination."""
    batch: int = 0
    """Index of the first naming that a destination behind it would hold for."""
    done: int = 0
    """Index of the first naming that has not yet got a verb from behind."""
    listed: int = 0
    """Index of the first naming of the list that the last one stands in ("“A”; “B”; and “C”")."""
    doubted: int = 0
    """Index of the first naming whose words behind have not yet been found unknown."""

    def behind(self, words: str, kind: str) -> None:
        """Read the words that follow a name up to the next token, or up to the end."""
        if not self.fresh:
            return
        self.fresh = False
        words = _NEXT_SENTENCE.split(words, maxsplit=1)[0]
        if kind in {"quote", "name"}:
            known = _JOINED.match(_NOUN_BEHIND.sub("", words, count=1)) is not None
        elif kind in {"verb", "passive"} and self._opens_entry(words):
            known = True
        else:
            known = is_plain(words, but=frozenset() if kind == "under" else _INTO)
        if known:
            return
        for at in range(max(self.first, self.doubted), len(self.namings)):
            if self._is_of(self.groups[-1], at):
                self.namings[at] = replace(self.namings[at], plain=False)
        self.doubted = len(self.namings)

    def clauses(self) -> set[tuple[int, int]]:
        """The extents of the clauses that name something."""
        return {naming.clause for naming in self.namings}

    def _opens_entry(self, words: str) -> bool:
        """Whether the clause goes on inside the entry it has just named, which stays."""
        if len(self.namings) <= self.first or not opens_entry(words):
            return False
        last = self.namings[-1]
        return last.verb in {None, Verb.REVISE} and last.role in {Role.ENTRY, Role.OWNER}

    def turn(self, start: int, edge: str) -> None:
        """A new clause begins; the verb and role before hold on only for a list of names."""
        self.finish(start)
        group = self.groups[-1]
        self.owner |= self.lead.rstrip()[-1:] in {":", "—", "-"} and self._opens_entry(self.lead)
        opens_list = self.lead.rstrip(" •").endswith(":") or edge[0] not in ";."
        if self.own_verb and not group.named and opens_list:
            group.introduces = True
        elif edge != ";" and not group.introduces:
            self.groups.append(Group(clause=(start, start)))
        self.clause, self.first = (start, start), len(self.namings)
        self.own_verb, self.local, self.lead = False, (), ""
        self.inside = self.leads = self.placed = False
        self.batch = self.first

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
        """A verb: what follows is done to what it names, or inside the entry named before."""
        if self._opens_entry(self.lead) and self.lead.strip(" ,"):
            self.owner, self.inside = True, "," not in self.lead
        self.groups.append(
            Group(verb, destinations=self.local or self.standing, clause=self.clause)
        )
        self.lead, self.own_verb = "", True
        self.listed = len(self.namings)
        self.leads, self.batch = False, len(self.namings)

    def act_on_what_stands_before(self, verb: Verb) -> None:
        """Give the clause's names the verb that follows them ("the entry for “X” is removed")."""
        for at in range(max(min(self.first, self.listed), self.done), len(self.namings)):
            if not self.own_verb and (at >= self.first or self.namings[at].verb is None):
                self.namings[at] = replace(self.namings[at], verb=verb)
        self.lead, self.fresh, self.done = "", True, len(self.namings)

    def place(self, said: tuple[str, ...], *, before_verb: bool) -> None:
        """A destination: it holds on if it stands before verb and names, else for this clause."""
        group = self.groups[-1]
        ours = [at for at in range(self.batch, len(self.namings)) if self._is_of(group, at)]
        if ours and not before_verb and not self.leads:
            self.local = once((*self.local, *said))
            self.placed = True
            before = [at for at in range(self.listed, self.batch) if self._is_of(group, at)]
            for at in (*(at for at in before if not self.namings[at].destinations), *ours):
                naming = replace(self.namings[at], destinations=self.local)
                self.namings[at] = _as_entry(naming) if group.role is Role.UNKNOWN else naming
        elif self.own_verb and not before_verb:
            self.local = said if ours else once((*self.local, *said))
            group.destinations = self.local
            self.leads, self.batch = True, len(self.namings)
        else:
            self.standing, self.owner, self.inside = said, False, False
            group.destinations = group.destinations if before_verb else said
        self.lead += f" {DESTINATION} "
        self.listed = len(self.namings)

    def name(self, start: int, end: int, *, behind: str, quoted: bool) -> None:
        """A name: it takes its verb, role and destination from the words before."""
        group = self.groups[-1]
        if self.placed:
            self.local, self.placed, self.batch = (), False, len(self.namings)
        words = (group.words if group.role is None else "") + f" {self.lead}"
        words = words if quoted else without_names(words)
        if not only_joins(self.lead):
            self.listed = len(self.namings)
        aside = group.named and _ASIDE.search(self.lead) is not None
        bare = only_joins(words) and group.role is None
        self.keep_words()
        role = Role.PART if aside else self._role(words, behind)
        if not aside:
            plain = is_plain(words, besides=frozenset() if quoted else _WITHIN_NAMES)
            group.plain &= plain or role is Role.PLACE
            group.role, group.bare = role, group.bare or bare
        group.named, self.lead, self.fresh = True, "", True
        self.namings.append(
            Naming(
                start, end, group.verb, role, self.local or group.destinations or self.standing,
                self.clause, len(self.groups) - 1, plain=group.plain, bare=group.bare,
            )
        )  # fmt: skip

    def _role(self, words: str, behind: str) -> Role:
        group = self.groups[-1]
        role = role_of(words, group.role)
        if role is Role.UNKNOWN and _NOUN_BEHIND.match(behind):
            role = role_of(words + " entry for ", None)
        if role is Role.UNKNOWN and group.role is None and only_joins(words):
            role = Role.PART if self.owner else self._bare()
        if _STAYS.match(behind):
            role = Role.UNKNOWN
        return Role.PART if self.inside and role is Role.ENTRY else self._within_owner(role)

    def _is_of(self, group: Group, at: int) -> bool:
        return self.groups[self.namings[at].group] is group

    def _bare(self) -> Role:
        """A name directly behind a verb is an entry if a destination is set, else unknown text."""
        placed = self.local or self.standing or self.groups[-1].destinations
        return Role.ENTRY if placed else Role.UNKNOWN

    def _within_owner(self, role: Role) -> Role:
        if role in {Role.ENTRY, Role.OWNER}:
            self.owner = role is Role.OWNER and not self.own_verb
        return role


def _as_entry(naming: Naming) -> Naming:
    """A name with no word but its verb before it is an entry once it stands "under CHINA"."""
    whole = naming.bare and naming.verb in {Verb.REMOVE, Verb.ADD, Verb.REVISE}
    return replace(naming, role=Role.ENTRY) if whole else naming


def once(values: Iterable[str]) -> tuple[str, ...]:
    """The values in their order, each once."""
    return tuple(dict.fromkeys(values))
