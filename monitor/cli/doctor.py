"""`doctor`: checks what the code assumes about its hosts and this machine."""

from typing import TYPE_CHECKING, Annotated

import typer

from monitor import wiring
from monitor.cli.context import FAULT, ConfigOption, JsonOption, open_service, print_json, start
from monitor.screening.words.event_text import utc

# Only where it is asked for: the doctor knows how acts are read, which takes long to load.
if TYPE_CHECKING:
    from monitor.doctor import Answer


def doctor(
    context: typer.Context,
    json: JsonOption = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Check only this machine, no hosts.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Check every assumption about the hosts and this machine."""
    from monitor.doctor import Result, examine

    with (
        open_service(context, config) as (found, service),
        wiring.fetchers(found, start(context).sleep) as https,
    ):
        answers = examine(found, service, https, service.clock(), quick=quick)
        at = utc(service.clock())
    if json:
        print_json({"at": at, "answers": answers})
    else:
        _print(answers)
    if any(answer.outcome is Result.NOT_HELD for answer in answers):
        raise typer.Exit(FAULT)


def _print(answers: "tuple[Answer, ...]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from monitor.doctor import Result

    colors = {Result.HELD: "green", Result.NOT_HELD: "bold red", Result.COULD_NOT_ASK: "yellow"}
    table = Table("About", "", "Assumption", "Observed", box=None, padding=(0, 1))
    for one in answers:
        place = "" if one.outcome is Result.HELD else f"\nFix in: {one.place}"
        # Text and not markup: what hosts say may hold brackets.
        table.add_row(
            one.about,
            Text(one.outcome.value, colors[one.outcome]),
            Text(one.question),
            Text(one.detail + place),
        )
    console = Console()
    console.print(table)
    counted = {held: sum(answer.outcome is held for answer in answers) for held in Result}
    console.print(", ".join(f"{count} {held.value}" for held, count in counted.items()) + ".")
