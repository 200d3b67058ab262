"""The judgement of acts: what a Federal Register document does to the parties that are watched.

The amending instruction decides ("Supplement No. 4 to part 744 is amended … by removing the entry
for “X”"); the preamble bears it out, or decides alone where the instruction names nobody. What
cannot be classed with certainty is UNCLEAR, never silence and never a guess.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.screening.acts.clauses import Nameless
from monitor.screening.acts.document import Document, Stage, prefilter
from monitor.screening.acts.effective_date import effective_date
from monitor.screening.acts.entries import each_is_named
from monitor.screening.acts.finding import Effect, Finding, Party
from monitor.screening.acts.instructions import layout
from monitor.screening.acts.on_lists import NO_LISTS, OnLists
from monitor.screening.acts.own_date import UNSURE
from monitor.screening.acts.preamble import PreambleWord, word
from monitor.screening.acts.reading import BEGINS_ROW, Mentions, Page, Reading, instructed
from monitor.screening.acts.roles import Role, Verb
from monitor.screening.acts.standing import Standing, standing
from monitor.screening.acts.tables import CELL, ROW, has_drawn
from monitor.screening.acts.text import flat
from monitor.screening.words.message import joined, say

__all__ = [
    "Document", "Effect", "Finding", "Party", "Stage", "draws_entries", "judge", "judge_anew",
    "prefilter", "read_page",
]  # fmt: skip

_QUOTE = 600
# The names and offices of those who sign stand behind the last instruction.
_SIGNATURE = re.compile(
    r"(?<=[.”])\s+(?:[A-Z][\w.]+\s+){0,5}(?:,\s+)?(?:Acting\s+|Deputy\s+|Principal\s+)*"
    r"(?:Assistant|Under)\s+Secretary"
)
_BY_VERB = {
    Verb.REMOVE: Effect.REMOVES, Verb.ADD: Effect.ADDS,
    Verb.REVISE: Effect.REVISES, Verb.MOVE: Effect.UNCLEAR,
}  # fmt: skip


def read_page(document: Document, text: str) -> Page:
    """The document read as far as it can be without knowing a party; `text` is as fetched."""
    return Page.of(flat(f"{document.title}. {document.abstract}\n\n{text}"))


def draws_entries(text: str) -> bool:
    """Whether a raw text draws the rows of a list's entries: columns may be told apart wrongly."""
    if not has_drawn(text):
        return False
    said = flat(text)
    return any(one.list and CELL in said[one.rows : one.end] for one in layout(said).instructions)


def judge(
    document: Document,
    text: str | Page,
    parties: Sequence[Party],
    lists: OnLists = NO_LISTS,
) -> tuple[tuple[str, Finding], ...]:
    """What the document does to each party, as (party id, finding), at most one a list.

    `text` is the full text as fetched (raw text, XML or page), or that read already; `lists` is
    what is known of everyone on them. A party it does not name, or names only as plain
    background, has no finding.
    """
    page = read_page(document, text) if isinstance(text, str) else text
    effective_on, certain = date_of(page, document)
    return tuple(
        (party.id, _finding(page, deed, effective_on, certain=certain))
        for party in parties
        for deed in deeds(page, party, lists)
    )


def date_of(page: Page, document: Document) -> tuple[str | None, bool]:
    """The ISO date on which the whole rule takes effect, and whether that is certain."""
    return effective_date(
        f"DATES: {document.dates} SUPPLEMENTARY INFORMATION" if document.dates else page.text,
        stated=document.effective_on,
        published=document.publication_date,
        filed=document.filed_at,
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """What all places of a text that name a party come to on one list."""

    list: str
    """Code of the list, empty where it is not certain."""
    effect: Effect
    reason: str
    mixed: bool
    """Whether the places say several things."""
    told: tuple[Reading, ...]
    """Those that say it."""
    readings: tuple[Reading, ...]

    @property
    def on(self) -> str | None:
        """ISO date of its own; None for that of the rule, empty for one not certain."""
        own = {one.on for one in self.told}
        return own.pop() if len(own) == 1 else UNSURE

    @property
    def destinations(self) -> tuple[str, ...]:
        """ISO codes, or headings where unknown."""
        return tuple(dict.fromkeys(place for one in self.told for place in one.destinations))


def deeds(page: Page, party: Party, lists: OnLists = NO_LISTS) -> tuple[Deed, ...]:
    """What a document does to one party, at most one a list."""
    found = list[Deed]()
    for readings in _by_list(_readings(page, party, lists)):
        effect, reason, mixed = _together({one.effect for one in readings}, readings)
        told = [one for one in readings if one.effect is effect] or readings
        code = readings[0].list
        found.append(Deed(code, effect, reason, mixed, tuple(told), tuple(readings)))
    return tuple(found)


UNNAMED = say("the text it was announced with names it, the one in print does not")


def judge_anew(
    document: Document,
    text: str | Page,
    text_before: str | None,
    parties: Sequence[Party],
    lists: OnLists = NO_LISTS,
) -> tuple[tuple[str, Finding], ...]:
    """The same, where `text_before` was read at an earlier stage and `text` takes its place.

    What the earlier text did to a party that this one does not so much as name is for a person to
    read: a name may be misprinted, or gone.
    """
    found = judge(document, text, parties, lists)
    if text_before is None:
        return found
    named = {(party, finding.list) for party, finding in found}
    gone = (
        (party, replace(one, effect=Effect.UNCLEAR, reason=UNNAMED, quote="", review=True))
        for party, one in judge(document, text_before, parties, lists)
        if one.effect in {Effect.REMOVES, Effect.ADDS} and (party, one.list) not in named
    )
    return (*found, *gone)


def _readings(page: Page, party: Party, lists: OnLists) -> list[Reading]:
    mentions = page.mentions(party, lists)
    if not mentions.spans:
        return []
    said = instructed(page, mentions)
    told = mentions.in_prose(page.text, 0, page.layout.preamble)
    words = [
        replace(one, item=one.item and span not in mentions.borne)
        for span in told
        if (one := word(page.text, page.sentences, span)) is not None
    ]
    said += _told_by_preamble(page, words, said)
    sure = {one.list for one in said if one.effect is not Effect.UNCLEAR}
    gone = {one.list for one in said if one.effect is Effect.REMOVES}
    said = [
        one for one in said
        if one.effect is not Effect.UNCLEAR
        or one.list not in sure
        or (one.stays and one.list in gone)
    ]  # fmt: skip
    return each_is_named(said, party) or list(_elsewhere(page, mentions))


def _told_by_preamble(
    page: Page, words: list[PreambleWord], in_law: Sequence[Reading]
) -> Iterator[Reading]:
    """What only the preamble tells, on lists of which the instructions have not told it."""
    known = {(one.list, one.effect) for one in in_law}
    rows = {one.list for one in in_law if one.reason == BEGINS_ROW}
    for said in words:
        one = said if said.list else replace(said, list=_implied_list(page, said))
        if one.verb is not None and one.list:
            told = _deed(page, one)
            if one.item and one.list in rows and told.effect is Effect.ADDS:
                # its name ends where the item ends, and the row that begins with it is its own
                told = replace(
                    told, reason=say("the preamble names it as its row does"), review=False
                )
            covered = any(code == one.list for code, _ in known)
            if (told.list, told.effect) not in known and (
                not covered or told.effect is not Effect.UNCLEAR
            ):
                yield told
        elif not known and page.layout.corrects:
            reason = say("it is named, and no instruction on a list was found")
            yield Reading(one.list, Effect.UNCLEAR, reason, one.sentence, review=True)
        elif not known and not one.background:
            reason = say("the preamble names it, the instructions do not")
            yield Reading(one.list, Effect.UNCLEAR, reason, one.sentence, review=True)


def _deed(page: Page, preamble_word: PreambleWord) -> Reading:
    assert preamble_word.verb is not None
    effect = _BY_VERB[preamble_word.verb] if preamble_word.role is Role.ENTRY else Effect.REVISES
    bearing = _bearing_out(page, preamble_word)
    if preamble_word.role is Role.PART or (page.clauses and not bearing):
        effect = Effect.UNCLEAR
    places = preamble_word.destinations or (bearing[0].destinations if len(bearing) == 1 else ())
    reason = say("only the preamble names it")
    on = bearing[0].on if len(bearing) == 1 else None
    verb = preamble_word.verb
    return Reading(
        preamble_word.list, effect, reason, preamble_word.sentence, None, places,
        review=True, on=on, verb=verb,
    )  # fmt: skip


def _implied_list(page: Page, preamble_word: PreambleWord) -> str:
    """The only list on which an instruction does that verb without naming whom."""
    lists = {
        clauses.at.list
        for clauses in page.clauses
        if any(nameless.verb is preamble_word.verb for nameless in clauses.nameless)
    }
    return lists.pop() if preamble_word.verb is not None and len(lists) == 1 else ""


def _bearing_out(page: Page, preamble_word: PreambleWord) -> list[Nameless]:
    """The instructions on that list that speak of entries under that verb without naming them."""
    return [
        nameless
        for clauses in page.clauses
        if clauses.at.list == preamble_word.list
        for nameless in clauses.nameless
        if nameless.verb is preamble_word.verb
    ]


def _elsewhere(page: Page, mentions: Mentions) -> Iterator[Reading]:
    """Names in the regulation outside every instruction on a list."""
    for span in mentions.in_prose(page.text, page.layout.preamble, len(page.text)):
        inside = any(clause.at.start <= span[0] < clause.at.end for clause in page.clauses)
        if inside:
            continue
        if standing(page.text, *span) is not Standing.PART:
            where = max(span[0] - 150, 0), span[1] + 150
            yield Reading(
                "", Effect.UNCLEAR, say("the rule names it outside the lists"), where, review=True
            )


def _by_list(said: list[Reading]) -> list[list[Reading]]:
    """The readings of each list; what is of no certain list goes if a list is known."""
    lists = dict.fromkeys(one.list for one in said)
    if len(lists) > 1:
        lists.pop("", None)
    return [[one for one in said if one.list == code] for code in lists]


def _finding(page: Page, deed: Deed, effective_on: str | None, *, certain: bool) -> Finding:
    if deed.on is not None:
        # a date of the instruction's own is that of its entries, whatever the rule's is
        effective_on, certain = deed.on or effective_on, deed.on != UNSURE
    return Finding(
        list=deed.list,
        effect=deed.effect,
        destinations=deed.destinations if deed.effect in {Effect.REMOVES, Effect.ADDS} else (),
        quote=quote(page.text, deed.told),
        reason=deed.reason,
        effective_on=effective_on,
        review=deed.mixed or any(one.review for one in deed.told),
        undated=not certain,
    )


def _together(effects: set[Effect], readings: list[Reading]) -> tuple[Effect, str, bool]:
    """One effect of all that is said on one list, why, and whether it was several."""
    if {Effect.REMOVES, Effect.ADDS} <= effects:
        return Effect.REVISES, say("the same rule removes an entry of it and adds one"), True
    for effect in (Effect.REMOVES, Effect.ADDS, Effect.REVISES, Effect.UNCLEAR):
        if effect in effects:
            reasons = dict.fromkeys(
                reading.reason for reading in readings if reading.effect is effect
            )
            return effect, joined("; ", reasons), len(effects) > 1
    raise AssertionError("a list without readings is not asked about")  # pragma: no cover


def quote(text: str, told: Sequence[Reading]) -> str:
    """The words that say it, each behind the opening words of its instruction."""
    parts = list[str]()
    for one in told:
        start = one.where[0]
        if one.head is not None and start > one.head:
            parts.append(text[one.head : min(start, one.head + 140)].partition(":")[0])
        parts.append(_SIGNATURE.split(text[start : one.where[1]], maxsplit=1)[0])
    said = " … ".join(dict.fromkeys(" ".join(part.split()) for part in parts))
    said = " ".join(said.replace(CELL, " ").replace(ROW, " ").split())
    return said if len(said) <= _QUOTE else said[: _QUOTE - 1] + "…"
