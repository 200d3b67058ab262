"""What the tests of the main job share: a world of their own, and no waiting."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from monitor.ledger import migrate
from monitor.ledger.engine import open_engine
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World, with_new_ledger


def pytest_configure(config: pytest.Config) -> None:
    """Apprise imports a module that Python 3.13 leaves out; it minds that itself."""
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
