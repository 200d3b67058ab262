"""What every room's tests may ask for: a database of either kind, as an operator would name it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresServer, postgres_server


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
