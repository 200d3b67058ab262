"""`cases`: what may be a watched party and waits for a person, and the person's decision."""

from getpass import getuser
from typing import Annotated

import typer

from monitor.cli.context import (
    ConfigOption,
    JsonOption,
    moment,
    open_service,
    plain_errors,
    print_json,
    say,
)
from monitor.errors import UsageError
from monitor.judging.case_decision import decide_case
from monitor.screening.cases import Case, Decision
from monitor.screening.words.event_text import utc
from monitor.screening.words.sanitize import one_line
from monitor.service import Service
from monitor.status.cases import public_case

MOST = 10_000
"""Most cases listed at once."""

cases = typer.Typer(help="Possible matches, for a person to decide.", no_args_is_help=False)
AllOption = Annotated[bool, typer.Option("--all", help="Also those that are decided.")]


@cases.callback(invoke_without_command=True)
def bare(
    context: typer.Context,
    every: AllOption = False,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Possible matches, for a person to decide."""
    if context.invoked_subcommand is None:
        list_(context, every, json, config)


@cases.command("list")
def list_(
    context: typer.Context,
    every: AllOption = False,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List the cases that wait, the newest first."""
    with open_service(context, config) as (_, service):
        with service.ledger.reading() as reading:
            found = reading.cases(open_=None if every else True, limit=MOST)
        if json:
            print_json({"cases": [public_case(one) for one in found]})
            return
        for one in found:
            _print(service, one)
    if not found:
        typer.echo("No cases." if every else "No open cases.")
    elif any(one.open for one in found):
        typer.echo("Decide with: entity-monitor cases decide CASE same|different")


@cases.command("decide")
def decide(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The id of a case, or a unique beginning.")],
    decision: Annotated[Decision, typer.Argument(help="Whether it is the watched party.")],
    by: Annotated[
        str | None, typer.Option("--by", help="Who decides; default: the user of this computer.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    now: Annotated[
        str | None, typer.Option("--now", help="Run at this ISO time instead of now.")
    ] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say whether a case is the watched party; what follows is judged at once."""
    with plain_errors():
        clock = moment(now)
    with open_service(context, config, clock) as (_, service):
        who = one_line(by, 100) or _user()
        why = one_line(note, 1000) or None
        decided, events = decide_case(service, case, decision, by=who, note=why)
        if json:
            told = [event.public() for event in events]
            print_json({"case": public_case(decided), "events": told})
            return
        _print(service, decided)
    for event in events:
        say(f"{event.kind.value}: {event.title}")
    if not events:
        typer.echo("Nothing else follows from it.")


def _user() -> str:
    """The user of this computer."""
    try:
        return one_line(getuser(), 100) or "command"
    except (KeyError, OSError, ImportError) as error:
        raise UsageError("the user of this computer has no name; say who with --by") from error


def _print(service: Service, case: Case) -> None:
    watch = service.watch(case.watch)
    state = case.decision.value if case.decision else "gone, undecided" if case.gone_at else "open"
    where = f", document {case.act}" if case.act else ""
    say(f"{case.id}  {state}  {case.watch} on {case.list}  {case.score:.2f} ({case.strength})")
    say(f"    watched:  {watch.name if watch else case.watch}")
    country = f" ({case.entry.country})" if case.entry and case.entry.country else ""
    say(f"    found:    {case.name}{country}{where}")
    for reason in case.reasons:
        say(f"    because:  {reason}")
    if case.decision and case.decided_at:
        said = f": {case.note}" if case.note else ""
        say(
            f"    decided:  {case.decision.value} by {case.decided_by} "
            f"at {utc(case.decided_at)}{said}"
        )
