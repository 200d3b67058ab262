"""What the code assumes about the Consolidated Screening List and its host."""

from dataclasses import replace
from datetime import datetime

from monitor.doctor.answer import CannotAsk, NotHeld, Questions
from monitor.screening.plausibility import Accepted, doubts
from monitor.screening.witness import Source
from monitor.service import Service
from monitor.settings import CslSource
from monitor.sources.csl.source import Csl
from monitor.sources.fetch import Http
from monitor.sources.source import Fetched, Memory

_URLS = "config/sources.yaml: csl.urls"
_READER = "monitor/sources/csl/json_file.py"
_REBUILT_WITHIN = 6 * 3600.0
"""Seconds; the file is rebuilt hourly."""


def ask(
    questions: Questions, http: Http, source: CslSource, service: Service, now: datetime
) -> None:
    """Every question, of each address and of the first one's document."""
    seen: dict[str, Fetched] = {}
    judged = service.judged(Source.CSL)

    def serves(url: str) -> str:
        looked = Csl(http, [url], lambda: now).look(Memory(lists=frozenset(judged)))
        seen[url] = looked
        return f"{len(looked.body):,} bytes, as of {looked.as_of or 'unknown'}"

    for url in source.urls:
        questions.ask(f"{url} serves a complete list", _URLS, lambda url=url: serves(url))  # type: ignore[misc]

    def first() -> Fetched:
        looked = next(iter(seen.values()), None)
        if looked is None:
            raise CannotAsk("no URL served a complete list")
        return looked

    questions.ask(
        "the followed lists are present, large enough, and have their canaries",
        "config/sources.yaml: csl.min_entries, csl.canaries",
        lambda: _believable(first(), service, judged),
    )
    questions.ask("`total` is the number of rows", _READER, lambda: _total(first()))
    questions.ask("all fields are known", f"{_READER}: KNOWN_FIELDS", lambda: _no_remarks(first()))
    questions.ask(
        "the file was rebuilt within six hours",
        "config/sources.yaml: csl.schedule, csl.stale_after",
        lambda: _rebuilt(first(), now),
    )
    questions.ask(
        "the file is at most half of max_bytes",
        "config/sources.yaml: csl.max_bytes",
        lambda: _fits(first(), source.max_bytes),
    )
    questions.ask(
        "the host sends validators and answers 304 for an unchanged file",
        "monitor/sources/source.py: Validators",
        lambda: _not_modified(http, first()),
    )


def _believable(looked: Fetched, service: Service, judged: tuple[str, ...]) -> str:
    assert looked.reading is not None
    found = doubts(looked.reading, service.bounds[Source.CSL], Accepted(), judged)
    about_lists = [doubt.reason for doubt in found if not doubt.code.startswith("total")]
    if about_lists:
        raise NotHeld("; ".join(about_lists))
    return ", ".join(f"{list_} {looked.reading.counts.get(list_, 0):,} rows" for list_ in judged)


def _total(looked: Fetched) -> str:
    assert looked.reading is not None
    declared, found = looked.reading.declared_total, looked.reading.found_total
    if declared is None:
        raise CannotAsk("the document states no total")
    if declared != found:
        raise NotHeld(f"it states {declared:,} rows and has {found:,}")
    return f"{found:,}"


def _no_remarks(looked: Fetched) -> str:
    assert looked.reading is not None
    if looked.reading.remarks:
        raise NotHeld("; ".join(looked.reading.remarks[:10]))
    return "no unknown fields"


def _rebuilt(looked: Fetched, now: datetime) -> str:
    if looked.as_of is None:
        raise NotHeld("neither the document nor the host gives a plausible time")
    age = (now - datetime.fromisoformat(looked.as_of)).total_seconds()
    if age > _REBUILT_WITHIN:
        raise NotHeld(f"as of {looked.as_of}, {age / 3600:.0f} hours ago")
    return f"as of {looked.as_of}"


def _fits(looked: Fetched, most: int) -> str:
    if len(looked.body) * 2 > most:
        raise NotHeld(f"{len(looked.body):,} of {most:,} bytes: raise the limit")
    return f"{len(looked.body):,} of {most:,} bytes"


def _not_modified(http: Http, looked: Fetched) -> str:
    given = looked.validators
    headers = given.headers(looked.url)
    if not headers:
        raise NotHeld("neither ETag nor Last-Modified: every poll downloads the whole file")
    answer = http.get(looked.url, headers=headers)
    if answer.status != 304 and answer.headers.get("etag") == given.etag:
        raise NotHeld("the whole file came again with the same ETag: nothing is saved")
    named = replace(given, url="")
    return f"{answer.status} for {named.etag or named.last_modified}"
