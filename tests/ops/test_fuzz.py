"""Hostile documents: every parser gives a reading or its own fault, soon, and within bounds.

Hypothesis looks for the smallest document that breaks one; the long form spoils documents for ten
minutes a parser, and keeps what brought a new fault as a beginning for more. Its seed can be set
with FUZZ_SEED.
"""

import json
import os
import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.errors import SourceFault
from monitor.screening.acts.document import Document, Stage
from monitor.screening.acts.finding import Party
from monitor.screening.acts.judge import judge
from monitor.sources.csl import json_file as csl_json
from monitor.sources.csl import table_file as csl_csv
from monitor.sources.ecfr import table as ecfr_table
from monitor.sources.ecfr.part import read_part
from monitor.sources.ecfr.provisions import read_provisions
from monitor.sources.federal_register.answers import docket, inspected, page, published
from tests.extent import so_many
from tests.ops.spoiled import PIECES, Edit, any_edits, spoiled
from tests.upstream.parties import INSTITUTE, INSTITUTE_ALIASES
from tests.upstream.rules import institute_relisting, institute_removal
from tests.upstream.server import Upstream
from tests.upstream.wire import Request

SECONDS = so_many(600, 2)
"""A parser."""
SEED = int(os.environ.get("FUZZ_SEED", "744"))
PATIENCE = 20.0
"""Seconds for one document on a busy machine; a good one takes milliseconds."""
MOST_MEMORY = 400 * 2**20
"""Bytes that the process may grow by, whatever it is fed."""
TEXTS = Path(__file__).parents[1] / "screening" / "act_texts"
PARTIES = (Party("mps-ifs", (INSTITUTE, *INSTITUTE_ALIASES)), Party("x", ("Hefei Bitland",)))
DOCUMENT = Document(
    number="2023-25557", title="Entity List Removal", type="Rule", abstract="", action="", dates="",
    publication_date="2023-11-17", effective_on=None, citation=None, html_url=None, text_url=None,
    xml_url=None, filed_at=None, filing_type=None, correction_of=None, cfr_parts=("15 CFR 744",),
    stage=Stage.DOCUMENT,
)  # fmt: skip

Parser = Callable[[bytes], object]


@dataclass(frozen=True)
class Subject:
    """A parser with good documents to begin from."""

    parse: Parser
    good: tuple[bytes, ...] = field(repr=False)


def rows(body: bytes) -> object:
    read = page(body, "http://host/")
    found = read.rows("http://host/")
    both = tuple(published(found.read)), tuple(inspected(found.read, "u"))
    return docket(*both)


def part(body: bytes) -> object:
    """As a look does: the provisions are read where a list could be."""
    found = read_part("http://host/", body, "2023-11-20")
    return read_provisions(body) if found.readings else found


def judged(body: bytes) -> object:
    return judge(DOCUMENT, body.decode("utf-8", "replace"), PARTIES)


@pytest.fixture(scope="module")
def subjects() -> Iterator[dict[str, Subject]]:
    upstream = Upstream(date(2023, 11, 20)).is_furnished(6)
    upstream.publishes(institute_removal(), institute_relisting(date(2023, 11, 20)))
    upstream.files(institute_removal())

    def said(path: str) -> bytes:
        return upstream.register.reply(Request("", f"/api/v1/{path}", (), {}, 0.0)).body

    texts = sorted(TEXTS.glob("*.txt"), key=lambda path: path.stat().st_size)
    lists = frozenset({"EL", "UVL"})
    yield {
        "csl-json": Subject(lambda body: csl_json.read(body, lists), (upstream.csl.file("json"),)),
        "csl-csv": Subject(lambda body: csl_csv.read(body, lists), (upstream.csl.file("csv"),)),
        "ecfr": Subject(ecfr_table.read, (upstream.ecfr.full_text(date(2023, 11, 20)),)),
        "part": Subject(part, (upstream.ecfr.whole_part(date(2023, 11, 20)),)),
        "register": Subject(
            rows, (said("documents.json"), said("public-inspection-documents/current.json"))
        ),
        "act": Subject(judged, tuple(path.read_bytes() for path in texts)),
    }
    with suppress(OSError):
        upstream.stop()


def survives(parse: Parser, body: bytes) -> str:
    """What kind of end it came to: a reading, or which fault. Anything else fails the test."""
    start = time.monotonic()
    try:
        parse(body)
        end = "read"
    except SourceFault as fault:
        end = re.sub(r"[\d'\"“:].*", "", fault.reason, flags=re.DOTALL)[:50]
    took = time.monotonic() - start
    assert took < PATIENCE, f"{took:.0f} s for {len(body)} bytes"
    return end


NAMES = ("csl-json", "csl-csv", "ecfr", "part", "register", "act")
EDITS = st.lists(
    st.builds(
        Edit,
        at=st.floats(0, 1, allow_nan=False),
        cut=st.sampled_from((0, 1, 2, 40, 400, 10_000)),
        put=st.integers(0, len(PIECES) - 1) | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=4,
)
PLAIN = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def test_good_documents_are_read(subjects: dict[str, Subject]) -> None:
    """The beginnings are good ones, else nothing below would reach far into a parser."""
    for name, subject in subjects.items():
        assert [survives(subject.parse, body) for body in subject.good] == [
            "read" for _ in subject.good
        ], name


@pytest.mark.parametrize("name", NAMES)
@PLAIN
@given(edits=EDITS, which=st.integers(0, 99))
@pytest.mark.slow
def test_spoiled_documents_are_read_or_refused(
    subjects: dict[str, Subject], name: str, edits: list[Edit], which: int
) -> None:
    """A good document with holes and hostile pieces."""
    subject = subjects[name]
    survives(subject.parse, spoiled(subject.good[which % len(subject.good)], edits))


@pytest.mark.parametrize("name", NAMES)
@PLAIN
@given(body=st.binary(max_size=400))
@pytest.mark.slow
def test_no_document_at_all_is_read_or_refused(
    subjects: dict[str, Subject], name: str, body: bytes
) -> None:
    """Bytes of no meaning."""
    survives(subjects[name].parse, body)


FIELDS = (
    "results", "count", "total", "source", "name", "alt_names", "addresses", "country",
    "federal_register_notice", "start_date", "document_number", "agencies", "agency_names", "slug",
    "publication_date", "filed_at", "cfr_references", "title", "part", "next_page_url",
)  # fmt: skip
KNOWN = st.sampled_from(("Entity List (EL)", "2023-11-17", "industry-and-security-bureau"))
PLAINEST = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
VALUES = st.recursive(
    PLAINEST | st.text(max_size=12) | KNOWN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6)
    ),
    max_leaves=14,
)


@pytest.mark.parametrize("name", ["csl-json", "register"])
@PLAIN
@given(value=VALUES)
@pytest.mark.slow
def test_json_of_any_shape_is_read_or_refused(
    subjects: dict[str, Subject], name: str, value: object
) -> None:
    """Known keys with values of every kind in every place."""
    survives(subjects[name].parse, json.dumps(value).encode())


def memory() -> int:
    """The most this process ever took, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_ten_minutes_of_spoiled_documents(subjects: dict[str, Subject], name: str) -> None:
    """No crash but a declared fault, no hang, no memory over the bound; says how far it came."""
    subject, chosen = subjects[name], Random(f"{SEED} {name}")
    begin, most = list(subject.good), memory() + MOST_MEMORY
    ends: dict[str, int] = {}
    deadline, number = time.monotonic() + SECONDS, 0
    while time.monotonic() < deadline:
        body = spoiled(chosen.choice(begin), any_edits(chosen))[: 2**21]
        end = survives(subject.parse, body)
        if end not in ends and len(begin) < 200:
            begin.append(body)
        ends[end] = ends.get(end, 0) + 1
        number += 1
        assert memory() < most, f"document {number} of seed {SEED}: {len(body)} bytes"
    print(f"{name}: {number} documents, {len(ends)} kinds of end")  # noqa: T201 - for the log
    assert number > SECONDS, "not even one a second"
