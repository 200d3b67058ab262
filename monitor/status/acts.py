"""Acts as readers see them: ACT of the public contract, with what each list says by now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.ledger.read import Reading
from monitor.ledger.records import ActNews
from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.document import Document
from monitor.screening.acts.explains import is_place
from monitor.screening.entry import Entry
from monitor.screening.names import ListNames
from monitor.screening.scope import Scope
from monitor.screening.witness import LIST_SOURCES, WASHINGTON, Source, Stage, Verdict, is_fresh
from monitor.screening.words.event_text import as_numbered

INSPECTION, PUBLISHED, WITHDRAWN = "inspection", "published", "withdrawn"
LISTED, ABSENT, UNKNOWN = (one.value for one in (Verdict.LISTED, Verdict.ABSENT, Verdict.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Now:
    """What each list source says of a party by now: `listed`, `absent` or `unknown`."""

    csl: str = UNKNOWN
    ecfr: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class PublicActParty:
    """A party that an act adds, removes or amends; the fields are the public shape."""

    kind: str
    name: str
    country: str | None
    list: str
    certain: bool
    instruction: str
    now: Now


@dataclass(frozen=True, slots=True)
class PublicAct:
    """A Federal Register document that touches the lists; the fields are the public shape."""

    document_number: str
    title: str
    citation: str | None
    url: str | None
    stage: str
    filed_at: str | None
    publication_date: str | None
    effective_on: str | None
    lists: tuple[str, ...]
    parties: tuple[PublicActParty, ...]


def public_act(act: ActNews, lists: "ListsNow", now: datetime) -> PublicAct:
    """The ACT."""
    document = act.known.document
    return PublicAct(
        document_number=as_numbered(document.number) or "",
        title=document.title,
        citation=document.citation,
        url=document.html_url,
        stage=public_stage(document, now),
        filed_at=document.filed_at,
        publication_date=document.publication_date,
        effective_on=act.effective_on,
        lists=tuple(dict.fromkeys(party.list for party in act.parties)),
        parties=tuple(
            PublicActParty(
                party.kind, party.name, party.country, party.list, party.certain,
                party.instruction, lists.say(party),
            )
            for party in act.parties
        ),
    )  # fmt: skip


def public_stage(document: Document, now: datetime) -> str:
    """Published only from its publication date on, as Washington counts days."""
    if document.stage is Stage.WITHDRAWN:
        return WITHDRAWN
    today, day = now.astimezone(WASHINGTON).date().isoformat(), document.publication_date
    printed = document.stage is Stage.DOCUMENT and (day is None or day <= today)
    return PUBLISHED if printed else INSPECTION


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list, as one source has it now."""

    source: str
    entry: Entry
    party: int | None
    """The body behind the row, in whichever source."""


@dataclass(frozen=True)
class ListNow:
    """The rows of one list by now, ready to be asked for names."""

    rows: tuple[Row, ...]
    names: ListNames[int]
    by_party: Mapping[int, tuple[Row, ...]]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "ListNow":
        by_party = defaultdict[int, list[Row]](list)
        for row in rows:
            if row.party is not None:
                by_party[row.party].append(row)
        names = ListNames((name, at) for at, row in enumerate(rows) for name in row.entry.names)
        return cls(tuple(rows), names, {party: tuple(some) for party, some in by_party.items()})

    @classmethod
    def read(cls, reading: Reading, list_: str) -> "ListNow":
        """The rows of a list as each source has them now."""
        rows = list[Row]()
        for source in LIST_SOURCES:
            parties = reading.parties(source, list_)
            for entry in reading.entries(source, list_):
                rows.append(Row(source, entry, parties.get(entry.digest())))
        return cls.of(rows)

    def bearing(self, name: str) -> list[Row]:
        """The rows that bear the name, and those of their parties in the other source."""
        found = dict.fromkeys(self.names.same(name))
        rows = [self.rows[at] for at in found]
        linked = [row for one in rows if one.party for row in self.by_party[one.party]]
        return [*rows, *linked]


@dataclass(frozen=True)
class ListsNow:
    """What the list sources say of parties by now, as of one moment."""

    lists: Mapping[str, ListNow]
    telling: frozenset[tuple[str, str]]
    """Sources and lists of which the last good look is fresh; the others can tell nothing."""

    def say(self, party: ActParty) -> Now:
        """By the names and linked rows of the party, under the destination that the act names."""
        rows = self.lists[party.list].bearing(party.name) if party.list in self.lists else []
        return Now(self._says(Source.CSL, party, rows), self._says(Source.ECFR, party, rows))

    def _says(self, source: str, party: ActParty, rows: Iterable[Row]) -> str:
        if (source, party.list) not in self.telling:
            return UNKNOWN
        own = [row.entry.country for row in rows if row.source == source]
        if not own:
            return ABSENT
        if party.country is None or any(is_place(country, party.country) for country in own):
            return LISTED
        # the law's own headings tell one destination from another, the CSL has addresses
        return ABSENT if source == Source.ECFR else UNKNOWN


@dataclass
class ActsNow:
    """Makes ListsNow; the lists stay ready while their accepted texts stay."""

    _ready: dict[str, tuple[object, ListNow]] = field(default_factory=dict)

    def of(self, scope: Scope, reading: Reading, lists: Iterable[str], now: datetime) -> ListsNow:
        """What is known of these lists now."""
        known, telling, found = reading.source_lists(), set[tuple[str, str]](), {}
        for list_ in dict.fromkeys(lists):
            if list_ not in scope.read:
                continue
            found[list_] = self._list(reading, list_)
            for source in scope.carriers(list_):
                looked = known.get((source, list_))
                good = looked.last_good_at if looked and looked.accepted_sha256 else None
                if good and is_fresh((good,), now, scope.stale_after[source]):
                    telling.add((source, list_))
        return ListsNow(found, frozenset(telling))

    def _list(self, reading: Reading, list_: str) -> ListNow:
        texts = tuple(
            (one.source, one.accepted_sha256)
            for one in reading.source_lists().values()
            if one.list == list_
        )
        ready = self._ready.get(list_)
        if ready is None or ready[0] != texts:
            ready = self._ready[list_] = (texts, ListNow.read(reading, list_))
        return ready[1]
