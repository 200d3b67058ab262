"""The command line: every command registered, nothing done at import beyond that."""

from dataclasses import replace
from typing import Annotated

import typer

from monitor import __version__
from monitor.cli import (
    asking,
    backfilling,
    checking,
    configuring,
    delivering,
    doctoring,
    exporting,
    keeping,
    replaying,
    serving,
    watching,
)
from monitor.cli.context import ConfigOption
from monitor.cli.context import start as begun

app = typer.Typer(
    name="entity-monitor",
    help="Tells people when a party leaves or joins the US Commerce Department's Entity List.",
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
    """Tells people when a party leaves or joins the US Commerce Department's Entity List."""
    del version
    context.obj = replace(begun(context), config=config)


app.command("serve")(serving.serve)
app.command("check")(checking.check)
app.command("status")(asking.status)
app.command("history")(asking.history)
app.command("backfill")(backfilling.backfill)
app.command("search")(asking.search)
app.command("export")(exporting.export)
app.command("test-notification")(delivering.test_notification)
app.command("replay")(replaying.replay)
app.command("acknowledge")(delivering.acknowledge)
app.command("doctor")(doctoring.doctor)
app.add_typer(delivering.notifications, name="notifications")
app.add_typer(configuring.config, name="config")
app.add_typer(watching.watches, name="watches")
app.add_typer(keeping.snapshots, name="snapshots")
app.add_typer(keeping.db, name="db")
