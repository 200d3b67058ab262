"""Jinja templates in a language: `{% trans %}`, and messages among the values, said in it.

Whoever writes `{{ reason }}` need not know of languages: a message is translated as it is shown.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from monitor.language.languages import LANGUAGES
from monitor.language.translator import Translator
from monitor.screening.words.message import Message, capitalized, joined

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context


def speak(
    environment: "Environment",
    say_it: Translator,
    shown: Callable[[Any], Any] = lambda value: value,
) -> "Environment":
    """The environment in a language; `shown` is what else is done to a value that is shown."""
    from jinja2 import pass_context

    def soft(value: Any) -> str:
        return value if isinstance(value, str) else str(value)

    def shown_in_it(value: Any) -> Any:
        return shown(say_it(value) if isinstance(value, Message) else value)

    # Of the context, so that Jinja makes no constant of a label before it is said.
    @pass_context
    def finalize(_context: "Context", value: Any) -> Any:
        return shown_in_it(value)

    def placed(context: "Context", text: str, values: dict[str, Any]) -> str:
        inside = {name: shown_in_it(value) for name, value in values.items()}
        # A template's own words are markup; what stands in them is escaped.
        return Markup(text) % inside if context.eval_ctx.autoescape else text % inside  # noqa: S704

    @pass_context
    def gettext(context: "Context", msgid: str, **values: Any) -> str:
        return placed(context, say_it.shown(msgid), values)

    @pass_context
    def ngettext(context: "Context", one: str, many: str, n: int, **values: Any) -> str:
        return placed(context, say_it.shown(one, many, n), {"num": n, **values})

    @pass_context
    def pgettext(context: "Context", about: str, msgid: str, **values: Any) -> str:
        return placed(context, say_it.shown(msgid, context=about), values)

    def join(texts: Any, separator: str = "") -> str:
        return joined(separator, map(soft, texts))

    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # the extension's
    environment.policies["ext.i18n.trimmed"] = True
    environment.finalize = finalize
    environment.globals |= {
        "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext, "_": gettext,
        "language": say_it.language, "languages": list(LANGUAGES.values()),
    }  # fmt: skip
    environment.filters |= {"join": join, "capitalize": capitalized}
    return environment
