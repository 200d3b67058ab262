"""PostgreSQL behind a real PgBouncer that gives every transaction another connection."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.ledger.engine import for_reading, open_engine
from tests.post import hook, opened, post_office
from tests.postgres import postgres_server
from tests.receivers import Recorder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pooled() -> Iterator[str]:
    """The URL of an empty database through a pooler with three connections."""
    # Debian keeps it with the programs of the administrator.
    program = os.environ.get("PGBOUNCER") or shutil.which(
        "pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin"
    )
    if program is None:
        pytest.skip("needs pgbouncer on PATH or in $PGBOUNCER")
    try:
        with postgres_server() as server:
            folder = Path(server.dsn("x").split("host=")[1].split()[0])
            name = server.database().partition("?")[0].rpartition("/")[2]
            with socket.create_server(("127.0.0.1", 0)) as probe:
                port = probe.getsockname()[1]
            # Debian's and the cloud's defaults: unknown startup parameters are refused.
            (folder / "pgbouncer.ini").write_text(
                f"[databases]\n{name} = host={folder} dbname={name} user=monitor\n"
                f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n"
                "auth_type = any\npool_mode = transaction\ndefault_pool_size = 3\n"
                f"server_reset_query = \nunix_socket_dir =\nlogfile = {folder}/pgbouncer.log\n"
                "ignore_startup_parameters = extra_float_digits\n"
            )
            user = "nobody" if os.geteuid() == 0 else None
            if user:
                os.chown(folder / "pgbouncer.ini", pwd.getpwnam(user).pw_uid, -1)
            running = subprocess.Popen(
                [program, str(folder / "pgbouncer.ini")], user=user,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            try:
                _wait_for(port)
                yield f"postgresql://monitor:unused@127.0.0.1:{port}/{name}"
            finally:
                running.terminate()
                running.wait(10)
    except LookupError as missing:
        pytest.skip(str(missing))


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the pooler does not start")


def test_a_ledger_lives_behind_a_transaction_pooler(pooled: str, tmp_path: Path) -> None:
    """Migrated, written, read and delivered from, by many threads at once, over and over."""
    with (
        Recorder() as receiver,
        post_office(tmp_path, *opened(hook(receiver.url)), url=pooled) as post,
    ):
        for round_ in range(4):
            with ThreadPoolExecutor(8) as pool:
                reads = [pool.submit(post.letters) for _ in range(40)]
                for number in range(6):
                    post.tells(watch=f"watch-{round_}-{number}")
                post.delivers()
                assert all(isinstance(read.result(), list) for read in reads)
        assert len(post.letters("sent")) == len(receiver.received) == 24


def test_every_transaction_has_the_limits_and_leaves_none_behind(pooled: str) -> None:
    """Whichever connection the pooler gives it; another's client must not inherit ours."""
    engine = open_engine(pooled, busy_seconds=7)
    asked = text(
        "SELECT current_setting('lock_timeout'), current_setting('timezone'),"
        " current_setting('idle_in_transaction_session_timeout')"
    )
    try:
        for _ in range(10):
            with engine.begin() as connection:
                assert tuple(connection.execute(asked).one()) == ("7s", "UTC", "7s")
            with for_reading(engine) as connection:
                assert tuple(connection.execute(asked).one()) == ("7s", "UTC", "7s")
                assert connection.execute(text("SHOW transaction_isolation")).scalar() == (
                    "repeatable read"
                )
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
    finally:
        engine.dispose()
