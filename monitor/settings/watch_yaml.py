"""Watches written into the text of watchlist.yaml, which keeps all else that stands in it.

Comments, order and spelling of what is there stay as they are. Refused: a file whose watches are
not a block list, for then there is no line to write them behind.
"""

import re
from collections.abc import Iterable, Iterator

import yaml

from monitor.settings.placeholders import quoted
from monitor.settings.watchlist import Watch
from monitor.settings.yaml_lines import FASTEST

_PLAIN = re.compile(r"[^\W\d_](?:[\w.,()&/'’+-]| (?! ))*(?<! )")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""What some readers of YAML take for something else than text."""


class NoPlaceError(ValueError):
    """There is no line behind which watches could be written."""


def with_watches(text: str, watches: Iterable[Watch]) -> str:
    """The text with these watches behind those that it has. Raises NoPlaceError.

    `text` must be YAML that parses, or empty.
    """
    if not text.strip():
        return "".join(["watches:\n", *_written(watches, 2)])
    text = text if text.endswith("\n") else f"{text}\n"
    column, end = _block(text)
    lines = text.split("\n")
    while _is_apart(lines[end - 1], column):
        end -= 1
    before, after = "\n".join(lines[:end]), "\n".join(lines[end:])
    return "".join([before, "\n", *_written(watches, column), after])


def _is_apart(line: str, column: int) -> bool:
    """Whether a line belongs to none of the watches: a blank one, or a comment further left."""
    bare = line.lstrip()
    return not bare or (bare.startswith("#") and len(line) - len(bare) <= column)


def _block(text: str) -> tuple[int, int]:
    """The column of the dashes of the block list of watches, and the line on which it has ended."""
    depth, key, column = 0, "", None
    for event in yaml.parse(text, Loader=FASTEST):
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                here = depth == 1 and key == "watches"
                if here and isinstance(event, yaml.SequenceStartEvent) and not event.flow_style:
                    _, column = _place(event)
                depth += 1
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                depth -= 1
                if depth == 1:
                    if column is not None:
                        return column, _place(event)[0]
                    key = ""
            case yaml.ScalarEvent() if depth == 1:
                key = "" if key else event.value
            case _:
                # Documents and streams begin and end; what stands deeper is no key of the file.
                continue
    raise NoPlaceError('should hold its watches as a block list ("- id: …") to be added to')


def _place(event: yaml.Event) -> tuple[int, int]:
    """Line and column, both from 0."""
    assert event.start_mark is not None
    return event.start_mark.line, event.start_mark.column


def _written(watches: Iterable[Watch], column: int) -> Iterator[str]:
    pad = " " * column
    for watch in watches:
        yield f"{pad}- id: {_scalar(watch.id)}\n"
        yield f"{pad}  name: {_scalar(watch.name)}\n"
        yield from _listed(pad, "aliases", watch.aliases)
        yield from _listed(pad, "local_names", watch.local_names)
        if watch.country is not None:
            yield f"{pad}  country: {_scalar(watch.country)}\n"
        if watch.lists != Watch.model_fields["lists"].default:
            yield f"{pad}  lists: [{', '.join(watch.lists)}]\n"
        if watch.note is not None:
            yield f"{pad}  note: {_scalar(watch.note)}\n"
        yield from _listed(pad, "tags", watch.tags)


def _listed(pad: str, key: str, values: tuple[str, ...]) -> Iterator[str]:
    if values:
        yield f"{pad}  {key}:\n"
        yield from (f"{pad}    - {_scalar(value)}\n" for value in values)


def _scalar(text: str) -> str:
    """The text as a YAML scalar that says the same to every reader; a ${ is no placeholder."""
    if _PLAIN.fullmatch(text) and text.isprintable() and text.lower() not in _WORDS:
        return text
    return quoted(text.replace("${", "$${"))
