"""Reading acts as news: the parties of each document, and the documents that have any."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.records import ActNews, KnownAct
from monitor.ledger.rows import known_act_of
from monitor.ledger.tables import ActPartyRow, ActReadRow, ActRow
from monitor.screening.acts.act_party import ActParty


class ActsReading:
    """What is known of everybody whom documents name."""

    _session: Session

    def act_parties(self, number: str) -> list[ActParty]:
        """The parties of a document in the order of its text."""
        return self._parties_of([number]).get(number, [])

    def act(self, number: str) -> ActNews | None:
        """A document with its parties, none where it names none; None where it is not known."""
        row = self._session.get(ActRow, number)
        return self._news(row, self.act_parties(number)) if row else None

    def acts(
        self,
        list_: str | None = None,
        since: str | None = None,
        before: str | None = None,
        limit: int = 20,
    ) -> list[ActNews]:
        """The documents that do something to parties of a list or of any, newest first.

        `since` is an ISO date of publication, or of the first sight where it has none; `before` is
        the number of the document to go on from. All parties of a document come with it.
        """
        days = self._days(list_)
        places = sorted(((day, number) for number, day in days.items()), reverse=True)
        if since is not None:
            places = [place for place in places if place[0] >= since]
        if before is not None:
            edge = (days.get(before, ""), before)
            places = [place for place in places if place < edge]
        numbers = [number for _, number in places[:limit]]
        parties = self._parties_of(numbers)
        rows = {number: self._session.get_one(ActRow, number) for number in numbers}
        return [self._news(rows[one], parties[one]) for one in numbers]

    def acts_between(self, first: str, last: str) -> list[ActNews]:
        """The documents with parties whose day lies between two ISO dates, both included."""
        days = self._days(None)
        numbers = sorted(number for number, day in days.items() if first <= day <= last)
        parties = self._parties_of(numbers)
        rows = {number: self._session.get_one(ActRow, number) for number in numbers}
        return [self._news(rows[number], parties[number]) for number in numbers]

    def acts_unread_for_parties(self, reader: str) -> list[KnownAct]:
        """The documents whose stored text this reader has not read for everybody."""
        done = dict(self._session.exec(select(ActReadRow.number, ActReadRow.read)).all())
        texts = select(ActRow.number, ActRow.snapshot).where(col(ActRow.snapshot).is_not(None))
        wanted = [
            number for number, sha in self._session.exec(texts)
            if done.get(number) != f"{reader}:{sha}"
        ]  # fmt: skip
        return [known_act_of(self._session.get_one(ActRow, number)) for number in sorted(wanted)]

    def _news(self, row: ActRow, parties: Sequence[ActParty]) -> ActNews:
        read = self._session.get(ActReadRow, row.number)
        return ActNews(known_act_of(row), tuple(parties), read.effective_on if read else None)

    def _days(self, list_: str | None) -> dict[str, str]:
        """The day of each document that has parties, by its number."""
        query = select(ActRow.number, ActRow.publication_date, ActRow.seen_at)
        named = select(ActPartyRow.number).distinct()
        if list_ is not None:
            named = named.where(ActPartyRow.list == list_)
        found = self._session.exec(query.where(col(ActRow.number).in_(named)))
        return {number: day or seen.date().isoformat() for number, day, seen in found}

    def _parties_of(self, numbers: Collection[str]) -> dict[str, list[ActParty]]:
        found = defaultdict[str, list[ActParty]](list)
        for some in chunks(numbers):
            query = select(ActPartyRow.number, col(ActPartyRow.body)).where(
                col(ActPartyRow.number).in_(some)
            )
            for number, party in self._session.exec(query.order_by(col(ActPartyRow.id))):
                found[number].append(party)
        return found
