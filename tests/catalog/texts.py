"""Every text that readers see, gathered from the code and the templates."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, nodes

from monitor.screening.destinations import CALLED
from tests.catalog.unsaid import unsaid_in_code, unsaid_in_template

ROOT = Path(__file__).resolve().parents[2] / "monitor"
PLACES = re.compile(r"(?<!\{)\{(\w+)[^{}]*\}(?!\})|%\((\w+)\)s")
MESSAGES = ROOT / "screening/words/message.py"
AT_A_TERMINAL = {"cli", "doctor", "replay"}
"""Rooms that speak to operators alone, in English."""
IN_ENGLISH = {"report.html"}
"""Evidence, which commands write and lawyers file: it is in English like the commands."""


@dataclass(frozen=True)
class Texts:
    """Each text by its template, and what is wrong with how they are written."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)
    """By context and template, the one for many where it has one."""
    faults: list[str] = field(default_factory=list)

    def add(self, msgid: str, many: str = "", context: str = "") -> None:
        self.known[context, msgid] = many


def texts() -> Texts:
    """Those of the code and of the templates."""
    found = Texts()
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT)
        if place.parts[0] not in AT_A_TERMINAL and path != MESSAGES:
            read_code(path.read_text("utf-8"), place.as_posix(), found)
    for name in CALLED.values():
        # `country_name` says them out of the table of headings.
        found.add(name)
    for path in sorted(ROOT.rglob("templates/*")):
        if path.name not in IN_ENGLISH:
            read_template(path.read_text("utf-8"), path.relative_to(ROOT).as_posix(), found)
    return found


def read_code(source: str, name: str, found: Texts) -> None:
    tree = ast.parse(source)
    found.faults.extend(unsaid_in_code(tree, name))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = node.func.id
            if called in {"say", "say_many", "template"}:
                _add(node, called, f"{name}:{node.lineno}", found)


def _add(node: ast.Call, called: str, where: str, found: Texts) -> None:
    """The templates of one call, which must be plain strings, with a value for every place."""
    written = node.args[1:3] if called == "say_many" else node.args[:1]
    known = [one.value for one in written if isinstance(one, ast.Constant)]
    if len(known) != len(written) or not all(isinstance(one, str) for one in known):
        found.faults.append(f"{where}: {called}() needs its templates as plain strings")
        return
    given = {one.arg for one in node.keywords} | ({"count"} if called == "say_many" else set())
    for text in known:
        if called != "template" and None not in given and (wrong := places(str(text)) - given):
            found.faults.append(f"{where}: no value for {', '.join(sorted(wrong))}")
    found.add(*map(str, known))


def read_template(source: str, name: str, found: Texts) -> None:
    environment = Environment(
        extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, autoescape=True
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # the extension's
    tree = environment.parse(source)
    found.faults.extend(unsaid_in_template(source, tree, name))
    for call in tree.find_all(nodes.Call):
        called = call.node.name if isinstance(call.node, nodes.Name) else ""
        said = [one.value for one in call.args if isinstance(one, nodes.Const)]
        if called in {"_", "gettext"}:
            found.add(said[0])
        elif called == "ngettext":
            found.add(said[0], said[1])
        elif called == "pgettext":
            found.add(said[1], context=said[0])


def places(text: str) -> set[str]:
    """The names of a template's places.

    >>> sorted(places("{name} has {count:,} %(rows)s"))
    ['count', 'name', 'rows']
    """
    return {one or other for one, other in PLACES.findall(text)}
