"""The rows of a CSV file as Excel or an ERP writes it, whatever its encoding and separator.

Refused as a whole: a workbook, and text that is neither UTF-8 nor UTF-16 and does not look like
GB18030 or Windows-1252, because a name in a wrongly guessed encoding would be watched in vain. A
line that cannot be read is reported, and reading goes on with the next one.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

SEPARATORS = (",", ";", "\t")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAVE = "save it as “CSV UTF-8”"
_LEAST_COMMON = 0.7
"""Share of common characters below which text is not Chinese but another old encoding."""


_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒŠŽŸàáâãäåæçèéêëìíîïñòóôõöøùúûüœšžÿß‘’“”„‚–—…€§°·«»®™©´\xa0"
)
"""What Western European names hold; Polish or Turkish bytes read so fall elsewhere too."""
_ASCII = frozenset(map(chr, range(128)))
_MOST_IN_ROWS = 0.5
"""Share of such letters beside another one: few in “Größe”, nearly all in Cyrillic."""
WESTERN = "cp1252"


class TableError(ValueError):
    """The file is wrong as a whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line, or of several where a quoted cell holds line breaks."""

    line: int
    cells: tuple[str, ...]
    fault: str | None = None
    """Why the line cannot be read."""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and its encoding. Raises TableError where that cannot be told."""
    if content.startswith(_WORKBOOKS):
        raise TableError(f"is an Excel workbook and no text; {_SAVE}")
    for encoding, reads in (
        (_unicode(content), bytes.decode), ("gb18030", _chinese), (WESTERN, _western),
    ):  # fmt: skip
        try:
            text = reads(content, encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise TableError(f"is no text; {_SAVE}")
        return text, encoding
    raise TableError(
        f"is neither UTF-8 nor UTF-16, and no other encoding can be told for sure; {_SAVE}"
    )


def _unicode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a byte order mark, the zeros of separators and line breaks tell the order.
    first, second = content[:4096:2].count(0), content[1:4096:2].count(0)
    if first or second:
        return "utf-16-le" if second > first else "utf-16-be"
    return "utf-8-sig"


def _chinese(content: bytes, encoding: str) -> str:
    """Raises UnicodeDecodeError where it is not."""
    text = content.decode(encoding)
    written = [char.encode(encoding) for char in text if not char.isascii()]
    # Signs and the characters of everyday Chinese; accented or Cyrillic bytes fall elsewhere.
    common = sum(len(code) == 2 and code[0] <= 0xD7 and code[1] >= 0xA1 for code in written)
    if common < _LEAST_COMMON * len(written):
        raise _unlike(content, encoding)
    return text


def _western(content: bytes, encoding: str) -> str:
    """Raises UnicodeDecodeError where it is not."""
    text = content.decode(encoding)
    marked = [not char.isascii() for char in text]
    beside = sum(one and next_ for one, next_ in pairwise(marked))
    if set(text) - _WESTERN - _ASCII or beside > _MOST_IN_ROWS * sum(marked):
        raise _unlike(content, encoding)
    return text


def _unlike(content: bytes, encoding: str) -> UnicodeDecodeError:
    return UnicodeDecodeError(encoding, content, 0, len(content), "does not look like it")


def rows(text: str, separator: str) -> Iterator[Row]:
    """Every row with the line it begins on; one that cannot be read has a fault."""
    lines = list(io.StringIO(text, newline=""))
    at = 0
    while at < len(lines):
        # An open quotation mark swallows the lines below it; they are read again without it.
        rest = (lines[place] for place in range(at, len(lines)))
        reader = csv.reader(rest, delimiter=separator, strict=True, skipinitialspace=True)
        begin = at
        try:
            for cells in reader:
                yield Row(begin + 1, tuple(cells))
                begin = at + reader.line_num
            at = len(lines)
        except csv.Error as error:
            over_lines = at + reader.line_num > begin + 1
            yield Row(begin + 1, (), f"is not CSV: {_plain(error, over_lines=over_lines)}")
            at = begin + 1


def _plain(error: csv.Error, *, over_lines: bool) -> str:
    if over_lines or "end of data" in str(error):
        return "a quotation mark is not closed"
    if "expected after" in str(error):
        return "text follows a closing quotation mark; double the quotation marks within a cell"
    return str(error)
