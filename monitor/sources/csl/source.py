"""The Consolidated Screening List: which URL to ask, and how to read what comes.

URLs are tried in order; the first that brings a whole document of the right kind serves. The host's
own freshness fields are not believed beyond `search_performed_at`: an importer that failed still
stamps its list as new.
"""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime

from monitor.errors import SourceFault
from monitor.screening.entry import Reading
from monitor.screening.text_age import is_older
from monitor.screening.witness import Source
from monitor.screening.words.message import Message, joined, say
from monitor.sources.csl import json_file as csl_json
from monitor.sources.csl import table_file as csl_csv
from monitor.sources.faults import faults_only
from monitor.sources.fetch import CONNECTION_FAILED, Answer, Http
from monitor.sources.source import Clock, Fetched, Headers, Memory, Validators, believable, digest


class Csl:
    """The list as the International Trade Administration publishes it."""

    name = Source.CSL

    def __init__(self, http: Http, urls: Sequence[str], clock: Clock) -> None:
        self._http = http
        self._urls = tuple(urls)
        self._clock = clock
        self._rows = csl_json.Rows()

    @faults_only
    def look(self, memory: Memory) -> Fetched:
        """Ask each URL in turn until one serves. Raises SourceFault when none does."""
        faults: list[SourceFault] = []
        for url in self._urls:
            try:
                return self._look_at(url, memory, tuple(faults))
            except SourceFault as fault:
                fault.url = fault.url or url
                faults.append(fault.alone())
        raise _all_failed(faults)

    @faults_only
    def read(self, body: bytes, media: str, lists: frozenset[str]) -> Reading:
        """Read a whole document. Raises SourceFault when it is none."""
        _refuse_html(body)
        if media == "json":
            return csl_json.read(body, lists, self._rows)
        return csl_csv.read(body, lists, delimiter="\t" if media == "tsv" else ",")

    def _look_at(self, url: str, memory: Memory, faults: tuple[SourceFault, ...]) -> Fetched:
        answer = self._http.get(url, headers=memory.validators.headers(url))
        if answer.status == 304:
            return Fetched(url, None, validators=memory.validators, faults=faults)
        sha, media = digest(answer.body), _media(answer)
        given = Validators.given(url, answer.headers)
        if sha == memory.known:
            return Fetched(url, sha, answer.body, None, None, media, given, faults)
        reading = self.read(answer.body, media, memory.lists)
        as_of = _as_of(reading, answer.headers, self._clock())
        older = is_older(as_of, memory.as_of)
        read = None if older else reading
        return Fetched(url, sha, answer.body, read, as_of, media, given, faults, older)


def _media(answer: Answer) -> str:
    """`json`, `csv` or `tsv`, by the URL's ending, else by the type the host names."""
    path = answer.url.split("?", 1)[0].lower()
    for media in ("json", "csv", "tsv"):
        if path.endswith(f".{media}"):
            return media
    named = answer.headers.get("content-type", "").lower()
    return "csv" if "csv" in named else "tsv" if "tab-separated" in named else "json"


def _refuse_html(body: bytes) -> None:
    if body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise SourceFault(say("the answer is a web page, not the list"))


def _as_of(reading: Reading, headers: Headers, now: datetime) -> str | None:
    """The document's own time, else the host's, as far as they can be believed."""
    own = believable(reading.as_of, now)
    if own is not None or "last-modified" not in headers:
        return own
    try:
        return believable(parsedate_to_datetime(headers["last-modified"]).isoformat(), now)
    except ValueError:
        return None


def _all_failed(faults: list[SourceFault]) -> SourceFault:
    """One fault that tells them all, since every URL was asked."""
    if len(faults) == 1:
        return faults[0]
    unreached = all(fault.unreached for fault in faults)
    if unreached:
        # One sentence: which of them failed how helps nobody whose machine is offline.
        each = joined("; ", dict.fromkeys(_why(fault.reason) for fault in faults))
        reason = say(
            "none of its {count} addresses can be reached: {each}", count=len(faults), each=each
        )
    else:
        reason = joined(
            "; ",
            (say("{url}: {reason}", url=fault.url, reason=fault.reason) for fault in faults),
        )
    waits = [fault.retry_after for fault in faults if fault.retry_after is not None]
    return SourceFault(
        reason,
        url=faults[0].url,
        status=faults[0].status,
        at_once=any(fault.at_once for fault in faults),
        retry_after=min(waits, default=None),
        unreached=unreached,
    )


def _why(reason: str) -> str:
    """The cause alone, where a connection failed."""
    if isinstance(reason, Message) and reason.msgid == CONNECTION_FAILED:
        return str(reason.values["why"])
    return reason
