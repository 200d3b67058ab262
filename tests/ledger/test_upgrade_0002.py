"""The second schema, over a database of the first with something in it."""

from pathlib import Path

from alembic import command
from sqlalchemy import inspect, text

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger

VALIDATORS = '{"url":"http://list.invalid","etag":null,"last_modified":null}'
STATE = '{"watch":"mps-ifs","list":"EL","state":"not_listed","since":"2023-11-16"}'


def test_a_database_of_the_first_schema_keeps_what_it_has(tmp_path: Path) -> None:
    """Three tables come, nothing goes; a watch without a past is one to be asked about."""
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        command.upgrade(migrate.config_for(connection), "0001")
        connection.execute(
            text(
                "INSERT INTO watch_state (watch, list, names, watched_since, open, body) VALUES "
                "('mps-ifs', 'EL', 'abc', '2026-11-01 00:00:00.000000', 0, :body)"
            ),
            {"body": STATE},
        )
        connection.execute(
            text(
                "INSERT INTO source (source, last_reasons, validators, counts, health) VALUES "
                "('csl', '[\"late\"]', :validators, :counts, :health)"
            ),
            {"validators": VALIDATORS, "counts": '{"EL":3}', "health": '{"failures":2}'},
        )
    assert migrate.upgrade(engine) == ("0001", migrate.NEWEST)
    assert {"version", "sighting", "past"} <= set(inspect(engine).get_table_names())
    ledger = Ledger(engine, Bodies(tmp_path))
    try:
        with ledger.reading() as reading:
            [one] = reading.watched().values()
            assert (one.state.since, one.names) == ("2023-11-16", "abc")
            assert reading.history().unknown("EL", unfinished=False) == {"abc"}
            assert reading.history().of(["abc"]) == {}
            csl = reading.memory("csl")
            assert (csl.counts, csl.last_reasons, csl.health.failures) == ({"EL": 3}, ("late",), 2)
            assert csl.validators["url"] == "http://list.invalid"
    finally:
        ledger.close()
