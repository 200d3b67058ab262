"""What tests share: a world of their own, no waiting, and a database of either kind."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from monitor.ledger import migrate
from monitor.ledger.engine import open_engine
from tests import steady
from tests.postgres import PostgresServer, postgres_server
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World, with_new_ledger


def pytest_configure(config: pytest.Config) -> None:
    """Steady examples; and Apprise imports a module that Python 3.13 leaves out."""
    steady.pytest_configure()
    config.addinivalue_line("filterwarnings", "ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture(scope="session")
def new_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at the newest schema, to be copied: migrating one takes longer than a test."""
    path = tmp_path_factory.mktemp("ledger") / "monitor.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA user_version")
    engine.dispose()
    return path


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between two tries of a request."""
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)


@pytest.fixture
def up() -> Iterator[Upstream]:
    """A furnished upstream with the institute on both lists."""
    with Upstream(date(2023, 11, 20)).is_furnished() as running:
        yield running


@pytest.fixture
def world(up: Upstream, tmp_path: Path, new_ledger: Path, no_pauses: None) -> Iterator[World]:
    """The service with one watch, the CSL alone, and nobody to tell."""
    made = World(up, tmp_path)
    with_new_ledger(new_ledger, made.data)
    made.watches(WATCH)
    made.asks("csl")
    made.tells()
    yield made
    made.ends()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the whole run; each test takes a database of its own from it."""
    try:
        with postgres_server() as server:
            yield server
    except LookupError as error:
        pytest.skip(str(error))


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server that a test may stop, start and kill."""
    try:
        with postgres_server() as server:
            yield server
    except LookupError as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: SQLite in every run, PostgreSQL in the slow ones."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger' / 'monitor.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.database()
