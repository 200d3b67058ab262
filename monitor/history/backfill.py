"""The past of the whole list, from every dated version of the codified one and the acts behind it.

Version by version, in order, up to the first text that is known already: the validity of every
entry, each addition, removal and amendment under its date, and what each version says of the
watches. One transaction a version, so that a crash loses at most one and the next run repeats none.
It tells nobody anything: no event comes of the past.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial

from monitor.errors import LedgerError, SourceFault, UsageError
from monitor.history.acts import ActsRead, read_acts
from monitor.history.learn import parties, store
from monitor.history.search import marks_in, past_of, unusable
from monitor.history.versions import Dated, Unread, Version, accepted, dated
from monitor.judging.changes_by_acts import name_acts_of_changes
from monitor.judging.decide import Judging
from monitor.ledger.entry_history import Coverage
from monitor.ledger.history import Past, VersionSeen
from monitor.ledger.write.transaction import Writing
from monitor.screening.change import Change, ChangeKind, compare
from monitor.screening.entry import ENTITY_LIST, Entry
from monitor.screening.watch import Watch
from monitor.screening.witness import Source
from monitor.screening.words.message import say
from monitor.service import Service

MOST_UNREAD = 2
"""More versions in succession than this that cannot be used are the host's trouble, not theirs."""


@dataclass(slots=True)
class Backfilled:
    """What a run came to."""

    since: str | None = None
    """From when on the list is known now."""
    versions: int = 0
    unread: list[Unread] = field(default_factory=list)
    acts: ActsRead | None = None
    """None where the Federal Register is not asked."""
    changes: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((kind.value for kind in ChangeKind), 0)
    )


Tell = Callable[[str, date, int, int], None]
"""Hears what was done (`version` or `acts`), of which date, how many are done and how many are
to do."""


def backfill(
    service: Service, since: date | None, tell: Tell, list_: str = ENTITY_LIST
) -> Backfilled:
    """Read a list's dated versions since a date (None: all), and the acts, not read before.

    Raises UsageError where there is nothing to join the past to, SourceFault where the versions or
    the acts cannot be had: what was read until then is kept, and the next run goes on from there.
    """
    ecfr, last = service.versions, accepted(service, list_)
    if ecfr is None:
        raise UsageError("the source ecfr is disabled: it alone has dated versions")
    if last is None:
        raise UsageError("no text of the eCFR was accepted yet: run `entity-monitor check` first")
    with service.ledger.reading() as reading:
        counts = reading.history().counts() if list_ == ENTITY_LIST else {}
    run = _Run(service, dated(service, ecfr, last, counts, list_), tell)
    while (days := run.to_do(since)) is not None and run.stretch(days):
        continue
    _join_histories(service, run)
    if service.register is not None:
        begins = since or run.versions.days[0]
        run.done.acts = read_acts(service, service.register, begins, partial(tell, "acts"))
        _join_histories(service, run)
    return run.done


def _join_histories(service: Service, run: "_Run") -> None:
    """Each change gets its act, and each watch its past, as far as either is known by now."""
    with service.ledger.judging() as tx:
        judging = Judging(tx, service, service.clock(), tx.newest_poll())
        name_acts_of_changes(judging)
        if run.code == ENTITY_LIST:
            store(judging, _pasts(service, tx, run))
        run.done.since = tx.entry_history(Source.ECFR, run.code).horizon()


@dataclass(slots=True)
class _Run:
    """One run over the versions."""

    service: Service
    versions: Dated
    tell: Tell
    done: Backfilled = field(default_factory=Backfilled)
    coverage: Coverage = field(default_factory=Coverage)
    horizon: str = ""
    standing: Mapping[str, Entry] = field(default_factory=dict)
    watches: Mapping[str, Watch] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The list of which these are the versions."""
        return self.versions.list

    def to_do(self, since: date | None) -> list[date] | None:
        """The dates of the stretch under way, else of the next one; None when nothing is left."""
        with self.service.ledger.reading() as reading:
            backlog = reading.entry_history(Source.ECFR, self.code)
            self.coverage, horizon = backlog.coverage(), backlog.horizon()
            self.standing = backlog.standing(self.coverage.until)
            self.watches = parties(self.service, reading)
        if horizon is None:
            raise UsageError("the accepted list has no entries to join the past to")
        self.horizon = horizon
        days, end = self.versions.days, date.fromisoformat(horizon)
        if self.coverage.done is not None:
            after = date.fromisoformat(self.coverage.done)
            return [day for day in days if after < day < end]
        start = max(since or days[0], days[0])
        if start >= end:
            return None
        return [start, *(day for day in days if start < day < end)]

    def stretch(self, days: Sequence[date]) -> bool:
        """Every version of a stretch, then its end is joined to what is known.

        False where none of them could be used, so that there is nothing to join.
        """
        passed: list[Unread] = []
        for at, day in enumerate(days):
            until = days[at + 1].isoformat() if at + 1 < len(days) else self.horizon
            found = self.versions.read(day)
            if isinstance(found, Unread):
                passed.append(found)
                if len(passed) > MOST_UNREAD:
                    raise SourceFault(
                        say(
                            "the version of {day}: {reason}",
                            day=passed[0].on,
                            reason=passed[0].reason,
                        )
                    )
            else:
                self._take(found, until, passed)
                passed = []
            self.tell("version", day, at + 1, len(days))
        if not self.coverage.under_way:
            self._count((), passed)
            return False
        self._join(passed)
        return True

    def _take(self, found: Version, until: str, passed: Sequence[Unread]) -> None:
        """One version, in one transaction."""
        on, now, entries = found.on.isoformat(), self.service.clock(), found.entries
        changes = self._changes(entries) if self.coverage.under_way else ()
        gone = [digest for digest in self.standing if digest not in entries]
        come = {digest: one for digest, one in entries.items() if digest not in self.standing}
        seen = VersionSeen(found.on, found.sha256, found.rows, None, now)
        marks = marks_in(found.reading, self.watches) if self.code == ENTITY_LIST else {}
        with self.service.ledger.judging() as tx:
            self._alone(tx)
            backlog = tx.entry_history(Source.ECFR, self.code)
            behind = self._behind(on, passed)
            self.coverage = backlog.advance(behind, on, until, gone, come, now)
            tx.add_changes(
                Source.ECFR, changes, at=_midnight(on), on_date=on, snapshot=found.sha256
            )
            self._pass_over(tx, passed)
            if self.code == ENTITY_LIST:
                tx.history().add_version(seen, marks)
        self._count(changes, passed)
        self.done.versions += 1
        self.standing = entries

    def _join(self, passed: Sequence[Unread]) -> None:
        """The last version against the text with which what is known begins."""
        with self.service.ledger.judging() as tx:
            self._alone(tx)
            backlog = tx.entry_history(Source.ECFR, self.code)
            changes = self._changes(backlog.beginning(self.horizon))
            tx.add_changes(
                Source.ECFR,
                changes,
                at=_midnight(self.horizon),
                on_date=self.horizon,
                snapshot=None,
            )
            self._pass_over(tx, passed)
            self.coverage = backlog.join(self._behind(self.horizon, passed), self.horizon)
        self._count(changes, passed)

    def _changes(self, after: Mapping[str, Entry]) -> tuple[Change, ...]:
        return compare(list(self.standing.values()), list(after.values())).changes

    def _behind(self, on: str, passed: Sequence[Unread]) -> Coverage:
        """What is known before a date, with the gap that the versions passed over leave."""
        if not passed or not self.coverage.under_way:
            return self.coverage
        return self.coverage.with_gap(passed[0].on.isoformat(), on, passed[0].reason)

    def _alone(self, tx: Writing) -> None:
        if tx.entry_history(Source.ECFR, self.code).coverage() != self.coverage:
            raise LedgerError("another backfill is at work on this database")

    def _pass_over(self, tx: Writing, passed: Sequence[Unread]) -> None:
        for one in passed if self.code == ENTITY_LIST else ():
            seen = VersionSeen(one.on, one.sha256, 0, one.reason, self.service.clock())
            tx.history().add_version(seen, {})

    def _count(self, changes: Sequence[Change], passed: Sequence[Unread]) -> None:
        for change in changes:
            self.done.changes[change.kind.value] += 1
        self.done.unread += passed


def _pasts(service: Service, tx: Writing, run: _Run) -> list[Past]:
    """What all versions read so far say of each watch."""
    doubted = tx.history().doubted()
    unread = [Unread(day, why) for day, why in doubted.items() if day in run.versions.days]
    days = [day for day in run.versions.days if day not in doubted]
    found: list[Past] = []
    for party, marks in tx.history().marks(parties(service, tx)).items():
        past = past_of(party, days, marks, service.clock())
        if past is not None:
            remarks = (*unusable(unread), *past.remarks)
            found.append(Past(party, past.spans, remarks, past.done, past.at))
    return found


def _midnight(on: str) -> datetime:
    return datetime.combine(date.fromisoformat(on), time(), UTC)
