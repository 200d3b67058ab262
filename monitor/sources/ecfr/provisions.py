"""The provisions of part 744 that govern the lists, read out of an answer of the eCFR.

Sections (`DIV8`) and supplements (`DIV9`) as paragraphs, with the editors' notes and the credit
below them. Of a supplement with a list all but its rows; its footnotes stand in the table's last
rows, each in one cell. An answer without them has none, which is no fault.
"""

import re
import xml.etree.ElementTree as ET

from monitor.errors import SourceFault
from monitor.screening.printed import without_debris
from monitor.screening.rules.codified import CodifiedPart, CodifiedText
from monitor.screening.rules.provision import PROVISIONS
from monitor.screening.words.message import say

_PIECE = 2**16
_MAX_TAGS = 500_000
_MAX_DEPTH = 60
_MAX_TEXT = 1_000_000
"""Characters kept; ten times those of 2026."""
_SUPPLEMENT = re.compile(r"\s*supplement\s+no\.?\s*(\d+)\s+to\s+part\s+744\s*", re.IGNORECASE)
_TEXTS = frozenset({"HEAD", "P", "FP", "PSPACE", "HED", "HD1", "HD2", "HD3", "LI", "EXTRACT"})
_NOTES = frozenset({"EDNOTE", "EFFDNOT"})
_RAISED = frozenset({"SUP", "SU", "FTREF"})
_LABEL = re.compile(r"(?:editorial|effective\s+date)\s+notes?:", re.IGNORECASE)


def read_provisions(body: bytes) -> CodifiedPart:
    """Every provision that the answer holds. Raises SourceFault where it is no whole XML."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise SourceFault(say("the XML declares a document type, which is refused"), at_once=True)
    reader = _Reader()
    # Its encoding is UTF-8 whatever it declares, as for the lists of the same body.
    parser = ET.XMLParser(  # noqa: S314 - document types are refused just above
        target=reader, encoding="utf-8"
    )
    try:
        for at in range(0, len(body), _PIECE):
            parser.feed(body[at : at + _PIECE])
        parser.close()
    except ET.ParseError as error:
        raise SourceFault(say("the XML is broken or cut off: {error}", error=error)) from error
    return CodifiedPart(tuple(one.made() for one in reader.found.values()), reader.whole)


class _Open:
    """One provision while it is read."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.paragraphs: list[str] = []
        self.notes: list[str] = []
        self.credit: list[str] = []

    def made(self) -> CodifiedText:
        return CodifiedText(
            self.place, tuple(self.paragraphs), tuple(self.notes), " ".join(self.credit)
        )


class _Reader:
    """Collects provisions while the XML is parsed (a target of `XMLParser`)."""

    def __init__(self) -> None:
        self.found: dict[str, _Open] = {}
        self.whole = False
        self._open: _Open | None = None
        self._opened_at = 0
        self._depth = 0
        self._tags = 0
        self._kept = 0
        self._table = 0
        self._cells = 0
        self._raised = False
        self._note = False
        self._credit = False
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Raises SourceFault where the XML is nested too deep or has too many tags."""
        self._tags += 1
        self._depth += 1
        if self._tags > _MAX_TAGS or self._depth > _MAX_DEPTH:
            raise SourceFault(say("the XML has too many tags or is nested too deep"), at_once=True)
        name = tag.rpartition("}")[2].upper()
        if self._open is None:
            self._division(name, attributes)
        elif name == "TABLE":
            self._table += 1
        elif self._table:
            self._in_table(name)
        elif name in _NOTES:
            self._note = True
        elif name == "CITA":
            self._keep()
            self._credit, self._text = True, []
        elif name in _TEXTS:
            self._keep()
            self._text = []
        elif name == "BR" and self._text is not None:
            self._text.append(" ")

    def end(self, tag: str) -> None:
        """Closes what `start` opened."""
        self._depth -= 1
        name = tag.rpartition("}")[2].upper()
        if self._open is None:
            return
        if self._depth < self._opened_at:
            self._keep()
            self._open, self._table = None, 0
        elif name == "TABLE":
            self._table -= 1
        elif self._table and name == "TR":
            self._keep_footnote()
        elif not self._table and name in _NOTES:
            self._keep()
            self._note = False
        elif not self._table and (name in _TEXTS or name == "CITA"):
            self._keep()

    def data(self, text: str) -> None:
        """Raises SourceFault where the kept text grows beyond its limit."""
        if self._text is None:
            return
        self._kept += len(text)
        if self._kept > _MAX_TEXT and not self._table:
            raise SourceFault(
                say("more than {most} characters of provisions", most=_MAX_TEXT),
                at_once=True,
            )
        self._text.append(text)

    def close(self) -> None:
        """Asked for by the parser; nothing is left to do."""

    def doctype(self, *_: str | None) -> None:
        """A document type, however it was written."""
        raise SourceFault(say("the XML declares a document type, which is refused"), at_once=True)

    def _division(self, name: str, attributes: dict[str, str]) -> None:
        number = attributes.get("N", attributes.get("n", ""))
        if name == "DIV5" and number.strip() == "744":
            self.whole = True
        supplement = _SUPPLEMENT.fullmatch(number) if name == "DIV9" else None
        place = f"supplement-{supplement[1]}" if supplement else number.strip()
        if name in {"DIV8", "DIV9"} and place in PROVISIONS:
            if place in self.found:
                raise SourceFault(
                    say("{name} stands there twice", name=PROVISIONS[place].name), at_once=True
                )
            self._open, self._opened_at = _Open(place), self._depth
            self.found[place] = self._open

    def _in_table(self, name: str) -> None:
        if name == "TR":
            self._cells, self._raised, self._text = 0, False, []
        elif name in {"TD", "TH"}:
            self._cells += 1
        elif name in _RAISED and self._text is not None and not "".join(self._text).strip():
            self._raised = self._cells == 1

    def _keep(self) -> None:
        """What was collected is a paragraph, a note or the credit."""
        said = without_debris("".join(self._text or ()))
        self._text = None
        credit, self._credit = self._credit, False
        if self._open is None or not said or (self._note and _LABEL.fullmatch(said)):
            return
        (self._open.credit if credit else self._open.notes if self._note
         else self._open.paragraphs).append(said)  # fmt: skip

    def _keep_footnote(self) -> None:
        """A row of one cell that begins with a raised mark."""
        said = without_debris("".join(self._text or ()))
        self._kept -= sum(map(len, self._text or ()))
        self._text = None
        if self._open is not None and self._raised and self._cells == 1 and said:
            self._open.paragraphs.append(f"Footnote {said}")
