"""A throw-away PostgreSQL from real binaries: socket only, no fsync, gone when the test is over.

`PostgresServer` can be stopped, started again and killed, for tests of a database that goes away.
Binaries are looked for in $PG_BINDIR, in Debian's folders and on PATH.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Self

import psycopg

LIMIT = 60.0
"""Seconds that any step may take."""
NEEDED = ("initdb", "pg_ctl", "postgres")


def binaries() -> Path | None:
    """The folder of the server's programs; None where there are none."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda at: -int(at.parent.name.split(".")[0])
    )
    found = shutil.which("initdb")
    given = os.environ.get("PG_BINDIR")
    folders = [*([Path(given)] if given else []), *debian, *([Path(found).parent] if found else [])]
    for folder in folders:
        if all((folder / name).exists() for name in NEEDED):
            return folder
    return None


class PostgresServer:
    """One server in a folder of its own."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # Sockets want short paths.
        self._folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self._numbers = count(1)
        # The server refuses to run as root.
        self._user = "nobody" if os.geteuid() == 0 else None
        self._home().mkdir()
        if self._user:
            known = pwd.getpwnam(self._user)
            for path in (self._folder, self._home()):
                os.chown(path, known.pw_uid, known.pw_gid)

    def create(self) -> Self:
        """Makes the cluster and starts it."""
        self._run(
            "initdb", "-D", str(self._data()), "-U", "monitor", "-A", "trust", "-N", "-E", "UTF8"
        )
        self.start()
        return self

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        settings = (
            f"-c listen_addresses='' -c unix_socket_directories={self._folder} -c fsync=off "
            "-c full_page_writes=off -c max_connections=60"
        )
        log = str(self._home() / "log")
        self._run("pg_ctl", "-D", str(self._data()), "-l", log, "-w", "-o", settings, "start")

    def stop(self, *, mode: str = "fast") -> None:
        """Stops it; `immediate` is as good as a crash."""
        self._run("pg_ctl", "-D", str(self._data()), "-m", mode, "-w", "stop")

    def remove(self) -> None:
        """Ends the server, whatever state it is in, and removes its folder."""
        pid = self._data() / "postmaster.pid"
        if pid.exists():
            number = int(pid.read_text().splitlines()[0])
            try:
                self.stop(mode="immediate")
            except subprocess.SubprocessError:
                os.kill(number, signal.SIGKILL)
        shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, template: str = "template1") -> str:
        """The URL of a new database, empty or a copy, as an operator would write it."""
        name = f"monitor_{next(self._numbers)}"
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return f"postgresql://monitor:unused-password@/{name}?host={self._folder}"

    def dsn(self, name: str) -> str:
        """How psycopg itself is told of a database."""
        return f"host={self._folder} dbname={name} user=monitor connect_timeout=10"

    def _home(self) -> Path:
        return self._folder / "home"

    def _data(self) -> Path:
        return self._home() / "data"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True, timeout=LIMIT, cwd=self._folder, user=self._user,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server. LookupError where no binaries are found."""
    programs = binaries()
    if programs is None:
        raise LookupError("no PostgreSQL binaries in $PG_BINDIR, /usr/lib/postgresql or PATH")
    server = PostgresServer(programs)
    try:
        yield server.create()
    finally:
        server.remove()
