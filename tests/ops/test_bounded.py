"""What is read is bounded before it is built: hostile bodies at their largest, in a process each.

The peak is that of the whole process, as a cgroup sees it; the shipped limit is 512 MB.
"""

import subprocess
import sys
from collections.abc import Callable

import pytest

LIMIT = 512 * 2**20
MIB = 2**20
EL = b'"source":"Entity List (EL)"'
COLUMNS = (
    b"source,name,alt_names,addresses,federal_register_notice,start_date,license_requirement,"
    b"license_policy\n"
)
TABLE = (
    b'<DIV9 N="Supplement No. 4 to Part 744"><HEAD>Entity List</HEAD><TABLE><THEAD><TR>'
    b"<TH>Country</TH><TH>Entity</TH><TH>License requirement</TH><TH>License review policy</TH>"
    b"<TH>Federal Register citation</TH></TR></THEAD><TBODY>"
)
ACT = b"[FR Doc. 2023-25557 Filed] Supplement No. 4 to part 744 is amended under CHINA: "
ENDS = b"</TBODY></TABLE></DIV9>"
ROW = b"<TR><TD>CHINA</TD><TD>%d Co., Ltd.</TD><TD>b EAR</TD><TD>c</TD><TD>1 FR 1</TD></TR>"


def filled(unit: bytes, begin: bytes = b"", end: bytes = b"", size: int = 128 * MIB) -> bytes:
    """A unit over and over, up to a size."""
    return begin + unit * ((size - len(begin) - len(end)) // len(unit)) + end


def numbered(unit: bytes, count: int, begin: bytes, end: bytes, between: bytes = b"") -> bytes:
    return begin + between.join(unit % number for number in range(count)) + end


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "rows that are numbers": ("json", lambda: filled(b"0,", b'{"results":[', b"0]}")),
    "rows that are empty": ("json", lambda: filled(b"{},", b'{"results":[', b"{}]}")),
    "numbers behind a row": (
        "json",
        lambda: filled(b"0,", b'{"results":[{%s,"name":"a"},' % EL, b'{%s,"name":"a"}]}' % EL),
    ),
    "as many rows as may be": (
        "json",
        lambda: numbered(b"{" + EL + b',"name":"%d"}', 79_999, b'{"results":[', b"]}", b","),
    ),
    "a row of aliases": (
        "json",
        lambda: numbered(
            b'"%d"', 9_000_000, b'{"results":[{%s,"name":"a","alt_names":[' % EL, b"]}]}", b","
        ),
    ),
    "a row of keys": (
        "json",
        lambda: numbered(b'"%d":0', 8_000_000, b'{"results":[{%s,' % EL, b"}]}", b","),
    ),
    "a name": ("json", lambda: filled(b"a", b'{"results":[{%s,"name":"' % EL, b'"}]}')),
    "a table of short rows": ("csv", lambda: filled(b"(EL),a,,,,,,\n", COLUMNS)),
    "a table of wide letters": (
        "csv",
        lambda: filled(b"a,b,c,d,e,f,g,h\n", COLUMNS + "EL,\U0001f600,,,,,,\n".encode()),
    ),
    "a table of one line": ("csv", lambda: filled(b"a,", COLUMNS)),
    "a table of one row": ("csv", lambda: filled(b'"\n",', COLUMNS)),
    "line breaks": ("xml", lambda: filled(b"<BR/>", TABLE, ENDS, 32 * MIB)),
    "cells": ("xml", lambda: filled(b"<TD/>", TABLE + b"<TR>", b"</TR>" + ENDS, 32 * MIB)),
    "rows": ("xml", lambda: filled(b"<TR><TD/></TR>", TABLE, ENDS, 32 * MIB)),
    "as many entries as may be": ("xml", lambda: numbered(ROW, 19_900, TABLE, ENDS)),
    "attributes": (
        "xml",
        lambda: numbered(b'a%d="" ', 2_400_000, TABLE + b"<TR ", b"/>" + ENDS),
    ),
    "names of tags": ("xml", lambda: numbered(b"<a%d/>", 2_800_000, TABLE, ENDS)),
    "a text of wide letters": (
        "xml",
        lambda: filled(
            b"a ", TABLE + ENDS[:16] + b"<P>" + "\U0001f600".encode(), b"</P></DIV9>", 32 * MIB
        ),
    ),
    "acts": (
        "register",
        lambda: filled(b'{"document_number":"a"},', b'{"count":1,"results":[', b"{}]}", 32 * MIB),
    ),
    "agencies": (
        "register",
        lambda: numbered(
            b'"%d"',
            900_000,
            b'{"count":1,"results":[{"document_number":"a","agency_names":[',
            b"]}]}",
            b",",
        ),
    ),
    "quotes": ("act", lambda: filled(b"``a'' ", ACT, size=3 * MIB)),
}
"""Within `max_bytes` as it ships: 128 MiB of the CSL, 32 MiB of the other two."""
_READS = """
import sys
body = sys.stdin.buffer.read()
from monitor.errors import SourceFault
from monitor.screening.full_text import ListText
from tests.ops.test_fuzz import judged, rows
from monitor.sources.csl import json_file, table_file
from monitor.sources.ecfr import table
open("/proc/self/clear_refs", "w").write("5")

def codified(body):
    found = table.read(body)
    ListText(found.text or "", found.entries["EL"]).holds_apart("Institute of Forensic Science")
    return found

reads = {
    "json": lambda body: json_file.read(body, frozenset({"EL"})),
    "csv": lambda body: table_file.read(body, frozenset({"EL"})),
    "xml": codified, "register": rows, "act": judged,
}
try:
    kept = reads[sys.argv[1]](body)
    print("read")
except SourceFault as fault:
    print("refused:", fault.reason)
status = open("/proc/self/status").read()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_body_takes_the_memory_of_the_process(kind: str) -> None:
    """It is read or refused within the shipped limit, its own bytes included."""
    reader, body = HOSTILE[kind]
    done = subprocess.run(
        [sys.executable, "-c", _READS, reader],
        input=body(), capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    end, peak = done.stdout.decode().splitlines()[-2:]
    assert end.startswith(("read", "refused")), end
    assert int(peak) * 1024 < LIMIT, (kind, end, peak)
