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

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.engine.url import URL

from monitor.ledger import engine, migrate
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
                if not (data / "monitor.db").exists():
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
    opened = engine.open_engine(url)
    migrate.upgrade(opened)
    opened.dispose()


_DIALECTS: dict[str, Dialect] = {}


def _create_engine(url: URL, **settings: object) -> Engine:
    """An engine that finds what other engines of this process have compiled.

    A test has a ledger of its own, and a fourth of its time would go into compiling the same
    statements again. Compiled statements are kept by dialect, so one dialect serves all.
    """
    made = create_engine(url, **settings)
    made.dialect = _DIALECTS.setdefault(made.dialect.name, made.dialect)
    made._compiled_cache = _COMPILED
    return made


_COMPILED = create_engine("sqlite://")._compiled_cache


def share_compiled_statements() -> None:
    """From now on, for every ledger that this process opens."""
    pytest.MonkeyPatch().setattr(engine, "create_engine", _create_engine)


DATABASES = Databases()
