"""`status`, `history`, `search`: the commands that only read.

Tables are imported where they are printed, so that JSON does not wait for them.
"""

from dataclasses import dataclass
from typing import Annotated

import typer

from monitor.cli.context import (
    ConfigOption,
    JsonOption,
    moment,
    open_service,
    plain_errors,
    print_json,
)
from monitor.errors import UsageError
from monitor.screening.event import Event
from monitor.screening.watch import Watch
from monitor.screening.witness import Act
from monitor.service import Service
from monitor.status.search import look_up, script_remark
from monitor.status.status import Status, statuses

WatchArgument = Annotated[str | None, typer.Argument(help="Id of a watch; default: all.")]


def status(
    context: typer.Context,
    watch: WatchArgument = None,
    json: JsonOption = False,
    now: Annotated[str | None, typer.Option("--now", help="As it looks at this ISO time.")] = None,
    config: ConfigOption = None,
) -> None:
    """Show the state of each watch, and why."""
    with plain_errors():
        clock = moment(now)
    with open_service(context, config, clock) as (_, service):
        asked = chosen(service, watch)
        with service.ledger.reading() as reading:
            found = statuses(service, reading, service.clock(), asked)
        if json:
            print_json({"watches": found})
        else:
            from monitor.cli.print import print_statuses

            print_statuses(found, witnesses=watch is not None)


def history(
    context: typer.Context,
    watch: WatchArgument = None,
    list_: Annotated[str | None, typer.Option("--list", help="Only this list.")] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show when a watch was listed, by which acts, and every event since the watch began."""
    with open_service(context, config) as (_, service):
        found = [
            one
            for one in _pasts(service, chosen(service, watch))
            if list_ in {None, one.status.list}
        ]
        if not found:
            raise UsageError(f"no watch on list “{list_}”")
        if json:
            documents = [one.public() for one in found]
            single = watch is not None or len(found) == 1
            print_json(documents[0] if single else {"watches": documents})
            return
        from monitor.cli.print import print_history

        for at, one in enumerate(found):
            if at:
                typer.echo()
            print_history(one.status, one.acts, one.events)


def search(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name in any spelling.")],
    list_: Annotated[str, typer.Option("--list", help="Code of the list.")] = "EL",
    on: Annotated[str | None, typer.Option("--on", help="The list as of this ISO date.")] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Find the same and near names on a list, now or on a past date, with score and reason."""
    with open_service(context, config) as (_, service), service.ledger.reading() as reading:
        found = look_up(reading, name, list_, on, service.watches)
        if json:
            print_json({"entries": [one.public() for one in found]})
        else:
            from monitor.cli.print import print_found

            print_found(found, script_remark(name))


def chosen(service: Service, watch: str | None) -> list[Watch]:
    """The watch of that id, or all. Raises UsageError for an unknown id."""
    if watch is None:
        return list(service.watches)
    one = service.watch(watch)
    if one is None:
        known = ", ".join(known.id for known in service.watches[:20])
        raise UsageError(f"unknown watch “{watch}”; known watches: {known}")
    return [one]


@dataclass(frozen=True, slots=True)
class _Past:
    status: Status
    acts: list[Act]
    events: list[Event]
    """Newest first."""

    def public(self) -> dict[str, object]:
        """The document of `history --json`; acts appear through their events."""
        return {
            "watch": self.status.watch,
            "list": self.status.list,
            "history": self.status.history,
            "events": [event.public() for event in self.events],
        }


def _pasts(service: Service, asked: list[Watch]) -> list[_Past]:
    with service.ledger.reading() as reading:
        found = statuses(service, reading, service.clock(), asked)
        told = {one.id: reading.events(watch=one.id, limit=None) for one in asked}
        acts = {one.id: reading.acts_by_key(one.id) for one in asked}
    return [
        _Past(
            one,
            acts[one.watch].get((one.watch, one.list), []),
            [stored.event for stored in told[one.watch] if stored.event.list == one.list],
        )
        for one in found
    ]
