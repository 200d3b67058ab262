"""Runs a check in a child that is killed at its n-th step, then one that is let be.

`python -m tests.killer WORK NOW HOOK TRIES`: in `WORK/template` stands a configured service with a
ledger. As many steps as `TRIES`, evenly over all of them, are each tried in a copy, and told as one
JSON line: events and notifications after the clean run, ten minutes later. A step is a statement or
commit of the database, a file opened to be written, a file moved, or a connection opened. No tries
are one run in which the receiver does the killing.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from monitor import wiring
from monitor.cli.check import one_round
from monitor.settings import load

Step = Callable[[], None]
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


def left(folder: Path) -> dict[str, Any]:
    """What the ledger holds, oldest first."""
    with closing(sqlite3.connect(folder / "data" / "monitor.db")) as ledger:
        events = ledger.execute("SELECT kind, id FROM event ORDER BY seq").fetchall()
        sent = ledger.execute("SELECT event, channel, status FROM notification").fetchall()
    return {"events": events, "sent": sent}


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


def counted(folder: Path, now: datetime) -> int:
    """How many steps a whole check has."""
    steps = [0]

    def step() -> None:
        steps[0] += 1

    at_every_step(step)
    check(folder, now)
    return steps[0]


def killed_at(number: int, folder: Path, now: datetime) -> None:
    """A check that does not survive its n-th step."""
    (folder / "pid").write_text(str(os.getpid()), "utf-8")
    steps = [0]

    def step() -> None:
        steps[0] += 1
        if steps[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    at_every_step(step)
    check(folder, now)


def tried(number: int, work: Path, now: datetime, hook: str) -> dict[str, Any]:
    """One killed run and one clean one, in a folder of their own."""
    folder = copied(work, str(number), hook)
    status, _ = in_child(lambda: killed_at(number, folder, now))
    (folder / "pid").unlink(missing_ok=True)
    clean, _ = in_child(lambda: check(folder, now + timedelta(minutes=10)))
    return {"step": number, "killed": os.WIFSIGNALED(status), "clean": clean == 0, **left(folder)}


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
    tries = int(sys.argv[4])
    folder = copied(work, "counted", hook)
    count = in_child(lambda: counted(folder, now))[1] if tries else 0
    # The step 0 never comes: there it is the receiver that kills.
    for number in range(1, count + 1, max(count // tries, 1)) if tries else (0,):
        sys.stdout.write(json.dumps(tried(number, work, now, hook)) + "\n")


if __name__ == "__main__":
    main()
