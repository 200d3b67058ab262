"""What the ledger gives and takes: plain values, so that no other room sees a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.document import Document
from monitor.screening.entry import Entry
from monitor.screening.event import Event, FieldChange
from monitor.screening.source_health import Health
from monitor.screening.state import WatchState
from monitor.screening.witness import PollOutcome
from monitor.screening.words.message import Text

Key = tuple[str, str]
"""A watch on a list."""


@dataclass(frozen=True, slots=True)
class Poll:
    """One attempt to read a source, as it is told."""

    id: int
    source: str
    at: datetime
    outcome: PollOutcome
    reasons: tuple[Text, ...] = ()
    snapshot: str | None = None
    entries: int | None = None
    as_of: str | None = None
    url: str | None = None


_ENDINGS = {"json": "json", "xml": "xml", "csv": "csv", "text": "txt"}
"""The ending of a body's file name, by its media; all of them are text."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts of a kept body."""

    sha256: str
    source: str
    url: str
    media: str
    size: int
    stored_size: int
    as_of: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    status: str
    held: tuple[str, ...] = ()
    reasons: tuple[Text, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    kept: bool = True
    accepted_by: str | None = None

    @property
    def file_name(self) -> str:
        return f"{self.sha256}.{_ENDINGS.get(self.media, 'bin')}"

    @property
    def is_text(self) -> bool:
        """Whether its bytes are known to be text."""
        return self.media in _ENDINGS


@dataclass(frozen=True, slots=True)
class SourceMemory:
    """What is known of a source between polls."""

    source: str
    last_poll_at: datetime | None = None
    last_outcome: PollOutcome | None = None
    last_good_at: datetime | None = None
    last_reasons: tuple[Text, ...] = ()
    known_sha256: str | None = None
    accepted_sha256: str | None = None
    validators: Mapping[str, str | None] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    health: Health = field(default_factory=Health)
    due_at: datetime | None = None
    """When it is asked next."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch on a list with its decided state."""

    state: WatchState
    names: str
    watched_since: datetime

    @property
    def key(self) -> Key:
        return self.state.watch, self.state.list


@dataclass(frozen=True, slots=True)
class KnownAct:
    """A Federal Register document with what is known of it."""

    document: Document
    snapshot: str | None
    """sha256 of its full text; None until it was read."""
    seen_at: datetime
    seen_poll: int
    judged: str
    """Digest of the names it was judged for; empty while its text is missing."""
    historic: bool = False


@dataclass(frozen=True, slots=True)
class ActNews:
    """A document with everybody whom it adds, removes or amends."""

    known: KnownAct
    parties: tuple[ActParty, ...]
    text_effective_on: str | None = None
    """ISO date on which its text puts the whole rule in force; None where it is not certain."""

    @property
    def effective_on(self) -> str | None:
        """The date of the whole rule: that of the document's row, else that of its text."""
        return self.known.document.effective_on or self.text_effective_on


@dataclass(frozen=True, slots=True)
class ListChange:
    """One addition, removal or amendment of a whole list."""

    id: int
    source: str
    list: str
    kind: str
    at: datetime
    on_date: str
    before: Entry | None
    after: Entry | None
    fields: tuple[FieldChange, ...] = ()
    citation: str | None = None
    document_number: str | None = None
    """The act that made it, where one is known."""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with its place in the ledger and whether a person has taken note."""

    seq: int
    event: Event
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    id: int
    event: str
    channel: str
    note: str
    status: str
    created_at: datetime
    next_at: datetime
    attempts: int
    reason: Text
    first_tried_at: datetime | None = None
    sent_at: datetime | None = None
