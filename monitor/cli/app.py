"""The command line: registers every command."""

from dataclasses import replace
from typing import Annotated

import typer

from monitor import __version__
from monitor.cli import (
    backfill,
    cases,
    check,
    configuring,
    db,
    doctor,
    export,
    notifications,
    replaying,
    rules,
    serve,
    snapshots,
    status,
)
from monitor.cli.context import ConfigOption
from monitor.cli.context import start as begun

app = typer.Typer(
    name="entity-monitor",
    help="Alerts you when a party leaves or joins the US Commerce Department's Entity List.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"entity-monitor {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    config: ConfigOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Alerts you when a party leaves or joins the US Commerce Department's Entity List."""
    del version
    context.obj = replace(begun(context), config=config)


app.command("serve")(serve.serve)
app.command("check")(check.check)
app.command("status")(status.status)
app.command("history")(status.history)
app.command("rules")(rules.rules)
app.command("backfill")(backfill.backfill)
app.command("search")(status.search)
app.command("export")(export.export)
app.command("test-notification")(notifications.test_notification)
app.command("replay")(replaying.replay)
app.command("acknowledge")(notifications.acknowledge)
app.command("doctor")(doctor.doctor)
app.add_typer(cases.cases, name="cases")
app.add_typer(notifications.notifications, name="notifications")
app.add_typer(configuring.config, name="config")
app.add_typer(snapshots.snapshots, name="snapshots")
app.add_typer(db.db, name="db")
