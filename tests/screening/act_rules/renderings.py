"""A rule in the four forms in which its text is read: raw text, XML, page and filed text. Pure.

Raw text is what the printing office makes: 71 columns, quotes as ``…'', letters outside ASCII by
name in brackets, tables drawn with dashes and leaders. What is filed is text taken out of a PDF:
curly quotes, page numbers between form feeds, columns side by side without rules.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from html import escape

from tests.upstream.act_text import inspection_page, published_page

_DAY = date(2026, 8, 24)
_WIDTHS = (14, 24, 15, 15, 12)
_MARKS = {"acute": "acute", "grave": "grave", "circumflex": "circ", "tilde": "tilde",
          "diaeresis": "uml", "cedilla": "cedil", "caron": "caron", "breve": "breve",
          "macron": "macr", "ogonek": "ogon"}  # fmt: skip
_LETTERS = {
    "ı": "inodot", "ł": "lstrok", "Ł": "Lstrok", "đ": "dstrok", "ø": "oslash", "Ø": "Oslash",
    "ß": "szlig", "æ": "aelig", "Æ": "AElig", "İ": "Idot", "ż": "zdot", "Ż": "Zdot", "ė": "edot",
    "å": "aring", "Å": "Aring", "°": "deg",
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A rule's words, with “quotes” and the letters they are written in."""

    title: str
    summary: str
    dates: str
    background: Sequence[str]
    instructions: Sequence[str]
    """Each one numbered amendment, its clauses on lines of their own."""
    rows: Sequence[Sequence[str]] = ()
    """The rows printed below, as cells whose lines are parted by newlines."""
    supplement: str = "Supplement No. 4 to Part 744—Entity List"


_FURNITURE_HEAD = (
    "DEPARTMENT OF COMMERCE", "Bureau of Industry and Security", "15 CFR Part 744",
    "[Docket No. 260820-0231]\nRIN 0694-AK99",
)  # fmt: skip
_BEGINS = (
    (
        "Accordingly, part 744 of the Export Administration Regulations (15 CFR parts 730 through"
        " 774) is amended as follows:"
    ),
    "PART 744—CONTROL POLICY: END-USER AND END-USE BASED",
    "1. The authority citation for 15 CFR part 744 continues to read as follows:",
    "Authority: 50 U.S.C. 4801-4852; 50 U.S.C. 4601 et seq.; 22 U.S.C. 3201 et seq.",
)
_HEADS = ("Country", "Entity", "License requirement", "License review policy",
          "Federal Register citation")  # fmt: skip
_SIGNED = "Landon Q. Example,\n\nAssistant Secretary for Export Administration."


def raw(rule: Rule, *, leaders: bool = True) -> str:
    """As the printing office has it in print, one page number in mid-text."""
    said = [*_FURNITURE_HEAD, _wrap(rule.title), ("AGENCY: Bureau of Industry and Security,"
            " Department of Commerce."), "ACTION: Final rule.", "-" * 71,
            _wrap(f"SUMMARY: {rule.summary}"), _wrap(f"DATES: {rule.dates}"),
            "SUPPLEMENTARY INFORMATION:", "Background"]  # fmt: skip
    said += [_wrap(one, "    ") for one in rule.background]
    said += ["List of Subjects in 15 CFR Part 744", "    Exports, Terrorism."]
    said += [_wrap(one, "    ") for one in _BEGINS]
    for number, instruction in enumerate(rule.instructions, 2):
        first, *clauses = instruction.split("\n")
        said.append("0\n" + _wrap(f"{number}. {first}"))
        said += [_wrap(clause, "    ").replace("•", "<bullet>") for clause in clauses]
    if rule.rows:
        said += ["    The rows read as follows:", rule.supplement, "* * * * *"]
        said.append(_drawn(rule.rows, leaders=leaders))
    text = "\n\n".join([*said, _SIGNED]) + "\n"
    return published_page(
        _in_ascii(text), number="2026-17230", citation="91 FR 51000", published=_DAY
    )


def xml(rule: Rule) -> str:
    """As the Register's full-text XML has it: unbroken cells, a page mark inside a name."""

    def p(text: str, tag: str = "P") -> str:
        return f"<{tag}>{escape(text, quote=False)}</{tag}>"

    amended = ""
    for number, instruction in enumerate(rule.instructions, 2):
        first, *clauses = instruction.split("\n")
        amended += p(f"{number}. {first}", "AMDPAR") + "".join(
            p(clause, "AMDPAR") for clause in clauses
        )
    middle = amended.find(" ", len(amended) * 2 // 3)
    if middle > 0 and amended.count("<", 0, middle) == amended.count(">", 0, middle):
        amended = f'{amended[:middle]} <PRTPAGE P="51001"/>{amended[middle:]}'
    table = ""
    if rule.rows:
        cells = "".join(
            "<ROW>" + "".join(
                f'<ENT I="0{at}">' + "<LI>".join(
                    escape(line, quote=False) + ("</LI>" if n else "")
                    for n, line in enumerate(cell.split("\n"))
                ) + "</ENT>" for at, cell in enumerate(row, 1)
            ) + "</ROW>" for row in rule.rows
        )  # fmt: skip
        heads = "".join(f'<CHED H="1">{head}</CHED>' for head in _HEADS[: len(rule.rows[0])])
        table = (
            f'<EXTRACT><HD SOURCE="HD1">{escape(rule.supplement)}</HD><STARS/><GPOTABLE COLS="5"'
            f' OPTS="L2,nj,i1"><BOXHD>{heads}</BOXHD><ROW><ENT I="28">*         *</ENT></ROW>'
            f"{cells}</GPOTABLE><STARS/></EXTRACT>"
        )
    preamble = "".join(p(one) for one in rule.background)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<RULE><PREAMB><CFR>15 CFR Part 744</CFR>'
        f'<SUBJECT>{escape(rule.title)}</SUBJECT><SUM><HD SOURCE="HED">SUMMARY:</HD>'
        f'{p(rule.summary)}</SUM><EFFDATE><HD SOURCE="HED">DATES:</HD>{p(rule.dates)}</EFFDATE>'
        f'</PREAMB><SUPLINF><HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD>{preamble}'
        '<LSTSUB><HD SOURCE="HED">List of Subjects in 15 CFR Part 744</HD><P>Exports.</P></LSTSUB>'
        f'{p(_BEGINS[0])}<REGTEXT TITLE="15" PART="744"><PART><HD SOURCE="HED">'
        f"{_BEGINS[1]}</HD></PART><AMDPAR>{_BEGINS[2]}</AMDPAR><AUTH><P>{_BEGINS[3]}</P></AUTH>"
        f"{amended}{table}</REGTEXT><SIG><NAME>Landon Q. Example,</NAME><TITLE>Assistant Secretary"
        " for Export Administration.</TITLE></SIG><FRDOC>[FR Doc. 2026-17230 Filed 8-21-26; 8:45"
        " am]</FRDOC><BILCOD>BILLING CODE 3510-33-P</BILCOD></RULE>\n"
    )


def page(rule: Rule) -> str:
    """As the Register's own page has it, a page mark inside a name."""

    def p(text: str) -> str:
        return f"<p>{escape(text, quote=False)}</p>\n"

    amended = "".join(
        p(f"{number}. {clause}" if not at else clause)
        for number, instruction in enumerate(rule.instructions, 2)
        for at, clause in enumerate(instruction.split("\n"))
    )
    middle = amended.find(" ", len(amended) // 2)
    if middle > 0 and amended.count("<", 0, middle) == amended.count(">", 0, middle):
        mark = '<span class="printed-page" id="page-51001"> (print page 51001) </span>'
        amended = f"{amended[:middle]} {mark}{amended[middle:]}"
    table = ""
    if rule.rows:
        heads = "".join(f"<th>{head}</th>" for head in _HEADS[: len(rule.rows[0])])
        body = "".join(
            "<tr>" + "".join(
                f"<td>{escape(cell, quote=False)}</td>".replace("\n", "<br>") for cell in row
            ) + "</tr>\n" for row in rule.rows
        )  # fmt: skip
        table = f"<h2>{rule.supplement}</h2><p>* * * * *</p><table><thead><tr>{heads}</tr></thead>"
        table += f"<tbody>{body}</tbody></table><p>* * * * *</p>"
    return (
        f"<!DOCTYPE html>\n<html><head><title>{escape(rule.title)}</title></head><body>"
        f"<h1>{escape(rule.title)}</h1><h2>AGENCY:</h2>{p('Bureau of Industry and Security.')}"
        f"<h2>SUMMARY:</h2>{p(rule.summary)}<h2>DATES:</h2>{p(rule.dates)}"
        f"<h2>SUPPLEMENTARY INFORMATION:</h2>{''.join(p(one) for one in rule.background)}"
        f"<h2>List of Subjects in 15 CFR Part 744</h2>{''.join(p(one) for one in _BEGINS)}"
        f"{amended}{table}{p(_SIGNED)}<p>[FR Doc. 2026-17230 Filed 8-21-26; 8:45 am]</p>"
        "</body></html>\n"
    )


def filed(rule: Rule) -> str:
    """As the text taken out of the PDF on public inspection has it, set wide on lined pages."""
    said = [*_FURNITURE_HEAD, rule.title, ("AGENCY: Bureau of Industry and Security, Department of"
            " Commerce."), "ACTION: Final rule.", f"SUMMARY: {rule.summary}",
            f"DATES: {rule.dates}", "SUPPLEMENTARY INFORMATION:", "Background", *rule.background,
            "List of Subjects in 15 CFR Part 744", *_BEGINS]  # fmt: skip
    for number, instruction in enumerate(rule.instructions, 2):
        first, *clauses = instruction.split("\n")
        said += [f"{number}. {first}", *clauses]
    lines = [line for one in said for line in [*textwrap.wrap(
        " ".join(one.split()), 84, break_on_hyphens=False), ""]]  # fmt: skip
    if rule.rows:
        lines += ["The rows read as follows:", "", rule.supplement, "", "* * * * *", ""]
        lines += _side_by_side(_HEADS[: len(rule.rows[0])], indent="")
        for row in rule.rows:
            lines += [*_side_by_side(row, indent=""), ""]
        lines += ["* * * * *", ""]
    lines += _SIGNED.split("\n")
    paged = list[str]()
    for at, line in enumerate(lines, 1):
        paged.append(line)
        if at % 46 == 0:
            paged += ["", f"                                {at // 46}", "\f"]
    return inspection_page(
        "\n".join(paged), number="2026-17230", publication=_DAY,
        filed=datetime(2026, 8, 21, 12, 45, tzinfo=UTC),
    )  # fmt: skip


RENDERINGS: dict[str, Callable[[Rule], str]] = {
    "raw": raw, "xml": xml, "page": page, "filed": filed,
}  # fmt: skip
TABLES: dict[str, Callable[[Rule], str]] = {**RENDERINGS, "undotted": partial(raw, leaders=False)}
"""Those, and raw text whose tables have no dot leaders."""


def _in_ascii(text: str) -> str:
    """Every letter outside ASCII by its name in brackets, quotes and dashes as typed."""
    text = text.replace("“", "``").replace("”", "''").replace("‘", "`").replace("’", "'")
    text = re.sub("[—–]", "--", text).replace("§", "Sec.").replace("\xa0", " ")
    return "".join(char if char.isascii() else _bracketed(char) for char in text)


def _bracketed(char: str) -> str:
    if char in _LETTERS:
        return f"[{_LETTERS[char]}]"
    spelled = re.fullmatch(
        r"LATIN (SMALL|CAPITAL) LETTER ([A-Z]) WITH (\w+)", unicodedata.name(char, "")
    )
    if spelled is None or spelled[3].lower() not in _MARKS:
        return "?"
    letter = spelled[2].lower() if spelled[1] == "SMALL" else spelled[2]
    return f"[{letter}{_MARKS[spelled[3].lower()]}]"


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(text, 71, initial_indent=indent, break_long_words=False)


def _drawn(rows: Sequence[Sequence[str]], *, leaders: bool) -> str:
    """The rows in columns between dashes; what a cell goes on with is set in by one."""
    stars = " " * 26 + "* * * * * * *"
    rule, lines = "-" * 80, list[str]()
    for row in rows:
        typed = [_in_ascii(cell) for cell in row]
        lines += [*_side_by_side(typed, indent=" ", leaders=leaders), stars]
    heads = _side_by_side(_HEADS[: len(rows[0])], indent="")
    return "\n".join([rule, *heads, rule, stars, *lines, rule, "* * * * *"])


def _in_pieces(text: str, room: int) -> str:
    """The text with words too long for a line cut, but no letter's name."""
    said = []
    for word in text.split():
        pieces = [""]
        for letter in re.findall(r"\[[A-Za-z]+\]|.", word):
            if len(pieces[-1]) + len(letter) > room and len(word) > room:
                pieces.append("")
            pieces[-1] += letter
        said += pieces
    return " ".join(said)


def _side_by_side(cells: Sequence[str], *, indent: str, leaders: bool = False) -> list[str]:
    widths = _WIDTHS if len(cells) == len(_WIDTHS) else (18, 44, 18)
    columns = []
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        lines = [
            line
            for n, part in enumerate(cell.replace("—", "--").split("\n"))
            for line in textwrap.wrap(
                _in_pieces(part, width - 3),
                width - 2,
                initial_indent=indent if n else "",
                subsequent_indent=indent,
            )
        ]
        if leaders and not at and lines:
            lines[-1] = lines[-1].ljust(width - 2, ".")
        columns.append(lines)
    height = max(map(len, columns))
    return [
        "".join(
            (column[line] if line < len(column) else "").ljust(width)
            for column, width in zip(columns, widths, strict=True)
        ).rstrip()
        for line in range(height)
    ]
