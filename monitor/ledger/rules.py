"""Reading rules: what acts do to them, the codified texts, and since when both are looked at."""

from sqlmodel import Session, col, select

from monitor.ledger.json import from_json
from monitor.ledger.records import KnownAct
from monitor.ledger.rows import known_act_of
from monitor.ledger.tables import ActRow, FactRow, RuleActRow, RuleTextRow
from monitor.screening.rules.codified import KeptText
from monitor.screening.rules.due import FirstLooks
from monitor.screening.rules.rule_act import Deed, RuleAct

FIRST_LOOKS = "first looks at rules"


class RulesReading:
    """What is known of rules."""

    _session: Session

    def rule_acts(self) -> list[RuleAct]:
        """The documents that do something to rules, in the order in which they were seen."""
        query = (
            select(ActRow, col(RuleActRow.deeds))
            .where(RuleActRow.number == ActRow.number, col(RuleActRow.bears).is_(True))
            .order_by(col(ActRow.seen_poll), col(ActRow.number))
        )
        return [_rule_act(known_act_of(row), deeds) for row, deeds in self._session.exec(query)]

    def acts_unread_for_rules(self, reader: str) -> list[KnownAct]:
        """The documents whose stored text this reader has not read for rules."""
        read = select(RuleActRow.number, RuleActRow.read)
        done = dict(self._session.exec(read).all())
        texts = select(ActRow.number, ActRow.snapshot).where(
            col(ActRow.snapshot).is_not(None), col(ActRow.historic).is_(False)
        )
        wanted = [
            number for number, sha in self._session.exec(texts)
            if done.get(number) != f"{reader}:{sha}"
        ]  # fmt: skip
        return [known_act_of(self._session.get_one(ActRow, number)) for number in sorted(wanted)]

    def rule_texts(self) -> dict[str, KeptText]:
        """The codified text of each provision that was read."""
        return {
            row.place: KeptText(row.body, row.as_of, row.seen_at, row.snapshot)
            for row in self._session.exec(select(RuleTextRow))
        }

    def first_looks(self) -> FirstLooks | None:
        row = self._session.get(FactRow, FIRST_LOOKS)
        return from_json(row.value, FirstLooks) if row else None


def _rule_act(known: KnownAct, deeds: tuple[Deed, ...]) -> RuleAct:
    document = known.document
    return RuleAct(
        document.number, document.title, document.citation, document.html_url, document.stage,
        document.publication_date, document.filed_at, deeds, known.seen_at, known.snapshot,
    )  # fmt: skip
