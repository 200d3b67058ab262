"""Where tests keep their ledgers: a file each, or a database each of one PostgreSQL.

`TEST_DATABASE=postgresql` puts every ledger of the tests into PostgreSQL (`make test-postgresql`).
Nothing is opened before it is asked for; `close` ends what was.
"""

import os
import shutil
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.ledger import migrate
from monitor.ledger.engine import open_engine
from tests.postgres import PostgresServer, postgres_server

KIND = os.environ.get("TEST_DATABASE", "sqlite")


class Databases:
    """New ledgers at the newest schema; one for each folder that asks."""

    def __init__(self, kind: str = KIND) -> None:
        """`kind`: sqlite or postgresql."""
        self.kind = kind
        self._stack = ExitStack()
        self._known: dict[Path, str] = {}

    @cached_property
    def postgres(self) -> PostgresServer:
        """The server of this run. LookupError where there are no binaries."""
        return self._stack.enter_context(postgres_server())

    def environment(self, data: Path) -> dict[str, str]:
        """What a service with that data folder finds in its environment."""
        url = self.url(data)
        return {} if self.kind == "sqlite" else {"MONITOR_DATABASE_URL": url}

    def url(self, data: Path) -> str:
        """The ledger of a data folder, made where there is none."""
        if data not in self._known:
            if self.kind == "sqlite":
                data.mkdir(parents=True, exist_ok=True)
                shutil.copy(self._file, data / "monitor.db")
                self._known[data] = f"sqlite:///{data / 'monitor.db'}"
            else:
                self._known[data] = self.postgres.database(self._template)
        return self._known[data]

    @cached_property
    def _file(self) -> Path:
        # Migrating takes longer than a test, copying does not.
        folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="ledger-")))
        _migrate(f"sqlite:///{folder / 'monitor.db'}")
        return folder / "monitor.db"

    @cached_property
    def _template(self) -> str:
        url = self.postgres.database()
        _migrate(url)
        return url.partition("?")[0].rpartition("/")[2]

    def close(self) -> None:
        """Ends the server and removes the files."""
        self._stack.close()


def _migrate(url: str) -> None:
    engine = open_engine(url)
    migrate.upgrade(engine)
    engine.dispose()


DATABASES = Databases()
