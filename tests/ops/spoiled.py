"""Documents spoiled in every way one can think of: edits of good ones, with hostile pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

PIECES: tuple[bytes, ...] = (
    b"", b"\0", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b'"', b"'", b"\\", b"\\ud800", b"\\u0000",
    b"\n", b"\r\n", b"\t", b" ", b",", b'","', b";", b"{", b"}", b"[", b"]", b"[]", b"{}", b'{"":',
    b"null", b"true", b"0", b"-1", b"1e999", b"1" * 5_000, b"{" * 3_000, b"[" * 50_000,
    b'{"a":' * 5_000, b'"' * 999, b"<", b">", b"&", b"&#0;", b"&#x110000;", b"&lt;", b"<!--",
    b"<![CDATA[", b"<?x", b"<!DOCTYPE x>", b"<TD>", b"</TD>", b"<TR>", b"</TR>", b"</TABLE>",
    b"<TABLE>", b"<TR><TD>" * 400, b"<DIV>" * 90, b"<br/>" * 4_000, b"<SUP>1</SUP>",
    b'<DIV9 N="Supplement No. 4 to Part 744">', b"</DIV9>", b"a.k.a., " * 2_000, b"; and " * 3_000,
    b"(see " * 3_000, b"(" * 5_000, b")" * 5_000, b", " * 5_000, b"A" * 70_000, b"a " * 30_000,
    b"1. " * 4_000, b"85 FR " * 4_000, b"No. 4 to part 744 " * 1_500,
    b"removing the entry for " * 999, b"by adding, in alphabetical order, " * 999,
    b"\xe2\x80\x9c" * 3_000, b"\xe2\x80\xae",
    b"\xef\xbf\xbd" * 3_000, b"?" * 3_000, b"=====\n" * 2_000, b"0017-01-01", b"9999-99-99",
)  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """At a place, so many bytes go and a piece comes."""

    at: float
    """0 is the beginning, 1 the end."""
    cut: int
    put: int | bytes
    """Bytes, or the number of a piece: some are too long to be printed."""


def spoiled(document: bytes, edits: Sequence[Edit]) -> bytes:
    """The document after the edits, in their order."""
    for edit in edits:
        at = int(edit.at * len(document))
        put = PIECES[edit.put] if isinstance(edit.put, int) else edit.put
        document = document[:at] + put + document[at + edit.cut :]
    return document


def any_edits(chosen: Random) -> list[Edit]:
    """Some edits, mostly small."""
    return [
        Edit(
            chosen.random(),
            chosen.choice((0, 0, 1, 2, 5, 40, 400, 10_000)),
            chosen.choice((chosen.randrange(len(PIECES)), chosen.randbytes(chosen.randint(1, 8)))),
        )
        for _ in range(chosen.choice((1, 1, 2, 3, 8)))
    ]
