"""Acts as news of the whole list: everybody whom a document names, read once a text.

What came is read when it comes, and what an older reader read again. A document that is withdrawn
keeps its parties.
"""

import logging
from collections.abc import Sequence

from monitor.judging.changes_by_acts import name_acts_of_changes, recent
from monitor.judging.decide import Judging
from monitor.judging.docket import Docket
from monitor.ledger.records import KnownAct
from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.document import Document
from monitor.screening.register import unread

log = logging.getLogger("monitor.judging")


def judge_acts_as_news(judging: Judging, found: Docket) -> None:
    """Reads for everybody what came, and what an older reader read; names it where it made changes.

    A change that came before its act learns of it here.
    """
    since = recent(judging)
    days = [act.document.publication_date for act in _read_acts(judging, found)]
    past = any(day is not None and day < since.isoformat() for day in days)
    name_acts_of_changes(judging, None if past else since)


def _read_acts(judging: Judging, found: Docket) -> list[KnownAct]:
    # Only now: what reads acts is mostly patterns, and they take a tenth of a start to compile.
    from monitor.screening.acts.everyone import READER

    came = {read.sha256: read.body for read in found.documents if read.sha256 is not None}
    done = list[KnownAct]()
    for act in [*judging.tx.acts_unread_for_parties(READER), *_refused(judging, found)]:
        assert act.snapshot is not None
        body = came.get(act.snapshot) or judging.service.ledger.bodies.load(act.snapshot)
        if body is not None:
            number = act.document.number
            parties, effective_on = _read(judging, act.document, body.decode("utf-8", "replace"))
            read = f"{READER}:{act.snapshot}"
            record_parties(judging, number, parties, read, effective_on)
            done.append(act)
    return done


def record_parties(
    judging: Judging,
    number: str,
    parties: Sequence[ActParty],
    read: str,
    effective_on: str | None = None,
) -> None:
    """Stores everybody whom a document names; `read` says by which reader, of which text.

    `effective_on` is the ISO date that the text gives the whole rule, None where it is not certain.
    """
    judging.tx.set_act_parties(number, parties, read, effective_on)


def _refused(judging: Judging, found: Docket) -> list[KnownAct]:
    """The documents whose text the disk did not take: it is read all the same."""
    refused = {read.document.number: read.sha256 for read in found.documents if not read.kept}
    known = judging.tx.known_acts() if refused else {}
    return [
        KnownAct(known[number].document, sha, judging.now, judging.poll, "")
        for number, sha in refused.items()
        if number in known and sha is not None
    ]


def _read(
    judging: Judging, document: Document, text: str
) -> tuple[tuple[ActParty, ...], str | None]:
    """Everybody whom the text names, and the date that it gives the whole rule."""
    from monitor.screening.acts.everyone import everyone
    from monitor.screening.acts.judge import date_of, read_page

    try:
        page = read_page(document, text)
        day, certain = date_of(page, document)
        return everyone(page), day if certain else None
    except Exception:  # one text that breaks the reading must not hide what the others say
        log.exception("the text of %s could not be read for everyone", document.number)
        judging.emit([unread(document, judging.now)])
        return (), None
