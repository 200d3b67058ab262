"""Reads the list's JSON. Rows of lists that nobody follows are counted, not decoded.

The whole is decoded in pieces, or at once where it cannot be cut; only where that fails are the
rows told apart by their braces (`apart`). A row that cannot be read is set aside.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import msgspec

from monitor.errors import SourceFault
from monitor.screening.entry import Entry, Reading, unique
from monitor.screening.words.message import say
from monitor.sources.csl.apart import UNREADABLE, Envelope, rows_apart
from monitor.sources.csl.limits import MOST_OBJECTS, MOST_ROW, Budget
from monitor.sources.csl.row import ImpossibleDates, list_code, make_entry
from monitor.sources.csl.set_aside import SetAside, add_json


class _Address(msgspec.Struct):
    address: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class _Row(msgspec.Struct):
    source: str
    name: str
    alt_names: list[str | None] | str | None = None
    addresses: list[_Address] | None = None
    federal_register_notice: str | None = None
    start_date: str | None = None
    license_requirement: str | None = None
    license_policy: str | None = None


class _Tag(msgspec.Struct):
    source: str


class _Tags(msgspec.Struct):
    results: list[_Tag]


KNOWN_FIELDS = frozenset(
    {
        "id", "source", "name", "title", "alt_names", "addresses", "federal_register_notice",
        "start_date", "end_date", "standard_order", "license_requirement", "license_policy",
        "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag",
        "vessel_owner", "remarks", "source_list_url", "source_information_url", "type", "programs",
        "entity_number", "ids", "citizenships", "dates_of_birth", "nationalities",
        "places_of_birth", "country", "_id",
    }
)  # fmt: skip
"""Row fields that are read or knowingly ignored; any other is remarked on."""


PIECE = 1 << 20
"""Bytes, so few that decoding them takes a millisecond."""
_RESULTS = b'"results"'
_OPENS = b'{"results":['
_FIRST_ROW = re.compile(rb'"results"\s{0,40}:\s{0,40}\[\s{0,40}(\{\s{0,40}"\w{1,40}")')


class Rows:
    """The entries of the rows read last, by their bytes: a row that has not changed is not read."""

    def __init__(self) -> None:
        self._known: dict[bytes, Entry] = {}
        self._seen: dict[bytes, Entry] = {}

    def entry(self, raw: bytes, make: Callable[[bytes], Entry]) -> Entry:
        """The entry of a row."""
        entry = self._known.get(raw) or self._seen.get(raw) or make(raw)
        self._seen[raw] = entry
        return entry

    def done(self) -> None:
        """Forget the rows that did not come this time."""
        self._known, self._seen = self._seen, {}


@dataclass(slots=True)
class _Sorted:
    """What the rows so far come to, and what the document says of itself."""

    found: dict[str, list[Entry]]
    counts: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    remarks: dict[str, None] = field(default_factory=dict)
    dates: ImpossibleDates = field(default_factory=ImpossibleDates)
    aside: SetAside = field(default_factory=SetAside)
    total: int | None = None
    performed_at: str | None = None

    def reading(self) -> Reading:
        """The whole, rows that repeat themselves once."""
        entries = {list_: unique(many) for list_, many in self.found.items()}
        counts = {**self.counts, **{list_: len(kept) for list_, kept in entries.items()}}
        return Reading(
            entries=entries,
            counts=counts,
            declared_total=self.total,
            found_total=self.rows,
            as_of=self.performed_at,
            remarks=(*self.remarks, *self.dates.remarks(), *self.aside.remarks),
            unread=tuple(self.aside.rows),
        )


def read(
    body: bytes, lists: frozenset[str], rows: Rows | None = None, *, piece: int = PIECE
) -> Reading:
    """Read a whole JSON document; the lists named are read in full, the others counted.

    `rows` remembers the rows from one reading to the next; about `piece` bytes are decoded at once.

    Raises SourceFault when the body is cut, is not JSON, or has another shape.
    """
    rows = rows or Rows()
    body = body.removeprefix(b"\xef\xbb\xbf")
    if body.count(b"{") > MOST_OBJECTS:
        raise SourceFault(
            say("the JSON holds more than {most} objects", most=MOST_OBJECTS),
            at_once=True,
        )
    found = read_in_pieces(body, lists, rows, piece)
    try:
        found = found or _read_at_once(body, lists, rows)
    except UNREADABLE as error:
        found = _read_row_by_row(body, lists, rows)
        if found is None:
            raise _refusal(error) from error
    found.aside.refuse_many(found.rows, at_once=True)
    rows.done()
    return found.reading()


def _read_at_once(body: bytes, lists: frozenset[str], rows: Rows) -> _Sorted:
    # So that every row is an object: of other values there may be millions.
    msgspec.json.decode(body, type=_Tags)
    return _sort([msgspec.json.decode(body, type=Envelope)], lists, rows)


def _read_row_by_row(body: bytes, lists: frozenset[str], rows: Rows) -> _Sorted | None:
    """The rows of a document that is no JSON, or not all of objects; None where it is no whole."""
    parts = rows_apart(body)
    if parts is None:
        return None
    found = _sort(parts.rows, lists, rows)
    whole = parts.certain or parts.envelope.total == found.rows
    found.total, found.performed_at = parts.envelope.total, parts.envelope.search_performed_at
    return found if whole else None


def _refusal(error: Exception) -> SourceFault:
    if isinstance(error, msgspec.ValidationError):
        return SourceFault(
            say("the JSON has another shape than known: {error}", error=error), at_once=True
        )
    return SourceFault(say("the JSON is cut or broken: {error}", error=str(error)[:200]))


def read_in_pieces(body: bytes, lists: frozenset[str], rows: Rows, piece: int) -> _Sorted | None:
    """The same by and by, for decoding 30 MB at once would hold up every other thread.

    A place that looks like one between two rows may stand in a text or deeper inside: then the
    pieces at its sides are no JSON. None where the document cannot be cut so.
    """
    cuts = list(_cuts(body, piece)) if len(body) > 2 * piece else []
    longest = max((end - at for at, end in pairwise((0, *cuts, len(body)))), default=0)
    if not cuts or longest > 4 * piece + MOST_ROW:
        return None
    try:
        return _sort(_pieces(body, cuts), lists, rows)
    except UNREADABLE:
        # What is wrong, and where, is said by reading the whole.
        return None


def _pieces(body: bytes, cuts: Sequence[int]) -> Iterator[Envelope]:
    """The document part by part; the first and the last have its own fields.

    Raises msgspec.MsgspecError where a cut is not between two rows.
    """
    first, last = body[: cuts[0]] + b"]}", _OPENS + body[cuts[-1] + 1 :]
    fields = msgspec.json.decode(first, type=dict[str, msgspec.Raw])
    # The cut is in the rows if they are what the first piece ends with.
    if (
        next(reversed(fields)) != "results"
        or not first.count(_RESULTS) == last.count(_RESULTS) == 1
    ):
        raise msgspec.DecodeError("cut elsewhere than in the rows")
    yield msgspec.json.decode(first, type=Envelope)
    for at, end in pairwise(cuts):
        yield msgspec.json.decode(_OPENS + body[at + 1 : end] + b"]}", type=Envelope)
    yield msgspec.json.decode(last, type=Envelope)


def _cuts(body: bytes, piece: int) -> Iterator[int]:
    """Places of the comma before an object that begins as the first row does, a piece apart."""
    first = _FIRST_ROW.search(body)
    if first is None:
        return
    between = re.compile(rb"\}\s{0,40}(,)\s{0,40}" + re.escape(first[1]))
    found = between.search(body, first.end() + piece)
    while found:
        yield found.start(1)
        found = between.search(body, found.end() + piece)


def _sort(pieces: Iterable[Envelope], lists: frozenset[str], rows: Rows) -> _Sorted:
    tag, row = msgspec.json.Decoder(_Tag), msgspec.json.Decoder(_Row)
    codes: dict[str, str] = {}
    budget = Budget()
    done = _Sorted({list_: [] for list_ in lists})
    make = {list_: partial(_made, list_, row) for list_ in lists}
    known_fields = False
    for piece in pieces:
        done.total = done.total if piece.total is None else piece.total
        done.performed_at = piece.search_performed_at or done.performed_at
        for raw in piece.results:
            done.rows += 1
            try:
                source = tag.decode(raw).source
                code = codes.setdefault(source, list_code(source))
                budget.row(len(memoryview(raw)), in_full=code in lists)
                if code in lists:
                    entry = rows.entry(bytes(raw), make[code])
                    done.found[code].append(entry)
                    if entry.start_date is None:
                        done.dates.add(row.decode(raw).start_date, entry.name)
                if not known_fields:
                    done.remarks |= _unknown_fields(raw)
                    known_fields = True
            except UNREADABLE as error:
                budget.row(len(memoryview(raw)), in_full=True)
                code = add_json(done.aside, bytes(raw), lists, error) or ""
            if code:
                done.counts[code] += 1
    return done


def _made(list_: str, row: "msgspec.json.Decoder[_Row]", raw: bytes) -> Entry:
    return _entry(list_, row.decode(raw))


def _entry(list_: str, row: _Row) -> Entry:
    names = [row.alt_names] if isinstance(row.alt_names, str) else row.alt_names or []
    countries = [address.country for address in row.addresses or [] if address.country]
    return make_entry(
        list_=list_,
        name=row.name,
        aliases=filter(None, names),
        addresses=map(_line, row.addresses or []),
        country=countries[0] if countries else None,
        notice=row.federal_register_notice,
        start_date=row.start_date,
        requirement=row.license_requirement,
        policy=row.license_policy,
    )


def _line(address: _Address) -> str:
    parts = (address.address, address.city, address.state, address.postal_code, address.country)
    return ", ".join(part.strip() for part in parts if part and part.strip())


def _unknown_fields(raw: msgspec.Raw) -> dict[str, None]:
    """Fields of a row that are neither read nor knowingly ignored."""
    fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    unknown = (
        say("unknown field “{name}”", name=name) for name in sorted(set(fields) - KNOWN_FIELDS)
    )
    return dict.fromkeys(unknown)
