"""What became of one attempt to deliver: sent, to be tried again, or refused for good.

A receipt never carries a secret: whoever writes its reason redacts it first.
"""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What the caller does next: nothing, try again later, or give up and say so."""

    SENT = "sent"
    TRANSIENT = "transient"
    PERMANENT = "permanent"


@dataclass(frozen=True, slots=True)
class Receipt:
    outcome: Outcome
    reason: str
    """One line, without secrets, fit for the ledger and the status page."""
    retry_after: float | None = None
    """Seconds that the receiver asked to be left alone, where it said so; at most a day."""
    unanswered: bool = False
    """Whether the whole time limit went by without an answer."""
    uncertain: bool = False
    """Whether the whole message was handed over and nobody said what became of it."""
    flooded: bool = False
    """Whether the receiver asked for fewer messages (429 and its like): its whole channel rests."""
