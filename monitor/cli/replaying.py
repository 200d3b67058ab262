"""`replay` and `record`: play a story again, and make one of what the ledger has kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import wiring
from monitor.cli.context import (
    FAULT,
    ConfigOption,
    JsonOption,
    folder,
    moment,
    parts,
    plain_errors,
    print_json,
)
from monitor.errors import UsageError
from monitor.notify.channels import Channel
from monitor.screening.words.event_text import utc
from monitor.status.shapes import checked_poll

# Stories are played where they are asked for: the service starts without what plays them.
if TYPE_CHECKING:
    from monitor.replay.played import Played


def replay(
    context: typer.Context,
    scenario: Annotated[
        str | None, typer.Argument(help="A shipped scenario, or the path of one.")
    ] = None,
    json: JsonOption = False,
    send: Annotated[
        bool, typer.Option("--send", help="Really deliver, marked, through your channels.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the shipped scenarios.")] = False,
    config: ConfigOption = None,
) -> None:
    """Play a story through the real judgement with a simulated clock and a throw-away database."""
    from monitor.replay.player import play
    from monitor.replay.scenario import read_scenario
    from monitor.replay.shipped import find, names
    from monitor.replay.telling import story

    with plain_errors():
        if list_:
            _list(json=json)
            return
        if scenario is None:
            raise UsageError(f"name a scenario: {', '.join(names())}")
        path = find(scenario)
        told = read_scenario(path)
        channels = _channels(context, config, path.stem) if send else ()
        played = play(told, path.parent, channels)
    if json:
        print_json(_document(path.stem, played))
    else:
        for line in story(told, played):
            typer.echo(line)
    if played.differences:
        raise typer.Exit(FAULT)


def _list(*, json: bool) -> None:
    from monitor.replay.scenario import read_scenario
    from monitor.replay.shipped import find, names

    found = {name: read_scenario(find(name)).title for name in names()}
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
                "at": utc(step.at),
                "happens": step.happens,
                "polls": [checked_poll(poll) for poll in step.polls],
                "events": step.events,
                "deliveries": step.deliveries,
            }
            for step in played.steps
        ],
        "events": played.events,
        "watches": played.watches,
        "differences": played.differences,
    }


def record(
    context: typer.Context,
    from_: Annotated[str, typer.Option("--from", help="First moment, ISO.")],
    to: Annotated[str, typer.Option("--to", help="Last moment, ISO.")],
    out: Annotated[Path, typer.Option("--out", help="A new folder for the scenario.")],
    config: ConfigOption = None,
) -> None:
    """Make a scenario of what the ledger has kept of a period."""
    from monitor.replay.recorder import record as record_scenario

    with plain_errors():
        first, last = moment(from_), moment(to)
        assert first is not None
        assert last is not None
    with parts(context, config) as (found, built):
        kept = record_scenario(built, found, first(), last(), out)
    typer.echo(f"Wrote {out / 'scenario.yaml'}: {kept.steps} looks, {kept.bodies} bodies.")
    for gap in kept.gaps:
        typer.echo(f"Left out: {gap}", err=True)
