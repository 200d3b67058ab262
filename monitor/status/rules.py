"""What governs the lists now, made from the ledger and the clock. Changes nothing."""

from datetime import datetime

from monitor.ledger.read import Reading
from monitor.screening.rules.register import Rule, known_by, rules


def rules_now(reading: Reading, now: datetime) -> tuple[Rule, ...]:
    """Every rule as it stands at a moment, and what is announced by then."""
    return rules(known_by(reading.rule_acts(), reading.rule_texts(), now))
