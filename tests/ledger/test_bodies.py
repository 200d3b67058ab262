"""Snapshot bodies: whole, under the hash of their content, or not there at all."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from monitor.errors import LedgerError
from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.json import from_json, to_json
from monitor.ledger.ledger import Ledger
from monitor.screening.entry import Entry
from monitor.screening.state import AmendmentSeen, Span, Suspicion, WatchState
from tests.screening.cases import MONDAY, row


def kept(bodies: Bodies, body: bytes) -> str:
    sha = sha256(body).hexdigest()
    assert bodies.keep(sha, body) > 0
    return sha


@given(st.binary(max_size=2000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_body_comes_back_as_it_was(tmp_path: Path, body: bytes) -> None:
    """Any bytes, the empty ones too."""
    bodies = Bodies(tmp_path)
    assert bodies.load(kept(bodies, body)) == body


def test_a_body_kept_twice_is_one_file(tmp_path: Path) -> None:
    """And nothing else lies about."""
    bodies = Bodies(tmp_path)
    kept(bodies, b"x" * 999)
    kept(bodies, b"x" * 999)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_body_that_was_not_kept_is_none(tmp_path: Path) -> None:
    """Nor is a dropped one."""
    bodies = Bodies(tmp_path)
    sha = kept(bodies, b"x")
    assert bodies.drop(sha) > 0
    assert (bodies.drop(sha), bodies.load(sha)) == (0, None)


def test_a_disk_that_refuses_is_said_plainly(tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "bodies").write_text("in the way")
    with pytest.raises(LedgerError, match="could not be kept"):
        Bodies(tmp_path / "bodies").keep("ab" * 32, b"x")


texts = st.text(st.characters(codec="utf-8"), max_size=20)
entries = st.builds(
    Entry, list=texts, name=texts, aliases=st.lists(texts, max_size=2).map(tuple),
    addresses=st.lists(texts, max_size=2).map(tuple), country=st.none() | texts,
    citations=st.lists(texts, max_size=2).map(tuple), start_date=st.none() | texts, source=texts,
)  # fmt: skip


@given(entries)
def test_an_entry_survives_the_ledger(entry: Entry) -> None:
    """Whatever its text."""
    assert from_json(to_json(entry), Entry) == entry


def test_a_state_survives_the_ledger() -> None:
    """With everything in it."""
    state = WatchState(
        "mps-ifs", "EL", "listed", decided_poll=7, decided_at=MONDAY, since="2020-06-05",
        citation="85 FR 34505", legal=True,
        suspicion=Suspicion("csl", 8, MONDAY, "ev_1"), announced="2023-25557", noticed=("1", "2"),
        told=(AmendmentSeen("csl", ("aliases:x",), MONDAY),), entry=row(), stale=True,
        history=(Span("2020-06-05", None, "85 FR 34505"),), last_event="ev_1", last_kind="baseline",
        last_event_at=MONDAY, first_said_at=MONDAY,
    )  # fmt: skip
    assert from_json(to_json(state), WatchState) == state


def test_a_row_that_is_something_else_is_said(tmp_path: Path) -> None:
    """A damaged ledger is no silent default, neither as a value nor in a column."""
    with pytest.raises(LedgerError):
        from_json('{"watch": 5}', WatchState)
    engine = open_engine(f"sqlite:///{tmp_path}/monitor.db")
    migrate.upgrade(engine)
    ledger = Ledger(engine, Bodies(tmp_path))
    with ledger.judging() as tx:
        tx.remember("csl", counts={"EL": 3}, last_reasons=["why"])
    with ledger.reading() as reading:
        memory = reading.memory("csl")
        assert (memory.counts, memory.last_reasons) == ({"EL": 3}, ("why",))
    with engine.begin() as connection:
        connection.execute(text('UPDATE source SET counts = \'{"EL": "many"}\''))
    with (
        pytest.raises(LedgerError, match="a row of the ledger is not"),
        ledger.reading() as reading,
    ):
        reading.memories()
    ledger.close()
