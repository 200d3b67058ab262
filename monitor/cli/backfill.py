"""`backfill`: the past of the whole list and the acts behind it, with a progress bar."""

from datetime import date
from typing import Annotated

import typer

from monitor.cli.context import (
    FAULT,
    ConfigOption,
    JsonOption,
    open_service,
    plain_errors,
    print_json,
)
from monitor.errors import SourceFault, UsageError
from monitor.history.backfill import Backfilled
from monitor.history.backfill import backfill as run_backfill
from monitor.screening.entry import ENTITY_LIST, PART_LISTS
from monitor.screening.words.labels import counted
from monitor.service import Service


def backfill(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option("--since", help="Start at this ISO date; default: the beginning.")
    ] = None,
    list_: Annotated[str, typer.Option("--list", help="EL, UVL or MEU.")] = ENTITY_LIST,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Read the dated versions of a list and the acts on it; resumes where it stopped."""
    with plain_errors():
        start = _day(since)
        if list_ not in {ENTITY_LIST, *PART_LISTS}:
            raise UsageError(f"the eCFR has no list “{list_}”; it has EL, UVL and MEU")
    with open_service(context, config) as (_, service):
        try:
            done = _with_a_bar(service, start, list_)
        except SourceFault as fault:
            typer.echo(
                f"Stopped: {fault.reason}. Progress is kept; run the same command to resume.",
                err=True,
            )
            raise typer.Exit(FAULT) from fault
    if json:
        print_json(
            {
                "since": done.since,
                "versions": done.versions,
                **done.changes,
                "unread": [{"on": one.on, "reason": one.reason} for one in done.unread],
                "acts": done.acts.read if done.acts else 0,
                "unread_acts": done.acts.unread if done.acts else [],
            }
        )
    else:
        _print(done)


def _with_a_bar(service: Service, start: date | None, list_: str) -> Backfilled:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks = {"version": bar.add_task("dated versions", total=None)}

        def tell(what: str, day: date, at: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            said = f"version of {day}" if what == "version" else f"acts from {day} on"
            bar.update(tasks[what], description=said, completed=at, total=of)

        return run_backfill(service, start, tell, list_)


def _print(done: Backfilled) -> None:
    changed = ", ".join(f"{count} {kind}" for kind, count in done.changes.items())
    versions = counted(done.versions, "version")
    typer.echo(f"The list is known since {done.since}. Read {versions}: {changed}.")
    for one in done.unread:
        typer.echo(f"The version of {one.on} was unusable: {one.reason}.")
    if done.acts is None:
        typer.echo("No acts were read: the source federal_register is disabled.")
        return
    typer.echo(f"Read {counted(done.acts.read, 'act')} of the Federal Register.")
    for act in done.acts.unread:
        named = f"Act {act.number}" if act.number else "Some acts"
        typer.echo(f"{named} could not be read and is asked for again next time: {act.reason}.")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError as error:
        raise UsageError(f"--since “{text}” is not a date such as 2020-06-05") from error
