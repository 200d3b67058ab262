"""What the code assumes about the eCFR versioner, including the institute's own history."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from monitor.doctor.answer import CannotAsk, NotHeld, Questions
from monitor.errors import SourceFault
from monitor.screening.entry import ENTITY_LIST, Reading
from monitor.screening.full_text import FullText
from monitor.screening.plausibility import Accepted, doubts
from monitor.screening.witness import Source
from monitor.service import Service
from monitor.settings import EcfrSource
from monitor.sources.ecfr.client import TRUNCATED_AT, Ecfr
from monitor.sources.ecfr.part import WholePart
from monitor.sources.ecfr.table import read
from monitor.sources.fetch import Answer, Http

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"
LAST_DAY, GONE = date(2023, 11, 16), date(2023, 11, 17)
"""Its removal was effective on the 16th and published on the 17th, where the eCFR puts it."""
_API = "monitor/sources/ecfr/client.py"
_LAYOUT = "monitor/sources/ecfr/table.py"
_FRESH = timedelta(days=6)
"""Two business days of lag, and the longest weekend."""
_MOST_REMARKS = 25


class _Seen:
    def __init__(self) -> None:
        self.newest: date | None = None
        self.answer: Answer | None = None
        self.reading: Reading | None = None

    def day(self) -> date:
        if self.newest is None:
            raise CannotAsk("the newest date is unknown")
        return self.newest

    def text(self) -> Reading:
        if self.reading is None:
            raise CannotAsk("the newest text could not be read")
        return self.reading


def ask(
    questions: Questions, http: Http, source: EcfrSource, service: Service, now: datetime
) -> None:
    """Every question, the newest text's first and the two days of 2023 last."""
    ecfr, seen = Ecfr(http, source.base_url or ""), _Seen()
    questions.ask(
        "titles.json gives the newest date of title 15",
        f"{_API}: TITLES_PATH",
        lambda: _newest(ecfr, seen, now.date()),
    )
    questions.ask(
        "the newest appendix arrives complete, as gzip",
        f"{_API}: FULL_PATH, PART; monitor/sources/ecfr/xml.py: APPENDIX",
        lambda: _full(ecfr, seen),
    )
    questions.ask("the table has the known layout", _LAYOUT, lambda: _layout(seen))
    questions.ask(
        "the list is large enough and has its canaries",
        "config/sources.yaml: ecfr.min_entries, ecfr.canaries",
        lambda: _believable(seen.text(), service),
    )
    questions.ask(
        "the whole part arrives with its other lists",
        "monitor/sources/ecfr/part.py",
        lambda: _part(ecfr, seen),
    )
    questions.ask(
        "a future date is refused with the known message",
        f"{_API}: _meaning",
        lambda: _refuses(ecfr, seen.day() + timedelta(days=40)),
    )
    questions.ask(
        "the versions of the appendix can be listed",
        f"{_API}: VERSIONS_PATH, TRUNCATED_AT",
        lambda: _versions(ecfr),
    )
    for day, expected in ((LAST_DAY, True), (GONE, False)):
        words = "lists" if expected else "does not list"
        questions.ask(
            f"the text of {day} {words} the institute",
            "monitor/history/bisect.py; monitor/screening/full_text.py",
            _presence(ecfr, day, expected=expected),
        )


def _newest(ecfr: Ecfr, seen: _Seen, today: date) -> str:
    seen.newest = ecfr.newest_date()
    if today - seen.newest > _FRESH:
        raise NotHeld(f"up to {seen.newest}, {(today - seen.newest).days} days ago")
    return f"up to {seen.newest}"


def _full(ecfr: Ecfr, seen: _Seen) -> str:
    answer = ecfr.full(seen.day())
    seen.answer = answer
    packed = answer.headers.get("content-encoding", "none")
    if "gzip" not in packed:
        raise NotHeld(f"{len(answer.body):,} bytes with Content-Encoding {packed}")
    return f"{len(answer.body):,} bytes, gzip"


def _layout(seen: _Seen) -> str:
    if seen.answer is None:
        raise CannotAsk("the newest text could not be downloaded")
    seen.reading = read(seen.answer.body)
    remarks = seen.reading.remarks
    if len(remarks) > _MOST_REMARKS:
        raise NotHeld(f"{len(remarks)} remarks, such as: {remarks[0]}")
    return f"{seen.reading.counts[ENTITY_LIST]:,} entries, {len(remarks)} remarks"


def _believable(reading: Reading, service: Service) -> str:
    found = doubts(reading, service.bounds[Source.ECFR], Accepted(), (ENTITY_LIST,))
    if found:
        raise NotHeld("; ".join(doubt.reason for doubt in found))
    return f"{reading.counts[ENTITY_LIST]:,} entries"


def _part(ecfr: Ecfr, seen: _Seen) -> str:
    answer = WholePart(ecfr).look(seen.day(), None)
    if answer.unread:
        raise NotHeld("; ".join(f"{list_}: {why}" for list_, why in answer.unread.items()))
    rows = (f"{list_} {one.counts[list_]:,} rows" for list_, one in answer.readings.items())
    return f"{len(answer.body):,} bytes; {', '.join(rows)}"


def _refuses(ecfr: Ecfr, day: date) -> str:
    try:
        ecfr.full(day)
    except SourceFault as fault:
        if "has no issue of" in fault.reason:
            return fault.reason
        raise
    raise NotHeld(f"a text was served for {day}")


def _versions(ecfr: Ecfr) -> str:
    days = ecfr.version_dates(date(2023, 1, 1))
    if GONE not in days:
        raise NotHeld(f"{len(days)} versions since 2023, none of {GONE}")
    return f"{len(days)} versions since 2023, fewer than {TRUNCATED_AT:,}"


def _presence(ecfr: Ecfr, day: date, *, expected: bool) -> Callable[[], str]:
    def look() -> str:
        reading = read(ecfr.full(day).body)
        present = FullText(reading.text or "").holds(INSTITUTE)
        if present is not expected:
            raise NotHeld("it is listed" if present else "it is not listed")
        return f"as expected, among {reading.counts[ENTITY_LIST]:,} entries"

    return look
