"""A person decides a case: its names become the watch's, or it rests until something adds to it.

What the lists say by now is judged at once, with each list's last good look: a decision makes
nothing stale, and a removal of a party taken on this way is a removal like any other.
"""

from dataclasses import replace

from monitor.errors import UsageError
from monitor.judging.acts import judge_again
from monitor.judging.decide import Judging, decide
from monitor.judging.watchlist import words_now
from monitor.ledger.records import Key
from monitor.screening.cases import Case, Decision, decided
from monitor.screening.change import Change, ChangeKind
from monitor.screening.decide.testimony import StoredTestimony
from monitor.screening.difference import field_changes
from monitor.screening.event import Event
from monitor.screening.parties import Bound
from monitor.screening.state import LISTED
from monitor.screening.watch import Watch
from monitor.screening.witness import Verdict
from monitor.service import Service


def decide_case(
    service: Service, id_: str, decision: Decision, *, by: str, note: str | None = None
) -> tuple[Case, tuple[Event, ...]]:
    """Writes a decision down and judges what follows; the case, and the events.

    Raises UsageError for an unknown case, and for one whose watch is not configured any more.
    """
    now = service.clock()
    with service.ledger.judging() as tx:
        known = tx.case(id_)
        if known is None:
            raise UsageError(f"no case has the id {id_}")
        watch = service.watch(known.watch)
        if watch is None or known.list not in watch.lists:
            raise UsageError(f"the watch of case {known.id}, {known.watch}, is not configured")
        judging = Judging(tx, service, now, tx.newest_poll())
        case = decided(known, decision, by, note, now)
        tx.set_cases([case])
        key, changes = (case.watch, case.list), []
        if decision is Decision.SAME:
            changes = _taken_on(judging, watch, case)
        named = judge_again(judging)
        decide(judging, {key, *named}, changes={key: changes}, source=_source(case))
    return case, tuple(judging.events)


def _taken_on(judging: Judging, watch: Watch, case: Case) -> list[Change]:
    """The case's names become the watch's, and its party one that the watch follows."""
    tx, list_, key = judging.tx, case.list, (case.watch, case.list)
    tx.adopt(list_, {watch.id: case.names})
    bound = {watch.id: tx.bound(list_).get(watch.id, ())}
    if case.party is not None and all(one.party != case.party for one in bound[watch.id]):
        fresh = Bound(watch.id, case.party, "case")
        tx.bind(list_, [fresh])
        bound = {watch.id: (*bound[watch.id], fresh)}
    old = {word.source: word for word in tx.words_on([key]).get(key, ())}
    words = words_now(judging, list_, [watch], bound)
    if case.gone_at is not None and all(word.verdict is not Verdict.LISTED for word in words):
        words = [_went(word) for word in words]
        _was_listed(judging, key, case)
        tx.set_words(words)
        return []
    tx.set_words(word.following(old.get(word.source)) for word in words)
    _before_this(judging, key)
    return _renamed(judging, key, case)


def _went(word: StoredTestimony) -> StoredTestimony:
    """The word of a source that listed the party and does not any more."""
    return word.following(replace(word, verdict=Verdict.LISTED, definite=Verdict.LISTED))


def _was_listed(judging: Judging, key: Key, case: Case) -> None:
    """It was this party all along, so it was listed until its row went; the rules tell the rest."""
    one = judging.tx.watched_of([key]).get(key)
    if one is None:
        return
    state = replace(
        one.state,
        state=LISTED,
        entry=case.entry,
        since=case.entry.start_date if case.entry else None,
        legal=bool(case.entry and case.entry.start_date),
        decided_poll=judging.poll - 1,
        citation=None,
        document_number=None,
        document_url=None,
    )
    judging.tx.set_watched([(replace(one, state=state), True)])


def _before_this(judging: Judging, key: Key) -> None:
    """What was decided in the newest poll was decided before this: turns are counted by polls."""
    one = judging.tx.watched_of([key]).get(key)
    if one is not None and one.state.decided_poll >= judging.poll:
        earlier = replace(one.state, decided_poll=judging.poll - 1)
        judging.tx.set_watched([(replace(one, state=earlier), True)])


def _renamed(judging: Judging, key: Key, case: Case) -> list[Change]:
    """Where the watch's own row went on as this one: what differs between the two."""
    one = judging.tx.watched_of([key]).get(key)
    if not case.successor or case.entry is None or one is None or one.state.entry is None:
        return []
    fields = field_changes(one.state.entry, case.entry)
    return [Change(case.list, ChangeKind.AMENDED, one.state.entry, case.entry, fields, review=True)]


def _source(case: Case) -> str | None:
    return case.entry.source if case.entry else None
