"""The law's own texts: polls of the codified list, and the judgement of a very long rule."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from xml.etree import ElementTree as ET

from benchmarks.generator import names, watch_names
from benchmarks.polling import Measured
from benchmarks.stage import median_of, seconds, stage
from monitor.judging.watchlist import follow
from monitor.poll import poll
from monitor.screening.acts.document import Document
from monitor.screening.acts.finding import Effect, Party
from monitor.screening.acts.judge import judge
from monitor.screening.watch import Watch
from monitor.screening.witness import Stage

ROWS = 3_400
NAMED = 1_200
"""Parties that the long rule adds: about 600 kB of text, 200 pages."""

LONGEST = 3_800_000
"""Bytes of the longest rule so far, export controls and all …"""
WATCHED = 3_300
"""… and so many watches."""

_ROW = (
    "<TR><TD>{country}</TD><TD>{name}, a.k.a., the following one alias:<br/>—{name} Branch.<br/>"
    "No. {at} Some Road, Building {version}, Beijing, China.</TD>"
    "<TD>For all items subject to the EAR. (See § 744.11 of the EAR)</TD>"
    "<TD>Presumption of denial.</TD><TD>85 FR {page}, 6/5/20.</TD></TR>"
)


def supplement(changed: int, version: int) -> bytes:
    """The codified list as XML; `changed` rows differ from version to version."""
    rows = "\n".join(
        _ROW.format(
            country="CHINA, PEOPLE'S REPUBLIC OF" if at == 0 else "",
            name=escape(name), at=at, page=30_000 + at, version=version if at < changed else 0,
        )
        for at, name in enumerate(names(ROWS))
    )  # fmt: skip
    heads = "".join(
        f"<TH>{said}</TH>"
        for said in ("Country", "Entity", "License requirement", "License review policy",
                     "Federal Register citation")
    )  # fmt: skip
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX">\n'
        "<HEAD>Supplement No. 4 to Part 744—Entity List\n</HEAD>\n"
        f"<DIV><DIV><TABLE><THEAD><TR>{heads}</TR></THEAD><TBODY>\n{rows}\n"
        "</TBODY></TABLE></DIV></DIV>\n</DIV9>\n"
    ).encode()


def codified_poll(watches: int) -> float:
    """The median of changed polls of the codified list."""
    listed = names(ROWS)
    watched = [Watch(f"w{at}", name) for at, name in enumerate(watch_names(watches, listed))]
    with stage(watched, "ecfr") as on:
        follow(on.service)
        on.http.body = supplement(20, 1)
        poll(on.service, "ecfr")

        def changed(at: int) -> float:
            on.http.body = supplement(20, 2 + at)
            on.http.day += timedelta(days=1)
            on.at[0] += timedelta(days=1)
            return seconds(lambda: outcomes.append(poll(on.service, "ecfr").poll.outcome))

        outcomes: list[str] = []
        taken = median_of(changed)
    if set(outcomes) != {"accepted"}:
        raise AssertionError(f"the supplement was not judged: {outcomes}")
    return taken


def long_rule(named: int = NAMED) -> str:
    """A rule that adds so many parties, with its reasons, instructions and rows."""
    parties = names(named)
    reasons = "".join(
        f"    The ERC determined to add {name}, a company under CHINA, to the Entity List, for "
        "it has acquired and attempted to acquire U.S.-origin items in support of programs.\n"
        for name in parties
    )
    added = "".join(
        f"    a. By adding, in alphabetical order, an entry for “{name}”;\n" for name in parties
    )
    rows = "".join(
        f"{name}, No. {at} Some Road, Beijing, China. For all items subject to the EAR. "
        "Presumption of denial. 90 FR 1, 1/2/26.\n"
        for at, name in enumerate(parties)
    )
    return (
        "15 CFR Part 744\nAdditions to the Entity List\nSUMMARY: In this rule, BIS amends the EAR "
        f"by adding {named} entities.\nDATES: This rule is effective January 2, 2026.\n"
        "SUPPLEMENTARY INFORMATION:\nBackground\nWhat does this rule do?\n"
        f"{reasons}PART 744--CONTROL POLICY\n"
        "    2. Supplement No. 4 to part 744 is amended under CHINA, PEOPLE'S REPUBLIC OF:\n"
        f"{added}    The additions read as follows:\n\n"
        f"Supplement No. 4 to Part 744--Entity List\n\n{rows}"
    )


def _document() -> Document:
    return Document(
        number="2026-00001", title="Additions to the Entity List", type="Rule", abstract="",
        action="Final rule.", dates="", publication_date="2026-01-02", effective_on="2026-01-02",
        citation="90 FR 1", html_url=None, text_url=None, xml_url=None, filed_at=None,
        filing_type=None, correction_of=None, cfr_parts=("15 CFR 744",), stage=Stage.DOCUMENT,
    )  # fmt: skip


def rule_judged(text: str, watches: int) -> float:
    """The median of judging it for so many watches, one of whom it names."""
    document = _document()
    parties = [Party(f"w{at}", (name,)) for at, name in enumerate(watch_names(watches, names(1)))]

    def once(_at: int) -> float:
        found = judge(document, text, parties)
        if [finding.effect for _, finding in found] != [Effect.ADDS]:
            raise AssertionError("the long rule was not read")
        return 0.0

    return median_of(lambda at: seconds(lambda: once(at)), 3)


def longest_rule_judged() -> float:
    """Seconds for a text as large as the longest so far, everyone on the list watched."""
    text = long_rule()
    background = text.partition("PART 744--CONTROL")[0]
    text = background * ((LONGEST - len(text)) // len(background)) + text
    document = _document()
    parties = [Party(f"w{at}", (name,)) for at, name in enumerate(names(WATCHED))]

    def once() -> None:
        found = judge(document, text, parties)
        if len({watch for watch, _ in found}) < NAMED:
            raise AssertionError("the longest rule was not read")

    return median_of(lambda _: seconds(once), 3)


def measure() -> Iterator[Measured]:
    """Changed polls of the codified list, and the long rule."""
    body = supplement(20, 1)
    tree = median_of(lambda _: seconds(lambda: ET.fromstring(body)))
    yield Measured(f"ElementTree of {len(body) / 1e6:.1f} MB of eCFR", tree)
    one = codified_poll(1)
    yield Measured("changed eCFR poll, 1 watch", one, "ElementTree", one / tree)
    many = codified_poll(10_000)
    yield Measured("changed eCFR poll, 10,000 watches", many, "1 watch", many / one, 2.0)
    text = long_rule()
    words = median_of(lambda _: seconds(lambda: re.findall(r"\w+", text)))
    yield Measured(f"the words of a rule of {len(text) / 1e3:.0f} kB", words)
    longest = longest_rule_judged()
    yield Measured("a rule of 3.8 MB judged, 3,300 watches", longest, "10 s", longest / 10, 1.0)
    alone = rule_judged(text, 1)
    yield Measured("the rule judged, 1 watch", alone, "its words", alone / words)
    for count in (10_000, 100_000):
        crowd = rule_judged(text, count)
        bound = 2.0 if count == 10_000 else 10.0
        yield Measured(
            f"the rule judged, {count:,} watches", crowd, "1 watch", crowd / alone, bound
        )
