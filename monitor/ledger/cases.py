"""Reading cases: one, the open ones, those of a watch."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from monitor.ledger.engine import chunks
from monitor.ledger.records import Key
from monitor.ledger.tables import CaseRow
from monitor.screening.cases import Case


class CasesReading:
    """What is known of cases."""

    _session: Session

    def case(self, beginning: str) -> Case | None:
        """The one case whose id begins so; None where none or several do."""
        query = select(col(CaseRow.body)).where(col(CaseRow.id).startswith(beginning)).limit(2)
        found = list(self._session.exec(query)) if beginning else []
        return found[0] if len(found) == 1 else None

    def cases(
        self,
        *,
        open_: bool | None = None,
        watches: Sequence[str] = (),
        before: tuple[datetime, str] | None = None,
        limit: int | None = 100,
    ) -> list[Case]:
        """Cases, newest first, of these watches or of all; all of them without a `limit`.

        At most CHUNK can be named. `before` is the time and id of the one to go on from.
        """
        query = select(col(CaseRow.body)).order_by(
            col(CaseRow.first_seen_at).desc(), col(CaseRow.id).desc()
        )
        if open_ is not None:
            query = query.where(col(CaseRow.open).is_(open_))
        if watches:
            query = query.where(col(CaseRow.watch).in_(watches))
        if before is not None:
            at, id_ = before
            query = query.where(
                (col(CaseRow.first_seen_at) < at)
                | ((col(CaseRow.first_seen_at) == at) & (col(CaseRow.id) < id_))
            )
        return list(self._session.exec(query.limit(limit)))

    def cases_on(self, keys: Iterable[Key]) -> dict[Key, list[Case]]:
        """Every case of these watches, decided or not."""
        found: dict[Key, list[Case]] = {}
        wanted = set(keys)
        for watches in chunks(sorted({watch for watch, _ in wanted})):
            query = select(CaseRow.watch, CaseRow.list, col(CaseRow.body)).where(
                col(CaseRow.watch).in_(watches)
            )
            for watch, list_, case in self._session.exec(query.order_by(col(CaseRow.id))):
                if (watch, list_) in wanted:
                    found.setdefault((watch, list_), []).append(case)
        return found

    def cases_of_list(self, list_: str) -> dict[str, list[Case]]:
        """Every case on a list, by watch."""
        found: dict[str, list[Case]] = {}
        query = select(CaseRow.watch, col(CaseRow.body)).where(CaseRow.list == list_)
        for watch, case in self._session.exec(query.order_by(col(CaseRow.id))):
            found.setdefault(watch, []).append(case)
        return found

    def open_cases(self) -> dict[str, int]:
        """How many cases wait for a person, by list."""
        query = select(CaseRow.list, func.count()).where(col(CaseRow.open).is_(True))
        return dict(self._session.exec(query.group_by(col(CaseRow.list))).all())
