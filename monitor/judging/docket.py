"""What one look at the Federal Register brings: its documents, and their full texts once each.

Public inspection and the published documents are asked one by one: what one brings is judged though
the other fails. A document whose text could not be had stays unread, is said so, and is asked for
again at the next poll.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from monitor.errors import LedgerError, SourceFault, UsageError
from monitor.judging.bodies import keep
from monitor.ledger.bodies import Bodies
from monitor.ledger.json import json_bytes
from monitor.ledger.records import KnownAct
from monitor.screening.acts.document import Document, prefilter
from monitor.screening.register import NEAR, near_any, text_pause
from monitor.screening.witness import WASHINGTON, Stage
from monitor.screening.words.message import say
from monitor.service import Service
from monitor.sources.federal_register.client import (
    FederalRegister,
    Incomplete,
    OddRowsError,
    docket,
    in_print,
    told_apart,
)
from monitor.sources.federal_register.full_text import mistrusted
from monitor.sources.source import digest

log = logging.getLogger("monitor.judging")

LATE = timedelta(days=30)
"""So long after its day a document from inspection is looked for in print."""
MOST_TEXTS = 200
"""Texts asked for in one look; what is left waits for the next."""
MOST_SILENT = 3
"""So many texts without any answer, and a look asks for no more: it must come to an end."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document with the hash of its full text, where that was read."""

    document: Document
    sha256: str | None = None
    body: bytes = b""
    historic: bool = False
    kept: bool = True
    """Whether the disk took the text; if not it is read again at the next poll."""
    tried: bool = False
    """Whether a text was asked for, and none came that is to be believed."""
    unread: bool = False
    """Whether no text of it is to be believed, of whatever stage."""


@dataclass(slots=True)
class Docket:
    """What one look at the Federal Register brought."""

    documents: list[Read] = field(default_factory=list)
    faults: list[SourceFault] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    """Rows that could not be read, beside others that were."""
    body: bytes = b""
    """The rows as read, in one order: the same rows are the same bytes."""
    pauses: list[timedelta] = field(default_factory=list)
    """How long each text that could not be had is not asked for."""


def look(
    register: FederalRegister,
    known: dict[str, KnownAct],
    since: date,
    now: datetime,
    bodies: Bodies,
) -> Docket:
    """Ask for the documents and for what is on public inspection, and read new texts.

    A text that is kept and not to be believed, or kept no longer, is read anew. A published
    document that is missing from an answer stays published; before its day only where the documents
    could not be asked for at all.
    """
    found, today = Docket(), now.astimezone(WASHINGTON).date()
    published = _asked(found, lambda: register.documents(since))
    unasked = bool(found.faults)
    inspected = _asked(found, register.inspection)
    published += _followed_into_print(found, register, known, published, today)
    standing = [
        value.document
        for value in known.values()
        if value.document.stage is Stage.DOCUMENT and (unasked or in_print(value.document, today))
    ]
    rows = docket(published, inspected, standing, today)
    documents = [row for row in rows if prefilter(row) or row.number in known]
    texts = _Texts(register, bodies, now, found)
    for document in documents:
        found.documents.append(texts.read(document, known.get(document.number)))
    found.body = json_bytes(sorted(documents, key=lambda one: one.number))
    return found


def look_back(
    register: FederalRegister,
    known: dict[str, KnownAct],
    days: Sequence[date],
    now: datetime,
    bodies: Bodies,
) -> Docket:
    """Read the documents published near these days, to explain what the lists did then."""
    found = Docket()
    if not days:
        return found
    before = {number: act.document for number, act in known.items()}
    texts = _Texts(register, bodies, now, found)
    for document in told_apart(_asked(found, lambda: register.documents(min(days) - NEAR)), before):
        near = near_any(document.publication_date, days)
        if near and prefilter(document) and document.number not in known:
            found.documents.append(replace(texts.read(document, None), historic=True))
    return found


def read_past(
    register: FederalRegister, document: Document, now: datetime, bodies: Bodies
) -> Docket:
    """One document of the past with its full text; the fault where that could not be had."""
    found = Docket()
    read = _Texts(register, bodies, now, found).read(document, None)
    found.documents.append(replace(read, historic=True))
    return found


def _followed_into_print(
    found: Docket,
    register: FederalRegister,
    known: dict[str, KnownAct],
    published: Sequence[Document],
    today: date,
) -> tuple[Document, ...]:
    """What was on inspection and should be in print, asked for by its number where it is missing.

    A row without its agency or its part of the law is in no answer to those conditions.
    """
    came, printed = {one.number for one in published}, list[Document]()
    for number, act in known.items():
        document = act.document
        day = document.publication_date
        if act.historic or document.stage is not Stage.INSPECTION or number in came or not day:
            continue
        if date.fromisoformat(day) <= today <= date.fromisoformat(day) + LATE:
            try:
                printed += filter(None, [register.document(number)])
            except SourceFault as fault:
                found.faults.append(fault.alone())
    return tuple(printed)


def keep_texts(service: Service, found: Docket) -> None:
    """Keeps the full texts that were read; what the disk refuses is marked."""
    for at, read in enumerate(found.documents):
        if read.sha256 is not None and keep(service, read.sha256, read.body)[1] is not None:
            found.documents[at] = replace(read, kept=False)


def _asked(found: Docket, ask: Callable[[], tuple[Document, ...]]) -> tuple[Document, ...]:
    try:
        return ask()
    except OddRowsError as odd:
        found.odd.append(odd.reason)
        return odd.brought
    except SourceFault as fault:
        found.faults.append(fault.alone())
        return fault.brought if isinstance(fault, Incomplete) else ()


@dataclass(slots=True)
class _Texts:
    """Reads full texts, each once at a stage, for one look."""

    register: FederalRegister
    bodies: Bodies
    now: datetime
    found: Docket
    silent: int = 0
    read_now: int = 0

    def read(self, document: Document, known: KnownAct | None) -> Read:
        """The document with its text; read once on inspection and once more when published."""
        if document.stage is Stage.WITHDRAWN:
            return Read(document)
        wrong = self._wrong(document, known)
        if known is not None and text_stage(known) is document.stage and wrong is None:
            return self._again(document, known)
        unread = known is None or known.snapshot is None or wrong is not None
        again = known is not None and known.document.stage is document.stage
        if self.silent >= MOST_SILENT or self.read_now >= MOST_TEXTS:
            self._fault(document, SourceFault(say("it is left for the next poll")))
            return Read(document, unread=unread)
        pause = text_pause(known.document, self.now) if known and again else timedelta()
        if pause:
            self.found.pauses.append(pause)
            self._fault(document, SourceFault(say("it will be requested again later")))
            return Read(document, unread=unread)
        try:
            self.read_now += 1
            answer = self.register.text(document)
        except SourceFault as fault:
            self.silent += fault.unreached
            self._fault(document, fault)
            return Read(document, tried=True, unread=unread)
        body = self._with_cells(document, answer.body)
        return Read(document, digest(body), body)

    def _again(self, document: Document, known: KnownAct) -> Read:
        """A document read before: once more where its XML is there now and was not then."""
        came = document.xml_url and not known.document.xml_url
        if not came or known.snapshot is None or self.read_now >= MOST_TEXTS:
            return Read(document)
        try:
            kept = self.bodies.load(known.snapshot) or b""
        except LedgerError:
            return Read(document)
        body = self._with_cells(document, kept)
        return Read(document, digest(body), body) if body != kept else Read(document)

    def _with_cells(self, document: Document, body: bytes) -> bytes:
        """The text, or the published XML for it where tables of entries are drawn in it.

        Without that XML the text serves as it is: no fault of the look.
        """
        # Only now: what reads acts is mostly patterns, and they take a tenth of a start to compile.
        from monitor.screening.acts.judge import draws_entries

        published = document.stage is Stage.DOCUMENT and document.xml_url
        if not published or self.silent >= MOST_SILENT:
            return body
        if not draws_entries(body.decode("utf-8", "replace")):
            return body
        try:
            self.read_now += 1
            return self.register.cells(document).body
        except SourceFault as fault:
            self.silent += fault.unreached
            log.info("the XML of %s is not used: %s", document.number, fault.reason)
        except UsageError as nowhere:
            # A tape that was recorded with the raw text alone plays on.
            log.info("the XML of %s is not used: %s", document.number, nowhere)
        return body

    def _wrong(self, document: Document, known: KnownAct | None) -> str | None:
        """Why the text that is kept cannot serve; None where it does, or there is none."""
        if known is None or known.snapshot is None:
            return None
        try:
            body = self.bodies.load(known.snapshot)
        except LedgerError:
            # The disk refuses for now: that is no word against the text.
            return None
        reason = mistrusted(body, document) if body is not None else say("it is kept no longer")
        if body is None and self.bodies.is_damaged(known.snapshot):
            reason = say("its file was damaged")
        if body is not None and reason is None:
            return None
        if body is not None or self.bodies.is_damaged(known.snapshot):
            self.found.faults.append(
                SourceFault(
                    say(
                        "the stored text of {number} is not credible and is requested again: "
                        "{reason}",
                        number=document.number,
                        reason=reason,
                    ),
                    at_once=True,
                )
            )
        return reason

    def _fault(self, document: Document, fault: SourceFault) -> None:
        self.found.faults.append(
            SourceFault(
                say(
                    "the full text of {number} could not be read: {reason}",
                    number=document.number,
                    reason=fault.reason,
                ),
                url=fault.url,
                status=fault.status,
                retry_after=fault.retry_after,
                unreached=fault.unreached,
            )
        )


def text_stage(known: KnownAct) -> Stage | None:
    """At which stage the text that is kept was read; older ledgers say only that it was."""
    return (known.document.text_stage or known.document.stage) if known.snapshot else None
