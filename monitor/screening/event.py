"""An event: something worth telling, immutable, with its evidence; and how its id is made."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from hashlib import sha256

from monitor.screening.entry import Entry
from monitor.screening.words.message import Text


class Kind(StrEnum):
    """Every kind of event there is."""

    BASELINE = "baseline"
    REMOVAL_ANNOUNCED = "removal_announced"
    REMOVAL_SUSPECTED = "removal_suspected"
    REMOVAL_CONFIRMED = "removal_confirmed"
    REMOVAL_CANCELLED = "removal_cancelled"
    LISTING_ANNOUNCED = "listing_announced"
    LISTING_SUSPECTED = "listing_suspected"
    LISTING_CONFIRMED = "listing_confirmed"
    LISTING_CANCELLED = "listing_cancelled"
    ENTRY_AMENDED = "entry_amended"
    NOTICE_FOUND = "notice_found"
    POSSIBLE_MATCH = "possible_match"
    LIST_CHANGED = "list_changed"
    RULE_CHANGED = "rule_changed"
    SNAPSHOT_QUARANTINED = "snapshot_quarantined"
    SOURCE_FAILING = "source_failing"
    SOURCE_RECOVERED = "source_recovered"
    FORMAT_CHANGED = "format_changed"
    WATCH_STALE = "watch_stale"
    WATCH_FRESH = "watch_fresh"
    DELIVERY_FAILED = "delivery_failed"


REMOVALS = frozenset(kind for kind in Kind if kind.startswith("removal_"))
LISTINGS = frozenset(kind for kind in Kind if kind.startswith("listing_"))
ASKED_FOR = frozenset({Kind.BASELINE, Kind.LIST_CHANGED})
"""What a channel gets only where it asks for it."""
OPERATIONS = frozenset(
    {
        Kind.SNAPSHOT_QUARANTINED, Kind.SOURCE_FAILING, Kind.SOURCE_RECOVERED,
        Kind.FORMAT_CHANGED, Kind.WATCH_STALE, Kind.WATCH_FRESH, Kind.DELIVERY_FAILED,
    }
)  # fmt: skip


def topic(kind: Kind) -> str:
    """The route of an event: `removal`, `listing`, `amendment`, `rule`, `operations`, `baseline`.

    A notice that a person must read goes wherever removals go, a possible match wherever listings
    go. News of a whole list, `list_changed`, goes where its follow is asked for.
    """
    if kind in REMOVALS or kind is Kind.NOTICE_FOUND:
        return "removal"
    if kind in LISTINGS or kind is Kind.POSSIBLE_MATCH:
        return "listing"
    if kind is Kind.ENTRY_AMENDED:
        return "amendment"
    if kind is Kind.RULE_CHANGED:
        return "rule"
    if kind in ASKED_FOR:
        return kind.value
    return "operations"


@dataclass(frozen=True, slots=True)
class Witness:
    """What one source said at the time of the event."""

    source: str
    verdict: str | None
    """`listed`, `absent`, `unknown`; None for the Federal Register."""
    as_of: str | None = None
    seen_at: str | None = None
    snapshot: str | None = None
    """sha256 of the evidence."""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry, before and after, as text a person can read."""

    field: Text
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Lag:
    """How long a source came behind the first that said it; None while it has not."""

    source: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A party that an act or a text adds, removes or amends."""

    kind: str
    """`added`, `removed` or `amended`."""
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """What other programs read of an event: the EVENT shape; times are RFC 3339, UTC, `Z`."""

    id: str
    kind: Kind
    watch: str | None
    list: str | None
    at: str
    effective_on: str | None = None
    citation: str | None = None
    document_number: str | None = None
    document_url: str | None = None
    title: Text = ""
    """The headline, the same wherever the event is shown: what happened, and how sure it is."""
    summary: Text = ""
    """Why, in plain sentences: on whose word, by which rule, what the others say."""
    review: bool = False
    """A person should check this: it could not be decided with certainty."""
    witnesses: tuple[Witness, ...] = ()
    before: Entry | None = None
    after: Entry | None = None
    changes: tuple[FieldChange, ...] = ()
    lag: tuple[Lag, ...] = ()
    case: str | None = None
    """Id of the possible match that it is about."""
    follow: str | None = None
    """Id of the follow that asked for it."""
    parties: tuple[NamedParty, ...] = ()


@dataclass(frozen=True, slots=True)
class Event(PublicEvent):
    """An event as it is stored, with what its headline is made of."""

    party: Text = ""
    """Name of the watched party as it stands in the title; empty where the event concerns none."""
    named: str = ""
    """Of a possible match, the name as the list or the document writes it."""
    score: float = 0.0
    """Of a possible match, how near the names are, 0 to 1."""
    why: tuple[Text, ...] = ()
    """Of a possible match, what speaks for it."""

    def in_english(self) -> "Event":
        """The event without what its texts are made of, which of 50,000 first states is 200 MB."""
        return replace(
            self,
            title=str.__str__(self.title),
            summary=str.__str__(self.summary),
            party=str.__str__(self.party),
        )

    def public(self) -> PublicEvent:
        """The event without what the public shape does not name."""
        return PublicEvent(*(getattr(self, field.name) for field in fields(PublicEvent)))


def event_id(kind: Kind, watch: str | None, list_: str | None, cause: Sequence[str | None]) -> str:
    """An id made of what happened alone, so that replay and replicas make the same one.

    `cause` names the happening: snapshot hashes, document numbers, and the id of the event before
    it of the same watch, which tells a second removal from the first.
    """
    said = "\x1f".join((kind.value, watch or "", list_ or "", *(part or "" for part in cause)))
    return "ev_" + sha256(said.encode()).hexdigest()[:32]
