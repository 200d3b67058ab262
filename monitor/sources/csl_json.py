"""Reads the list's JSON. Rows of lists that nobody follows are counted, not decoded."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise

import msgspec

from monitor.errors import SourceFault
from monitor.screening.entry import Entry, Reading, unique
from monitor.sources.csl_row import list_code, make_entry


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


class _Envelope(msgspec.Struct):
    results: list[msgspec.Raw]
    total: int | None = None
    search_performed_at: str | None = None


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


def read(
    body: bytes, lists: frozenset[str], rows: Rows | None = None, *, piece: int = PIECE
) -> Reading:
    """Read a whole JSON document; the lists named are read in full, the others counted.

    `rows` remembers the rows from one reading to the next; about `piece` bytes are decoded at once.

    Raises SourceFault when the body is cut, is not JSON, or has another shape.
    """
    try:
        envelope = _opened(body.removeprefix(b"\xef\xbb\xbf"), piece)
        rows = rows or Rows()
        counts, found = _sort(envelope.results, lists, rows)
        remarks = _unknown_fields(envelope.results)
        rows.done()
    except msgspec.ValidationError as error:
        raise SourceFault(
            f"the JSON has another shape than known: {error}", at_once=True
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceFault(f"the JSON is cut or broken: {str(error)[:200]}") from error
    entries = {list_: unique(many) for list_, many in found.items()}
    counts.update({list_: len(kept) - counts[list_] for list_, kept in entries.items()})
    return Reading(
        entries=entries,
        counts=dict(counts),
        declared_total=envelope.total,
        found_total=len(envelope.results),
        as_of=envelope.search_performed_at,
        remarks=remarks,
    )


def _opened(body: bytes, piece: int) -> _Envelope:
    """The document with its rows still closed."""
    pieces = in_pieces(body, piece) if len(body) > 2 * piece else None
    return pieces or msgspec.json.decode(body, type=_Envelope)


def in_pieces(body: bytes, piece: int = PIECE) -> _Envelope | None:
    """The same by and by, for decoding 30 MB at once would hold up every other thread.

    A place that looks like one between two rows may stand in a text or deeper inside: then the
    pieces at its sides are no JSON. None where the document cannot be cut so.
    """
    cuts = list(_cuts(body, piece))
    if not cuts:
        return None
    first, last = body[: cuts[0]] + b"]}", _OPENS + body[cuts[-1] + 1 :]
    if first.count(_RESULTS) != 1 or last.count(_RESULTS) != 1:
        return None
    try:
        # The cut is in the rows if they are what the first piece ends with.
        if next(reversed(msgspec.json.decode(first, type=dict[str, msgspec.Raw]))) != "results":
            return None
        head, tail = (msgspec.json.decode(one, type=_Envelope) for one in (first, last))
        rows = list(head.results)
        for at, end in pairwise(cuts):
            rows += msgspec.json.decode(b"[" + body[at + 1 : end] + b"]", type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return _Envelope(
        results=[*rows, *tail.results],
        total=head.total if tail.total is None else tail.total,
        search_performed_at=tail.search_performed_at or head.search_performed_at,
    )


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


def _sort(
    results: list[msgspec.Raw], lists: frozenset[str], rows: Rows
) -> tuple[Counter[str], dict[str, list[Entry]]]:
    tag, row = msgspec.json.Decoder(_Tag), msgspec.json.Decoder(_Row)
    codes: dict[str, str] = {}
    counts: Counter[str] = Counter()
    found: dict[str, list[Entry]] = {list_: [] for list_ in lists}
    make = {list_: partial(_made, list_, row) for list_ in lists}
    for at, raw in enumerate(results):
        try:
            source = tag.decode(raw).source
            code = codes.setdefault(source, list_code(source))
            counts[code] += 1
            if code in lists:
                found[code].append(rows.entry(bytes(raw), make[code]))
        except msgspec.ValidationError as error:
            raise msgspec.ValidationError(f"results[{at}]: {error}") from error
    return counts, found


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


def _unknown_fields(results: Iterable[msgspec.Raw]) -> tuple[str, ...]:
    """Fields of the first row that are neither read nor knowingly ignored."""
    for raw in results:
        fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        return tuple(f"unknown field “{name}”" for name in sorted(set(fields) - KNOWN_FIELDS))
    return ()
