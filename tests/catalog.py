"""The catalogs of translations: `python -m tests.catalog` brings them up to date with the texts.

New texts are added to each .po untranslated, those that nobody says any more are dropped, and the
.mo files are compiled. `--check` changes nothing, and says what is wrong and how to mend it.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from monitor.language.languages import ENGLISH, LANGUAGES
from monitor.language.translator import CATALOGS

ROOT = Path(__file__).resolve().parents[1] / "monitor"
PLACES = re.compile(r"(?<!\{)\{(\w+)[^{}]*\}(?!\})|%\((\w+)\)s")
CODES = [code for code, one in LANGUAGES.items() if one is not ENGLISH]
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
MEND = "run `python -m tests.catalog`, then translate what it adds"


@dataclass(frozen=True)
class Texts:
    """Every text that readers see: its template, and that for many of a thing where it has one."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)
    """By context and template, the one for many."""
    faults: list[str] = field(default_factory=list)

    def add(self, msgid: str, many: str = "", context: str = "") -> None:
        self.known[context, msgid] = many


def texts() -> Texts:
    """Those of the code and of the templates."""
    found = Texts()
    for path in sorted(ROOT.rglob("*.py")):
        _read_code(path, found)
    for path in sorted(ROOT.rglob("templates/*")):
        _read_template(path, found)
    return found


def _read_code(path: Path, found: Texts) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name, args = node.func.id, node.args
        if (
            name not in {"say", "say_many", "template"}
            or path.name == "message.py"
            or "cli" in path.parts
        ):
            continue
        texts_ = args[1:3] if name == "say_many" else args[:1]
        literal = [one.value for one in texts_ if isinstance(one, ast.Constant)]
        if len(literal) != len(texts_) or not all(isinstance(one, str) for one in literal):
            where = f"{path.relative_to(ROOT.parent)}:{node.lineno}"
            found.faults.append(f"{where}: {name}() needs its templates as plain strings")
            continue
        given = {one.arg for one in node.keywords} | ({"count"} if name == "say_many" else set())
        for text in literal:
            if name != "template" and None not in given and (wrong := places(str(text)) - given):
                where = f"{path.relative_to(ROOT.parent)}:{node.lineno}"
                found.faults.append(f"{where}: no value for {', '.join(sorted(map(str, wrong)))}")
        found.add(*map(str, literal))


def _read_template(path: Path, found: Texts) -> None:
    environment = Environment(
        extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, autoescape=True
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # the extension's
    tree = environment.parse(path.read_text("utf-8"))
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        said = [one.value for one in call.args if isinstance(one, nodes.Const)]
        if name in {"_", "gettext"}:
            found.add(said[0])
        elif name == "ngettext":
            found.add(said[0], said[1])
        elif name == "pgettext":
            found.add(said[1], context=said[0])


def places(text: str) -> set[str]:
    """The names of a template's places.

    >>> sorted(places("{name} has {count:,} %(rows)s"))
    ['count', 'name', 'rows']
    """
    return {one or other for one, other in PLACES.findall(text)}


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


def main(arguments: list[str]) -> int:
    found = texts()
    if "--check" not in arguments:
        for code in CODES:
            po = po_of(updated(code, found))
            (CATALOGS / f"{code}.po").write_bytes(po)
            (CATALOGS / f"{code}.mo").write_bytes(mo_of(po, code))
    wrong = list(faults(found))
    print("\n".join(wrong) or f"{len(found.known)} texts, each in {', '.join(CODES)}")  # noqa: T201 - a command
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
