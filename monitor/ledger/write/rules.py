"""Rules, inside a judging transaction."""

from collections.abc import Iterable

from sqlmodel import Session

from monitor.ledger.json import to_json
from monitor.ledger.rules import FIRST_LOOKS
from monitor.ledger.tables import FactRow, RuleActRow, RuleTextRow
from monitor.screening.rules.codified import KeptText
from monitor.screening.rules.due import FirstLooks
from monitor.screening.rules.rule_act import Deed


class RulesWriting:
    """What is written of rules."""

    _session: Session

    def set_rule_act(self, number: str, read: str, deeds: tuple[Deed, ...]) -> None:
        """What a document does to rules; `read` says by which reader, of which text."""
        self._session.merge(RuleActRow(number=number, read=read, bears=bool(deeds), deeds=deeds))
        self._session.flush()

    def set_rule_texts(self, texts: Iterable[KeptText]) -> None:
        for kept in texts:
            self._session.merge(
                RuleTextRow(
                    place=kept.text.place, body=kept.text, as_of=kept.as_of,
                    seen_at=kept.seen_at, snapshot=kept.snapshot,
                )
            )  # fmt: skip
        self._session.flush()

    def set_first_looks(self, first: FirstLooks) -> None:
        self._session.merge(FactRow(name=FIRST_LOOKS, value=to_json(first)))
        self._session.flush()
