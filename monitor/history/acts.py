"""The acts of the past: every rule on part 744, its text read once, and nobody told.

Quarter by quarter the Federal Register is asked what was published; what is not known yet is read,
one transaction a text, so that a crash loses at most one. A quarter of which every text was read is
not asked for again. What the next poll asks for is left to it: it may be news.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from monitor.errors import SourceFault
from monitor.judging import acts, docket
from monitor.judging.act_news import read_acts as read_for_everyone
from monitor.judging.decide import Judging
from monitor.judging.docket import Docket
from monitor.judging.register_look import record_texts
from monitor.ledger.records import KnownAct
from monitor.screening.acts.document import Document, prefilter
from monitor.screening.register import NEAR, ask_since
from monitor.screening.witness import Source
from monitor.service import Service
from monitor.sources.federal_register.client import (
    FederalRegister,
    OddRowsError,
    told_apart,
)

MOST_UNREAD = 3
"""More texts in succession than this that cannot be read are the host's trouble, not theirs."""


@dataclass(frozen=True, slots=True)
class UnreadAct:
    """A document, or rows of documents, from which nothing can be learned."""

    number: str | None
    """None where its row could not be read."""
    reason: str


@dataclass(slots=True)
class ActsRead:
    """What a run came to."""

    read: int = 0
    unread: list[UnreadAct] = field(default_factory=list)


Tell = Callable[[date, int, int], None]
"""Hears the first day of the quarter just done, how many are done, and how many there are."""


def read_acts(service: Service, register: FederalRegister, since: date, tell: Tell) -> ActsRead:
    """Read the acts published since shortly before a date that were not read before.

    Raises SourceFault where the Register does not answer as it should: what was read until then is
    kept, and the next run goes on from there.
    """
    run = _Run(service, register)
    with service.ledger.reading() as reading:
        done = reading.history().quarters()
        polled = reading.memory(Source.FEDERAL_REGISTER).last_good_at
    last = ask_since(polled, service.clock()) - timedelta(days=1)
    wanted = [first for first in quarters(since - NEAR, last) if first.isoformat() not in done]
    for at, first in enumerate(wanted):
        run.quarter(first, last)
        tell(first, at + 1, len(wanted))
    return run.done


def quarters(since: date, until: date) -> Iterator[date]:
    """The first days of the quarters that these days lie in."""
    first = date(since.year, (since.month - 1) // 3 * 3 + 1, 1)
    while first <= until:
        yield first
        first = _next(first)


def _next(first: date) -> date:
    return (first + timedelta(days=93)).replace(day=1)


@dataclass(slots=True)
class _Run:
    service: Service
    register: FederalRegister
    done: ActsRead = field(default_factory=ActsRead)
    failed: int = 0
    """Texts in succession that could not be read."""

    def quarter(self, first: date, last: date) -> None:
        """Every document of a quarter, up to the last day to be asked for."""
        ends = _next(first) - timedelta(days=1)
        unread = len(self.done.unread)
        with self.service.ledger.reading() as reading:
            known = reading.known_acts()
        for document in self._listed(first, min(ends, last), known):
            self._take(document)
        if len(self.done.unread) == unread and ends <= last:
            with self.service.ledger.judging() as tx:
                tx.history().add_quarter(first)

    def _listed(self, first: date, last: date, known: dict[str, KnownAct]) -> list[Document]:
        """What was published and is not known, the oldest first. Raises SourceFault."""
        try:
            found = self.register.documents(first, last)
        except OddRowsError as odd:
            found = odd.brought
            self.done.unread.append(UnreadAct(None, odd.reason))
        told = told_apart(found, {number: act.document for number, act in known.items()})
        wanted = (one for one in told if prefilter(one) and self._lacks(known.get(one.number)))
        return sorted(wanted, key=lambda one: (one.publication_date or "", one.number))

    def _lacks(self, known: KnownAct | None) -> bool:
        """Whether the text of a document is not there; one that a poll met stays with the polls."""
        if known is None or not known.historic:
            return known is None
        bodies = self.service.ledger.bodies
        return known.snapshot is None or bodies.load(known.snapshot) is None

    def _take(self, document: Document) -> None:
        """One document, in one transaction. Raises SourceFault."""
        service, now = self.service, self.service.clock()
        found = docket.read_past(self.register, document, now, service.ledger.bodies)
        if found.faults:
            self._passed_over(document, found.faults[0])
            return
        docket.keep_texts(service, found)
        self._record(found)
        if not found.documents[0].kept:
            self.done.unread.append(UnreadAct(document.number, "the disk refused its text"))
        self.done.read += 1
        self.failed = 0

    def _record(self, found: Docket) -> None:
        with self.service.ledger.judging() as tx:
            judging = Judging(tx, self.service, self.service.clock(), tx.newest_poll())
            record_texts(judging, found)
            acts.record(judging, found)
            read_for_everyone(judging, found)

    def _passed_over(self, document: Document, fault: SourceFault) -> None:
        """Notes a text that is its own trouble; raises the fault where it is the host's."""
        self.failed += 1
        own = fault.status in {None, 404, 410} and not fault.unreached
        if not own or self.failed > MOST_UNREAD:
            raise fault
        self.done.unread.append(UnreadAct(document.number, fault.reason))
