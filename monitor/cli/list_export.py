"""`list export`: the list as data, on a day or between two."""

import sys
from typing import Annotated

import typer

from monitor.cli.context import ConfigOption, open_service, plain_errors
from monitor.errors import UsageError
from monitor.screening.entry import ENTITY_LIST
from monitor.status.export.files import FILES, Format
from monitor.status.export.rows import Days, gaps, listed_rows

list_ = typer.Typer(help="The list as data.", no_args_is_help=True)


@list_.callback()
def family() -> None:
    """The list as data."""


@list_.command("export")
def export(
    context: typer.Context,
    code: Annotated[str, typer.Option("--list", help="Code of the list.")] = ENTITY_LIST,
    on: Annotated[
        str | None, typer.Option("--on", help="The list on this ISO date; default: today.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="Every row since this ISO date …")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", help="… until this one, both included; default: today.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="CSV, JSON lines or FollowTheMoney.")
    ] = Format.CSV,
    config: ConfigOption = None,
) -> None:
    """Write the list on a day, or every row between two with the acts that began and ended it."""
    with plain_errors():
        days = _days(on, first, last)
    with open_service(context, config) as (_, service), service.ledger.reading() as reading:
        rows = listed_rows(reading, code, days)
        for piece in FILES[form](rows):
            sys.stdout.buffer.write(piece)
        for gap in gaps(reading, code, days):
            typer.echo(f"Note: {gap}.", err=True)


def _days(on: str | None, first: str | None, last: str | None) -> Days:
    if on is not None and (first is not None or last is not None):
        raise UsageError("--on is one day, --from and --to are two: give the one or the other")
    if last is not None and first is None:
        raise UsageError("--to needs --from: from which day on?")
    if first is not None and last is not None and last < first:
        raise UsageError(f"--to {last} is before --from {first}")
    return Days(on or first, on or last)
