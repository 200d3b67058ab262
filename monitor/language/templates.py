"""Jinja templates in a language: `{% trans %}`, and messages among the values, said in it.

Whoever writes `{{ reason }}` need not know of languages: a message is translated as it is shown.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from markupsafe import Markup, escape

from monitor.language.languages import LANGUAGES
from monitor.language.translator import Translator
from monitor.screening.words.message import Message, capitalized, joined

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

_PLACE = re.compile(r"%\((\w+)\)s")


def speak(
    environment: "Environment",
    said: Translator,
    shown: Callable[[Any], Any] = lambda value: value,
) -> "Environment":
    """The environment in a language; `shown` is what else is done to a value that is shown."""
    voice = _Voice(said, shown)
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # the extension's
    environment.policies["ext.i18n.trimmed"] = True
    environment.finalize = voice.finalize
    environment.globals |= {
        "gettext": voice.gettext, "ngettext": voice.ngettext, "pgettext": voice.pgettext,
        "_": voice.gettext, "language": said.language, "languages": list(LANGUAGES.values()),
    }  # fmt: skip
    environment.filters |= {"join": _join, "capitalize": capitalized}
    return environment


class _Voice:
    """What the templates of one language call."""

    def __init__(self, said: Translator, shown: Callable[[Any], Any]) -> None:
        self._said = said
        self._shown = shown

    # Of the context, so that Jinja makes no constant of a label before it is said.
    @pass_context
    def finalize(self, _context: "Context", value: Any) -> Any:
        return self._value(value)

    @pass_context
    def gettext(self, context: "Context", msgid: str, **values: Any) -> str:
        return self._placed(context, self._said.shown(msgid), values)

    @pass_context
    def ngettext(self, context: "Context", one: str, many: str, n: int, **values: Any) -> str:
        return self._placed(context, self._said.shown(one, many, n), {"num": n, **values})

    @pass_context
    def pgettext(self, context: "Context", about: str, msgid: str, **values: Any) -> str:
        return self._placed(context, self._said.shown(msgid, context=about), values)

    def _value(self, value: Any) -> Any:
        if value.__class__ is Markup:
            return value
        return self._shown(self._said(value) if isinstance(value, Message) else value)

    def _placed(self, context: "Context", text: str, values: dict[str, Any]) -> str:
        words, names = _parted(text)
        inside = [self._value(values[name]) for name in names]
        if not context.eval_ctx.autoescape:
            return self._said.language.joined("", _alternately(words, inside))
        if not names:
            return words[0]
        # A template's own words are markup; what stands in them is escaped.
        parts = _alternately(words, [escape(value) for value in inside])
        return Markup(self._said.language.joined("", parts))  # noqa: S704


@cache
def _parted(text: str) -> tuple[tuple[Markup, ...], tuple[str, ...]]:
    """The words of a template and, between them, the names of its values."""
    parts = _PLACE.split(text)
    words = tuple(Markup(one.replace("%%", "%")) for one in parts[::2])  # noqa: S704 - a template's
    return words, tuple(parts[1::2])


def _alternately(words: Sequence[str], values: Sequence[Any]) -> Iterator[str]:
    yield str.__str__(words[0])
    for value, word in zip(values, words[1:], strict=True):
        yield str.__str__(value) if isinstance(value, str) else str(value)
        yield str.__str__(word)


def _join(texts: Any, separator: str = "") -> str:
    return joined(separator, (one if isinstance(one, str) else str(one) for one in texts))
