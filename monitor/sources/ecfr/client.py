"""Asking the eCFR versioner: the newest date, the versions there are, an appendix, the whole part.

Every assumption about the API stands in the constants here. Each way of not answering is told in
its own words (past date, nothing found, importing, blocked, …), and each is a `SourceFault`: this
room refuses to take any of them for an absence. It parses no list; see `table`.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from monitor.errors import SourceFault
from monitor.screening.words.message import Message, joined, say
from monitor.sources.ecfr.xml import APPENDIX, page_title, same_appendix
from monitor.sources.faults import faults_only
from monitor.sources.fetch import Answer, Http

TITLE = 15
PART = "744"
FIRST_DATE = date(2017, 1, 1)
"""The oldest date the versioner can be asked for is in January 2017."""
TITLES_PATH = "/api/versioner/v1/titles.json"
VERSIONS_PATH = f"/api/versioner/v1/versions/title-{TITLE}.json"
FULL_PATH = f"/api/versioner/v1/full/{{on}}/title-{TITLE}.xml"
TRUNCATED_AT = 1_000
"""An answer of `/versions` with this many rows may lack others."""
_MAX_PAGES = 50
_MOST_JSON = 4 * 2**20
"""A thousand versions take 300 KB; values take many times their size."""
_MOST_VERSIONS = 20_000
_TAG = re.compile(r"<[^<>]*>")

_REASONS = {
    400: say("the eCFR refused the question as malformed"),
    403: say("the eCFR refused to answer (blocked?)"),
    406: say(
        "the eCFR answers only with gzip, and did not take the request for one that accepts it"
    ),
    429: say("the eCFR was asked too often"),
    503: say("the eCFR is not available now, as when it imports a new issue"),
    504: say("the eCFR gave up on the question after its own time limit"),
}


class _Title(msgspec.Struct):
    number: int
    up_to_date_as_of: str | None = None
    latest_amended_on: str | None = None
    latest_issue_date: str | None = None
    processing_in_progress: bool = False


class _Meta(msgspec.Struct):
    import_in_progress: bool = False


class _Titles(msgspec.Struct):
    titles: list[_Title]
    meta: _Meta = msgspec.field(default_factory=_Meta)


class _Version(msgspec.Struct):
    identifier: str = ""
    date: str | None = None
    issue_date: str | None = None


class _VersionsMeta(msgspec.Struct):
    result_count: str | int | None = None


class _Versions(msgspec.Struct):
    content_versions: list[_Version]
    meta: _VersionsMeta = msgspec.field(default_factory=_VersionsMeta)


class Ecfr:
    """The versioner of ecfr.gov, for the one appendix that is the Entity List."""

    def __init__(self, http: Http, base_url: str) -> None:
        """`base_url`: scheme and host."""
        self._http = http
        self._base = base_url.rstrip("/")
        self._importing = False
        self.issue = ""
        """What `titles.json` said last of the title's newest, amended and issued dates."""

    @property
    def titles_url(self) -> str:
        """Where the newest date is asked for."""
        return f"{self._base}{TITLES_PATH}"

    @faults_only
    def newest_date(self) -> date:
        """The newest date that can be asked for; it moves daily and is no sign of a change.

        Raises SourceFault where `titles.json` does not say it.
        """
        url = self.titles_url
        titles = _decoded(self._ask(url).body, _Titles, url)
        for title in titles.titles:
            if title.number == TITLE:
                self._importing = titles.meta.import_in_progress or title.processing_in_progress
                newest = _day(title.up_to_date_as_of)
                dates = (newest, title.latest_amended_on, title.latest_issue_date)
                self.issue = " ".join(str(each) for each in dates)
                if newest is not None:
                    return newest
        raise SourceFault(
            say("titles.json does not say up to which date title {title} is", title=TITLE),
            url=url,
            at_once=True,
        )

    @faults_only
    def full(self, on: date, appendix: str = APPENDIX) -> Answer:
        """The appendix as it stood on a date; the answer does not echo the date, so keep it.

        Raises SourceFault where no document came, with the reason in plain words.
        """
        return self._whole(self.full_url(on, appendix), on)

    @faults_only
    def part(self, on: date) -> Answer:
        """The whole of part 744 as it stood on a date. Raises SourceFault as `full` does."""
        return self._whole(f"{self._base}{FULL_PATH.format(on=on.isoformat())}?part={PART}", on)

    def _whole(self, url: str, on: date) -> Answer:
        answer = self._ask(url, on)
        if not answer.body.strip():
            raise SourceFault(say("the eCFR answered with an empty body"), url=answer.url)
        return answer

    def full_url(self, on: date, appendix: str = APPENDIX) -> str:
        """Where the appendix of a date is asked for; also what a notification links to."""
        query = urlencode({"part": PART, "appendix": appendix}, quote_via=quote)
        return f"{self._base}{FULL_PATH.format(on=on.isoformat())}?{query}"

    @faults_only
    def version_dates(
        self, since: date | None = None, appendix: str = APPENDIX
    ) -> tuple[date, ...]:
        """The dates on which the appendix got a new version, ascending.

        Both the date of the amendment and that of the issue count: which of them `/full` goes by
        need not be known then. Raises SourceFault where the versions cannot all be had.
        """
        days = set(self._between(max(since or FIRST_DATE, FIRST_DATE), None, appendix))
        if not days and since is None:
            # The appendix has stood since before the first date: no version is no answer.
            raise SourceFault(
                say("/versions lists no version of {appendix}", appendix=appendix), at_once=True
            )
        return tuple(sorted(day for day in days if since is None or day >= since))

    def _between(self, first: date, last: date | None, appendix: str) -> Iterator[date]:
        """The version dates of a range of issue dates, in halves where an answer may be cut."""
        rows = self._versions(first, last, appendix)
        days = [day for row in rows for day in (_day(row.date), _day(row.issue_date)) if day]
        end = last or max(days, default=first)
        if len(rows) < TRUNCATED_AT or end <= first:
            if len(rows) >= TRUNCATED_AT:
                raise SourceFault(
                    say("more versions on {first} than /versions can list", first=first),
                    at_once=True,
                )
            yield from days
            return
        middle = first + (end - first) // 2
        yield from self._between(first, middle, appendix)
        yield from self._between(middle + timedelta(days=1), last, appendix)

    def _versions(self, first: date, last: date | None, appendix: str) -> list[_Version]:
        """All pages of one question."""
        rows: list[_Version] = []
        for page in range(1, _MAX_PAGES + 1):
            query = {"part": PART, "appendix": appendix, "issue_date[gte]": first.isoformat()}
            if last is not None:
                query["issue_date[lte]"] = last.isoformat()
            if page > 1:
                query["page"] = str(page)
            url = f"{self._base}{VERSIONS_PATH}?{urlencode(query, quote_via=quote)}"
            answer = _decoded(self._ask(url).body, _Versions, url)
            shown = answer.content_versions
            rows += [row for row in shown if same_appendix(row.identifier, appendix)]
            _refuse_strangers(answer, url, appendix)
            if len(rows) > _MOST_VERSIONS:
                break
            if not shown or len(rows) >= _number(answer.meta.result_count):
                return rows
        raise SourceFault(
            say(
                "/versions goes on past {pages} pages or {versions} versions",
                pages=_MAX_PAGES,
                versions=_MOST_VERSIONS,
            ),
            at_once=True,
        )

    def _ask(self, url: str, on: date | None = None) -> Answer:
        try:
            answer = self._http.get(url)
        except SourceFault as fault:
            raise self._explained(fault, on) from fault
        title = page_title(answer.body)
        if title is not None:
            raise SourceFault(
                say(
                    "the eCFR's guard sent a page instead of an answer ({title})",
                    title=title or say("untitled"),
                ),
                url=url,
                status=answer.status,
                at_once=True,
            )
        return answer

    def _explained(self, fault: SourceFault, on: date | None) -> SourceFault:
        """The fault with what the eCFR meant by it."""
        reason = _meaning(fault, on)
        if self._importing:
            reason = joined("; ", (reason, say("it says that an import is in progress")))
        return SourceFault(
            reason,
            url=fault.url,
            status=fault.status,
            at_once=fault.at_once or fault.status in {400, 406},
            retry_after=fault.retry_after,
            detail=fault.detail,
            unreached=fault.unreached,
        )


def _meaning(fault: SourceFault, on: date | None) -> Message:
    message = _message(fault.detail)
    lower, day = message.lower(), on or say("that date")
    if "request access" in lower or "captcha" in lower:
        return say("the eCFR's guard blocks this client (status {status})", status=fault.status)
    if fault.status == 404 and "past the title's most recent issue date" in lower:
        return say("the eCFR has no issue of {day} yet: {message}", day=day, message=message)
    if fault.status == 404 and "no matching content" in lower:
        return say("the eCFR found no such appendix on {day}: {message}", day=day, message=message)
    if fault.status in _REASONS:
        meant = say(
            "{meaning} (status {status})", meaning=_REASONS[fault.status], status=fault.status
        )
    elif fault.status is not None:
        meant = say("the eCFR answered {status}", status=fault.status)
    else:
        return say("the eCFR: {reason}", reason=fault.reason)
    return say("{meaning}: {message}", meaning=meant, message=message) if message else meant


def _message(detail: str | None) -> str:
    """What an error's body says: the JSON's message, else the text without tags."""
    if not detail:
        return ""
    try:
        body = json.loads(detail)
    except ValueError:
        return page_title(detail.encode()) or " ".join(_TAG.sub(" ", detail).split())[:200]
    message = body.get("error") or body.get("message") if isinstance(body, dict) else body
    return str(message or "")[:200]


_T = TypeVar("_T")


def _decoded(body: bytes, kind: type[_T], url: str) -> _T:
    if len(body) > _MOST_JSON:
        raise SourceFault(
            say("the eCFR's JSON is larger than {most} bytes", most=_MOST_JSON),
            url=url,
            at_once=True,
        )
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise SourceFault(
            say("the eCFR's JSON has another shape: {error}", error=error), url=url, at_once=True
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = f"the eCFR's JSON is broken or cut off: {error!s:.200}"
        raise SourceFault(reason, url=url) from error


def _refuse_strangers(answer: _Versions, url: str, appendix: str) -> None:
    rows = answer.content_versions
    if rows and not any(same_appendix(row.identifier, appendix) for row in rows):
        raise SourceFault(
            say(
                "/versions answers for {identifier!r}, not {appendix}",
                identifier=rows[0].identifier[:80],
                appendix=appendix,
            ),
            url=url,
            at_once=True,
        )


def _number(count: str | int | None) -> int:
    """A count, which the versioner writes as a text."""
    text = str(count)
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
