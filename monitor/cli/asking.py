"""Commands that only ask: `status`, `history`, `search`."""

from dataclasses import asdict
from typing import Annotated

import typer

from monitor.cli.context import LONGEST, ConfigOption, JsonOption, parts, print_json
from monitor.errors import UsageError
from monitor.lookup import Found, look_up
from monitor.notify.clean import one_line
from monitor.parts import Parts
from monitor.screening.match import Watch
from monitor.status import Status, statuses

WatchArgument = Annotated[str | None, typer.Argument(help="Id of a watch; all when left out.")]


def status(
    context: typer.Context,
    watch: WatchArgument = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say what the state of each watch is, and why."""
    with parts(context, config) as (_, built):
        asked = chosen(built, watch)
        with built.ledger.reading() as reading:
            found = statuses(built, reading, built.clock(), asked)
        if json:
            print_json({"watches": found})
        else:
            _print_statuses(found)


def history(
    context: typer.Context,
    watch: WatchArgument = None,
    list_: Annotated[str | None, typer.Option("--list", help="Only on this list.")] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Tell when a watch was listed, by which acts, and every event since it is watched."""
    with parts(context, config) as (_, built):
        asked = chosen(built, watch)
        with built.ledger.reading() as reading:
            found = statuses(built, reading, built.clock(), asked)
            told = {one.id: reading.events(watch=one.id, limit=None) for one in asked}
        documents = [
            {
                "watch": one.watch,
                "list": one.list,
                "history": one.history,
                "events": [
                    stored.event for stored in told[one.watch] if stored.event.list == one.list
                ],
            }
            for one in found
            if list_ in {None, one.list}
        ]
        if not documents:
            raise UsageError(f"not watched on list “{list_}”")
        if json:
            single = watch is not None or len(documents) == 1
            print_json(documents[0] if single else {"watches": documents})
            return
        for one in found:
            _print_history(one)
            for stored in reversed(told[one.watch]):
                event = stored.event
                typer.echo(
                    f"  {event.at}  {event.kind.value:20}  {one_line(event.title)}  [{event.id}]"
                )


def search(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name, as you know it.")],
    list_: Annotated[str, typer.Option("--list", help="Code of the list.")] = "EL",
    on: Annotated[
        str | None, typer.Option("--on", help="An ISO date; the list as it was then.")
    ] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Find near matches on a list, now or on a past date, with score and reason."""
    with parts(context, config) as (_, built), built.ledger.reading() as reading:
        found = look_up(reading, name, list_, on)
        if json:
            print_json({"entries": [one.public() for one in found]})
        else:
            _print_found(found)


def chosen(built: Parts, watch: str | None) -> list[Watch]:
    """The watch of that id, or all. Raises UsageError for an unknown one."""
    if watch is None:
        return list(built.watches)
    one = built.watch(watch)
    if one is None:
        known = ", ".join(known.id for known in built.watches[:20])
        raise UsageError(f"unknown watch “{watch}”; the watches are {known}")
    return [one]


def _print_statuses(found: list[Status]) -> None:
    for one in found:
        typer.echo(
            f"{one.watch} on {one.list}: {one.state}" + (f" ({one.pending})" if one.pending else "")
        )
        for reason in one.reasons:
            typer.echo(f"  {one_line(reason, LONGEST)}")
        typer.echo(f"  Last good look: {one.checked_at or 'none'}.")


def _print_history(one: Status) -> None:
    typer.echo(f"{one.watch} on {one.list}: {one.state}")
    for span in one.history:
        by, until = span["citation"] or "", span["to_citation"] or ""
        typer.echo(f"  listed {span['from'] or '?'} ({by}) to {span['to'] or 'now'} ({until})")


def _print_found(found: list[Found]) -> None:
    from rich.console import Console
    from rich.table import Table

    # Names are what upstreams wrote: neither marks of style nor codes of the terminal.
    console = Console(markup=False, emoji=False, highlight=False)
    if not found:
        console.print("Nothing on the list is near that name.")
        return
    table = Table("score", "name", "country", "since", "why", box=None, padding=(0, 1))
    for one in found:
        entry = asdict(one.entry)
        table.add_row(
            f"{one.score:.0f}",
            one_line(entry["name"]),
            one_line(entry["country"]),
            entry["start_date"] or "",
            one_line(one.reason),
        )
    console.print(table)
