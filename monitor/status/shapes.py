"""The public JSON: how it is written, and the shapes of polls, sources, changes and entries.

Every JSON that leaves this service, by command or by HTTP, is made here. The shapes themselves are
the dataclasses; this adds only what they leave to the moment of telling.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from monitor.ledger.records import ListChange, Poll, SourceMemory
from monitor.screening.decide.testimony import SourceList
from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.screening.scope import Scope
from monitor.screening.witness import PollOutcome, Source, is_fresh
from monitor.screening.words.event_text import as_numbered, utc
from monitor.screening.words.message import plain
from monitor.status.compare import Disagreement


@dataclass(frozen=True, slots=True)
class PublicPoll:
    """A poll in a list of polls."""

    id: int
    source: str
    at: str
    outcome: PollOutcome
    reasons: tuple[str, ...]
    snapshot: str | None
    entries: int | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class CheckedPoll:
    source: str
    outcome: PollOutcome
    reasons: tuple[str, ...]
    snapshot: str | None
    entries: int | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class PublicSource:
    """A source's health."""

    source: str
    enabled: bool
    outcome: PollOutcome | None
    last_poll_at: str | None
    last_good_at: str | None
    stale: bool
    entries: int | None
    snapshot: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicChange:
    """One change of a whole list."""

    list: str
    kind: str
    at: str
    before: Entry | None
    after: Entry | None
    citation: str | None
    document_number: str | None


@dataclass(frozen=True, slots=True)
class PublicDisagreement:
    """Parties of a list that one source has now and another has not; which is right is not said."""

    list: str
    source: str
    """The source that has them."""
    missing_from: str
    count: int
    entries: tuple[Entry, ...]
    """The first of them, by name."""


MOST_APART = 200
"""Entries shown of those that only one source has; a source that fell behind may lack thousands."""


def json_bytes(value: object) -> bytes:
    """The value as JSON; dataclasses become objects with their fields in order."""
    return msgspec.json.encode(value, enc_hook=plain)


def public_poll(poll: Poll) -> PublicPoll:
    return PublicPoll(
        poll.id,
        poll.source,
        utc(poll.at),
        poll.outcome,
        poll.reasons,
        poll.snapshot,
        poll.entries,
        poll.as_of,
    )


def checked_poll(poll: Poll) -> CheckedPoll:
    return CheckedPoll(
        poll.source, poll.outcome, poll.reasons, poll.snapshot, poll.entries, poll.as_of
    )


def public_change(list_change: ListChange) -> PublicChange:
    """A change as told; its time is the date of the text that brought it."""
    # The codified list is dated; the hour at which a poll came upon a change says nothing of it.
    at = (
        f"{list_change.on_date}T00:00:00Z"
        if list_change.source == Source.ECFR
        else utc(list_change.at)
    )
    return PublicChange(
        list_change.list,
        list_change.kind,
        at,
        list_change.before,
        list_change.after,
        list_change.citation,
        as_numbered(list_change.document_number),
    )


def public_disagreements(list_: str, apart: Disagreement) -> list[PublicDisagreement]:
    alone = ((Source.CSL, Source.ECFR, apart.only_csl), (Source.ECFR, Source.CSL, apart.only_ecfr))
    return [
        PublicDisagreement(list_, source, other, len(entries), entries[:MOST_APART])
        for source, other, entries in alone
    ]


def public_sources(
    scope: Scope,
    memories: Mapping[str, SourceMemory],
    lists: Iterable[SourceList],
    now: datetime,
    remarks: Mapping[str, tuple[str, ...]] | None = None,
) -> list[PublicSource]:
    """Every source there is, the disabled ones too.

    `remarks`: what of the texts accepted last was not understood, to stand among the reasons.
    """
    rows = {list_.source: list_ for list_ in lists if list_.list == ENTITY_LIST}
    found = [_source(scope, name, memories.get(name), rows.get(name), now) for name in Source]
    return [_with(one, (remarks or {}).get(one.source, ())) for one in found]


def _with(source: PublicSource, remarks: tuple[str, ...]) -> PublicSource:
    if not remarks:
        return source
    return replace(source, reasons=tuple(dict.fromkeys((*source.reasons, *remarks))))


def _source(
    scope: Scope,
    name: str,
    memory: SourceMemory | None,
    looked: SourceList | None,
    now: datetime,
) -> PublicSource:
    enabled = name in scope.enabled
    good = memory.last_good_at if memory else None
    looks = () if good is None else (good,)
    stale = enabled and not is_fresh(looks, now, scope.stale_after.get(name, 0.0))
    return PublicSource(
        source=name,
        enabled=enabled,
        outcome=memory.last_outcome if memory else None,
        last_poll_at=utc(memory.last_poll_at) if memory and memory.last_poll_at else None,
        last_good_at=utc(good) if good else None,
        stale=stale,
        entries=looked.rows if looked and looked.accepted_sha256 else None,
        snapshot=looked.accepted_sha256 if looked else memory.accepted_sha256 if memory else None,
        reasons=memory.last_reasons if memory else (),
    )
