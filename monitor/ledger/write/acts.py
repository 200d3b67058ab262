"""Acts and what they do to watches, inside a judging transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from monitor.ledger.engine import chunks
from monitor.ledger.records import Key, KnownAct
from monitor.ledger.tables import ActPartyRow, ActReadRow, ActRow, FindingRow, ListChangeRow
from monitor.screening.acts.act_party import ActParty
from monitor.screening.names import name_key
from monitor.screening.witness import Act


class ActsWriting:
    _session: Session

    def acts_on(self, keys: Iterable[Key]) -> dict[Key, list[Act]]:
        found: dict[Key, list[Act]] = {}
        wanted = set(keys)
        for watches in chunks(sorted({watch for watch, _ in wanted})):
            query = (
                select(FindingRow)
                .where(FindingRow.number == ActRow.number, col(FindingRow.watch).in_(watches))
                .order_by(col(ActRow.seen_poll), col(ActRow.number))
            )
            for finding in self._session.exec(query):
                found.setdefault((finding.watch, finding.list), []).append(finding.body)
        return {key: acts for key, acts in found.items() if key in wanted}

    def set_act(self, act: KnownAct) -> None:
        self._session.merge(
            ActRow(
                number=act.document.number,
                stage=act.document.stage.value,
                publication_date=act.document.publication_date,
                body=act.document,
                snapshot=act.snapshot,
                seen_at=act.seen_at,
                seen_poll=act.seen_poll,
                historic=act.historic,
                judged=act.judged,
            )
        )
        self._session.flush()

    def set_findings(self, number: str, findings: Mapping[Key, Act]) -> set[Key]:
        """Replaces what a document does; the watches it names now or named before."""
        query = select(FindingRow).where(FindingRow.number == number)
        before = {(row.watch, row.list): row for row in self._session.exec(query)}
        for key in before.keys() - findings.keys():
            self._session.delete(before[key])
        for (watch, list_), act in findings.items():
            self._session.merge(FindingRow(number=number, watch=watch, list=list_, body=act))
        self._session.flush()
        return {*before, *findings}

    def set_act_parties(
        self,
        number: str,
        parties: Iterable[ActParty],
        read: str,
        effective_on: str | None = None,
    ) -> None:
        """Replaces everybody whom a document names; `read` says by which reader, of which text.

        `effective_on` is the ISO date that the text gives the whole rule.
        """
        self._session.execute(delete(ActPartyRow).where(col(ActPartyRow.number) == number))
        rows = [
            {
                "number": number, "list": party.list, "kind": party.kind,
                "name_key": name_key(party.name), "body": party,
            }
            for party in parties
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(ActPartyRow), rows)
        self._session.merge(ActReadRow(number=number, read=read, effective_on=effective_on))
        self._session.flush()

    def name_acts(self, acts: Mapping[int, tuple[str, str | None]]) -> None:
        """Gives changes, by their ids, the number and citation of the act that made them."""
        for id_, (number, citation) in acts.items():
            named = {"document_number": number} | ({"citation": citation} if citation else {})
            self._session.execute(
                update(ListChangeRow).where(col(ListChangeRow.id) == id_).values(**named)
            )

    def restage(self, act: KnownAct) -> set[Key]:
        """Carries a document's new stage and dates into what it was found to do."""
        document = act.document
        query = select(FindingRow).where(FindingRow.number == document.number)
        touched = set[Key]()
        for row in self._session.exec(query):
            moved = replace(
                row.body,
                stage=document.stage,
                publication_date=document.publication_date or row.body.publication_date,
                citation=document.citation or row.body.citation,
            )
            row.body = moved
            touched.add((row.watch, row.list))
        self._session.flush()
        return touched
