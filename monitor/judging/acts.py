"""Acts in the ledger: what a document does to each watch, judged once a text and again when needed.

A document read on public inspection and again in print is one act; a row that lost its dates for
once takes back none that were known.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256

from monitor.judging.act_cases import ReadAct, cases_of_act, near_removals
from monitor.judging.act_parties import Asked, spelled_in_act, watched_parties, with_rows
from monitor.judging.decide import Judging
from monitor.judging.docket import Docket, Read, text_stage
from monitor.ledger.records import Key, KnownAct
from monitor.screening.acts.document import Document
from monitor.screening.acts.finding import READER, Finding, Party
from monitor.screening.entry import ENTITY_LIST
from monitor.screening.names import ListNames
from monitor.screening.register import UNREAD_AFTER, unread
from monitor.screening.witness import Act, Effect, Stage
from monitor.service import Service

log = logging.getLogger("monitor.judging")


def record(judging: Judging, found: Docket) -> set[Key]:
    """Stores the documents and what they do; the watches whose acts are new or have changed."""
    parties, known = watched_parties(judging), judging.tx.known_acts()
    names, touched = _digest(judging, parties), set[Key]()
    asked = cache(lambda: with_rows(judging, parties))
    for read in found.documents:
        before = known.get(read.document.number)
        after = _merged(judging, read, before, names)
        if after == before:
            continue
        text = _text(judging.service, read, after.snapshot)
        stored = after if read.kept else replace(after, snapshot=None)
        judging.tx.set_act(stored if text is not None else replace(stored, judged=""))
        if text is not None:
            text_before = _text_before(judging.service, before, after)
            touched |= _judged(judging, after, asked(), text, text_before)
        elif before is not None:
            touched |= judging.tx.restage(after)
        if read.unread and after.document.text_tries >= UNREAD_AFTER:
            judging.emit([unread(after.document, judging.now)])
    return touched


def judge_again(judging: Judging) -> set[Key]:
    """Judges the stored documents anew for names, or by a reader, that have changed since."""
    known = [act for act in judging.tx.known_acts().values() if act.snapshot is not None]
    parties = watched_parties(judging) if known else []
    names, touched = _digest(judging, parties), set[Key]()
    asked = cache(lambda: with_rows(judging, parties))
    for act in known:
        if act.snapshot is None or act.judged == names:
            continue
        body = judging.service.ledger.bodies.load(act.snapshot)
        if body is not None:
            judging.tx.set_act(replace(act, judged=names))
            touched |= _judged(judging, act, asked(), _decoded(body))
    return touched


def _merged(judging: Judging, read: Read, before: KnownAct | None, names: str) -> KnownAct:
    """What is known of the document after this look."""
    document = read.document
    if before is not None:
        # a row in print, or of what was withdrawn, has no filing
        document = replace(document, filed_at=document.filed_at or before.document.filed_at)
    if before is not None and document.stage is before.document.stage is Stage.INSPECTION:
        # A row that lost its dates for once takes back none that were known.
        document = replace(
            document,
            publication_date=document.publication_date or before.document.publication_date,
        )
    if read.sha256 is not None or document.stage is Stage.WITHDRAWN:
        document = replace(document, text_stage=document.stage)
    else:
        document = _tried(document, read, before.document if before else None, judging.now)
        if before is not None:
            document = replace(document, text_stage=text_stage(before))
    if before is None:
        return KnownAct(
            document, read.sha256, judging.now, judging.poll, names, historic=read.historic
        )
    return replace(
        before,
        document=document,
        snapshot=read.sha256 or before.snapshot,
        judged=names,
        historic=before.historic and read.historic,
    )


def _tried(document: Document, read: Read, before: Document | None, now: datetime) -> Document:
    """The document with the looks in vain for its text."""
    again = before is not None and before.stage is document.stage
    tries, at = (before.text_tries, before.text_tried_at) if before and again else (0, None)
    if read.tried:
        tries, at = tries + 1, now.isoformat()
    return replace(document, text_tries=tries, text_tried_at=at)


def _text(service: Service, read: Read, sha: str | None) -> str | None:
    if read.sha256 is not None:
        return _decoded(read.body)
    body = service.ledger.bodies.load(sha) if sha else None
    return _decoded(body) if body is not None else None


def _decoded(body: bytes) -> str:
    """The text as characters; a byte that is none becomes the mark for a lost one."""
    return body.decode("utf-8", "replace")


def _text_before(service: Service, before: KnownAct | None, after: KnownAct) -> str | None:
    """The text that the one now read takes the place of, if the same names were sought in it."""
    if before is None or before.snapshot in {None, after.snapshot}:
        return None
    return _text(service, Read(before.document), before.snapshot) if before.judged else None


def _judged(
    judging: Judging, known: KnownAct, asked: Asked, text: str, before: str | None = None
) -> set[Key]:
    """Stores what the document does to each watch; the watches it names, now or before."""
    # Only now: what reads acts is mostly patterns, and they take a tenth of a start to compile.
    from monitor.screening.acts.judge import judge_anew, read_page
    from monitor.screening.acts.named import named

    try:
        page = read_page(known.document, text)
        names = ListNames((name, name) for name in named(page))
        act = ReadAct(known, page, names, asked.lists)
        spelled = spelled_in_act(asked.parties, names)
        found_anew = judge_anew(known.document, page, before, spelled, asked.lists)
    except Exception:  # one text that breaks the reading must not hide what the others say
        log.exception("the text of %s could not be judged", known.document.number)
        judging.emit([unread(known.document, judging.now)])
        return set()
    findings = {
        (watch, finding.list or ENTITY_LIST): _act(known, finding) for watch, finding in found_anew
    }
    found = {watch for watch, _ in findings}
    for key, finding in near_removals(judging, act, found).items():
        findings[key] = _act(known, finding)
    findings |= _some_before(judging, known, findings)
    touched = judging.tx.set_findings(known.document.number, findings)
    return touched | cases_of_act(judging, act)


def _some_before(judging: Judging, known: KnownAct, findings: dict[Key, Act]) -> dict[Key, Act]:
    """What removed some of a watch's entries, and would read as removing all once they are gone."""
    from monitor.screening.acts.entries import still_some

    removing = [key for key, act in findings.items() if act.effect is Effect.REMOVES]
    before = judging.tx.acts_on(removing) if removing else {}
    kept = {}
    for key, acts in before.items():
        reasons = [act.reason for act in acts if act.number == known.document.number]
        if (reason := still_some(reasons)) is not None:
            kept[key] = replace(findings[key], effect=Effect.UNCLEAR, reason=reason, review=True)
    return kept


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


def _digest(judging: Judging, parties: Sequence[Party]) -> str:
    """What a judgement of acts hangs on: the reader, the names, and whose rows are known."""
    bound = {watch for list_ in judging.service.followed for watch in judging.tx.bound(list_)}
    said = "\x1e".join(
        "\x1f".join((party.id, str(party.id in bound), *party.names)) for party in parties
    )
    return sha256(f"{READER}\x1d{said}".encode()).hexdigest()[:16]
