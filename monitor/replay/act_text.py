"""The full text of a scenario's act, drawn up in the style of the Bureau's rules. Pure."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby

from monitor.replay.ecfr_file import heading_of
from monitor.replay.scenario import Act
from monitor.screening.entry import Entry

_WIDTH = 71
_VERBS = {
    "removes": ("removing", "", "removes", "from"),
    "adds": ("adding, in alphabetical order,", ", to read as follows:", "adds", "to"),
    "revises": ("revising", ", to read as follows:", "revises", "on"),
}


def full_text(act: Act, parties: Mapping[str, Entry]) -> str:
    """From the department's name to the last instruction."""
    if act.text is not None:
        return act.text
    effective = act.effective or act.publication
    instructions = _instructions(act, parties)
    paragraphs = [
        "DEPARTMENT OF COMMERCE",
        "Bureau of Industry and Security",
        "15 CFR Part 744",
        act.title,
        "AGENCY: Bureau of Industry and Security, Department of Commerce.",
        "ACTION: Final rule.",
        "-" * _WIDTH,
        f"SUMMARY: {act.abstract or 'This rule amends the Export Administration Regulations.'}",
        f"DATES: This rule is effective {_spoken(effective)}.",
        "SUPPLEMENTARY INFORMATION:",
        *_preamble(act, parties),
        "PART 744--CONTROL POLICY: END-USER AND END-USE BASED",
        "0\n1. The authority citation for 15 CFR part 744 continues to read as\nfollows:",
        "Authority: 50 U.S.C. 4801-4852; 50 U.S.C. 4601 et seq.; 22 U.S.C. 3201 et seq.",
        *(f"0\n{_wrapped(f'{n}. {said}')}" for n, said in enumerate(instructions, start=2)),
        "Assistant Secretary for Export Administration.",
    ]
    return "\n\n".join(p if p.startswith("0\n") else _wrapped(p) for p in paragraphs) + "\n"


def filed_page(act: Act, text: str, filed: date) -> bytes:
    """The raw text on public inspection."""
    return (
        f"This document is scheduled to be published in the\nFederal Register on "
        f"{act.publication:%m/%d/%Y} and available online at\n"
        f"https://federalregister.gov/d/{act.number}\n\nBilling Code: 3510-33-P\n\n{text}\n"
        f"[FR Doc. {act.number} Filed: {filed:%m/%d/%Y} 8:45 am]\n"
    ).encode()


def published_page(act: Act, text: str) -> bytes:
    """The raw text of a published document: a page with one block, as the host sends it."""
    day = act.publication
    body = (
        f"[Federal Register ({day:%A}, {_spoken(day)})]\n[Rules and Regulations]\n"
        f"[FR Doc No: {act.number}]\n\n{'=' * _WIDTH}\n{text}\n"
        f"[FR Doc. {act.number} Filed {day:%m-%d-%y}; 8:45 am]\nBILLING CODE 3510-33-P\n"
    )
    return f"<html>\n<body><pre>\n{escape(body, quote=False)}</pre></body>\n</html>\n".encode()


def _instructions(act: Act, parties: Mapping[str, Entry]) -> list[str]:
    said = []
    for verb, names in (("removes", act.removes), ("adds", act.adds), ("revises", act.revises)):
        doing, tail, _, _ = _VERBS[verb]
        entries = sorted((parties[name] for name in names), key=lambda one: one.country or "")
        for country, group in groupby(entries, key=lambda one: one.country):
            under, named = heading_of(country), [one.name for one in group]
            entry = "the entry for" if len(named) == 1 else "the entries for"
            said.append(
                f"Supplement No. 4 to part 744 is amended under {under} by {doing} {entry} "
                f"{_quoted(named)}{tail or '.'}"
            )
    return said or ["Section 744.1 is amended by revising the first sentence."]


def _preamble(act: Act, parties: Mapping[str, Entry]) -> list[str]:
    said = []
    for verb, names in (("removes", act.removes), ("adds", act.adds), ("revises", act.revises)):
        _, _, does, where = _VERBS[verb]
        if names:
            many = "one entity" if len(names) == 1 else f"{len(names)} entities"
            listed = ", ".join(parties[name].name for name in names)
            said.append(f"This rule {does} {many}, {listed}, {where} the Entity List.")
    return said or ["This rule makes the EAR easier to read."]


def _quoted(names: Sequence[str]) -> str:
    marked = [f"``{name}''" for name in names]
    return marked[0] if len(marked) == 1 else "; ".join(marked[:-1]) + f"; and {marked[-1]}"


def _spoken(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
