"""The past of the watches: since when, and when before, as the codified list's dated versions say.

A first state waits for one attempt to learn its past, never for a success: where the versions
cannot be had the state is told without, and later good polls fill in the history without an event.
What was read is kept at once, so that a crash loses one version and nothing is read twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from monitor.history.search import Search
from monitor.history.versions import accepted
from monitor.judging import acts, docket
from monitor.judging.decide import Judging, decide
from monitor.judging.parties import names_followed
from monitor.judging.register_look import record_texts
from monitor.ledger.history import Past
from monitor.ledger.read import Reading
from monitor.screening.decide.history import explained, with_past
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.event import Event
from monitor.screening.watch import Watch, names_digest
from monitor.screening.witness import WASHINGTON, PollOutcome, Source
from monitor.service import Service


def first_states(
    service: Service, poll: int, source: str, outcome: PollOutcome, *, awaiting: frozenset[str]
) -> tuple[Event, ...]:
    """Learn the past of watches that have none, fill it in, and tell the first states.

    `poll`: the one just done, of `source`. A good one of the eCFR also goes on with what was left
    over by an earlier attempt.
    """
    ecfr = service.versions
    last = accepted(service) if ecfr else None
    if ecfr is None or last is None:
        return ()
    going_on = source == Source.ECFR and outcome.good
    with service.ledger.reading() as reading:
        unknown = reading.history().unknown(ENTITY_LIST, unfinished=going_on)
        by_names = parties(service, reading) if unknown else {}
    wanted = {party: watch for party, watch in by_names.items() if party in unknown}
    if not wanted:
        return ()
    found = Search(service, ecfr, last, wanted).learned()
    enders = _who_ended_them(service, found)
    with service.ledger.judging() as tx:
        judging = Judging(tx, service, service.clock(), poll, awaiting)
        record_texts(judging, enders)
        touched = acts.record(judging, enders)
        if ends := _ends(found):
            touched |= acts.judge_again(judging, near=ends)
        store(judging, [replace(one, done=False) for one in found] if enders.faults else found)
        decide(judging, {*touched, *tx.open_keys()})
    return tuple(judging.events)


def parties(service: Service, tx: Reading) -> dict[str, Watch]:
    """Who is watched on the Entity List, by the digest of the configured names.

    The versions are asked for every name of the parties that a watch follows.
    """
    more = names_followed(tx, ENTITY_LIST, tx.bound(ENTITY_LIST))
    return {
        names_digest(watch): replace(watch, aliases=(*watch.aliases, *more.get(watch.id, ())))
        for watch in service.watches
        if ENTITY_LIST in watch.lists
    }


def store(judging: Judging, found: Sequence[Past]) -> None:
    """Keeps what was learned, and writes it into the history of states already decided."""
    pasts, spans = judging.tx.history(), {one.party: one.spans for one in found if one.spans}
    earlier = pasts.of(past.party for past in found)
    # While the versions cannot be had every poll comes to the same, of thousands perhaps.
    pasts.keep(past for past in found if not _same(past, earlier.get(past.party)))
    decided = {
        key: one
        for key, one in judging.tx.watched().items()
        if key[1] == ENTITY_LIST and one.names in spans and one.state.state is not None
    }
    by_key = judging.tx.acts_on(decided)
    today = judging.now.astimezone(WASHINGTON).date()
    for key, one in decided.items():
        old = earlier.get(one.names)
        past_, before = (
            explained(read or (), by_key.get(key, ()), today)
            for read in (spans[one.names], old.spans if old else None)
        )
        filled = with_past(one.state, past_, before)
        if filled != one.state:
            pasts.rewrite(filled)


def _same(past: Past, before: Past | None) -> bool:
    return before is not None and replace(past, at=before.at) == before


def _ends(found: Sequence[Past]) -> list[date]:
    """The days on which stays ended."""
    return [date.fromisoformat(span.to) for one in found for span in one.spans or () if span.to]


def _who_ended_them(service: Service, found: Sequence[Past]) -> docket.Docket:
    """The acts published when a stay ended: the law's date of it, and its citation."""
    ends = _ends(found)
    if service.register is None or not ends:
        return docket.Docket()
    with service.ledger.reading() as reading:
        known = {number: act for number, act in reading.known_acts().items() if act.snapshot}
    found_acts = docket.look_back(
        service.register, known, ends, service.clock(), service.ledger.bodies
    )
    docket.keep_texts(service, found_acts)
    return found_acts
