"""The XML of one appendix of the eCFR, as tables of cell texts and as one running text.

What is asked for is a `DIV9` (15 CFR part 744, Supplement No. 4), bare or in a wrapper. This room
refuses what is no XML, what declares a document type or entities, nests too deep or holds a cell
too large, another appendix, and two appendices at once. It knows nothing of what the cells mean.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from monitor.errors import SourceFault
from monitor.screening.words.message import joined, say

APPENDIX = "Supplement No. 4 to Part 744"
"""The `N` of the Entity List's `DIV9`; also the name the versioner is asked by."""
UNVERIFIED = "Supplement No. 6 to Part 744"
MILITARY = "Supplement No. 7 to Part 744"
LINE_BREAK = "\n"
RAISED = "\x0e"
"""Stands on both sides of raised text (a footnote's mark); no XML text can hold it."""

_PIECE = 2**16
_MAX_MARKUP = 4 * _PIECE
"""Characters of one tag or comment: the attributes of one tag could fill a memory."""
_MAX_TAGS = 500_000
"""Ten times those of 2026."""
_MAX_ROWS = 20_000
"""Five times those of 2026; all of them read, compared and stored at once take 400 MB."""
_MAX_TEXT = 5_000_000
"""Characters; three times those of 2026, for each is taken apart into words."""
_MAX_CELLS = 40
"""Of one row, which has five."""
_MAX_OTHERS = 9
_MAX_DEPTH = 60
_MAX_CELL = 60_000
"""Ten times the longest ever published (Huawei's, with its affiliates)."""
_BREAKING = frozenset({"BR", "P", "FP", "DIV", "LI", "NOTE", "HED", "PSPACE"})
_APART = frozenset({"TR", "TD", "TH", "HEAD", "TABLE", "CAPTION", "CITA", *_BREAKING})
_CELLS = frozenset({"TD", "TH"})
_SUPERSCRIPT = frozenset({"SUP", "SU", "FTREF"})
_EDITORIAL = frozenset({"EDNOTE", "EFFDNOT"})
_PARAGRAPH = frozenset({"P", "PSPACE", "FP"})
_SPAN = re.compile(r"[0-9]{1,4}")
_MARK = re.compile(rf"{RAISED}[^{RAISED}]*{RAISED}")
_PAGE = re.compile(r"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]*>([^<]{1,120})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[str, ...]
    """Their text; line breaks as newlines, raised text between RAISED marks."""
    heading: bool
    """Whether it stands in the table's head."""
    spans: tuple[int, ...] = ()
    """How many rows each cell covers."""


@dataclass(frozen=True, slots=True)
class Appendix:
    """One appendix as sent."""

    head: str
    tables: tuple[tuple[Row, ...], ...]
    text: str
    """All of it, cells and lines apart; a line with raised marks again without them at the end."""
    notes: tuple[str, ...] = ()
    """The editors' paragraphs below it: amendments not incorporated, texts stayed."""


def read_appendix(body: bytes, name: str = APPENDIX) -> Appendix:
    """The one appendix of that name. Raises SourceFault where it is not there whole, and once."""
    text = _text_of(body)
    reader = _Reader(name)
    parser = ET.XMLParser(target=reader)  # noqa: S314 - document types are refused just above
    try:
        for at in range(0, len(text), _PIECE):
            parser.feed(text[at : at + _PIECE])
            reader.has_read(at + _PIECE)
        parser.close()
    except ET.ParseError as error:
        raise SourceFault(say("the XML is broken or cut off: {error}", error=error)) from error
    if reader.found != 1:
        others = joined(", ", reader.others)
        reason = say("the document holds {found} times {name}", found=reader.found, name=name)
        if others:
            reason = say("{reason} but {others}", reason=reason, others=others)
        raise SourceFault(reason, at_once=True)
    return Appendix(
        " ".join("".join(reader.head).split()),
        tuple(tuple(table) for table in reader.tables),
        _with_unmarked("".join(reader.text)),
        tuple(note for note in (" ".join("".join(part).split()) for part in reader.notes) if note),
    )


def _with_unmarked(text: str) -> str:
    """The text, then its lines with raised text without it: a footnote's mark may cut a name."""
    marked = [_MARK.sub("", line) for line in text.split(LINE_BREAK) if RAISED in line]
    return LINE_BREAK.join((text.replace(RAISED, " "), *marked)).replace(RAISED, "")


def page_title(body: bytes) -> str | None:
    """The title of an HTML page, perhaps empty; None where the body is no HTML page."""
    start = body[:20_000].decode("utf-8", "replace")
    if not _PAGE.search(start[:2_000]):
        return None
    title = _PAGE_TITLE.search(start)
    return " ".join(title[1].split()) if title else ""


def same_appendix(name: str, other: str = APPENDIX) -> bool:
    """Whether a division or a version is this appendix, in whatever case and spacing."""
    return _letters(name) == _letters(other)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _text_of(body: bytes) -> str:
    if not body.strip():
        raise SourceFault(say("the body is empty"))
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceFault(
            say(
                "the body is not UTF-8: {reason} at {start}", reason=error.reason, start=error.start
            )
        ) from error
    title = page_title(body)
    if title is not None:
        raise SourceFault(
            say("an HTML page came instead of XML ({title})", title=title or say("untitled")),
            at_once=True,
        )
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise SourceFault(say("the XML declares a document type, which is refused"), at_once=True)
    if not text.lstrip().startswith("<"):
        raise SourceFault(say("not XML: begins {text!r}", text=text.strip()[:60]), at_once=True)
    return text.lstrip()


class _Reader:
    """Collects rows and text while the XML is parsed (a target of `XMLParser`)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tags = 0
        self._rows = 0
        self._characters = 0
        self._calls = 0
        self._calls_before = 0
        self._stands_at = 0
        self.found = 0
        self.others: list[str] = []
        self.head: list[str] = []
        self.tables: list[list[Row]] = []
        self.text: list[str] = []
        self.notes: list[list[str]] = []
        self._editorial = False
        self._note: list[str] | None = None
        self._depth = 0
        self._inside_from = 0
        self._in_head = False
        self._in_thead = False
        self._row: list[str] | None = None
        self._row_heading = False
        self._spans: list[int] = []
        self._cell: list[str] | None = None
        self._cell_size = 0
        self._open_tables = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Raises SourceFault where the XML is nested too deep, or a table or cell in its like."""
        self._calls += 1
        self._tags += 1
        if self._tags > _MAX_TAGS:
            raise SourceFault(
                say("the XML has more than {most} tags", most=_MAX_TAGS), at_once=True
            )
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise SourceFault(say("the XML is nested too deep"), at_once=True)
        name = tag.rpartition("}")[2].upper()
        if name == "DIV9" and not self._inside_from:
            self._division(attributes.get("N", attributes.get("n", "")))
        if self._inside_from:
            self._start_inside(name, attributes)

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name in _APART:
            self._break()
        if name == "HEAD":
            self._in_head = not self.head
        elif name == "THEAD":
            self._in_thead = True
        elif name == "TABLE":
            self._open_table()
        elif name == "TR":
            self._row, self._spans, self._row_heading = [], [], self._in_thead
        elif name in _CELLS:
            self._open_cell(attributes)
        elif name in _SUPERSCRIPT:
            self._raise()
        elif name in _EDITORIAL:
            self._editorial = True
        elif self._editorial and name in _PARAGRAPH:
            self._note = []
            self.notes.append(self._note)

    def end(self, tag: str) -> None:
        """Closes what `start` opened."""
        self._calls += 1
        self._depth -= 1
        if not self._inside_from:
            return
        self._end_inside(tag.rpartition("}")[2].upper())

    def _end_inside(self, name: str) -> None:
        if name == "DIV9" and self._depth < self._inside_from:
            self._inside_from = 0
        elif name == "HEAD":
            self._in_head = False
        elif name == "THEAD":
            self._in_thead = False
        elif name == "TABLE":
            self._open_tables -= 1
        elif name == "TR":
            self._close_row()
        elif name in _CELLS:
            self._close_cell()
        elif name in _SUPERSCRIPT:
            self._raise()
        elif name in _EDITORIAL:
            self._editorial = False
        if name in _APART and name != "BR":
            self._note = None
            self._break(in_cell=name not in _CELLS)

    def data(self, text: str) -> None:
        """Raises SourceFault where a cell or the whole text grows beyond its limit."""
        self._calls += 1
        if not self._inside_from:
            return
        self._characters += len(text)
        if self._characters > _MAX_TEXT:
            raise SourceFault(
                say("the text is longer than {most} characters", most=_MAX_TEXT),
                at_once=True,
            )
        line = text.replace(LINE_BREAK, " ")
        self.text.append(line)
        if self._in_head:
            self.head.append(text)
        if self._note is not None:
            self._note.append(text)
        if self._cell is not None:
            self._cell_size += len(text)
            if self._cell_size > _MAX_CELL:
                raise SourceFault(
                    say("a cell holds more than {most} characters", most=_MAX_CELL),
                    at_once=True,
                )
            self._cell.append(line)

    def has_read(self, until: int) -> None:
        """So many characters were read. Raises SourceFault where one tag takes too many of them."""
        if self._calls != self._calls_before:
            self._calls_before, self._stands_at = self._calls, until
        elif until - self._stands_at > _MAX_MARKUP:
            said = say("a tag or comment is longer than {most} characters", most=_MAX_MARKUP)
            raise SourceFault(said, at_once=True)

    def close(self) -> None:
        """Asked for by the parser; nothing is left to do."""

    def doctype(self, *_: str | None) -> None:
        """A document type, however it was written."""
        raise SourceFault(say("the XML declares a document type, which is refused"), at_once=True)

    def _division(self, name: str) -> None:
        if same_appendix(name, self._name):
            self.found += 1
            self._inside_from = self._depth
        elif len(self.others) < _MAX_OTHERS:
            self.others.append(" ".join(name.split())[:80] or say("a DIV9 without a name"))

    def _open_table(self) -> None:
        self._open_tables += 1
        if self._open_tables > 1:
            raise SourceFault(say("a table stands inside a table"), at_once=True)
        self.tables.append([])

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if self._row is not None and len(self._row) == _MAX_CELLS:
            raise SourceFault(
                say("a row has more than {most} cells", most=_MAX_CELLS), at_once=True
            )
        if self._cell is not None:
            raise SourceFault(say("a cell stands inside a cell"), at_once=True)
        lower = {key.lower(): value for key, value in attributes.items()}
        span = lower.get("rowspan", "1")
        self._spans.append(int(span) if _SPAN.fullmatch(span) else 1)
        self._cell, self._cell_size = [], 0

    def _close_cell(self) -> None:
        if self._row is not None and self._cell is not None:
            self._row.append("".join(self._cell).strip(" \n"))
        self._cell = None

    def _close_row(self) -> None:
        self._rows += 1
        if self._rows > _MAX_ROWS:
            raise SourceFault(
                say("the tables have more than {most} rows", most=_MAX_ROWS), at_once=True
            )
        if self._row is not None and self.tables:
            self.tables[-1].append(Row(tuple(self._row), self._row_heading, tuple(self._spans)))
        self._row = None

    def _raise(self) -> None:
        self.text.append(RAISED)
        if self._cell is not None:
            self._cell.append(RAISED)

    def _break(self, *, in_cell: bool = True) -> None:
        self.text.append(LINE_BREAK)
        if in_cell and self._cell is not None:
            self._cell.append(LINE_BREAK)
