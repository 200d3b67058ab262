"""The third schema, over a database of the second with a listed watch in it.

That database is one of today with all taken out that the third schema brought, tables and fields.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, inspect, text

from monitor.ledger import migrate
from monitor.ledger.engine import open_engine
from monitor.screening.watch import Watch, names_digest
from tests.upstream.parties import INSTITUTE
from tests.upstream.server import Upstream
from tests.worlds import WATCH, World

FORMER = "Gongan Prime Laboratory"
"""A name that no row bears: only what was adopted, or was matched, leads from it to the party."""
CAME = {
    "watch_state": {"lost"},
    "event": {"case", "follow", "parties"},
}
"""What the third revision's code writes into JSON that the second's did not."""


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def schema_of(connection: Connection) -> dict[str, set[str]]:
    found = inspect(connection)
    return {
        table: {column["name"] for column in found.get_columns(table)}
        for table in found.get_table_names()
    }


def aged(url: str) -> None:
    """Takes a database of the newest schema back to the second."""
    with opened(url) as engine, engine.begin() as connection:
        for table in ("act_party", "act_read", "follow", "rule_act", "rule_text"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DROP INDEX ix_list_change_document_number"))
        connection.execute(text("ALTER TABLE list_change DROP COLUMN document_number"))
        connection.execute(text("DROP INDEX ix_entry_list_party"))
        connection.execute(text("ALTER TABLE entry DROP COLUMN party"))
        connection.execute(text("DROP TABLE bound"))
        connection.execute(text("DROP TABLE possible_match"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
        for table, fields in CAME.items():
            bodies = connection.execute(text(f"SELECT DISTINCT body FROM {table}")).scalars().all()
            for body in bodies:
                old = {key: said for key, said in json.loads(body).items() if key not in fields}
                connection.execute(
                    text(f"UPDATE {table} SET body = :old WHERE body = :body"),
                    {"old": json.dumps(old), "body": body},
                )


def called(url: str, watch: dict[str, Any], adopted: str | None) -> None:
    """The stored watch has the names of `watch` now, and beside them the one it took over."""
    names = Watch(watch["id"], watch["name"], tuple(watch.get("aliases", ())))
    with opened(url) as engine, engine.begin() as connection:
        connection.execute(
            text("UPDATE watch_state SET names = :names"), {"names": names_digest(names)}
        )
        if adopted:
            connection.execute(
                text("INSERT INTO adopted (watch, list, name) VALUES ('mps-ifs', 'EL', :name)"),
                {"name": adopted},
            )


def asked(url: str, query: str) -> list[tuple[Any, ...]]:
    with opened(url) as engine, engine.begin() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def old(up: Upstream, tmp_path: Path, database_url: str) -> Iterator[World]:
    """A service whose database is of the second schema, with the institute listed in both lists."""
    with opened(database_url) as engine:
        migrate.upgrade(engine)
    world = World(up, tmp_path)
    world.environ["MONITOR_DATABASE_URL"] = database_url
    world.watches(WATCH)
    world.asks("csl", "ecfr")
    world.tells()
    assert [event["kind"] for event in world.check().json["events"]] == ["baseline"]
    world.ends()
    aged(database_url)
    yield world
    world.ends()


def test_what_is_taken_back_is_the_second_schema(
    old: World, database_url: str, tmp_path: Path
) -> None:
    """The same tables and columns as the migrations make up to there."""
    with opened(f"sqlite:///{tmp_path / 'second.db'}") as second, second.begin() as connection:
        command.upgrade(migrate.config_for(connection), "0002")
        made = schema_of(connection)
    with opened(database_url) as engine, engine.begin() as connection:
        assert schema_of(connection) == made


FORMERLY = {**WATCH, "name": FORMER, "aliases": []}


@pytest.mark.parametrize(
    ("watch", "adopted", "by"),
    [
        pytest.param(WATCH, None, "name", id="by its own name", marks=pytest.mark.slow),
        pytest.param(
            FORMERLY, INSTITUTE, "name", id="by a name it adopted", marks=pytest.mark.slow
        ),
        pytest.param(
            FORMERLY, None, "row", id="by the rows that its sources matched", marks=pytest.mark.slow
        ),
    ],
)
def test_the_first_start_binds_a_listed_watch_and_tells_nothing(
    watch: dict[str, Any], adopted: str | None, by: str, old: World, database_url: str
) -> None:
    """Every row gets its party, the watch its own; state and testimony stay as they were."""
    stays = "SELECT watch, list, body FROM watch_state"
    words = "SELECT watch, list, source, verdict, turned_at, turned_poll FROM testimony"
    events = "SELECT id FROM event"
    called(database_url, watch, adopted)
    before = [asked(database_url, query) for query in (words, events)]
    state = json.loads(asked(database_url, stays)[0][2])
    old.watches(watch)

    ran = old.commands(after=1)

    assert (ran.code, ran.kinds) == (0, [])
    assert (ran.status["state"], ran.status["pending"]) == ("listed", None)
    assert [asked(database_url, query) for query in (words, events)] == before
    now = json.loads(asked(database_url, stays)[0][2])
    assert {key: now.get(key) for key in state} == state
    assert asked(database_url, "SELECT count(*) FROM entry WHERE party IS NULL") == [(0,)]
    assert asked(database_url, "SELECT count(*) FROM possible_match") == [(0,)]
    bound = asked(database_url, "SELECT party, \"by\" FROM bound WHERE watch = 'mps-ifs'")
    assert [how for _, how in bound] == [by]
    rows = asked(database_url, f"SELECT source FROM entry WHERE party = {bound[0][0]}")
    assert sorted(rows) == [("csl",), ("ecfr",)]


@pytest.mark.slow
def test_a_removal_after_the_upgrade_is_told(old: World) -> None:
    """What was bound at the first start is what is missed when it goes."""
    assert old.commands(after=1).kinds == []
    old.up.delists(INSTITUTE, ecfr=old.now.date())
    assert old.commands(after=24).decisions == [
        "removal_suspected", "removal_confirmed",
    ]  # fmt: skip
