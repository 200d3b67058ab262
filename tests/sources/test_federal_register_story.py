"""Source and judgement of acts together, against the small world of hosts on loopback."""

import time
from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest

from monitor.screening.acts.document import Document, Stage
from monitor.screening.acts.judge import Effect, Finding, Party, judge
from monitor.sources.federal_register.client import FederalRegister, docket
from monitor.sources.fetch import Fetcher
from tests.upstream.parties import INSTITUTE, neighbors
from tests.upstream.rules import addition, housekeeping, institute_removal, revision
from tests.upstream.server import Upstream

SINCE = date(2023, 1, 1)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream(date(2023, 11, 15)) as world:
        yield world


def test_the_story_of_november_2023(upstream: Upstream) -> None:
    """Filed, withdrawn, published: one document throughout, and its text removes the institute."""
    institute = Party("mps-ifs", (INSTITUTE,))
    rule = institute_removal()
    epoch = count(1_700_000_000)
    with Fetcher(
        user_agent="entity-monitor test (tests@example.org)", timeout=5, max_bytes=1_000_000,
        retries=0, sleep=lambda _: None, monotonic=time.monotonic,
    ) as http:  # fmt: skip
        source = FederalRegister(http, upstream.base_url, lambda: next(epoch))

        def look() -> tuple[Document, ...]:
            return docket(source.documents(SINCE), source.inspection())

        def finding(document: Document) -> Finding:
            text = source.text(document).body.decode()
            ((_, found),) = judge(document, text, (institute,))
            return found

        upstream.publishes(*housekeeping(130, newest=date(2023, 11, 1)))
        idle = look()
        assert 40 < len(idle) < 130
        assert judge(idle[0], source.text(idle[0]).body.decode(), (institute,)) == ()
        upstream.files(rule)
        (filed,) = (one for one in look() if one.stage is Stage.INSPECTION)
        announced = finding(filed)
        assert (announced.effect, announced.list) == (Effect.REMOVES, "EL")
        assert (announced.destinations, announced.effective_on) == (("CN",), "2023-11-16")
        assert not announced.review
        upstream.register.publishes(rule, stays_on_inspection=True)
        (printed,) = (one for one in look() if one.number == rule.number)
        assert (printed.stage, printed.citation) == (Stage.DOCUMENT, "88 FR 80131")
        assert printed.filed_at == filed.filed_at
        assert finding(printed) == announced
        upstream.register.forgets(rule.number)
        upstream.files(rule)
        upstream.withdraws(rule.number)
        (withdrawn,) = (one for one in look() if one.number == rule.number)
        assert withdrawn.stage is Stage.WITHDRAWN


def test_drawn_up_rules_are_judged_as_drawn_up(upstream: Upstream) -> None:
    """Additions and revisions with their printed tables, whatever the names."""
    parties = [Party(entry.name, (entry.name, *entry.aliases)) for entry in neighbors()]
    added = addition(
        *neighbors(), number="2024-1", publication=date(2024, 1, 2), citation="89 FR 1"
    )
    revised = revision(
        *neighbors(), number="2024-2", publication=date(2024, 1, 3), citation="89 FR 2"
    )
    upstream.publishes(added, revised)
    with Fetcher(
        user_agent="entity-monitor test (tests@example.org)", timeout=5, max_bytes=1_000_000,
        retries=0, sleep=lambda _: None, monotonic=time.monotonic,
    ) as http:  # fmt: skip
        source = FederalRegister(http, upstream.base_url, lambda: 1)
        found = {
            (document.number, who): finding.effect
            for document in source.documents(SINCE)
            for who, finding in judge(document, source.text(document).body.decode(), parties)
        }
    expected = {("2024-1", party.id): Effect.ADDS for party in parties}
    assert found == expected | {("2024-2", party.id): Effect.REVISES for party in parties}
