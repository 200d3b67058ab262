"""The published XML takes the place of a raw text that draws tables of entries, once there."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.errors import SourceFault, UsageError
from monitor.judging.docket import Docket, look
from monitor.ledger.bodies import Bodies
from monitor.ledger.records import KnownAct
from monitor.screening.acts.document import Document, Stage
from monitor.sources.federal_register.client import DOCUMENTS, INSPECTION, FederalRegister
from monitor.sources.fetch import Answer
from tests.screening.act_rules.renderings import Rule, raw, xml
from tests.sources.test_federal_register import a_row

BASE = "https://register.test"
RAW, XML = f"{BASE}/raw.txt", f"{BASE}/full.xml"
NOW = datetime(2026, 8, 24, 15, tzinfo=UTC)
SAYS = "Supplement No. 4 to part 744 is amended under CHINA, by {} an entry for “Alpha Optics”"
ROWS = (("CHINA", "Alpha Optics, No. 5 Road, Wuhan, China.", "For all items", "Denial", "91 FR 5"),)


def a_rule(verb: str = "adding", rows: tuple[tuple[str, ...], ...] = ROWS) -> Rule:
    said = (SAYS.format(verb),)
    return Rule("Additions to the Entity List", "One entity.", "Effective now.", (), said, rows)


class Host:
    """The Register's answers by path, and which texts it was asked for."""

    def __init__(self, rule: Rule, **row: object) -> None:
        self.absent: Exception = SourceFault("answered 404", status=404)
        plain = a_row(
            "2026-17230", title=rule.title, publication_date="2026-08-24", raw_text_url=RAW,
            full_text_xml_url=XML,
        )  # fmt: skip
        self.row = {**plain, **row}
        self.texts = {"/raw.txt": raw(rule).encode(), "/full.xml": xml(rule).encode()}
        self.asked: list[str] = []

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        path = urlsplit(url).path
        if path in {DOCUMENTS, INSPECTION}:
            rows = [self.row] if path == DOCUMENTS else []
            return Answer(url, 200, json.dumps({"count": len(rows), "results": rows}).encode())
        self.asked.append(path)
        if path not in self.texts:
            raise self.absent
        return Answer(url, 200, self.texts[path])

    def look(self, bodies: Bodies, known: KnownAct | None = None) -> Docket:
        register = FederalRegister(self, BASE, lambda: 1)
        acts = {known.document.number: known} if known else {}
        return look(register, acts, date(2026, 6, 1), NOW, bodies)


@pytest.fixture
def bodies(tmp_path: Path) -> Bodies:
    return Bodies(tmp_path)


def known(bodies: Bodies, document: Document, sha: str, body: bytes) -> KnownAct:
    bodies.keep(sha, body)
    return KnownAct(document, sha, NOW, 1, "names")


def test_it_is_asked_for_behind_a_raw_text_with_a_table_and_kept(bodies: Bodies) -> None:
    """Once: the next look asks for neither."""
    host = Host(a_rule())
    (read,) = host.look(bodies).documents
    assert (host.asked, read.body) == (["/raw.txt", "/full.xml"], host.texts["/full.xml"])
    assert read.sha256 is not None
    act = known(bodies, read.document, read.sha256, read.body)
    (again,) = host.look(bodies, act).documents
    assert (again.sha256, len(host.asked)) == (None, 2)


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        (a_rule("removing", ()), {}),
        (a_rule(), {"full_text_xml_url": None}),
        (Rule("A rule", "", "", ("No list.",), ("Section 744.1 is amended",), ROWS, "Table"), {}),
    ],
)
def test_without_such_a_table_or_such_an_address_it_is_not_asked_for(
    rule: Rule, row: dict[str, object], bodies: Bodies
) -> None:
    """An ordinary removal costs one request, as ever."""
    host = Host(rule, **row)
    host.look(bodies)
    assert host.asked == ["/raw.txt"]


@pytest.mark.parametrize("xml_", [None, b"<RULE><P>Additions to the Entity List</P></RULE>", b"{}"])
def test_a_host_without_it_changes_nothing(xml_: bytes | None, bodies: Bodies) -> None:
    """404, a table that is a picture, no XML at all: the raw text serves, and nothing is amiss."""
    host = Host(a_rule())
    if xml_ is None:
        del host.texts["/full.xml"]
    else:
        host.texts["/full.xml"] = xml_
    found = host.look(bodies)
    assert found.documents[0].body == host.texts["/raw.txt"]
    assert (found.faults, found.odd, found.pauses) == ([], [], [])


def test_a_tape_without_it_plays_on(bodies: Bodies) -> None:
    """It was recorded when the raw text alone was asked for."""
    host = Host(a_rule())
    host.absent = UsageError("the tape holds no answer")
    del host.texts["/full.xml"]
    assert host.look(bodies).documents[0].body == host.texts["/raw.txt"]


def test_it_is_asked_for_once_it_is_there(bodies: Bodies) -> None:
    """A rule listed before its day has no XML yet."""
    host = Host(a_rule(), full_text_xml_url=None)
    (early,) = host.look(bodies).documents
    assert early.sha256 is not None
    act = known(bodies, early.document, early.sha256, early.body)
    assert act.document.stage is Stage.DOCUMENT
    host.row["full_text_xml_url"] = XML
    (read,) = host.look(bodies, act).documents
    assert read.body == host.texts["/full.xml"]
    assert host.asked == ["/raw.txt", "/full.xml"]
