"""`replay`: play a recorded story again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import wiring
from monitor.cli.context import ConfigOption, JsonOption, folder, plain_errors, print_json
from monitor.errors import UsageError
from monitor.notify.channels import Channel
from monitor.screening.words.event_text import utc
from monitor.status.shapes import checked_poll

# Stories are played where they are asked for: the service starts without what plays them.
if TYPE_CHECKING:
    from monitor.replay.player import Played


def replay(
    context: typer.Context,
    scenario: Annotated[
        str | None, typer.Argument(help="A shipped tape, or the path of a folder or zip file.")
    ] = None,
    json: JsonOption = False,
    send: Annotated[
        bool, typer.Option("--send", help="Really deliver, marked, through your channels.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the shipped tapes.")] = False,
    config: ConfigOption = None,
) -> None:
    """Play a recorded story through the same code with a simulated clock and no network."""
    from monitor.replay.player import play
    from monitor.replay.print import story
    from monitor.replay.scenario import read_scenario
    from monitor.replay.shipped import names, opened

    with plain_errors():
        if list_:
            _list(json=json)
            return
        if scenario is None:
            raise UsageError(f"name a tape: {', '.join(names())}")
        with opened(scenario) as tape:
            told = read_scenario(tape)
            name = Path(scenario).stem
            played = play(told, tape, _channels(context, config, name) if send else ())
    if json:
        print_json(_document(name, played))
    else:
        for line in story(told, played):
            typer.echo(line)


def _list(*, json: bool) -> None:
    from monitor.replay.scenario import read_scenario
    from monitor.replay.shipped import FOLDER, names

    found = {name: read_scenario(FOLDER / name).title for name in names()}
    if json:
        print_json({"scenarios": [{"name": name, "title": found[name]} for name in found]})
        return
    for name, title in found.items():
        typer.echo(f"{name:<30} {title}")


def _channels(context: typer.Context, config: Path | None, name: str) -> tuple[Channel, ...]:
    """The operator's own channels, marking what they send."""
    from monitor.replay.rehearsal import Rehearsed

    found = wiring.channels(wiring.settings(folder(context, config)))
    if not found:
        raise UsageError("--send needs a channel, and none is configured")
    return tuple(Rehearsed(channel.id, channel, name) for channel in found)


def _document(name: str, played: "Played") -> dict[str, object]:
    return {
        "scenario": name,
        "steps": [
            {
                "at": utc(look.at),
                "happens": look.happens,
                "polls": [checked_poll(poll) for poll in look.polls],
                "events": look.events,
                "deliveries": look.deliveries,
            }
            for look in played.looks
        ],
        "events": played.events,
        "watches": played.watches,
    }
