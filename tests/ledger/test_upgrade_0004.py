"""The fourth schema, over a database of the third with a document in it."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from monitor.ledger import migrate
from monitor.ledger.bodies import Bodies
from monitor.ledger.engine import open_engine
from monitor.ledger.ledger import Ledger

BODY = (
    '{"number":"2026-19900","title":"A rule","type":"Rule","abstract":"","action":"","dates":"",'
    '"publication_date":"2026-10-20","effective_on":null,"citation":"91 FR 1","html_url":null,'
    '"text_url":null,"xml_url":null,"filed_at":null,"filing_type":null,"correction_of":null,'
    '"cfr_parts":[],"stage":"document"}'
)
ACT = (
    "INSERT INTO act (number, stage, publication_date, body, snapshot, seen_at, seen_poll,"
    " historic, judged) VALUES (:number, 'document', '2026-10-20', :body, :sha,"
    " '2026-10-20 12:00:00.000000', 1, :historic, 'x')"
)


def test_documents_that_were_stored_before_are_read_for_rules(tmp_path: Path) -> None:
    """Those with a text; what only explains the past is no news. Nobody has looked at rules yet."""
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        command.upgrade(migrate.config_for(connection), "0003")
        for number, sha, historic in (("1", "ab", 0), ("2", None, 0), ("3", "cd", 1)):
            connection.execute(
                text(ACT), {"number": number, "body": BODY, "sha": sha, "historic": historic}
            )
    assert migrate.upgrade(engine) == ("0003", migrate.NEWEST)
    ledger = Ledger(engine, Bodies(tmp_path))
    try:
        with ledger.judging() as tx:
            assert [act.snapshot for act in tx.acts_unread_for_rules("1")] == ["ab"]
            assert (tx.rule_acts(), tx.rule_texts(), tx.first_looks()) == ([], {}, None)
            tx.set_rule_act("1", "1:ab", ())
            assert tx.acts_unread_for_rules("1") == []
            assert [act.snapshot for act in tx.acts_unread_for_rules("2")] == ["ab"]
    finally:
        ledger.close()
