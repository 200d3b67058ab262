"""Templates, and the few ways in which values are shown. Upstream text is hostile.

Everything is escaped; control characters and marks that reorder text are shown as U+FFFD; only
http(s) addresses become links.
"""

import re
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from monitor.language.languages import ENGLISH, Language
from monitor.language.translator import translator
from monitor.rendering.differences import words
from monitor.screening.destinations import country_name
from monitor.screening.words import labels
from monitor.screening.words.event_text import utc
from monitor.screening.words.sanitize import visible, web_link

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def render(template: str, language: Language, **values: object) -> str:
    """A page of a template, in a language."""
    head, main, rest = (
        templates(language.code).get_template(template).render(**values).partition("<main")
    )
    return head + main + language.once(rest)


@cache
def templates(language: str) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    from monitor.language.templates import speak

    say_it = translator(language)
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        moment=partial(moment, language=say_it.language),
        day=say_it.language.dated,
        weblink=web_link,
        source=labels.source_title,
        kind=labels.kind_name,
        field=labels.field_name,
        on_list=labels.list_name,
        span=labels.span,
        spelled=labels.duration_span,
        verdict=labels.verdict_name,
        country=country_name,
    )
    found.globals.update(words=words, labels=labels)
    return speak(found, say_it, shown)


@cache
def style() -> str:
    return (HERE / "static" / "style.css").read_text("utf-8")


def shown(value: Any) -> Any:
    """The value, with what hides or reorders text made visible; nothing for None."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def moment(value: datetime | str | None, language: Language = ENGLISH) -> Markup | str:
    """A time as `<time>`, in UTC to the minute; text that is none stays text."""
    text = utc(value) if isinstance(value, datetime) else (value or "")
    if _TIME.fullmatch(text):
        said = f"{text[:10]} {text[11:16]} UTC"
        return Markup('<time datetime="{}">{}</time>').format(text, language.dated(said))
    if _DATE.fullmatch(text):
        return Markup('<time datetime="{}">{}</time>').format(text, language.dated(text))
    return text


def day_number(text: str | datetime) -> float:
    """Days since 1970 of an ISO date or time, for pictures. ValueError for any other text."""
    at = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() / 86_400
