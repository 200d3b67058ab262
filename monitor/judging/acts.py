"""Reading acts: which documents there are, their full texts once each, and what they do to whom.

Public inspection and the published documents are asked one by one: what one brings is judged though
the other fails. A document whose text could not be had stays unread, is said so, and is asked for
again at the next poll.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256

from monitor.errors import SourceFault
from monitor.judging.bodies import keep
from monitor.judging.round import Round
from monitor.ledger.json import json_bytes
from monitor.ledger.records import Key, KnownAct
from monitor.screening.acts.document import Document, prefilter
from monitor.screening.acts.finding import Finding, Party
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.witness import Act, Effect, Stage
from monitor.service import Parts
from monitor.sources.federal_register.client import (
    FederalRegister,
    Incomplete,
    docket,
    in_print,
    told_apart,
)
from monitor.sources.source import digest

WINDOW = timedelta(days=60)
"""Published documents of so many days are looked at again, for late entries and corrections."""
NEAR = timedelta(days=14)
"""A list's change is explained by an act published this near to it."""
UNNAMED = "the text it was announced with names it, the one in print does not"
SILENT = timedelta(days=28)
"""No rule of the bureau for so long is suspicious, not reassuring."""


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
    standing = [
        one.document
        for one in known.values()
        if one.document.stage is Stage.DOCUMENT and (unasked or in_print(one.document, today))
    ]
    rows = docket(published, inspected, standing, today)
    documents = [one for one in rows if prefilter(one)]
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
        published = date.fromisoformat(document.publication_date or "9999-12-31")
        near = any(abs(published - day) <= NEAR for day in days)
        if near and prefilter(document) and document.number not in known:
            read = _read(register, document, None, found.faults)
            found.documents.append(replace(read, historic=True))
    return found


def keep_texts(parts: Parts, found: Docket) -> None:
    """Keeps the full texts that were read; what the disk refuses is marked."""
    for at, read in enumerate(found.documents):
        if read.sha256 is not None and keep(parts, read.sha256, read.body)[1] is not None:
            found.documents[at] = replace(read, kept=False)


def window(last_good: date | None, today: date) -> date:
    """The first publication date to ask for: never later than the last good look."""
    return min(today - WINDOW, (last_good or today) - NEAR)


def record(round_: Round, found: Docket) -> set[Key]:
    """Stores the documents and what they do; the watches whose acts are new or have changed."""
    names, known = _names_digest(round_.parts), round_.tx.known_acts()
    touched = set[Key]()
    for read in found.documents:
        before = known.get(read.document.number)
        after = _merged(round_, read, before, names)
        if after == before:
            continue
        text = _text(round_.parts, read, after.snapshot)
        stored = after if read.kept else replace(after, snapshot=None)
        round_.tx.set_act(stored if text is not None else replace(stored, judged=""))
        if text is not None:
            touched |= _judged(round_, after, text, _text_before(round_.parts, before, after))
        elif before is not None:
            touched |= round_.tx.restage(after)
    return touched


def judge_again(round_: Round) -> set[Key]:
    """Judges the stored documents anew for a watch list that has changed since."""
    names = _names_digest(round_.parts)
    touched = set[Key]()
    for act in round_.tx.known_acts().values():
        if act.snapshot is None or act.judged == names:
            continue
        body = round_.parts.ledger.bodies.load(act.snapshot)
        if body is not None:
            round_.tx.set_act(replace(act, judged=names))
            touched |= _judged(round_, act, _decoded(body))
    return touched


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
    same_stage = known is not None and _text_stage(known) is document.stage
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


def _text_stage(known: KnownAct) -> Stage | None:
    """At which stage the text that is kept was read; older ledgers say only that it was."""
    return (known.document.text_stage or known.document.stage) if known.snapshot else None


def _merged(round_: Round, read: Read, before: KnownAct | None, names: str) -> KnownAct:
    """What is known of the document after this look."""
    document = read.document
    if before is not None and document.stage is before.document.stage is Stage.INSPECTION:
        # A row that lost its dates for once takes back none that were known.
        document = replace(
            document,
            filed_at=document.filed_at or before.document.filed_at,
            publication_date=document.publication_date or before.document.publication_date,
        )
    if read.sha256 is not None or document.stage is Stage.WITHDRAWN:
        document = replace(document, text_stage=document.stage)
    elif before is not None:
        document = replace(document, text_stage=_text_stage(before))
    if before is None:
        return KnownAct(
            document, read.sha256, round_.now, round_.poll, names, historic=read.historic
        )
    return replace(
        before,
        document=document,
        snapshot=read.sha256 or before.snapshot,
        judged=names,
        historic=before.historic and read.historic,
    )


def _text(parts: Parts, read: Read, sha: str | None) -> str | None:
    if read.sha256 is not None:
        return _decoded(read.body)
    body = parts.ledger.bodies.load(sha) if sha else None
    return _decoded(body) if body is not None else None


def _decoded(body: bytes) -> str:
    """The text as characters; a byte that is none becomes the mark for a lost one."""
    return body.decode("utf-8", "replace")


def _text_before(parts: Parts, before: KnownAct | None, after: KnownAct) -> str | None:
    """The text that the one now read takes the place of, if the same names were sought in it."""
    if before is None or before.snapshot in {None, after.snapshot}:
        return None
    return _text(parts, Read(before.document), before.snapshot) if before.judged else None


def _judged(round_: Round, known: KnownAct, text: str, text_before: str | None = None) -> set[Key]:
    """Stores what the document does to each watch; the watches it names, now or before.

    What an earlier text of it did and this one does not so much as name is for a person to read:
    a name may be misprinted, or gone.
    """
    # Only now: what reads acts is mostly patterns, and they take a tenth of a start to compile.
    from monitor.screening.acts.judge import judge

    parties = [Party(watch.id, watch.names) for watch in round_.parts.watches]
    findings = {
        (watch, finding.list or ENTITY_LIST): _act(known, finding)
        for watch, finding in judge(known.document, text, parties)
    }
    for watch, finding in judge(known.document, text_before, parties) if text_before else ():
        if finding.effect in {Effect.REMOVES, Effect.ADDS}:
            unnamed = _act(known, _unnamed(finding))
            findings.setdefault((watch, finding.list or ENTITY_LIST), unnamed)
    return round_.tx.set_findings(known.document.number, findings)


def _unnamed(finding: Finding) -> Finding:
    return replace(finding, effect=Effect.UNCLEAR, reason=UNNAMED, quote="", review=True)


def _act(known: KnownAct, finding: Finding) -> Act:
    document = known.document
    return Act(
        number=document.number,
        stage=document.stage,
        effect=finding.effect if finding.list else Effect.UNCLEAR,
        list=finding.list or ENTITY_LIST,
        destinations=finding.destinations,
        publication_date=document.publication_date,
        effective_on=finding.effective_on,
        citation=document.citation,
        url=document.html_url,
        title=document.title,
        quote=finding.quote,
        reason=finding.reason,
        review=finding.review,
        undated=finding.undated,
        seen_at=known.seen_at,
        seen_poll=known.seen_poll,
        snapshot=known.snapshot,
        historic=known.historic,
    )


def _names_digest(parts: Parts) -> str:
    said = "\x1e".join("\x1f".join((watch.id, *watch.names)) for watch in parts.watches)
    return sha256(said.encode()).hexdigest()[:16]
