"""Messages said in a language, by its catalog. What has no translation is said in English, counted.

A catalog is read when the first reader of its language comes; English never reads one.
"""

import logging
from collections import Counter
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from monitor.language.languages import ENGLISH, Language, language_of
from monitor.screening.words.message import Message

CATALOGS = Path(__file__).parent / "catalogs"
_MOST = 1000
"""Sentences without translation that are named in the log, each once."""

log = logging.getLogger("monitor.language")
missing = Counter[str]()
"""By language, how often something was said in English for want of a translation."""
_named = set[tuple[str, str]]()


class _UntranslatedError(Exception):
    """The catalog has no translation."""


class _Nothing(NullTranslations):
    def gettext(self, message: str) -> str:
        raise _UntranslatedError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        del msgid2, n
        raise _UntranslatedError(msgid1)

    def pgettext(self, context: str, message: str) -> str:
        del context
        raise _UntranslatedError(message)


@cache
def _catalog(code: str) -> GNUTranslations:
    with (CATALOGS / f"{code}.mo").open("rb") as file:
        found = GNUTranslations(file)
    found.add_fallback(_Nothing())
    return found


class Translator:
    """Says messages in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, text: str) -> str:
        """The text in this language; a name, a citation or quoted law as it is."""
        if self.language is ENGLISH or not text:
            return text
        if isinstance(text, Message):
            said = self._said(text)
            return said[:1].upper() + said[1:] if text.capital and self.language.capitals else said
        return self.language.dated(text)

    def name(self, name: str) -> str:
        """A party's name; one that an older ledger kept as plain text is a name all the same."""
        return self(name) if isinstance(name, Message) and name.is_name else str.__str__(name)

    def value(self, value: object) -> object:
        """What stands in a sentence, as this language writes it."""
        if isinstance(value, Message):
            return self(value)
        return self.language.dated(value) if isinstance(value, str) else value

    def _said(self, message: Message) -> str:
        if message.parts:
            parts = (str(self.value(part)) for part in message.parts)
            return self.language.joined(message.separator, parts)
        if message.is_name:
            return self.language.called(message, message.local)
        if not message.msgid:
            return self._untranslated(message, message)
        try:
            template = self.template(message.msgid, message.many, message.values.get("count", 1))
            if not message.values:
                return template
            return self.language.placed(
                template, {name: self.value(value) for name, value in message.values.items()}
            )
        except _UntranslatedError:
            return self._untranslated(message, message.msgid)

    def template(self, msgid: str, many: str = "", count: object = 1, context: str = "") -> str:
        """The translation of a template. Raises where there is none."""
        catalog = _catalog(self.language.code)
        if many:
            return catalog.ngettext(msgid, many, count if isinstance(count, int) else 2)
        return catalog.pgettext(context, msgid) if context else catalog.gettext(msgid)

    def shown(self, msgid: str, many: str = "", count: object = 1, context: str = "") -> str:
        """The translation of what a template of a page or mail says, or the English."""
        if self.language is ENGLISH:
            return many if many and count != 1 else msgid
        try:
            return self.template(msgid, many, count, context)
        except _UntranslatedError:
            return self._untranslated(many if many and count != 1 else msgid, msgid)

    def _untranslated(self, text: str, msgid: str) -> str:
        code = self.language.code
        missing[code] += 1
        if (code, msgid) not in _named and len(_named) < _MOST:
            _named.add((code, msgid))
            log.warning("no translation into %s of: %.200s", code, msgid)
        return str.__str__(text)


IN_ENGLISH = Translator(ENGLISH)


@cache
def translator(code: str) -> Translator:
    """What says messages in the language of a code; in English where that is not known."""
    return Translator(language_of(code))
