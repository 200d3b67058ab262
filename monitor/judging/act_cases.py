"""Cases of acts: a document that puts a near name on a list, or takes out the row of an open case.

The act that announces a row and the row it brings are one case, known by the name.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.judging.decide import Judging
from monitor.judging.parties import everyone, names_followed
from monitor.ledger.records import Key, KnownAct
from monitor.screening.acts.finding import Effect, Finding, Party
from monitor.screening.acts.on_lists import OnLists
from monitor.screening.cases import Case, near_names, opened_by_act, taken_out
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.names import ListNames, name_key
from monitor.screening.watch import Watch
from monitor.screening.witness import WASHINGTON, Stage
from monitor.screening.words.message import say

if TYPE_CHECKING:
    from monitor.screening.acts.reading import Page


@dataclass(frozen=True, slots=True)
class ReadAct:
    """A document as it was read, with what is known of it."""

    known: KnownAct
    page: "Page"
    names: ListNames[str]
    """The names it puts in, takes out or changes."""
    lists: OnLists

    def does(self, parties: Sequence[Party]) -> tuple[tuple[str, Finding], ...]:
        """What it does to each of the parties."""
        # Only now: what reads acts is mostly patterns, and they take a tenth of a start to compile.
        from monitor.screening.acts.judge import judge

        return judge(self.known.document, self.page, parties, self.lists) if parties else ()


def near_removals(judging: Judging, act: ReadAct, found: Collection[str]) -> dict[Key, Finding]:
    """Removals of a name near that of a listed watch, and of no other party: for a person to read.

    `found`: the watches that the document names already.
    """
    told: dict[Key, Finding] = {}
    for list_ in sorted(judging.service.followed):
        borne = everyone(judging, list_).names if act.names.all else None
        for watch, own in _with_row(judging, list_):
            near = near_names(watch, own, act.names) if watch.id not in found else []
            strange = [
                candidate.name for candidate in near if borne and not borne.same(candidate.name)
            ]
            for name, finding in act.does([Party(n, (n,)) for n in strange]):
                if finding.effect is Effect.REMOVES and (finding.list or ENTITY_LIST) == list_:
                    reason = say(
                        "it takes out “{name}”, a name near this one and no other party's",
                        name=name,
                    )
                    told[watch.id, list_] = replace(
                        finding, effect=Effect.UNCLEAR, review=True, reason=reason
                    )
    return told


def cases_of_act(judging: Judging, act: ReadAct) -> set[Key]:
    """Finds what a document means for watches without a row; the watches it concerns."""
    known, names = act.known, act.names
    if known.historic or known.document.stage is Stage.WITHDRAWN or not _is_news(judging, known):
        return set()
    touched = set[Key]()
    for list_ in sorted(judging.service.followed):
        cases = judging.tx.cases_of_list(list_)
        gone = _taken_out(judging, act, list_, cases)
        judging.tx.set_cases(gone)
        fresh: list[Case] = []
        for watch, asked in _without_row(judging, list_):
            near = [
                one
                for one in near_names(watch, asked, names)
                if not any(one.name in names.same(own) for own in asked)
            ]
            ids = {case.id for case in cases.get(watch.id, ())}
            for name, finding in act.does(
                [Party(candidate.name, (candidate.name,)) for candidate in near]
            ):
                one = next(each for each in near if each.name == name)
                if _puts_in(finding, list_):
                    case = opened_by_act(
                        watch, list_, one, known.document.number, _said(finding), judging.now
                    )
                    if case.id not in ids and not _within(case, fresh):
                        fresh.append(case)
        judging.tx.set_cases(fresh)
        touched |= {(case.watch, list_) for case in (*gone, *fresh)}
    return touched


def _is_news(judging: Judging, known: KnownAct) -> bool:
    """Whether the document is still to come, or was printed since watching began."""
    document = known.document
    if document.stage is Stage.INSPECTION or document.publication_date is None:
        return True
    started = min(
        (value.watched_since for value in judging.tx.watched().values()), default=judging.now
    )
    return document.publication_date >= started.astimezone(WASHINGTON).date().isoformat()


def _taken_out(
    judging: Judging, act: ReadAct, list_: str, cases: dict[str, list[Case]]
) -> list[Case]:
    """The open cases whose row the document removes."""
    waiting = {
        case.id: case
        for some in cases.values()
        for case in some
        if case.open and case.entry is not None and case.gone_at is None
    }
    parties = [Party(id_, case.names) for id_, case in waiting.items()]
    return [
        taken_out(waiting[id_], act.known.document.number, judging.now)
        for id_, finding in act.does(parties)
        if (finding.list or ENTITY_LIST) == list_
        and finding.effect in {Effect.REMOVES, Effect.UNCLEAR}
    ]


def _without_row(judging: Judging, list_: str) -> list[tuple[Watch, Sequence[str]]]:
    """The watches that no row of the list is, with all the names they answer to."""
    return _asking(judging, list_, listed=False)


def _with_row(judging: Judging, list_: str) -> list[tuple[Watch, Sequence[str]]]:
    return _asking(judging, list_, listed=True)


def _asking(judging: Judging, list_: str, *, listed: bool) -> list[tuple[Watch, Sequence[str]]]:
    """The watches that ask about near names, with or without a row, and all their names."""
    tx = judging.tx
    bound, present = tx.bound(list_), tx.present(list_)
    asking = [
        watch
        for watch in judging.service.watched_on(list_)
        if watch.near != "off"
        and any(one.party in present for one in bound.get(watch.id, ())) is listed
    ]
    ids = {watch.id for watch in asking}
    more = names_followed(tx, list_, {id_: some for id_, some in bound.items() if id_ in ids})
    return [(watch, (*watch.names, *more.get(watch.id, ()))) for watch in asking]


def _puts_in(finding: Finding, list_: str) -> bool:
    """Whether the document adds an entry of that name to the list, or may."""
    return (finding.list or ENTITY_LIST) == list_ and finding.effect in {
        Effect.ADDS,
        Effect.UNCLEAR,
    }


def _within(case: Case, fresh: Sequence[Case]) -> bool:
    """Whether a longer name of the same entry has made a case of this watch already."""
    key = name_key(case.name)
    return any(one.watch == case.watch and name_key(one.name).startswith(key) for one in fresh)


def _said(finding: Finding) -> str:
    return (
        say("the document says: “{quote}”", quote=finding.quote)
        if finding.quote
        else finding.reason
    )
