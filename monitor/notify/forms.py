"""The forms a notification takes: mail as text and as HTML, and a short form for chats and phones.

All forms tell one story. HTML comes from an autoescaping template, Markdown escapes what upstream
wrote; neither lets published text become markup, a mention or a script.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.language.translator import IN_ENGLISH, Translator, translator
from monitor.notify.message import Story, Tone, in_language, story_of
from monitor.screening.event import Event
from monitor.screening.words.labels import REVIEW, minute
from monitor.screening.words.message import say
from monitor.screening.words.sanitize import fit, web_link

if TYPE_CHECKING:
    from jinja2 import Environment

SHORT_LIMIT = 500
"""Characters of the short form at most; a channel with less room gets less."""
_NAMES_LIMIT = 180
"""Characters of the short form that names may take."""
_MARKS = re.compile(r"([\\`*_\[\]#|<>~&])")


@dataclass(frozen=True, slots=True)
class Wording:
    subject: str
    """One line of at most 78 characters."""
    story: Story

    def title(self) -> str:
        """The subject for chats, where a mention would ring a whole room."""
        return _silent(self.subject)

    def text(self) -> str:
        return self._form("mail.txt").strip() + "\n"

    def html(self) -> str:
        """The whole as an HTML document for mail clients, styled inline, light and dark."""
        return self._form("mail.html")

    def _form(self, name: str) -> str:
        language = self.story.language
        template = _templates(language.code).get_template(name)
        return language.once(template.render(story=self.story, review=REVIEW))

    def short(self, limit: int = SHORT_LIMIT, *, markdown: bool = False) -> str:
        """What happened, the rule, the sources' words and the link, in at most `limit` characters.

        What does not fit is left out from the end; the link stays, and the first line is cut last.
        """
        form = _Line.markdown if markdown else _Line.plain
        paragraph = "\n\n" if markdown else "\n"
        lines = _short_lines(self.story, min(limit, SHORT_LIMIT), form, len(paragraph))
        return self.story.language.once(paragraph.join(form(line) for line in lines))


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    url: str | None = None

    def plain(self) -> str:
        return " ".join(part for part in (self.text, self.url) if part)

    def markdown(self) -> str:
        url = f"<{self.url}>" if self.url else ""
        return " ".join(part for part in (_MARKS.sub(r"\\\1", self.text), url) if part)


def word(
    event: Event, public_url: str | None, note: str = "", said: Translator = IN_ENGLISH
) -> Wording:
    """The wording of an event in a language; `public_url` is the base of our own pages.

    None leaves them out. `note` as of the outbox: empty, or `reminder:2`.
    """
    story = story_of(event, public_url, note, said)
    return Wording(story.subject, story)


def word_test(at: datetime, public_url: str | None, said: Translator = IN_ENGLISH) -> Wording:
    """A message that says it is a test, sent at `at`, and that nothing has happened."""
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    story = Story(
        subject=said(say("Test: this channel works")),
        headline=said(
            say("Test: nothing has happened. This channel will receive its configured alerts.")
        ),
        paragraphs=(
            said(say("Sent by hand at {time} to check that messages arrive.", time=minute(at))),
        ),
        page=web_link(public_url and public_url + in_language(said)),
        event_id=f"test_{stamp}",
        kind="test",
        tone=Tone.NEWS,
        language=said.language,
    )
    return Wording(story.subject, story)


def _short_lines(story: Story, limit: int, form: Callable[[_Line], str], gap: int) -> list[_Line]:
    def length(lines: Sequence[_Line]) -> int:
        return sum(len(form(line)) + gap for line in lines)

    link = story.page or next((fact.url for fact in story.facts if fact.url), None)
    last = [_Line("", link)] if link and len(link) < limit // 2 else []
    room = limit - length(last)
    lines = [_headline(_silent(story.headline), room, form)]
    for line in _details(story, link if last else None):
        if length([*lines, line]) <= room:
            lines.append(line)
    return lines + last


def _headline(text: str, room: int, form: Callable[[_Line], str]) -> _Line:
    """The first line, cut so that it fits in the form it takes, which may be longer than it."""
    size = room
    while size > 1 and len(form(_Line(fit(text, size)))) > room:
        size -= 1
    return _Line(fit(text, size))


def _details(story: Story, link: str | None) -> Iterator[_Line]:
    if story.review:
        yield _Line(REVIEW)
    if story.parties.total > 1:
        yield _Line(_silent(story.parties.in_short(_NAMES_LIMIT)))
    # The law's line has the date, the document and the lists already.
    if story.law:
        yield _Line(_silent(story.law))
    colon = story.language.colon
    late = [fact for fact in story.facts if fact.part == "lag"]
    for fact in story.facts:
        url = fact.url if fact.url != link else None
        if fact.part or (story.law and not url):
            continue
        yield _Line(_silent(f"{fact.label}{colon}{fact.value}"), url)
    if story.words and not story.law:
        words = (f"{fact.label}{colon}{fact.value}" for fact in story.words)
        yield _Line(_silent(story.language.joints.get(", ", ", ").join(words)))
    yield from (_Line(_silent(f"{fact.label}{colon}{fact.value}")) for fact in late)
    yield _Line(story.event_id)


def _silent(text: str) -> str:
    """Without mentions: a published name with @everyone in it would ring a whole room."""
    return text.replace("@", "(at)")


@cache
def _templates(language: str) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    from monitor.language.templates import speak

    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    return speak(found, translator(language))
