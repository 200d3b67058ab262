"""ACT: its stage by Washington's day, and what each list says by now of whom it names."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.document import Stage
from monitor.screening.entry import Entry
from monitor.status.acts import ListNow, ListsNow, Now, Row, public_stage
from tests.screening.test_act import a_document


@pytest.mark.parametrize(
    ("stage", "day", "at", "shown"),
    [
        (Stage.INSPECTION, "2023-11-17", datetime(2023, 11, 16, 14, tzinfo=UTC), "inspection"),
        # listed before its day, in Washington's evening of the day before, and on its day
        (Stage.DOCUMENT, "2023-11-17", datetime(2023, 11, 16, 14, tzinfo=UTC), "inspection"),
        (Stage.DOCUMENT, "2023-11-17", datetime(2023, 11, 17, 4, tzinfo=UTC), "inspection"),
        (Stage.DOCUMENT, "2023-11-17", datetime(2023, 11, 17, 6, tzinfo=UTC), "published"),
        (Stage.INSPECTION, "2023-11-17", datetime(2023, 11, 18, 6, tzinfo=UTC), "inspection"),
        (Stage.WITHDRAWN, None, datetime(2023, 11, 17, 6, tzinfo=UTC), "withdrawn"),
    ],
)
def test_stages(stage: Stage, day: str | None, at: datetime, shown: str) -> None:
    """Published only in print, and only once its day has come in Washington."""
    document = replace(a_document(), stage=stage, publication_date=day)
    assert public_stage(document, at) == shown


def row(source: str, name: str, country: str | None, party: int | None = None) -> Row:
    return Row(source, Entry("EL", name, ("XO Limited",), country=country, source=source), party)


X = "Xinyu Optics Co., Ltd."
GONE = ActParty("removed", X, "CN", "EL", certain=True, instruction="")


def says(*rows: Row, of: ActParty = GONE, fresh: tuple[str, ...] = ("csl", "ecfr")) -> Now:
    """What lists of these rows say of the party."""
    return ListsNow({"EL": ListNow.of(rows)}, frozenset((one, "EL") for one in fresh)).say(of)


@pytest.mark.parametrize(
    ("rows", "csl", "ecfr"),
    [
        ((), "absent", "absent"),
        ((row("ecfr", "Xinyu Optics Company Limited", "CN"),), "absent", "listed"),
        ((row("csl", X, "HK"), row("ecfr", X, None)), "listed", "listed"),
        # linked to a row that the other source spells its own way
        ((row("ecfr", X, "CN", 7), row("csl", "Xinyu Guangxue", "CN", 7)), "listed", "listed"),
        ((row("ecfr", X, "CN"), row("csl", "Xinyu Guangxue", "CN")), "absent", "listed"),
        # under another heading: the law's headings tell, the CSL's addresses do not
        ((row("ecfr", X, "RU"), row("csl", X, "RU")), "unknown", "absent"),
    ],
)
def test_what_the_lists_say_by_now(rows: tuple[Row, ...], csl: str, ecfr: str) -> None:
    """By name and by the linked row, under the destination of the act."""
    assert says(*rows) == Now(csl, ecfr)


def test_what_was_not_read_says_nothing() -> None:
    """A source that is stale, and a list that nobody reads: unknown, never absent."""
    assert says(fresh=("csl",)) == Now("absent", "unknown")
    assert says(of=replace(GONE, list="MEU")) == Now("unknown", "unknown")
