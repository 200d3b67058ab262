"""The tables. Rows are written from judged values only; bodies of value are JSON text.

JSON is kept as text: it is read whole or not at all, and both databases store it the same way.
Times are aware UTC; ISO dates are text, since some of them are the law's and not ours.
A change here needs a migration; a test holds the two equal.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, MetaData, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlmodel import Field, SQLModel

from monitor.ledger.json import Json, MessageText
from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.document import Document
from monitor.screening.cases import Case
from monitor.screening.entry import Entry
from monitor.screening.event import Event, FieldChange
from monitor.screening.rules.codified import CodifiedText
from monitor.screening.rules.rule_act import Deed
from monitor.screening.source_health import Health
from monitor.screening.state import Span, WatchState
from monitor.screening.witness import Act
from monitor.screening.words.message import Text

Strings = tuple[str, ...]
Texts = tuple[Text, ...]
"""What readers see."""
Deeds = tuple[Deed, ...]
Validators = Mapping[str, str | None]
Counts = Mapping[str, int]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What all tables share: constraints with names, so that both databases can migrate them."""

    # Rows are written from judged values: nothing validates them, so that no model need be built.
    model_config = {"defer_build": True}
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class SourceRow(Table, table=True):
    """One source: its last poll, its validators, its health, and who may poll it next."""

    __tablename__ = "source"

    source: str = Field(primary_key=True)
    last_poll_at: datetime | None = None
    last_outcome: str | None = None
    last_good_at: datetime | None = None
    last_reasons: Texts = Field(default=(), sa_type=Json(Texts))
    known_sha256: str | None = None
    """Body judged last, accepted or not."""
    accepted_sha256: str | None = None
    validators: Validators = Field(default={}, sa_type=Json(Validators))
    counts: Counts = Field(default={}, sa_type=Json(Counts))
    """Rows of every list at its last acceptance: what the next snapshot is held against."""
    health: Health = Field(default=Health(), sa_type=Json(Health))
    due_at: datetime | None = None
    lease_owner: str | None = None
    lease_until: datetime | None = None


class SourceListRow(Table, table=True):
    """One list of one source: its last accepted snapshot and how often it was looked at well."""

    __tablename__ = "source_list"

    source: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    accepted_sha256: str | None = None
    accepted_poll: int | None = None
    as_of: str | None = None
    rows: int = 0
    good_polls: int = 0
    last_good_at: datetime | None = None
    url: str | None = None
    held: bool = False
    held_sha256: str | None = None
    held_reasons: Texts = Field(default=(), sa_type=Json(Texts))


class PollRow(Table, table=True):
    """One attempt to read a source."""

    __tablename__ = "poll"
    __table_args__ = (Index(None, "source", "id"), Index(None, "at"))

    id: int | None = Field(default=None, primary_key=True)
    source: str
    at: datetime
    outcome: str
    reasons: Texts = Field(default=(), sa_type=Json(Texts))
    snapshot: str | None = None
    entries: int | None = None
    as_of: str | None = None
    url: str | None = None
    run: str | None = None


class SnapshotRow(Table, table=True):
    """The bytes a poll brought, by their sha256; the body is a file in the data folder."""

    __tablename__ = "snapshot"
    __table_args__ = (Index(None, "source", "first_seen_at"),)

    sha256: str = Field(primary_key=True)
    source: str
    url: str
    media: str
    size: int
    stored_size: int
    as_of: str | None = None
    first_seen_at: datetime
    last_seen_at: datetime
    status: str
    """`accepted`, `quarantined` or `evidence` (a document's text)."""
    held: Strings = Field(default=(), sa_type=Json(Strings))
    reasons: Texts = Field(default=(), sa_type=Json(Texts))
    counts: Counts = Field(default={}, sa_type=Json(Counts))
    kept: bool = True
    """False once retention has dropped the body; the hash and facts stay."""
    accepted_by: str | None = None


class EntryRow(Table, table=True):
    """A row of a list, with the time over which a source published it so."""

    __tablename__ = "entry"
    __table_args__ = (
        Index(None, "source", "list", "valid_to"),
        Index(None, "name_key"),
        Index(None, "list", "party"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str
    list: str
    digest: str
    party: int | None = None
    """The body behind the row, over time and sources; null in rows read from dated versions."""
    name_key: str
    body: Entry = Field(sa_type=Json(Entry))
    first_poll: int | None = None
    first_seen_at: datetime
    last_seen_at: datetime | None = None
    """When it was seen to be gone; null while it is published."""
    valid_from: str
    """ISO date of the first text known to hold it."""
    valid_to: str | None = None
    """ISO date of the first text known to lack it; null while it is published."""


class ListChangeRow(Table, table=True):
    """One addition, removal or amendment of a whole list, as one source brought it."""

    __tablename__ = "list_change"
    __table_args__ = (Index(None, "list", "on_date", "id"), Index(None, "document_number"))

    id: int | None = Field(default=None, primary_key=True)
    source: str
    list: str
    kind: str
    at: datetime
    on_date: str
    before: Entry | None = Field(default=None, sa_type=Json(Entry))
    after: Entry | None = Field(default=None, sa_type=Json(Entry))
    fields: tuple[FieldChange, ...] = Field(default=(), sa_type=Json(tuple[FieldChange, ...]))
    citation: str | None = None
    document_number: str | None = None
    """The act that made the change, where one is known."""
    review: bool = False
    snapshot: str | None = None


class TestimonyRow(Table, table=True):
    """What a list source says of a watch, and since which poll; renewed by counting polls."""

    __tablename__ = "testimony"
    __test__ = False

    watch: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    verdict: str
    turned_at: datetime
    turned_poll: int
    turned_good: int
    """The source's count of good polls of the list when it turned."""
    definite: str | None = None
    definite_poll: int = 0
    first: bool = True
    matched: tuple[Entry, ...] = Field(default=(), sa_type=Json(tuple[Entry, ...]))


class WatchRow(Table, table=True):
    """The decided state of a watch on a list."""

    __tablename__ = "watch_state"

    watch: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    names: str
    """Digest of the names judged with; another digest means a watch was edited."""
    watched_since: datetime
    open: bool = Field(default=True, index=True)
    """Whether time or the next look can change it: judged at every poll."""
    body: WatchState = Field(sa_type=Json(WatchState))


class BoundRow(Table, table=True):
    """A party that a watch is bound to: it follows it through every spelling."""

    __tablename__ = "bound"

    watch: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    party: int = Field(primary_key=True)
    by: str
    """`name`, `alias` or `row`: what of the party bore one of the watch's names."""


class CaseRow(Table, table=True):
    """A row or an act that may be a watch's party, and what a person said of it."""

    __tablename__ = "possible_match"
    __table_args__ = (Index(None, "watch", "list"), Index(None, "open", "first_seen_at"))

    id: str = Field(primary_key=True)
    watch: str
    list: str
    open: bool = True
    first_seen_at: datetime
    body: Case = Field(sa_type=Json(Case))


class AdoptedRow(Table, table=True):
    """A name that a watch answers to beside its configured ones."""

    __tablename__ = "adopted"

    watch: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    name: str = Field(primary_key=True)


class ActRow(Table, table=True):
    """A Federal Register document, as far as it has come."""

    __tablename__ = "act"
    __table_args__ = (Index(None, "publication_date"),)

    number: str = Field(primary_key=True)
    stage: str
    publication_date: str | None = None
    body: Document = Field(sa_type=Json(Document))
    snapshot: str | None = None
    """sha256 of its full text; null until it was read."""
    seen_at: datetime
    seen_poll: int
    historic: bool = False
    judged: str = ""
    """Digest of the names it was judged for; another digest means it is judged again."""


class ActReadRow(Table, table=True):
    """A document whose text was read for everybody whom it names."""

    __tablename__ = "act_read"

    number: str = Field(primary_key=True)
    read: str
    """By which reader, and of which text: `1:sha256`."""
    effective_on: str | None = None
    """ISO date on which its text puts the whole rule in force; null where it is not certain."""


class ActPartyRow(Table, table=True):
    """One party that a document adds, removes or amends; ids go in the order of the text."""

    __tablename__ = "act_party"
    __table_args__ = (Index(None, "number"), Index(None, "list", "name_key"))

    id: int | None = Field(default=None, primary_key=True)
    number: str
    list: str
    kind: str
    name_key: str
    body: ActParty = Field(sa_type=Json(ActParty))


class FollowRow(Table, table=True):
    """Since when a follow of the configuration asks for news of a list."""

    __tablename__ = "follow"

    id: str = Field(primary_key=True)
    asks: str
    """Digest of its filter: what asks for something else begins anew."""
    set_at: datetime


class FindingRow(Table, table=True):
    __tablename__ = "finding"
    __table_args__ = (Index(None, "watch", "list"),)

    number: str = Field(primary_key=True)
    watch: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    body: Act = Field(sa_type=Json(Act))


class RuleActRow(Table, table=True):
    """What a Federal Register document does to the rules behind the lists."""

    __tablename__ = "rule_act"

    number: str = Field(primary_key=True)
    read: str
    """By which reader, and of which text: `1:sha256`."""
    bears: bool = Field(default=False, index=True)
    """Whether it does anything to them."""
    deeds: Deeds = Field(default=(), sa_type=Json(Deeds))


class RuleTextRow(Table, table=True):
    """A provision as the eCFR had it when it was read last."""

    __tablename__ = "rule_text"

    place: str = Field(primary_key=True)
    body: CodifiedText = Field(sa_type=Json(CodifiedText))
    as_of: str
    seen_at: datetime
    snapshot: str


class EventRow(Table, table=True):
    """Something worth telling, immutable."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("id"),
        Index(None, "watch", "list", "seq"),
        Index(None, "kind", "seq"),
    )

    seq: int | None = Field(default=None, primary_key=True)
    id: str
    kind: str
    watch: str | None = None
    list: str | None = None
    at: datetime
    body: Event = Field(sa_type=Json(Event))
    poll: int | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    reminded_at: datetime | None = None


class NotificationRow(Table, table=True):
    """One event for one channel, with what became of it."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("event", "channel", "note"),
        Index(None, "status", "next_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event: str
    channel: str
    note: str = ""
    """Empty for the event itself; `reminder:…` for its reminders."""
    status: str = "pending"
    """`pending`, `sent`, `dead` or `skipped`."""
    created_at: datetime
    first_tried_at: datetime | None = None
    next_at: datetime
    attempts: int = 0
    reason: str = Field(default="", sa_type=MessageText)
    sent_at: datetime | None = None
    lease_owner: str | None = None
    lease_until: datetime | None = None


class AttemptRow(Table, table=True):
    __tablename__ = "attempt"
    __table_args__ = (Index(None, "notification"),)

    id: int | None = Field(default=None, primary_key=True)
    notification: int
    at: datetime
    outcome: str
    reason: str = Field(default="", sa_type=MessageText)


class FactRow(Table, table=True):
    """Small facts by name, such as how far a backfill has come."""

    __tablename__ = "fact"

    name: str = Field(primary_key=True)
    value: str = Field(sa_type=LongText)


class VersionRow(Table, table=True):
    """A dated version of the codified list, read to learn the past; its body is not kept."""

    __tablename__ = "version"

    on_date: str = Field(primary_key=True)
    sha256: str | None = None
    """None where no whole document came."""
    rows: int = 0
    doubt: str | None = Field(default=None, sa_type=MessageText)
    """Why nothing was read from it; null where it was believed."""
    read_at: datetime


class SightingRow(Table, table=True):
    """What one dated version says of a party."""

    __tablename__ = "sighting"

    party: str = Field(primary_key=True)
    """Digest of the names looked for."""
    on_date: str = Field(primary_key=True)
    present: bool
    cited: Strings | None = Field(default=None, sa_type=Json(Strings))
    """Citations of its rows; null where no row was understood."""
    start: str | None = None


class PastRow(Table, table=True):
    """A party's times on the list, as far as dated versions were read."""

    __tablename__ = "past"

    party: str = Field(primary_key=True)
    spans: tuple[Span, ...] | None = Field(default=None, sa_type=Json(tuple[Span, ...]))
    """Null while they are not known."""
    remarks: Texts = Field(default=(), sa_type=Json(Texts))
    done: bool = False
    """Whether there is nothing more to ask for."""
    at: datetime
