"""The list as FollowTheMoney entities: who is listed, and each stay on the list as a Sanction.

A listed party is a LegalEntity, the schema of that model for who may be a company or a person: the
lists name both and seldom say which, and a Person called Organization, or the other way round, is
wrong. An entry that is only an address is an Address. The rows of one name under one destination
are one party; its id is a digest of these, so that two exports say the same of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby

from monitor.ledger.list_rows import Turn
from monitor.screening.cases import is_address_entry
from monitor.screening.change import ChangeKind
from monitor.screening.entry import Entry
from monitor.screening.names import name_key
from monitor.screening.witness import Source
from monitor.screening.words.labels import list_name
from monitor.status.export.rows import ListedRow
from monitor.status.export.stays import Stay, united
from monitor.status.shapes import json_bytes

AUTHORITY = "Bureau of Industry and Security, US Department of Commerce"
TOPIC = "export.control"
"""Of parties to whom exports are controlled; "sanction" is for those whose assets are blocked."""
NAME, ADDRESS = 384, 250
"""Most characters that the model takes of a name and of an address."""
_CITATION = re.compile(r"(\d+) FR (\d+)")
_COUNTRY = re.compile(r"[A-Z]{2}")
_REGISTER = "https://www.federalregister.gov"

Properties = Mapping[str, Iterable[str | None]]


def follow_the_money(rows: Iterable[ListedRow]) -> Iterator[bytes]:
    """One entity a line, a party before its stays."""
    for _, named in groupby(rows, key=lambda row: name_key(row.entry.name)):
        by_country: dict[str, list[ListedRow]] = {}
        for row in named:
            by_country.setdefault(row.entry.country or "", []).append(row)
        for _, some in sorted(by_country.items()):
            yield from _party(some)


def _party(rows: Sequence[ListedRow]) -> Iterator[bytes]:
    entry = rows[-1].entry
    id_ = _id(entry.list, name_key(entry.name), entry.country or "")
    yield _line(id_, *_party_of([row.entry for row in rows]))
    for stay in _stays(rows):
        yield _line(_id(id_, stay.begins), "Sanction", _sanction(id_, stay, rows))


def _stays(rows: Sequence[ListedRow]) -> list[Stay]:
    """The stays of a party: by the law's rows where they tell, as the CSL follows them late."""
    law = [row.stay for row in rows if row.entry.source == Source.ECFR]
    others = [row.stay for row in rows if row.entry.source != Source.ECFR]
    return united([*law, *(stay for stay in others if not any(map(stay.overlaps, law)))])


def _party_of(entries: Sequence[Entry]) -> tuple[str, Properties]:
    """The schema and what is known of the party of these rows."""
    names = [entry.name for entry in entries]
    aliases = [alias for entry in entries for alias in entry.aliases]
    addresses = [address for entry in entries for address in entry.addresses]
    schema, place = "LegalEntity", "address"
    if is_address_entry(entries[-1]):
        schema, place, addresses = "Address", "full", addresses or names
    long = [text for text in (*names, *aliases) if len(text) > NAME]
    return schema, {
        # A name it must have: what is longer than the model takes stands whole in the notes.
        "name": [name if len(name) <= NAME else f"{name[: NAME - 1]}…" for name in names],
        "alias": [alias for alias in aliases if len(alias) <= NAME],
        place: [address for address in addresses if len(address) <= ADDRESS],
        "country": [_code(entry) for entry in entries],
        "notes": [*long, *(address for address in addresses if len(address) > ADDRESS)],
        "topics": [TOPIC],
    }


def _sanction(party: str, stay: Stay, rows: Sequence[ListedRow]) -> Properties:
    entries = [row.entry for row in rows if _within(row, stay)]
    # A row with which all that is known begins may have stood there long before.
    added = stay.began.kind == ChangeKind.ADDED
    dates = [entry.start_date for entry in entries if entry.start_date]
    # A row that goes without a removal was written anew: its party is on the list still.
    removed = stay.ended.kind == ChangeKind.REMOVED
    ended = stay.ended if removed else Turn()
    began = stay.began if added else Turn(citation=(entries[0].citations or (None,))[0])
    return {
        "entity": [party],
        "authority": [AUTHORITY],
        "country": ["us"],
        "program": [list_name(entries[0].list)],
        "listingDate": [min(dates, default=None)],
        "startDate": [stay.begins if added else min(dates, default=None)],
        "endDate": [stay.ends if removed else None],
        "summary": [entry.license_requirement for entry in entries],
        "description": [entry.license_policy for entry in entries],
        "recordId": [began.citation, ended.citation],
        "sourceUrl": [_url(began), _url(ended)],
    }


def _within(row: ListedRow, stay: Stay) -> bool:
    """Whether a row belongs to this stay of its party, and to no other."""
    begins = row.stay.begins
    return stay.begins <= begins and (stay.ends is None or begins < stay.ends)


def _url(turn: Turn) -> str | None:
    """Where the Federal Register shows the act of a change."""
    if turn.document_number is not None:
        return f"{_REGISTER}/d/{turn.document_number}"
    found = _CITATION.fullmatch(turn.citation or "")
    return f"{_REGISTER}/citation/{found[1]}-FR-{found[2]}" if found else None


def _code(entry: Entry) -> str | None:
    """The destination as the model writes it; None for a heading without a code."""
    country = entry.country or ""
    return country.lower() if _COUNTRY.fullmatch(country) else None


def _id(*parts: str) -> str:
    return "us-bis-" + blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def _line(id_: str, schema: str, properties: Properties) -> bytes:
    said = {name: list(dict.fromkeys(filter(None, some))) for name, some in properties.items()}
    known = {name: some for name, some in said.items() if some}
    entity = {"id": id_, "schema": schema, "properties": known}
    return json_bytes(entity) + b"\n"
