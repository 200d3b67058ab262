"""Telling again what nobody has taken note of, and summing up: reminders and the digest.

Both only queue notifications, in one transaction with the note that they did; `deliver` sends them
like any other. Both are off unless the configuration asks for them.
"""

from datetime import UTC, datetime, time, timedelta

from monitor.ledger.json import from_json, to_json
from monitor.ledger.read import Reading
from monitor.ledger.reminders import DIGEST, REMINDER, Reminders
from monitor.notify.digest import Digest, Happening, SourceLooks
from monitor.screening.event import Kind
from monitor.screening.words.event_text import utc
from monitor.service import Service
from monitor.status.status import statuses

HOUR = time(12, tzinfo=UTC)
"""When a digest is due: early in the morning in Washington, at any season."""
AT_ONCE = 500
"""Watches of which whole statuses are made at a time: 50,000 would take hundreds of megabytes."""
_LAST = "digest:last"
"""The fact of when the last digest ended, RFC 3339."""


def remind(service: Service) -> int:
    """Queue every reminder and digest that is due; how many notifications were queued."""
    return _reminders(service) + _digest(service)


def _reminders(service: Service) -> int:
    if service.remind_every is None:
        return 0
    now, queued = service.clock(), 0
    with service.ledger.judging() as tx:
        reminders = tx.outbox().reminders()
        for stored in reminders.to_remind(now - service.remind_every):
            event = stored.event
            # Who has not been told yet needs no reminder.
            waiting = reminders.channels_waiting(event.id)
            told = [c.id for c in service.told_of(event) if c.id not in waiting]
            if event.kind is Kind.POSSIBLE_MATCH:
                # Of many told together a channel was told those that it wants, by one event.
                asked = reminders.channels_told(event.id)
                told = [c.id for c in service.channels if c.id in asked and c.id not in waiting]
            note = f"{REMINDER}{reminders.next_reminder(event.id)}"
            tx.add_notifications(event.id, told, now, note)
            reminders.note_reminder(event.id, now)
            queued += len(told)
    return queued


def _digest(service: Service) -> int:
    if service.digest is None:
        return 0
    now = service.clock()
    with service.ledger.reading() as reading:
        since = _since(reading.queue().fact(_LAST))
        if since is not None and since >= last_due(now, service.digest):
            return 0
        states = _states(service, reading, now)
    with service.ledger.judging() as tx:
        outbox = tx.outbox()
        if _since(outbox.fact(_LAST)) != since:
            # Another process was faster.
            return 0
        reminders = outbox.reminders()
        reminders.set_fact(_LAST, to_json(now))
        if since is None:
            # The time to sum up begins now.
            return 0
        digest = _summed_up(reminders, since, now, states)
        reminders.set_fact(digest.id, to_json(digest))
        wanting = [channel.id for channel in service.channels if channel.wants_digest()]
        tx.add_notifications(digest.id, wanting, now, DIGEST)
    return len(wanting)


def last_due(now: datetime, every: str) -> datetime:
    """The last moment up to `now` at which a digest was due: daily, or weekly on Mondays."""
    due = datetime.combine(now.astimezone(UTC).date(), HOUR)
    if every == "weekly":
        due -= timedelta(days=due.weekday())
    step = timedelta(days=7 if every == "weekly" else 1)
    return due if due <= now else due - step


def _since(fact: str | None) -> datetime | None:
    return from_json(fact, datetime) if fact is not None else None


def _states(service: Service, reading: Reading, now: datetime) -> tuple[tuple[str, ...], int]:
    sentences, unsure = list[str](), 0
    for at in range(0, len(service.watches), AT_ONCE):
        found = statuses(service, reading, now, service.watches[at : at + AT_ONCE])
        sentences += (status.reasons[0] for status in found)
        unsure += sum(not status.fresh for status in found)
    return tuple(sentences), unsure


def _summed_up(
    reminders: Reminders, since: datetime, until: datetime, states: tuple[tuple[str, ...], int]
) -> Digest:
    sentences, unsure = states
    return Digest(
        id=f"digest_{until:%Y%m%dT%H%M%SZ}",
        since=utc(since),
        until=utc(until),
        looks=tuple(
            SourceLooks(
                look.source,
                look.polls,
                look.good,
                utc(look.last_good_at) if look.last_good_at else None,
            )
            for look in reminders.looks(since, until)
        ),
        happenings=tuple(
            Happening(event.event.id, event.event.kind.value, event.event.at, event.event.title)
            for event in reminders.events(since, until)
        ),
        states=sentences,
        unsure=unsure,
    )
