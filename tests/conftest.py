"""What tests share: a world of their own, and a database of either kind."""

import gc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests import steady
from tests.databases import DATABASES, KIND, share_compiled_statements
from tests.extent import FIGURES
from tests.postgres import PostgresServer, postgres_server
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World


def pytest_configure(config: pytest.Config) -> None:
    """Steady examples; statements compiled once; Apprise imports what Python 3.13 leaves out."""
    steady.pytest_configure()
    share_compiled_statements()
    config.addinivalue_line("filterwarnings", "ignore:'imghdr' is deprecated:DeprecationWarning")


def pytest_collection_finish() -> None:
    """What is loaded by now lives to the end: no collection of garbage looks at it again."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the long tests measured, those that failed too."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            said = dict(report.user_properties).get(FIGURES)
            if said is not None:
                terminalreporter.write_line(f"{report.nodeid.partition('::')[2]}: {said}")


def pytest_unconfigure() -> None:
    """Ends what the ledgers were in."""
    DATABASES.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks into the file itself has nothing to look into elsewhere."""
    if KIND != "sqlite":
        for item in items:
            if item.get_closest_marker("sqlite"):
                item.add_marker(pytest.mark.skip(reason="it is about SQLite's file"))


@pytest.fixture
def up() -> Iterator[Upstream]:
    """A furnished upstream with the institute on both lists."""
    with Upstream(date(2023, 11, 20)).is_furnished() as running:
        yield running


@pytest.fixture
def world(up: Upstream, tmp_path: Path) -> Iterator[World]:
    """The service with one watch, the CSL alone, and nobody to tell."""
    made = World(up, tmp_path)
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
