"""The catalogs of translations: `python -m tests.catalog` brings them up to date with the texts.

New texts are added to each .po untranslated, those that nobody says any more are dropped, and the
.mo files are compiled. `--check` changes nothing, and says what is wrong and how to mend it.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
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
WORDING = (
    "screening/words/", "screening/source_health", "screening/standstill", "screening/plausibility",
    "screening/watch_files", "screening/lost_store", "screening/register", "screening/cases",
    "screening/decide/assess", "screening/rules/register", "notify/message", "notify/forms",
    "notify/digest", "status/status", "status/search", "judging/quarantine", "judging/docket",
    "judging/part_look", "judging/list_look", "judging/act_", "web/watches", "web/timeline",
    "web/poll_strip", "web/size_chart", "web/atom", "deliver", "history/search",
)  # fmt: skip
"""The modules that word what readers see: there every sentence is said."""
IN_ENGLISH = {"report.html"}
"""Evidence, which commands write and lawyers file: it is in English like the commands."""
_TELLS: Mapping[str, Sequence[int]] = {
    "SourceFault": (0,), "Doubt": (2,), "HTTPException": (1,), "Comparison": (2,), "Found": (2,),
}  # fmt: skip
"""By what is called, which of its arguments a reader sees."""
_TELL_BY_NAME = {("Event", "title"), ("Event", "summary"), ("Story", "headline")}
_ASIDE = {
    "say", "say_many", "template", "compile", "Query", "Path", "event_id", "get", "strftime",
    "render", "startswith", "counted", "Text", "say_template", "split", "element",
}  # fmt: skip
_WORDS = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}|[a-z]{3,} \{\}|\{\},? [a-z]{3,}")
_NO_WORDS = re.compile(
    r"^in force$|^Entity List monitor$|more characters|entity-monitor |^[\w.]+$|https?:|%Y|"
    r"sha256 |Supplement No|Part 744|^M\{"
)
_TRANS = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}|<pre>.*?</pre>|<code>.*?</code>|<style>.*?</style>", re.DOTALL)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|&\w+;", re.DOTALL)
_TAGS = re.compile(r"(?<=[}\w\s\"%/])?<[^<>]*(?:\{[{%].*?[%}]\}[^<>]*)*>", re.DOTALL)
_ATTRIBUTES = re.compile(r'\b(?:aria-label|title|data-label|alt|placeholder)="([^"{]*)"')
_BARE = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]+)*")
_SAID = re.compile(r"[A-Z][a-z]+|[a-z]{2,} [a-z]{2,}")
MESSAGES = ROOT / "screening/words/message.py"
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
        if path.relative_to(ROOT).parts[0] in {"cli", "doctor", "replay"}:
            continue  # for operators at a terminal, in English
        _read_code(path, found)
        _unsaid(path, found)
    for path in sorted(ROOT.rglob("templates/*")):
        if path.name not in IN_ENGLISH:
            _read_template(path, found)
    return found


def _read_code(path: Path, found: Texts) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name, args = node.func.id, node.args
        if (
            name not in {"say", "say_many", "template"}
            or path == ROOT / "screening/words/message.py"
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


def _unsaid(path: Path, found: Texts) -> None:
    """Sentences that reach a reader and are no messages, by where they stand."""
    tree = ast.parse(path.read_text("utf-8"))
    name = path.relative_to(ROOT).as_posix()
    told: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            told += [node.args[at] for at in _TELLS.get(called, ()) if at < len(node.args)]
            told += [one.value for one in node.keywords if (called, one.arg) in _TELL_BY_NAME]
    inside = [text for one in told for text in _literals(one)]
    if name.startswith(WORDING):
        inside += [text for text in _literals(tree) if _reads(text)]
    for text in dict.fromkeys(inside):
        where = f"{path.relative_to(ROOT.parent)}:{text.lineno}"
        found.faults.append(f"{where}: {ast.unparse(text):.60} reaches readers: write say(...)")


def _literals(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The strings in it that are not said, logged, raised or written for the next programmer."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called == "joined":
            for one in node.args[1:]:
                yield from _literals(one)
            return
        if called.rpartition(".")[2] in _ASIDE or called.startswith("log."):
            for keyword in node.keywords:
                yield from _literals(keyword.value)
            return
    if isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    ):
        if re.search("[A-Za-z]{2}", ast.unparse(node)[2:]):
            yield node
        return
    for child in ast.iter_child_nodes(node):
        is_doc = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if not is_doc and not isinstance(child, ast.Raise):
            yield from _literals(child)


def _reads(text: ast.Constant | ast.JoinedStr) -> bool:
    """Whether it is words for people: two of them, or one beside a value."""
    plain = "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}"
        for part in (text.values if isinstance(text, ast.JoinedStr) else [text])
    )
    return bool(_WORDS.search(plain)) and not _NO_WORDS.search(plain)


def _read_template(path: Path, found: Texts) -> None:
    environment = Environment(
        extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, autoescape=True
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # the extension's
    source = path.read_text("utf-8")
    tree = environment.parse(source)
    bare = _TAGS.sub(" ", _TRANS.sub("", _COMMENT.sub("", source)))
    bare += " ".join(_ATTRIBUTES.findall(_TRANS.sub("", source)))
    for word in _BARE.findall(_CODE.sub(" ", bare)):
        place = path.relative_to(ROOT.parent)
        found.faults.append(f'{place}: “{word}” reaches readers: write {{{{ _("…") }}}} or trans')
    called = {id(one) for call in tree.find_all(nodes.Call) for one in call.args}
    for const in tree.find_all(nodes.Const):
        if id(const) not in called and isinstance(const.value, str) and _SAID.match(const.value):
            where = f"{path.relative_to(ROOT.parent)}:{const.lineno}"
            found.faults.append(f'{where}: “{const.value}” reaches readers: write _("…")')
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
