"""Sentences that reach a reader and are no messages: in the code, and in the templates.

The rooms that word things hold no sentence that is not said; elsewhere it is what is handed to a
reader by name, such as the reason of a fault. What is raised for programmers, logged, or written
as documentation is none.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from jinja2 import nodes

WORDING = (
    "screening/words/", "screening/source_health", "screening/standstill", "screening/plausibility",
    "screening/watch_files", "screening/lost_store", "screening/register", "screening/cases",
    "screening/decide/assess", "screening/rules/register", "notify/message", "notify/forms",
    "notify/digest", "status/status", "status/search", "judging/quarantine", "judging/docket",
    "judging/part_look", "judging/list_look", "judging/act_", "web/watches", "web/timeline",
    "web/poll_strip", "web/size_chart", "web/atom", "deliver", "history/search",
)  # fmt: skip
"""The modules that word what readers see: there every sentence is said."""
_TELLS: Mapping[str, Sequence[int]] = {
    "SourceFault": (0,), "Doubt": (2,), "HTTPException": (1,), "Comparison": (2,), "Found": (2,),
}  # fmt: skip
"""By what is called, which of its arguments a reader sees."""
_TELL_BY_NAME = {("Event", "title"), ("Event", "summary"), ("Story", "headline")}
_ASIDE = {
    "say", "say_many", "template", "compile", "Query", "Path", "event_id", "get", "strftime",
    "render", "startswith", "counted", "split",
}  # fmt: skip
"""Calls whose arguments are said, or are no words."""
_WORDS = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}|[a-z]{3,} \{\}|\{\},? [a-z]{3,}")
_NO_WORDS = re.compile(
    r"^in force$|^Entity List monitor$|more characters|entity-monitor |^[\w.]+$|https?:|%Y|"
    r"sha256 |Supplement No|Part 744|^M\{"
)

_TRANS = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.DOTALL)
_ASIDE_IN_HTML = re.compile(
    r"\{#.*?#\}|<pre>.*?</pre>|<code>.*?</code>|<style>.*?</style>", re.DOTALL
)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|&\w+;", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_READ_OUT = re.compile(r'\b(?:aria-label|title|data-label|alt|placeholder)="([^"]*)"')
_BARE = re.compile(r"\b[A-Za-z]{3,}\b(?: [A-Za-z]+)*")
_SAID = re.compile(r"[A-Z][a-z]+|[a-z]{2,} [a-z]{2,}")


def unsaid_in_code(tree: ast.AST, name: str) -> Iterator[str]:
    """Each with where it stands in the module of that name."""
    told: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            told += [node.args[at] for at in _TELLS.get(called, ()) if at < len(node.args)]
            told += [one.value for one in node.keywords if (called, one.arg) in _TELL_BY_NAME]
    found = [text for one in told for text in literals(one)]
    if name.startswith(WORDING):
        found += [text for text in literals(tree) if reads(text)]
    for text in dict.fromkeys(found):
        yield f"{name}:{text.lineno}: {ast.unparse(text):.60} reaches readers: write say(…)"


def literals(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The strings in it that are not said, logged, raised or written for the next programmer."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called == "joined":
            for one in node.args[1:]:
                yield from literals(one)
            return
        if called.rpartition(".")[2] in _ASIDE or called.startswith("log."):
            for keyword in node.keywords:
                yield from literals(keyword.value)
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
            yield from literals(child)


def reads(text: ast.Constant | ast.JoinedStr) -> bool:
    """Whether it is words for people: two of them, or one beside a value."""
    plain = "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}"
        for part in (text.values if isinstance(text, ast.JoinedStr) else [text])
    )
    return bool(_WORDS.search(plain)) and not _NO_WORDS.search(plain)


def unsaid_in_template(source: str, tree: nodes.Template, name: str) -> Iterator[str]:
    """Words between tags, in attributes that are read out, and in expressions."""
    bare = _CODE.sub(" ", _TRANS.sub(" ", _ASIDE_IN_HTML.sub(" ", source)))
    for word in _BARE.findall(" ".join([_TAG.sub(" | ", bare), *_READ_OUT.findall(bare)])):
        yield f'{name}: “{word}” reaches readers: write {{{{ _("…") }}}} or trans'
    called = {id(one) for call in tree.find_all(nodes.Call) for one in call.args}
    for const in tree.find_all(nodes.Const):
        if id(const) not in called and isinstance(const.value, str) and _SAID.match(const.value):
            yield f'{name}:{const.lineno}: “{const.value}” reaches readers: write _("…")'
