"""Makes a list that can be believed the source's own: its rows, their changes, the verdicts."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from monitor.judging.changes_by_acts import name_acts_of_changes
from monitor.judging.compared import compared
from monitor.judging.decide import Judging
from monitor.judging.list_news import tell_text_news
from monitor.judging.parties import ALL_READ, Published, parties_of
from monitor.judging.verdicts import update_verdicts
from monitor.ledger.records import Key
from monitor.screening.change import Change
from monitor.screening.decide.dates import text_day
from monitor.screening.decide.testimony import SourceList
from monitor.screening.entry import Reading
from monitor.screening.news.row_change import NewText
from monitor.screening.parties import PartyRow
from monitor.screening.source_health import Health, HealthStep, after_reformat
from monitor.screening.unread import Unread
from monitor.screening.words.event_text import utc


@dataclass(slots=True)
class Telling:
    """Carries a source's health through the steps of one poll and emits what is news."""

    health: Health
    judging: Judging
    silent: bool = False
    """Nobody watches: nothing is told, so that it is news to those who will."""

    def add(self, told: HealthStep) -> None:
        if not self.silent:
            self.health = told.health
            self.judging.emit(told.events)

    def knows_unread(self, list_: str, unread: Unread) -> None:
        others = {code: one for code, one in self.health.unread.items() if code != list_}
        known = {list_: unread} if unread.rows else {}
        self.health = replace(self.health, unread={**others, **known})


class Looked(Protocol):
    """What is recorded of the document that a list stood in."""

    @property
    def sha256(self) -> str | None: ...

    @property
    def url(self) -> str: ...

    @property
    def as_of(self) -> str | None: ...


def good_look(judging: Judging, source: str, list_: str, **fields: object) -> None:
    before = judging.tx.source_lists(source).get((source, list_))
    if before and before.last_good_at and before.last_good_at > judging.now:
        judging.tx.set_back(source, list_, judging.now)
    judging.tx.set_source_list(
        source,
        list_,
        good_polls=(before.good_polls if before else 0) + 1,
        last_good_at=judging.now,
        **fields,
    )


def accept_list(
    judging: Judging,
    source: str,
    list_: str,
    looked: Looked,
    reading: Reading,
    telling: Telling,
) -> dict[Key, list[Change]]:
    """Makes the list the source's own, and returns the changes of the watches it touches."""
    tx, sha = judging.tx, looked.sha256 or ""
    known = tx.source_lists(source).get((source, list_))
    first = known is None or known.accepted_sha256 is None
    unread = telling.health.unread.get(list_, ALL_READ)
    now = compared(judging, source, list_, reading, known=unread, first=first)
    telling.knows_unread(list_, now.unread)
    on_date = text_day(looked.as_of, judging.now, known.as_of if known else None)
    stays, changes = list(now.stays.values()), now.changes
    parties = parties_of(judging, source, list_, now.come, stays, now.before, changes)
    tx.publish(
        source,
        list_,
        now.gone,
        now.come,
        parties,
        poll=judging.poll,
        at=judging.now,
        on_date=on_date,
    )
    # A row whose new name is the whole list's new form is followed, and is no news.
    news = [change for change in changes.changes if change.fields or not change.renamed]
    tx.set_remarks(source, list_, reading.remarks)
    if reading.text is not None:
        tx.set_notes(list_, reading.notes)
    tx.add_changes(source, news, at=judging.now, on_date=on_date, snapshot=sha)
    with judging.beside_watches():
        if news:
            name_acts_of_changes(judging, date.fromisoformat(on_date))
        if known is not None and known.accepted_sha256 is not None:
            tell_text_news(judging, _new_text(judging, known, looked), news)
    if changes.reformatted:
        told = after_reformat(telling.health, source, list_, changes.reformatted, judging.now, sha)
        telling.add(told)
    good_look(
        judging,
        source,
        list_,
        accepted_sha256=sha,
        accepted_poll=judging.poll,
        as_of=looked.as_of,
        rows=reading.counts.get(list_, len(now.come) + len(now.stays)),
        url=looked.url,
        held=False,
        held_sha256=None,
        held_reasons=[],
    )
    new = {digest: PartyRow(entry, parties[digest]) for digest, entry in now.come.items()}
    rows, came = {**now.stays, **new}, tuple(new.values())
    published = Published(source, list_, rows, now.before, came, changes, first, now.unread)
    return update_verdicts(judging, published, reading.text)


def _new_text(judging: Judging, before: SourceList, looked: Looked) -> NewText:
    """The text that takes the place of the one accepted before."""
    return NewText(
        before.source,
        before.list,
        looked.sha256 or "",
        looked.url,
        looked.as_of,
        followed=min(filter(None, (before.as_of, utc(before.last_good_at or judging.now)))),
        others=tuple(one for one in judging.service.carriers(before.list) if one != before.source),
    )
