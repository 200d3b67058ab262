"""Rows that could not be read: each is its own trouble, named once, and decides nothing.

What of such a row can be read (its texts, broken characters as lost ones) goes with the reading, so
that nobody whose name may stand in it is told absent. Where rows are broken by the dozen it is the
format that has changed: then the document is refused.
"""

import re
from collections.abc import Iterator

import msgspec

from monitor.errors import SourceFault
from monitor.screening.entry import UnreadRow
from monitor.screening.names import LOST
from monitor.screening.words.message import say
from monitor.sources.csl.row import list_code, spaced

_MOST = 3
"""So many of a short list; of a long one a row in a thousand. A whole list has 26,000 rows."""
_MOST_KEPT = 150
_LONGEST_TEXT = 20_000
"""Characters; the longest row so far has as many."""
_LONGEST_LABEL = 120
_PLACE = re.compile(r" \((?:byte|char) \d+\)")
OWN = frozenset({"id", "_id", "ids", "source", "source_list_url", "source_information_url"})
"""Fields that name nobody; ids of some lists are made anew at every import."""
_FIELD = re.compile(r'"(\w{1,40})"\s{0,40}:\s{0,40}"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_SPOILED = re.compile(
    r"""\\(?: ["\\/bfnrt]
      | u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}
      | u(?![dD][89a-fA-F])[0-9a-fA-F]{4}
      | (?P<wrong> x[0-9a-fA-F]{2} | u[0-9a-fA-F]{0,4} | . | $) )""",
    re.VERBOSE | re.DOTALL,
)
"""An escape; `wrong` where JSON knows none such, a lone half of a surrogate pair included."""
_CONTROL = re.compile(r"[\x00-\x1f]")


class SetAside:
    """The rows of one document that could not be read."""

    def __init__(self) -> None:
        self.rows: list[UnreadRow] = []
        self.remarks: dict[str, None] = {}
        self._first = ""

    def add(
        self, list_: str | None, name: str, text: str, reason: str, *, whole: bool = True
    ) -> None:
        """One more, of a list or (None) of any. Raises SourceFault where there are very many.

        `text`: all that can be read of it. Its name is sure if the row is `whole` and no character
        of the name is lost.
        """
        if len(self.rows) >= _MOST_KEPT:
            raise self._refusal(say("more than {most}", most=_MOST_KEPT), at_once=True)
        named = whole and bool(spaced(name)) and LOST not in name
        self.rows.append(UnreadRow(list_, text[:_LONGEST_TEXT], named))
        # No number and no place in the row: from one file to the next they move.
        label = spaced(name or text)[:_LONGEST_LABEL]
        where = (
            say("a row of list {list}", list=list_) if list_ else say("a row of an unknown list")
        )
        remark = say(
            "{where} could not be read: “{label}” ({reason})",
            where=where,
            label=label,
            reason=_PLACE.sub("", reason),
        )
        self.remarks[remark] = None
        self._first = self._first or remark

    def refuse_many(self, rows: int, *, at_once: bool) -> None:
        """Raises SourceFault where so many of the document's rows are broken that the format is."""
        if len(self.rows) > max(rows // 1_000, min(_MOST, rows // 10)):
            raise self._refusal(
                say("{count} of {rows}", count=len(self.rows), rows=rows), at_once=at_once
            )

    def _refusal(self, many: str, *, at_once: bool) -> SourceFault:
        reason = say(
            "the rows have another shape than known: {many} cannot be read, {first}",
            many=many,
            first=self._first,
        )
        return SourceFault(reason, at_once=at_once)


def add_json(aside: SetAside, raw: bytes, lists: frozenset[str], error: Exception) -> str | None:
    """Sets a row of JSON aside, unless it is of a list that nobody follows; the list's code."""
    text = _mended(raw)
    fields, whole = _fields(text)
    source, name = fields.get("source", ""), fields.get("name", "")
    list_ = list_code(source) if source else None
    if list_ is None or list_ in lists:
        reason = error.reason if isinstance(error, UnicodeDecodeError) else str(error)
        texts = (value for field, value in fields.items() if field not in OWN)
        aside.add(list_, name, "\n".join(texts) or text, reason, whole=whole)
    return list_


def _mended(raw: bytes) -> str:
    """The row as text that is sound JSON but for its structure: what is wrong in it is lost."""
    text = raw.decode("utf-8", "replace")
    text = _SPOILED.sub(lambda found: LOST if found["wrong"] is not None else found[0], text)
    return _CONTROL.sub(" ", text)


def _fields(text: str) -> tuple[dict[str, str], bool]:
    """The texts of a row by field, those within a field joined; whether its structure is whole."""
    try:
        row = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        plain = _ESCAPED.sub(lambda found: _letter(int(found[1], 16)), text)
        found = dict(_FIELD.findall(plain))
        named = _FIELD.sub(lambda field: "" if field[1] in OWN else field[0], plain)
        return {**found, "": named}, False
    if not isinstance(row, dict):
        return {"": "\n".join(_texts(row))}, True
    return {str(field): "\n".join(_texts(value)) for field, value in row.items()}, True


def _letter(code: int) -> str:
    return LOST if 0xD800 <= code < 0xE000 else chr(code)


def _texts(value: object) -> Iterator[str]:
    """Every text within a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            waiting += reversed(one.values())
