"""The rows of the Federal Register's answers as documents: pure reading of bytes.

A page that is no JSON is a `SourceFault`. A row with a field of another type than the contract's
is that row's trouble: it is left out and named, the others are read. A date that can be none is
read as none.
Unknown fields are ignored; titles and texts are not judged.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import msgspec

from monitor.errors import SourceFault
from monitor.screening.acts.document import Document, Stage
from monitor.screening.words.message import say

BUREAU_SLUG = "industry-and-security-bureau"
BUREAU_NAMES = frozenset({"industry and security bureau", "bureau of industry and security"})
MOST_BYTES = 8 * 2**20
"""Of one answer: a hundred documents take 300 KB. Its values take many times its size."""
MOST_ROWS = 5_000
"""Of one answer; a page has a hundred, public inspection some hundreds."""
PARENT_SLUG = "commerce-department"
PARENT_NAMES = frozenset({"commerce department", "department of commerce"})
"""A row may name no more than the department: whose rule it is says its text."""
FIRST_YEAR, LAST_YEAR = 1994, 2100
"""The API's documents begin in 1994; rows have had dates in the years 0023 and 2203."""
_DAY_IN_ADDRESS = re.compile(r"/documents/(\d{4})/(\d{2})/(\d{2})/")
BLOCK_MARK = b"Request Access"
"""Stands in the page with which the hosts answer programs they do not want (status 200)."""


class Cfr(msgspec.Struct):
    """A part of the Code of Federal Regulations that a document touches."""

    title: int | str | None = None
    part: int | str | None = None


class Agency(msgspec.Struct):
    """An agency as a row names it."""

    slug: str | None = None
    name: str | None = None
    raw_name: str | None = None


class Row(msgspec.Struct):
    """What both answers say of a document; every field but the number may be null or missing."""

    document_number: str
    title: str | None = None
    type: str | None = None
    abstract: str | None = None
    action: str | None = None
    dates: str | None = None
    publication_date: str | None = None
    effective_on: str | None = None
    citation: str | None = None
    html_url: str | None = None
    raw_text_url: str | None = None
    full_text_xml_url: str | None = None
    filed_at: str | None = None
    filing_type: str | None = None
    correction_of: str | None = None
    cfr_references: list[Cfr] | None = None
    editorial_note: str | None = None
    toc_subject: str | None = None
    toc_doc: str | None = None
    agencies: list[Agency] | None = None
    agency_names: list[str] | None = None


class Page(msgspec.Struct):
    """One answer: the count of all there is, and the rows of this page."""

    count: int
    results: list[msgspec.Raw] | None = None
    next_page_url: str | None = None

    def rows(self, url: str) -> "Rows":
        """The rows; only a count of nothing may come without them.

        Raises SourceFault where no row can be read.
        """
        if self.results is None and self.count:
            raise SourceFault(
                say("says count {count} and brings no results", count=self.count),
                url=url,
                at_once=True,
            )
        if len(self.results or ()) > MOST_ROWS:
            raise SourceFault(
                say("brings more than {most} rows", most=MOST_ROWS), url=url, at_once=True
            )
        found = Rows()
        for at, raw in enumerate(self.results or ()):
            try:
                row = msgspec.json.decode(raw, type=Row)
            except msgspec.ValidationError as error:
                found.odd.append(
                    say(
                        "row {number} breaks its contract: {error}",
                        number=_number(raw) or at,
                        error=error,
                    )
                )
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                found.odd.append(
                    say("row {at} is not whole JSON: {error!s:.200}", at=at, error=error)
                )
            else:
                if row.document_number.strip():
                    found.read.append(row)
                else:
                    found.odd.append(f"row {at} has an empty document_number")
        if found.odd and not found.read:
            raise SourceFault(found.odd[0], url=url, at_once=True)
        return found


def _number(raw: bytes) -> str | None:
    """The number of a row that breaks its contract: rows change their places."""
    try:
        row = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    number = row.get("document_number") if isinstance(row, dict) else None
    return number if isinstance(number, str) and 0 < len(number) < 40 else None


@dataclass(slots=True)
class Rows:
    """The rows of a page that could be read, and what is wrong with the others."""

    read: list[Row] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def page(body: bytes, url: str) -> Page:
    """Read one answer. Raises SourceFault for a block page, broken JSON or a broken contract."""
    if len(body) > MOST_BYTES:
        raise SourceFault(
            say("is larger than {most} bytes", most=MOST_BYTES), url=url, at_once=True
        )
    if body.lstrip()[:1] == b"<":
        blocked = f' ("{BLOCK_MARK.decode()}")' if BLOCK_MARK in body else ""
        raise SourceFault(
            say("answered with a web page{blocked} where JSON was asked for", blocked=blocked),
            url=url,
            at_once=True,
        )
    try:
        return msgspec.json.decode(body, type=Page)
    except msgspec.ValidationError as error:
        raise SourceFault(
            say("breaks its contract: {error}", error=error), url=url, at_once=True
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceFault(say("is not whole JSON: {error!s:.200}", error=error), url=url) from error


def one_row(body: bytes, url: str) -> Document:
    """The answer about one published document. Raises SourceFault where it is none."""
    try:
        return document_of(msgspec.json.decode(body, type=Row), Stage.DOCUMENT)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceFault(say("is no document: {error!s:.200}", error=error), url=url) from error


def published(rows: Iterable[Row]) -> Iterator[Document]:
    """Rows of documents.json, each number and date once."""
    seen = set[tuple[str, str | None]]()
    for row in rows:
        if (row.document_number, row.publication_date) not in seen:
            seen.add((row.document_number, row.publication_date))
            yield document_of(row, Stage.DOCUMENT)


def inspected(rows: Sequence[Row], url: str) -> Iterator[Document]:
    """The bureau's rows among those on public inspection; special filings may come twice.

    Raises SourceFault where no row says whose it is.
    """
    if rows and all(row.agencies is None and row.agency_names is None for row in rows):
        raise SourceFault(
            say(
                "row {document_number} has neither agencies nor agency_names",
                document_number=rows[0].document_number,
            ),
            url=url,
            at_once=True,
        )
    seen = set[str]()
    for row in rows:
        if _may_be_bureaus(row) and row.document_number not in seen:
            seen.add(row.document_number)
            yield document_of(row, _stage(row))


def docket(
    documents: Iterable[Document],
    inspection: Iterable[Document],
    known: Iterable[Document] = (),
    today: date = date.max,
) -> tuple[Document, ...]:
    """One document a number: the published row wins, filled with what only the inspection row says.

    `known` are the published documents of earlier looks that still stand: none of them goes back to
    public inspection because its row is missing for once. A withdrawn document stays, as WITHDRAWN,
    unless it is among the published and its day has come.
    """
    standing = {one.number: one for one in known}
    found = {one.number: one for one in told_apart(documents, standing)}
    filed = [_filed_apart(one, {**standing, **found}.get(one.number), today) for one in inspection]
    for number in {one.number for one in filed} & standing.keys() - found.keys():
        found[number] = replace(standing[number], text_stage=None)
    for row in filed:
        ours = found.get(row.number)
        called_off = row.stage is Stage.WITHDRAWN and ours is not None and not in_print(ours, today)
        found[row.number] = row if ours is None or called_off else _merged(ours, row)
    return tuple(found.values())


def told_apart(documents: Iterable[Document], known: Mapping[str, Document]) -> Iterator[Document]:
    """Published documents, each with a number of its own: two of one number are two by their dates.

    The one known before keeps the bare number, else the first; the others bear their date with it.
    """
    printed = list(documents)
    first = {number: one.publication_date for number, one in known.items()}
    for one in sorted(printed, key=lambda one: one.publication_date or "9999"):
        first.setdefault(one.number, one.publication_date)
    for one in printed:
        day = one.publication_date
        apart = day is not None and first[one.number] not in {None, day}
        yield _dated(one) if apart else one


def _filed_apart(filed: Document, ours: Document | None, today: date) -> Document:
    """What is filed to be published again under a number already in print is another document."""
    if ours is None or not in_print(ours, today):
        return filed
    again = (filed.publication_date or "") > (ours.publication_date or "")
    return _dated(filed) if again else filed


def _dated(document: Document) -> Document:
    return replace(document, number=f"{document.number} ({document.publication_date})")


def in_print(document: Document, today: date) -> bool:
    """Whether it is published and its publication date has come."""
    day = document.publication_date
    return document.stage is Stage.DOCUMENT and day is not None and day <= today.isoformat()


def _merged(ours: Document, filed: Document) -> Document:
    return replace(
        ours,
        filed_at=ours.filed_at or filed.filed_at,
        filing_type=ours.filing_type or filed.filing_type,
        publication_date=ours.publication_date or filed.publication_date,
        text_url=ours.text_url or filed.text_url,
        editorial_note=ours.editorial_note or filed.editorial_note,
    )


def _stage(row: Row) -> Stage:
    """A withdrawn document keeps its row, without filing and publication, and with a note.

    Without a note the dates are only missing: nobody says that it was withdrawn.
    """
    undated = row.filed_at is None and row.publication_date is None
    withdrawn = undated and bool((row.editorial_note or "").strip())
    return Stage.WITHDRAWN if withdrawn else Stage.INSPECTION


def _may_be_bureaus(row: Row) -> bool:
    """Whether a row names the bureau, or no more than its department, or nobody."""
    agencies = row.agencies or []
    slugs = {one.slug for one in agencies if one.slug}
    said = [name for one in agencies for name in (one.name, one.raw_name) if name]
    names = {" ".join(name.lower().split()) for name in (*said, *(row.agency_names or ()))}
    if BUREAU_SLUG in slugs or names & BUREAU_NAMES:
        return True
    return slugs <= {PARENT_SLUG} and names <= PARENT_NAMES


def document_of(row: Row, stage: Stage) -> Document:
    """A row as a document."""
    return Document(
        number=row.document_number.strip(),
        title=row.title or " ".join(filter(None, (row.toc_subject, row.toc_doc))),
        type=row.type or "",
        abstract=row.abstract or "",
        action=row.action or "",
        dates=row.dates or "",
        publication_date=_day(row.publication_date) or _day_of_address(row.html_url),
        effective_on=_day(row.effective_on),
        citation=row.citation,
        html_url=row.html_url,
        text_url=row.raw_text_url,
        xml_url=row.full_text_xml_url,
        filed_at=_time(row.filed_at),
        filing_type=row.filing_type,
        correction_of=_number_of(row.correction_of),
        cfr_parts=tuple(
            f"{one.title} CFR {one.part}" for one in row.cfr_references or () if one.part
        ),
        stage=stage,
        editorial_note=row.editorial_note,
    )


def _number_of(correction_of: str | None) -> str | None:
    """The corrected document's number from the address the row gives."""
    if correction_of is None:
        return None
    return correction_of.rstrip("/").rpartition("/")[2].removesuffix(".json") or None


def _day(said: str | None) -> str | None:
    """The date, None where there is none or where it can be none."""
    try:
        day = date.fromisoformat(said) if said else None
    except ValueError:
        return None
    return day.isoformat() if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _day_of_address(url: str | None) -> str | None:
    """The day of publication that the address of a published document has in it."""
    found = _DAY_IN_ADDRESS.search(url or "")
    return _day("-".join(found.groups())) if found else None


def _time(said: str | None) -> str | None:
    try:
        at = datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
    return at.isoformat() if at and FIRST_YEAR <= at.year <= LAST_YEAR else None
