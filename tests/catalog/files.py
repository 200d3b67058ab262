"""The catalogs as files: what is wrong with one, and one brought up to date."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from gettext import GNUTranslations
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from monitor.language.languages import ENGLISH, LANGUAGES
from monitor.language.translator import CATALOGS
from tests.catalog.texts import Texts, places

CODES = [code for code, one in LANGUAGES.items() if one is not ENGLISH]
MEND = "run `python -m tests.catalog`, then translate what it adds"
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def read(code: str) -> Catalog:
    with (CATALOGS / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def problems(code: str, found: Texts) -> Iterator[str]:
    """What is wrong with a catalog, each with what to do."""
    said = {(one.context or "", _single(one.id)): one for one in read(code) if one.id}
    for context, msgid in found.known.keys() - said.keys():
        about = f"msgctxt {context!r}, " if context else ""
        yield f"{code}.po lacks {about}msgid {msgid!r}: {MEND}"
    for (context, msgid), one in said.items():
        if (context, msgid) not in found.known:
            yield f"{code}.po translates what nobody says, msgid {msgid!r}: {MEND}"
            continue
        strings = list(one.string) if isinstance(one.string, (list, tuple)) else [one.string]
        if not all(strings) or one.fuzzy:
            yield f"{code}.po has no translation of msgid {msgid!r}: write its msgstr"
            continue
        allowed = places(msgid) | places(found.known[context, msgid])
        for string in strings:
            if wrong := places(str(string)) ^ allowed:
                yield f"{code}.po: {', '.join(sorted(wrong))} differ in msgid {msgid!r}"


def _single(id_: object) -> str:
    return str(id_[0]) if isinstance(id_, (list, tuple)) else str(id_)


def updated(code: str, found: Texts) -> Catalog:
    """The catalog with every text there is and no other, in a steady order."""
    old = {(one.context or "", _single(one.id)): one for one in read(code) if one.id}
    new = Catalog(locale=code, fuzzy=False)
    for (context, msgid), many in sorted(found.known.items(), key=lambda one: one[0][::-1]):
        known = old.get((context, msgid))
        string = known.string if known and known.string else ""
        if many and isinstance(string, str):
            string = (string,) * new.num_plurals
        new.add((msgid, many) if many else msgid, string, context=context or None)
    return new


def po_of(catalog: Catalog) -> bytes:
    """As the file has it: without the dates and names that would differ each time."""
    out = BytesIO()
    catalog.header_comment = "# Translations. `python -m tests.catalog` keeps them up to date."
    write_po(out, catalog, width=100, omit_header=False, sort_output=False, no_location=True)
    dropped = re.compile(
        rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|'
        rb"Report-Msgid-Bugs-To|Project-Id-Version)[^\n]*\n", re.MULTILINE,
    )  # fmt: skip
    return dropped.sub(b"", out.getvalue())


def mo_of(po: bytes, code: str) -> bytes:
    catalog = read_po(BytesIO(po), locale=code)
    catalog.creation_date = catalog.revision_date = _ANY_DAY
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def compiled(code: str, mo: bytes | None = None) -> Mapping[object, str]:
    """What a compiled catalog says; the file's, or that of these bytes."""
    content = (CATALOGS / f"{code}.mo").read_bytes() if mo is None else mo
    found: dict[object, str] = dict(vars(GNUTranslations(BytesIO(content)))["_catalog"])
    found.pop("", None)
    return found


def faults(found: Texts) -> Iterator[str]:
    """Everything that is wrong with the texts and their translations."""
    yield from found.faults
    for code in CODES:
        yield from problems(code, found)
        if compiled(code) != compiled(code, mo_of((CATALOGS / f"{code}.po").read_bytes(), code)):
            yield f"{code}.mo is not what {code}.po says: run `python -m tests.catalog`"
