"""`check`: one round of polls, judged and delivered."""

from dataclasses import dataclass
from typing import Annotated

import typer

from monitor.cli.context import (
    DONE,
    SOURCES_FAILED,
    ConfigOption,
    JsonOption,
    moment,
    open_service,
    plain_errors,
    print_json,
    say,
)
from monitor.deliver import Delivery, deliver, withheld
from monitor.poll import check as run_check
from monitor.screening.event import PublicEvent
from monitor.screening.words.event_text import utc
from monitor.service import Service
from monitor.status.shapes import CheckedPoll, checked_poll
from monitor.status.status import Status, statuses


def check(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Option("--source", help="Only this source: csl, ecfr, federal_register.")
    ] = None,
    json: JsonOption = False,
    now: Annotated[
        str | None, typer.Option("--now", help="Run at this ISO time instead of now.")
    ] = None,
    no_deliver: Annotated[
        bool, typer.Option("--no-deliver", help="Decide and store, but do not send.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Poll every enabled source once, judge, deliver what is due, and print the results."""
    with plain_errors():
        clock = moment(now)
    with open_service(context, config, clock) as (_, service):
        told = one_round(service, source, send=not no_deliver)
        if json:
            print_json(told)
        else:
            _print(told)
    raise typer.Exit(exit_code(told))


@dataclass(frozen=True, slots=True)
class Round:
    """The report of a round; its fields are the public shape."""

    at: str
    polls: tuple[CheckedPoll, ...]
    events: tuple[PublicEvent, ...]
    watches: list[Status]
    deliveries: list[Delivery]


def one_round(service: Service, source: str | None = None, *, send: bool = True) -> Round:
    """Polls, judges, and delivers what is due. Raises UsageError for an unknown source."""
    at = utc(service.clock())
    checked = run_check(service, source)
    deliveries = deliver(service) if send else withheld(service)
    with service.ledger.reading() as reading:
        watches = statuses(service, reading, service.clock())
    polls = tuple(checked_poll(poll) for poll in checked.polls)
    events = tuple(event.public() for event in checked.events)
    return Round(at, polls, events, watches, deliveries)


def exit_code(told: Round) -> int:
    """Whether some source failed or was quarantined."""
    good = all(poll.outcome.good for poll in told.polls)
    return DONE if good else SOURCES_FAILED


def _print(told: Round) -> None:
    for poll in told.polls:
        why = f": {'; '.join(poll.reasons)}" if poll.reasons else ""
        say(f"{poll.source}: {poll.outcome}{why}")
    for event in told.events:
        say(f"{event.kind.value}: {event.title}")
    for delivery in told.deliveries:
        why = f" ({delivery.reason})" if delivery.reason else ""
        say(f"{delivery.channel}: {delivery.outcome}{why}")
    for status in told.watches:
        say(status.reasons[0])
