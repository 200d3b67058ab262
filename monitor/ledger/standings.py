"""Where every watch stands, without what its sentences are made of: cheap for ten thousand."""

from sqlmodel import Session, select

from monitor.ledger.json import from_json
from monitor.ledger.tables import TestimonyRow, WatchRow
from monitor.screening.state import WatchState


class Standings:
    """Questions about all watches at once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def states(self) -> list[WatchState]:
        """The decided state of every watch on every list."""
        return [from_json(body, WatchState) for body in self._session.exec(select(WatchRow.body))]

    def heard(self) -> set[tuple[str, str, str]]:
        """Every watch, list and source of which that source has said anything."""
        query = select(TestimonyRow.watch, TestimonyRow.list, TestimonyRow.source)
        return {(watch, list_, source) for watch, list_, source in self._session.exec(query)}
