"""Templates, and the few ways in which values are shown. Upstream text is hostile.

Everything is escaped; control characters and marks that reorder text are shown as U+FFFD; only
http(s) addresses become links.
"""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from monitor.rendering.differences import words
from monitor.screening.words.event_text import SOURCE_NAMES, list_name, utc

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
# Controls but line ends, bidirectional marks, zero width, byte order mark, surrogates.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff]"
)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINK = re.compile(r"https?://[^\s<>\"'`\\]{1,2000}", re.IGNORECASE)

FIELDS = {
    "name": "Name",
    "aliases": "Aliases",
    "addresses": "Addresses",
    "country": "Country",
    "license_requirement": "License requirement",
    "license_policy": "License review policy",
    "citations": "Federal Register citations",
    "start_date": "Since",
    "rows": "Number of rows",
}
_UNITS = {"d": "day", "h": "hour", "m": "minute", "s": "second"}
VERDICTS = {"listed": "lists it", "absent": "does not list it", "unknown": "cannot be told"}
KINDS = {
    "baseline": "First look",
    "removal_announced": "Removal announced",
    "removal_suspected": "Removal suspected",
    "removal_confirmed": "Removed",
    "removal_cancelled": "Removal called off",
    "listing_announced": "Listing announced",
    "listing_suspected": "Listing suspected",
    "listing_confirmed": "Listed",
    "listing_cancelled": "Listing called off",
    "entry_amended": "Entry amended",
    "notice_found": "A document to be read",
    "snapshot_quarantined": "Snapshot held back",
    "source_failing": "Source failing",
    "source_recovered": "Source recovered",
    "format_changed": "Format changed",
    "watch_stale": "Cannot tell",
    "watch_fresh": "Can tell again",
    "delivery_failed": "Not delivered",
}


def render(template: str, **values: object) -> str:
    """The template with these values."""
    return templates().get_template(template).render(**values)


@cache
def templates() -> "Environment":
    """The templates, read at first use."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        moment=moment,
        weblink=weblink,
        source=source,
        kind=kind,
        field=field,
        on_list=list_name,
        span=span,
        spelled=spelled,
        verdict=verdict,
    )
    found.globals.update(words=words)
    return found


@cache
def style() -> str:
    """The style sheet's text."""
    return (HERE / "static" / "style.css").read_text("utf-8")


def shown(value: Any) -> Any:
    """The value, with what hides or reorders text made visible; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _HIDDEN.sub("\ufffd", value)
    return value


def moment(value: datetime | str | None) -> Markup | str:
    """A time as `<time>`, in UTC to the minute; text that is none stays text."""
    text = utc(value) if isinstance(value, datetime) else (value or "")
    if _TIME.fullmatch(text):
        said = f"{text[:10]} {text[11:16]} UTC"
        return Markup('<time datetime="{}">{}</time>').format(text, said)
    if _DATE.fullmatch(text):
        return Markup('<time datetime="{}">{}</time>').format(text, text)
    return text


def weblink(url: str | None) -> str | None:
    """The URL, if a reader can safely be given it as a link."""
    return url if url and _LINK.fullmatch(url) and not _HIDDEN.search(url) else None


def source(name: str) -> str:
    """A source as a heading."""
    known = SOURCE_NAMES.get(name, name)
    return known.removeprefix("the ")


def kind(name: str) -> str:
    """A kind of event as a heading."""
    return KINDS.get(name, name)


def field(name: str) -> str:
    """A field of an entry as a heading."""
    return FIELDS.get(name, name)


def span(seconds: float | None) -> str:
    """A length of time for a reader; how late a source came, or that it has not."""
    if seconds is None:
        return "not yet"
    days, rest = divmod(int(seconds), 86_400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def spelled(duration: str) -> str:
    """A duration of the configuration, such as `4d`, for a reader."""
    count, unit = duration[:-1], _UNITS[duration[-1]]
    return f"{count} {unit}{'' if count == '1' else 's'}"


def verdict(name: str | None) -> str:
    """What a source says of a party; nothing for the Federal Register, which has acts."""
    return VERDICTS.get(name, name) if name else ""


def day_number(text: str | datetime) -> float:
    """Days since 1970 of an ISO date or time, for pictures. ValueError for any other text."""
    at = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() / 86_400
