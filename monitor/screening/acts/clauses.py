"""The words of one instruction, read clause by clause: who is named, under which verb, as what.

Built for the language of the bureau's rules: "a. Under CHINA, PEOPLE'S REPUBLIC OF: i. By removing
the entry for “X”; ii. By revising the entry for “Y”". Refuses to know parties: it reads every name
that stands in quotes, and those spans without quotes it is told of.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.screening.acts.own_date import DATED, OwnDates
from monitor.screening.acts.quotes import quote_end
from monitor.screening.acts.roles import PASSIVE, VERB, Verb, is_denied, speaks_of_entries, verb_of
from monitor.screening.acts.walk import Nameless, Naming, Walk, once
from monitor.screening.destinations import ANY, HEADING, destination

__all__ = ["Nameless", "Naming", "read"]

_MANY = (
    rf"(?i:{ANY})\b(?:\s*\([^)]{{1,40}}\))?"
    rf"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:[Uu]nder\s+)?(?:the\s+)?(?i:{ANY})\b"
    r"(?:\s*\([^)]{1,40}\))?)*"
)
_KIND = (
    r"(?:(?i:destinations?|headings?|country\s+headings?|countr(?:y|ies))\s+(?:(?:of|for)\s+)?)?"
)
_TOKEN = re.compile(
    r"(?P<quote>“)"
    rf"|(?P<dated>{DATED})"
    r"|(?P<edge>;|\.\s+(?=(?:By|Under|In|Remove|Add|Revise|The|And)\b)|(?<![\w.])(?:\((?:[a-z]{1,2}|[A-Z]|[ivx]{1,5}|\d{1,2})\)"
    r"|(?:[a-z]|[ivx]{2,5}|aa|bb|cc|\d{1,2})\.)(?=\s))"
    rf"|(?P<passive>\b{PASSIVE}\b)|(?P<verb>\b{VERB}\b)"
    rf"|\b[Uu]nder\s+(?:the\s+)?{_KIND}(?:the\s+)?“?(?P<under>{_MANY})(?:[,.]?”)?"
    r"|\b[Uu]nder\s+(?:the\s+)?(?P<unknown>[A-Z][A-Z'’., ()-]{2,60}[A-Z)])(?![a-z])"
    rf"|(?<![\w“])(?P<heading>{HEADING})(?=\s*[:,;])"
)
_BEFORE_VERB = re.compile(rf"[\s,:]*(?:{DATED}[\s,:]*)?(?:by\s+)?")
_REPLACED = re.compile(r"\bin\s+(?:its|their)\s+(?:place|stead)\b|\bin\s+lieu\b", re.IGNORECASE)
_REPLACES = re.compile(
    r"[\s;,.]*(?:and\s+)?(?:\(?\w{1,3}[.)]\s+)?(?:by\s+)?(?:add|insert|substitut)\w*[\s,]+"
    r"in\s+(?:its|their)\s+(?:place|stead)\b",
    re.IGNORECASE,
)


def read(
    text: str, start: int, end: int, unquoted: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[Naming, ...], tuple[Nameless, ...]]:
    """Every naming of an instruction's words, and the verbs that name nobody.

    `unquoted`: spans of names to be taken as named although no quotes mark them.
    """
    reader, dates = Walk(clause=(start, start)), OwnDates.of(text, start)
    at, gap = start, ""
    for kind, token_start, token_end, value in _tokens(text, start, end, unquoted):
        gap, at = gap + text[at:token_start], token_end
        _date(dates, kind, token_end, value)
        if kind == "dated":
            # the words around it go on as if it were not there
            continue
        reader.behind(gap, kind)
        reader.lead += gap
        _take(reader, text, (kind, token_start, token_end, value))
        gap = ""
    gap += text[at:end]
    reader.behind(gap, "end")
    reader.lead += gap
    reader.keep_words()
    reader.finish(end)
    added = {naming.clause for naming in reader.namings if naming.bare and naming.verb is Verb.ADD}
    renewed = {clause for clause in reader.clauses() if _is_replaced(text, *clause)}
    namings = tuple(
        replace(
            naming,
            replaced=naming.clause in renewed or (naming.bare and naming.clause in added),
            on=on,
        )
        for naming, on in zip(reader.namings, dates.named(), strict=True)
    )
    return namings, tuple(
        Nameless(group.verb, group.destinations, group.clause, dates.nameless(group.clause[0]))
        for group in reader.groups
        if group.verb is not None and not group.named and speaks_of_entries(group.words)
    )


def _date(dates: OwnDates, kind: str, end: int, value: str) -> None:
    """Takes the token for the dates that stand beside names."""
    if kind == "dated":
        dates.date(value)
    elif kind == "edge":
        dates.turn(end, value)
    elif kind == "verb":
        dates.verb()
    elif kind in {"quote", "name"}:
        dates.name()


def _is_replaced(text: str, start: int, end: int) -> bool:
    """Whether the clause, or the one after it, puts something in the place of what it names."""
    return bool(_REPLACED.search(text, start, end) or _REPLACES.match(text, end, end + 200))


_Token = tuple[str, int, int, str]


def _tokens(text: str, start: int, end: int, unquoted: Sequence[tuple[int, int]]) -> list[_Token]:
    found, at = list[_Token](), start
    while (token := _TOKEN.search(text, at, end)) is not None:
        kind, begin = str(token.lastgroup), token.start()
        at = quote_end(text, begin, end) if kind == "quote" else token.end()
        found.append((kind, begin, at, text[begin:at] if kind == "quote" else token[kind]))
    for name_start, name_end in unquoted:
        found = [token for token in found if token[2] <= name_start or token[1] >= name_end]
        found.append(("name", name_start, name_end, text[name_start:name_end]))
    return sorted(found, key=lambda token: token[1])


def _take(reader: Walk, text: str, token: _Token) -> None:
    kind, start, end, value = token
    if kind in {"quote", "name"}:
        inner = (start + 1, end - value.endswith("”")) if kind == "quote" else (start, end)
        reader.name(*inner, behind=text[end : end + 20], quoted=kind == "quote")
        return
    if kind not in {"under", "unknown", "heading"}:
        reader.keep_words()
    if kind == "edge":
        reader.turn(end, value)
    elif kind == "verb":
        denied = is_denied(text[max(start - 60, 0) : start])
        reader.act(None if denied else verb_of(value))
    elif kind == "passive":
        reader.act_on_what_stands_before(verb_of(value))
    else:
        said = [value] if kind == "unknown" else re.findall(ANY, value, re.IGNORECASE)
        follows = _BEFORE_VERB.match(text, end)
        before_verb = follows is not None and bool(
            re.match(VERB, text[follows.end() : follows.end() + 20])
        )
        reader.place(once(destination(one) for one in said), before_verb=before_verb)
