"""Runs a deed in a child that is killed at its n-th step, then one that is let be.

`python -m tests.killer WORK NOW HOOK TRIES [command|post CASE same|different]`: in `WORK/template`
stands a configured service with a ledger. The deed is a check, or the decision of a case by the
command or over HTTP. As many steps as `TRIES`, evenly over all of them, are each tried in a copy,
and told as one JSON line: what the ledger held after the kill, and after the clean run ten minutes
later. A step is a statement or commit of the database, a file opened to be written, a file moved,
or a connection opened. No tries are one run in which the receiver does the killing.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine, event
from typer.testing import CliRunner

from monitor import wiring
from monitor.cli.app import app
from monitor.cli.check import one_round
from monitor.settings import load
from monitor.web.app import create_app

Step = Callable[[], None]
Deed = Callable[[Path, datetime], None]
TOKEN = "let-me-in-0123456789"
_FILES = frozenset({"os.rename", "os.mkdir", "socket.connect"})


def at_every_step(step: Step) -> None:
    """Calls `step` before and after whatever leaves a trace outside of this process."""

    def of_database(*_: object) -> None:
        step()

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, of_database)

    def of_system(name: str, given: tuple[Any, ...]) -> None:
        writes = name == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+")
        if name in _FILES or writes:
            step()

    sys.addaudithook(of_system)


def check(folder: Path, now: datetime, *, send: bool = True) -> None:
    """One round, from the opening of the ledger on."""
    found = load(folder, {"MONITOR_DATA_DIR": str(folder / "data")})
    with wiring.build(found, lambda: now) as service:
        one_round(service, send=send)


def by_command(case: str, decision: str) -> Deed:
    """A decision by the command."""

    def decide(folder: Path, now: datetime) -> None:
        words = ["--config", str(folder), "cases", "decide", case, decision, "--by", "Ann Lee"]
        done = CliRunner().invoke(
            app, [*words, "--now", now.isoformat()], env={"MONITOR_DATA_DIR": str(folder / "data")}
        )
        assert done.exit_code == 0, done.output

    return decide


def by_post(case: str, decision: str) -> Deed:
    """A decision over HTTP."""

    @asynccontextmanager
    async def idle() -> AsyncIterator[None]:
        yield

    def decide(folder: Path, now: datetime) -> None:
        found = load(folder, {"MONITOR_DATA_DIR": str(folder / "data")})
        with (
            wiring.build(found, lambda: now) as built,
            TestClient(create_app(built, idle, admin_token=TOKEN)) as client,
        ):
            done = client.post(
                f"/cases/{case}",
                headers={"Authorization": f"Bearer {TOKEN}"},
                json={"decision": decision, "by": "Ann Lee"},
            )
        assert done.status_code == 200, done.text

    return decide


DECISIONS = {"command": by_command, "post": by_post}


def decided_and_checked(folder: Path, now: datetime, decide: Deed) -> None:
    """What a person does whose decision may have been lost: looks, decides again if it was."""
    if any(decision is None for _, decision in left(folder)["cases"]):
        decide(folder, now)
    check(folder, now)


def left(folder: Path) -> dict[str, Any]:
    """What the ledger holds, oldest first."""
    with closing(sqlite3.connect(folder / "data" / "monitor.db")) as ledger:
        events = ledger.execute("SELECT kind, id FROM event ORDER BY seq").fetchall()
        sent = ledger.execute("SELECT event, channel, status FROM notification").fetchall()
        cases = ledger.execute("SELECT id, body FROM possible_match ORDER BY id").fetchall()
    decided = [(id_, json.loads(body).get("decision")) for id_, body in cases]
    return {"events": events, "sent": sent, "cases": decided}


def in_child(work: Callable[[], object]) -> tuple[int, Any]:
    """The child's wait status, and what it returned if it lived."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        returned = json.dumps(work()).encode()
        os.write(writing, returned)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    return os.waitpid(child, 0)[1], json.loads(said) if said else None


def counted(folder: Path, now: datetime, deed: Deed) -> int:
    """How many steps the whole deed has."""
    steps = [0]

    def step() -> None:
        steps[0] += 1

    at_every_step(step)
    deed(folder, now)
    return steps[0]


def killed_at(number: int, folder: Path, now: datetime, deed: Deed) -> None:
    """A deed that does not survive its n-th step; one step more, and only its answer is lost."""
    (folder / "pid").write_text(str(os.getpid()), "utf-8")
    steps = [0]

    def step() -> None:
        steps[0] += 1
        if steps[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    at_every_step(step)
    deed(folder, now)
    os.kill(os.getpid(), signal.SIGKILL)


def tried(number: int, work: Path, now: datetime, hook: str, deed: Deed) -> dict[str, Any]:
    """One killed run and one clean one, in a folder of their own."""
    folder = copied(work, str(number), hook)
    status, _ = in_child(lambda: killed_at(number, folder, now, deed))
    (folder / "pid").unlink(missing_ok=True)
    killed, later = left(folder), now + timedelta(minutes=10)
    clean, _ = in_child(
        lambda: check(folder, later) if deed is check else decided_and_checked(folder, later, deed)
    )
    return {
        "step": number, "killed": os.WIFSIGNALED(status), "clean": clean == 0, "after": killed,
        **left(folder),
    }  # fmt: skip


def copied(work: Path, name: str, hook: str) -> Path:
    """The template again, telling other addresses."""
    folder = work / name
    shutil.copytree(work / "template", folder)
    monitor = folder / "monitor.yaml"
    monitor.write_text(
        monitor.read_text("utf-8").replace("http://127.0.0.1:1", f"{hook}/{name}"), "utf-8"
    )
    return folder


def main() -> None:
    """See above."""
    work, now, hook = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), sys.argv[3]
    # What children would each load and prepare again is loaded once, before they are made.
    check(copied(work, "warm", hook), now, send=False)
    tries, words = int(sys.argv[4]), sys.argv[5:]
    deed = DECISIONS[words[0]](*words[1:]) if words else check
    folder = copied(work, "counted", hook)
    count = in_child(lambda: counted(folder, now, deed))[1] if tries else 0
    # The step 0 never comes: there it is the receiver that kills.
    steps = range(1, count + 1, max(count // tries, 1)) if tries else ()
    for number in (*steps, count + 1) if tries else (0,):
        sys.stdout.write(json.dumps(tried(number, work, now, hook, deed)) + "\n")


if __name__ == "__main__":
    main()
