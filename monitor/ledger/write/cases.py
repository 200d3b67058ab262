"""Cases, inside a judging transaction."""

from collections.abc import Iterable

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from monitor.ledger.engine import chunks
from monitor.ledger.tables import CaseRow
from monitor.screening.cases import Case


class CasesWriting:
    """What is written of cases."""

    _session: Session

    def set_cases(self, cases: Iterable[Case]) -> None:
        """Stores cases, in place of what was known of them."""
        rows = [
            {
                "id": value.id, "watch": value.watch, "list": value.list, "open": value.open,
                "first_seen_at": value.first_seen_at, "body": value,
            }
            for value in {case.id: case for case in cases}.values()
        ]  # fmt: skip
        for some in chunks(rows):
            ids = [row["id"] for row in some]
            self._session.execute(delete(CaseRow).where(col(CaseRow.id).in_(ids)))
            self._session.execute(insert(CaseRow), some)
