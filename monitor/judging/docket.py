"""What one look at the Federal Register brings: its documents, and their full texts once each.

Public inspection and the published documents are asked one by one: what one brings is judged though
the other fails. A document whose text could not be had stays unread, is said so, and is asked for
again at the next poll.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from monitor.errors import SourceFault
from monitor.judging.bodies import keep
from monitor.ledger.json import json_bytes
from monitor.ledger.records import KnownAct
from monitor.screening.acts.document import Document, prefilter
from monitor.screening.register import NEAR, near_any
from monitor.screening.witness import Stage
from monitor.service import Parts
from monitor.sources.federal_register.client import (
    FederalRegister,
    Incomplete,
    docket,
    in_print,
    told_apart,
)
from monitor.sources.source import digest

LATE = timedelta(days=30)
"""So long after its day a document from inspection is looked for in print."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document with the hash of its full text, where that was read."""

    document: Document
    sha256: str | None = None
    body: bytes = b""
    historic: bool = False
    kept: bool = True
    """Whether the disk took the text; if not it is read again at the next poll."""


@dataclass(slots=True)
class Docket:
    """What one look at the Federal Register brought."""

    documents: list[Read] = field(default_factory=list)
    faults: list[SourceFault] = field(default_factory=list)
    body: bytes = b""
    """The rows as read, in one order: the same rows are the same bytes."""


def look(register: FederalRegister, known: dict[str, KnownAct], since: date, today: date) -> Docket:
    """Ask for the documents and for what is on public inspection, and read new texts.

    `today` is the day in Washington. A published document that is missing from an answer stays
    published; before its day only where the documents could not be asked for at all.
    """
    found = Docket()
    published = _asked(found, lambda: register.documents(since))
    unasked = bool(found.faults)
    inspected = _asked(found, register.inspection)
    published += _followed_into_print(found, register, known, published, today)
    standing = [
        one.document
        for one in known.values()
        if one.document.stage is Stage.DOCUMENT and (unasked or in_print(one.document, today))
    ]
    rows = docket(published, inspected, standing, today)
    documents = [one for one in rows if prefilter(one) or one.number in known]
    for document in documents:
        found.documents.append(_read(register, document, known.get(document.number), found.faults))
    found.body = json_bytes(sorted(documents, key=lambda one: one.number))
    return found


def look_back(
    register: FederalRegister, known: dict[str, KnownAct], days: Sequence[date]
) -> Docket:
    """Read the documents published near these days, to explain what the lists did then."""
    found = Docket()
    if not days:
        return found
    before = {number: act.document for number, act in known.items()}
    for document in told_apart(_asked(found, lambda: register.documents(min(days) - NEAR)), before):
        near = near_any(document.publication_date, days)
        if near and prefilter(document) and document.number not in known:
            read = _read(register, document, None, found.faults)
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
                found.faults.append(fault)
    return tuple(printed)


def keep_texts(parts: Parts, found: Docket) -> None:
    """Keeps the full texts that were read; what the disk refuses is marked."""
    for at, read in enumerate(found.documents):
        if read.sha256 is not None and keep(parts, read.sha256, read.body)[1] is not None:
            found.documents[at] = replace(read, kept=False)


def _asked(found: Docket, ask: Callable[[], tuple[Document, ...]]) -> tuple[Document, ...]:
    try:
        return ask()
    except SourceFault as fault:
        found.faults.append(fault)
        return fault.brought if isinstance(fault, Incomplete) else ()


def _read(
    register: FederalRegister,
    document: Document,
    known: KnownAct | None,
    faults: list[SourceFault],
) -> Read:
    """The document with its text; read once on inspection and once more when published."""
    same_stage = known is not None and text_stage(known) is document.stage
    if document.stage is Stage.WITHDRAWN or same_stage:
        return Read(document)
    try:
        answer = register.text(document)
    except SourceFault as fault:
        faults.append(
            SourceFault(
                f"the full text of {document.number} could not be read: {fault.reason}",
                url=fault.url,
                status=fault.status,
                retry_after=fault.retry_after,
                unreached=fault.unreached,
            )
        )
        return Read(document)
    return Read(document, digest(answer.body), answer.body)


def text_stage(known: KnownAct) -> Stage | None:
    """At which stage the text that is kept was read; older ledgers say only that it was."""
    return (known.document.text_stage or known.document.stage) if known.snapshot else None
