"""What the instructions of one document say of one party, naming by naming and row by row.

Turns verb, role and standing of a name into an effect. Refuses to call a whole entry what stands
inside another's entry.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from monitor.screening.acts.behind import NOTHING, Known
from monitor.screening.acts.clauses import Nameless, Naming, read
from monitor.screening.acts.finding import Effect, Party
from monitor.screening.acts.instructions import Instruction, Layout, layout
from monitor.screening.acts.mentions import Keyed
from monitor.screening.acts.on_lists import NO_LISTS, OnLists
from monitor.screening.acts.own_date import UNSURE
from monitor.screening.acts.preamble import SentenceEnds
from monitor.screening.acts.roles import VERB, Role, Verb
from monitor.screening.acts.standing import (
    Standing,
    in_address,
    in_bare_list,
    standing,
    standing_in,
)
from monitor.screening.acts.tables import CELL, ROW
from monitor.screening.acts.weak import is_weak, is_word_of_prose
from monitor.screening.names import name_key
from monitor.screening.words.message import say

Span = tuple[int, int]

ENOUGH = 50
"""Mentions of one party read in one place: no rule has as many, a hostile text may."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """One instruction with what its words name."""

    at: Instruction
    namings: tuple[Naming, ...]
    nameless: tuple[Nameless, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One document's flat text, divided and read as far as it can be without knowing a party."""

    text: str
    keyed: Keyed
    layout: Layout
    clauses: tuple[Clauses, ...]
    sentences: SentenceEnds
    """Those of the preamble."""

    @classmethod
    def of(cls, text: str) -> "Page":
        """Read a flat text once for all parties."""
        laid = layout(text)
        clauses = tuple(Clauses(at, *read(text, at.start, at.rows)) for at in laid.instructions)
        return cls(text, Keyed(text), laid, clauses, SentenceEnds.of(text, laid.preamble))

    def mentions(self, party: Party, lists: OnLists = NO_LISTS) -> "Mentions":
        """Where the party is named; a name inside a longer one of its own names counts once."""
        found, strong = dict[Span, bool](), set[Span]()
        for name in party.names:
            for span in self.keyed.mentions(name):
                found[span] = found.get(span, True) and name in party.aliases
                if not is_weak(name) and not is_word_of_prose(name, self.text[slice(*span)]):
                    strong.add(span)
        spans, reached = list[Span](), -1
        for span in sorted(found, key=lambda span: (span[0], -span[1])):
            if span[1] > reached:
                spans.append(span)
                reached = span[1]
        borne = frozenset(span for span in spans if found[span])
        known = Known.of(party, lists) if spans else NOTHING
        weak = frozenset(found.keys() - strong)
        return Mentions(tuple(spans), borne, weak, known)


_ITEM = re.compile(r"(?:\(\d{1,3}\)|•|“)\s*$")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where one party is named, and what is known of it."""

    spans: tuple[Span, ...]
    borne: frozenset[Span]
    """Those that are names its entries have as aliases only."""
    weak: frozenset[Span]
    """Those that are found only where an entry is named, never in prose."""
    known: Known

    def in_prose(self, text: str, start: int, end: int) -> list[Span]:
        """Those in running words: of the weak ones only an item of a list of entries."""
        return [
            span for span in self.within(start, end)
            if span not in self.weak or _ITEM.search(text, max(span[0] - 12, 0), span[0])
        ]  # fmt: skip

    def within(self, start: int, end: int) -> list[Span]:
        """Those in a part of the text, as many as a rule can have."""
        return [span for span in self.spans if start <= span[0] < end][:ENOUGH]

    def stands(self, stands: Standing, span: Span) -> Standing:
        """How the name at the span stands, knowing whose name it is."""
        return Standing.BORNE if stands is Standing.ALONE and span in self.borne else stands


@dataclass(frozen=True, slots=True)
class Reading:
    """One place of the text, read."""

    list: str
    effect: Effect
    reason: str
    where: Span
    """The words that say it."""
    head: int | None = None
    """Where the instruction begins that they belong to."""
    destinations: tuple[str, ...] = field(default=())
    review: bool = False
    stays: bool = False
    """It shows the name in an entry that is on the list afterwards."""
    on: str | None = None
    """ISO date that the instruction gives it; None for the rule's, empty for one not certain."""
    verb: Verb | None = None
    """The verb it stands under, whatever that comes to; None where none governs it."""


_WHOLE = {
    Verb.REMOVE: (Effect.REMOVES, say("the instruction removes the whole entry"), False),
    Verb.ADD: (Effect.ADDS, say("the instruction adds an entry"), False),
    Verb.REVISE: (Effect.REVISES, say("the instruction revises the entry"), False),
    Verb.MOVE: (Effect.REVISES, say("the instruction moves or replaces the entry"), True),
}
_PART_OF = (Effect.REVISES, say("the instruction changes a part of the entry, which stays"), False)


def instructed(page: Page, mentions: Mentions) -> list[Reading]:
    """What the instructions and the rows they print do to the party."""
    return [one for clauses in page.clauses for one in _in_one(page, clauses, mentions)]


def _in_one(page: Page, clauses: Clauses, mentions: Mentions) -> list[Reading]:
    said = [one for one in _in_words(page, clauses, mentions) if one is not None]
    effects = {one.effect for one in said}
    if not said or Effect.REMOVES in effects:
        rows = mentions.within(clauses.at.rows, clauses.at.end)
        found = (_in_rows(page, clauses, span, mentions) for span in rows)
        said += [one for one in found if one is not None]
    owned = any(one.effect is Effect.REVISES for one in said)
    if owned:
        said = [one for one in said if one.reason != ONLY_PART]
    return [_on_list(one, clauses.at) for one in said]


def _on_list(reading: Reading, at: Instruction) -> Reading:
    """The reading with its list; a supplement that is no list of parties makes nothing certain."""
    if at.list:
        return replace(reading, list=at.list, head=at.start)
    return replace(reading, head=at.start, effect=Effect.UNCLEAR, review=True)


def _in_words(page: Page, clauses: Clauses, mentions: Mentions) -> Iterator[Reading | None]:
    bare, quoted = list[Span](), dict[Naming, list[Span]]()
    for span in mentions.within(clauses.at.start, clauses.at.rows):
        around = _around_name(clauses.namings, span)
        if around is None and span not in mentions.weak:
            bare.append(span)
        elif around is not None:
            quoted.setdefault(around, []).append(span)
    for naming, spans in quoted.items():
        yield from _in_quotes(page.text, naming, spans, mentions)
    bare = [span for span in bare if in_bare_list(page.text, *span) is not Standing.PART]
    if not bare:
        return
    for naming in read(page.text, clauses.at.start, clauses.at.rows, bare)[0]:
        if (naming.start, naming.end) in bare:
            stands = in_bare_list(page.text, naming.start, naming.end)
            yield _named(naming, mentions.stands(stands, (naming.start, naming.end)))


def _around_name(namings: Sequence[Naming], span: Span) -> Naming | None:
    """The naming in which a name stands; they come in the order of the text and do not overlap."""
    at = bisect_right(namings, span[0], key=lambda naming: naming.start)
    return namings[at - 1] if at and span[1] <= namings[at - 1].end else None


def _in_quotes(
    text: str, naming: Naming, spans: list[Span], mentions: Mentions
) -> Iterator[Reading | None]:
    """One quoted naming; where it begins with the party, the aliases behind are its own."""
    if _INSTRUCTS.search(text, naming.start, spans[0][0]):
        reason = say("the instruction quotes another instruction that names it")
        yield _reading(naming, Effect.UNCLEAR, reason, review=True)
        return
    slot, at = text[naming.start : naming.end], naming.start
    known = replace(mentions.known, home=naming.destinations)
    stands = [
        mentions.stands(standing_in(slot, start - at, end - at, known), (start, end))
        for start, end in spans
    ]
    if Standing.ALONE in stands:
        stands = [Standing.ALONE]
    for one in stands:
        yield _named(naming, one)


BEGINS_ROW = say("a printed row begins with it, or with a longer name")
_INSTRUCTS = re.compile(rf"\b{VERB}\b[^“]*\bentr(?:y|ies)\b")
ONLY_PART = say("it is named only as an alias, an address or another part of an entry")


def _named(naming: Naming, stands: Standing) -> Reading | None:
    """The effect of one naming, None where it does nothing to the party."""
    if stands is Standing.PART or naming.role is Role.PLACE:
        return None
    doubt = _doubt(naming, stands)
    if doubt:
        stays = naming.verb is Verb.ADD and (naming.role is Role.PART or stands is Standing.ALIAS)
        return replace(_reading(naming, Effect.UNCLEAR, doubt, review=True), stays=stays)
    if stands is Standing.ALIAS and naming.verb is Verb.REMOVE and naming.role is Role.ENTRY:
        reason = say("the whole entry that has it as an alias is removed")
        return _reading(naming, Effect.REMOVES, reason, review=True)
    if stands is Standing.ALIAS:
        reason = say("an entry that has it as an alias is changed")
        return _reading(naming, Effect.REVISES, reason, review=True)
    part = naming.role is Role.OWNER or naming.verb is None
    effect, reason, review = _WHOLE[naming.verb] if naming.verb and not part else _PART_OF
    return _reading(naming, effect, reason, review=review)


def _doubt(naming: Naming, stands: Standing) -> str:
    """Why the naming cannot be classed, or nothing."""
    whole = naming.role is Role.ENTRY
    formless = naming.role is Role.UNKNOWN or (naming.verb is None and whole)
    doubts = (
        (stands is Standing.DOUBTFUL,
         say("the instruction names it or a party with a longer name")),
        (stands is Standing.BORNE, say("it has the entry's name only as an alias")),
        (formless, say("the instruction's form is not known")),
        (naming.role is Role.PART, ONLY_PART),
        (whole and not naming.plain and naming.verb in {Verb.REMOVE, Verb.ADD},
         say("the instruction has words that may change what it does")),
        (whole and naming.replaced and naming.verb is Verb.REMOVE,
         say("the entry is removed and something is put in its place")),
        (whole and stands is Standing.ALIAS and naming.verb is Verb.ADD,
         say("it is named as an alias in another name's entry")),
    )  # fmt: skip
    return next((reason for holds, reason in doubts if holds), "")


def _reading(naming: Naming, effect: Effect, reason: str, *, review: bool) -> Reading:
    where = _around((naming.start, naming.end), naming.clause)
    return Reading(
        "", effect, reason, where, None, naming.destinations, review, on=naming.on, verb=naming.verb
    )


def _around(name: Span, clause: Span, reach: int = 380) -> Span:
    """The clause, cut to what stands near the name where it is long."""
    if clause[1] - clause[0] <= reach:
        return clause
    start = max(clause[0], name[0] - reach // 2)
    return start, min(clause[1], max(start + reach, name[1]))


def _in_rows(page: Page, clauses: Clauses, span: Span, mentions: Mentions) -> Reading | None:
    """A name in the printed rows: there only what is added or revised is printed."""
    start, end = _cell(page.text, span, clauses.at)
    if page.text[start - 1] != CELL:
        stands = standing(page.text, *span)
        reason = say("it stands in the printed rows, whose cells are lost")
        aside = in_address(page.text[max(clauses.at.rows, span[0] - 200) : span[0]])
        weak = span in mentions.weak
        return (
            None if stands is Standing.PART or aside or weak else _row(span, (start, end), reason)
        )
    cell = page.text[start:end]
    stands = standing_in(cell, span[0] - start, span[1] - start, mentions.known)
    if stands is Standing.PART:
        return None
    if mentions.stands(stands, span) is Standing.ALONE:
        return _leading(clauses, span, (start, end))
    revised = stands is Standing.ALIAS and any(
        naming.verb is Verb.REVISE or naming.role is Role.OWNER
        for naming in clauses.namings
        if name_key(cell).startswith(name_key(page.text[naming.start : naming.end]))
    )
    effect = Effect.REVISES if revised else Effect.UNCLEAR
    inside = any(char.isalnum() for char in cell[: span[0] - start])
    reason = say("it is named inside the printed row of another entry") if inside else BEGINS_ROW
    return replace(_row(span, (start, end), reason), effect=effect)


def _leading(clauses: Clauses, span: Span, cell: Span) -> Reading:
    """The row is the party's own; what is done to it say the verbs that name nobody."""
    verbs = {one.verb for one in clauses.nameless}
    if verbs not in ({Verb.ADD}, {Verb.REVISE}):
        return _row(span, cell, say("its row is printed, but no instruction names it"))
    destinations = {one.destinations for one in clauses.nameless}
    dates = {one.on for one in clauses.nameless}
    effect, reason, review = _WHOLE[verbs.pop()]
    return Reading(
        "", effect, say("its row is printed, and {reason}", reason=reason),
        _around(span, cell), None,
        destinations.pop() if len(destinations) == 1 else (), review,
        on=dates.pop() if len(dates) == 1 else UNSURE,
    )  # fmt: skip


def _row(span: Span, cell: Span, reason: str) -> Reading:
    return Reading("", Effect.UNCLEAR, reason, _around(span, cell), review=True, stays=True)


def _cell(text: str, span: Span, at: Instruction) -> Span:
    start = max(text.rfind(CELL, at.rows, span[0]), text.rfind(ROW, at.rows, span[0]), at.rows - 1)
    ends = [found for mark in (CELL, ROW) if (found := text.find(mark, span[1], at.end)) >= 0]
    return start + 1, min([*ends, at.end])
