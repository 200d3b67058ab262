"""The text of a rule as the Federal Register prints it, hard-wrapped, and its wrappers. Pure.

The raw text under a `.txt` address is an HTML page with one `<pre>`; on public inspection it is
plain and has no page numbers. Names break where the line ends, as they do in print.
"""

import textwrap
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape

from monitor.screening.entry import Entry
from tests.upstream.ecfr_xml import dated, heading_of

_WIDTH = 71
_RULE_OFF = "-" * _WIDTH


def quoted(names: Sequence[str]) -> str:
    """Names as an instruction lists them: ``A''; ``B''; and ``C''."""
    marked = [f"``{name}''" for name in names]
    return marked[0] if len(marked) == 1 else "; ".join(marked[:-1]) + f"; and {marked[-1]}"


def rule_text(
    *,
    title: str,
    summary: str,
    dates: str,
    background: Sequence[str],
    instructions: Sequence[str],
    table: str = "",
    docket: str,
    rin: str,
    parts: str = "Part 744",
) -> str:
    """A final rule from heading to signature. Each instruction is one numbered amendment."""
    paragraphs = [
        "DEPARTMENT OF COMMERCE", "Bureau of Industry and Security", f"15 CFR {parts}",
        f"[Docket No. {docket}]\nRIN {rin}", title,
        "AGENCY: Bureau of Industry and Security, Department of Commerce.", "ACTION: Final rule.",
        _RULE_OFF, _wrapped(f"SUMMARY: {summary}"), _wrapped(f"DATES: {dates}"),
        _wrapped(
            "FOR FURTHER INFORMATION CONTACT: Chair, End-User Review Committee, Office of the"
            " Assistant Secretary for Export Administration, Bureau of Industry and Security,"
            " Department of Commerce, Phone: (202) 482-5991, Email: ERC@bis.doc.gov."
        ),
        "SUPPLEMENTARY INFORMATION:", "Background", *(_indented(one) for one in background),
        f"List of Subjects in 15 CFR {parts}",
        _indented("Exports, Reporting and recordkeeping requirements, Terrorism."),
        _indented(
            "Accordingly, part 744 of the Export Administration Regulations (15 CFR parts 730"
            " through 774) is amended as follows:"
        ),
        "PART 744--CONTROL POLICY: END-USER AND END-USE BASED",
        "0\n1. The authority citation for 15 CFR part 744 continues to read as\nfollows:",
        _indented("Authority: 50 U.S.C. 4801-4852; 50 U.S.C. 4601 et seq.; 22 U.S.C. 3201 et seq."),
        *(f"0\n{_wrapped(f'{n}. {said}')}" for n, said in enumerate(instructions, start=2)),
        table,
        "Assistant Secretary for Export Administration.",
    ]  # fmt: skip
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def entry_table(entries: Sequence[Entry], cited: str) -> str:
    """The five columns of an addition as printed, every cell folded into its own."""
    widths = (14, 22, 14, 14, 11)
    head = (
        "Country",
        "Entity",
        "License requirement",
        "License review policy",
        "Federal Register citation",
    )
    lines = ["Supplement No. 4 to Part 744--Entity List", "", "* * * * *", "-" * 79]
    lines += [*_folded(head, widths), "-" * 79, " " * 30 + "* * * * * * *"]
    for entry in entries:
        named = entry.name if not entry.aliases else f"{entry.name}, a.k.a., " + "; ".join(
            f"--{alias}" for alias in entry.aliases)  # fmt: skip
        # What ends a name, or its aliases, is no second full stop.
        end = ("" if named.endswith(".") else ".") if entry.aliases else ","
        cells = (
            heading_of(entry.country), f"{named}{end} {'; and '.join(entry.addresses)}.",
            entry.license_requirement or "", entry.license_policy or "", cited,
        )  # fmt: skip
        lines += [*_folded(cells, widths), " " * 30 + "* * * * * * *"]
    return "\n".join([*lines, "-" * 79, "* * * * *"])


def citation_cell(cited: str, published: date) -> str:
    """A citation with its date, as the table prints it."""
    return f"{cited}, {dated(cited, published.isoformat())}."


def published_page(
    text: str, *, number: str, citation: str, published: date, pages: int = 2
) -> str:
    """The raw text as served: an HTML page, entities escaped, a page number in mid-text."""
    volume, _, page = citation.split()
    first = int(page)
    filed = published - timedelta(days=1)
    lines = text.splitlines()
    middle = len(lines) * 2 // 3
    broken = "\n".join([*lines[:middle], "", f"[[Page {first + 1}]]", "", *lines[middle:]])
    opening = f"""[Federal Register Volume {volume}, Number {_issue(published)} \
({published:%A, %B} {published.day}, {published.year})]
[Rules and Regulations]
[Pages {first}-{first + pages - 1}]
From the Federal Register Online via the Government Publishing Office ["""
    return (
        f"<html>\n<head>\n<title>Federal Register, Volume {volume} Issue {_issue(published)}"
        f"</title>\n</head>\n<body><pre>\n{opening}"
        '<a href="http://www.gpo.gov">www.gpo.gov</a>]\n'
        f"[FR Doc No: {number}]\n\n\n{'=' * _WIDTH}\n{escape(broken, quote=False)}\n"
        f"[FR Doc. {number} Filed {filed.month}-{filed.day}-{filed:%y}; 8:45 am]\n"
        "BILLING CODE 3510-33-P\n\n\n</pre></body>\n</html>\n"
    )


def inspection_page(text: str, *, number: str, publication: date | None, filed: datetime) -> str:
    """The raw text on public inspection: plain, with a notice on top."""
    due = f"{publication:%m/%d/%Y}" if publication else "a date to be announced"
    return (
        f"This document is scheduled to be published in the\nFederal Register on {due} and"
        f" available online at\nhttps://federalregister.gov/d/{number}, and on https://govinfo.gov\n\n"
        f"Billing Code: 3510-33-P\n\n{text}\n"
        f"[FR Doc. {number} Filed: {filed:%-m/%-d/%Y %-I:%M} {'am' if filed.hour < 12 else 'pm'};"
        f" Publication Date:  {due}]\n"
    )


def xml_page(text: str) -> str:
    """The same rule as full-text XML: a paragraph an element."""
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    body = "\n".join(f"<P>{escape(part, quote=False)}</P>" for part in paragraphs)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<RULE>\n{body}\n</RULE>\n'


def _issue(published: date) -> int:
    """The number of the day's issue, counting weekdays; holidays are not known here."""
    return sum(
        date.fromordinal(day).weekday() < 5
        for day in range(date(published.year, 1, 1).toordinal(), published.toordinal() + 1)
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False)


def _indented(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="    ", break_long_words=False)


def _folded(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """One row of a printed table: two blanks between cells, what goes on in one is set in."""
    columns = [
        textwrap.wrap(cell, width, subsequent_indent=" ")
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(len(column) for column in columns)
    return [
        "  ".join(
            (column[line] if line < len(column) else "").ljust(width)
            for column, width in zip(columns, widths, strict=True)
        ).rstrip()
        for line in range(height)
    ]
