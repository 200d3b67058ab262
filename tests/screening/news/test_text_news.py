"""What a text brings is news once, where no act and no other source has brought it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.screening.acts.act_party import ActVerb
from monitor.screening.event import Event, Lag
from monitor.screening.follow import Follow
from monitor.screening.news.act import NewsAct
from monitor.screening.news.row_change import NewText, RowChange
from monitor.screening.news.text_news import TextNews
from tests.screening.news.acts import ANY, CHINA, RUSSIA, party, printed

NAME = "Institute of Forensic Science"
NOW = datetime(2023, 11, 21, 14, tzinfo=UTC)


def row(kind: str, source: str = "ecfr", on: str = "2023-11-20", **more: object) -> RowChange:
    """What a text of this day did to the institute."""
    made = RowChange(source, kind, (NAME,), ("CN",), on, ("Forensic Center",))
    return replace(made, **more)  # type: ignore[arg-type]


def news(
    change: RowChange,
    *acts: NewsAct,
    before: tuple[RowChange, ...] = (),
    follow: Follow = ANY,
) -> Event | None:
    """Of a text that brought this one change."""
    other = "csl" if change.source == "ecfr" else "ecfr"
    text = NewText(
        change.source, "EL", "ab" * 32, "https://x.test", change.on_date, "2023-11-19", (other,)
    )
    return TextNews(text, [change], acts, before).due(follow, NOW)


def test_what_no_act_explains_is_told_by_the_source_that_brings_it() -> None:
    """With its citation, its country, and what the other source has not done."""
    event = news(row("removed", citation="88 FR 80131"))
    assert event is not None
    assert event.title == f"Found in the eCFR: Entity List removal of {NAME}"
    assert "No act that was read here explains it" in event.summary
    assert "The Consolidated Screening List has not brought the same." in event.summary
    assert (event.citation, event.document_number) == ("88 FR 80131", None)
    assert event.lag == (Lag("ecfr", 0), Lag("csl", None))
    assert [(one.kind, one.name, one.country) for one in event.parties] == [("removed", NAME, "CN")]
    assert news(row("removed"), follow=CHINA) is not None
    assert news(row("removed"), follow=RUSSIA) is None
    assert news(row("removed"), follow=Follow("meu", list="MEU")) is None


@pytest.mark.parametrize(
    ("act_does", "text_did", "told"),
    [
        ("removed", "removed", False), ("added", "added", False), ("amended", "amended", False),
        ("added", "amended", False), ("removed", "amended", False), ("amended", "added", False),
        ("amended", "removed", True), ("added", "removed", True), ("removed", "added", True),
    ],
)  # fmt: skip
def test_an_act_explains_what_it_does(act_does: ActVerb, text_did: str, told: bool) -> None:
    """A removal is only ever explained by a removal."""
    act = printed(party(NAME, act_does))
    assert (news(row(text_did), act) is not None) is told


def test_an_act_that_the_follow_does_not_ask_for_explains_nothing_to_it() -> None:
    """A word that stands in an alias of the row alone: nobody told this follow of the act."""
    follow = Follow("f", words=("forensic center",))
    assert news(row("removed"), printed(party(NAME)), follow=follow) is not None
    borne = {"instituteofforensicscience": (NAME, "Forensic Center")}
    act = replace(printed(party(NAME)), borne=borne)
    assert news(row("removed"), act, follow=follow) is None


def test_a_namesake_is_not_explained_by_anothers_act() -> None:
    """Under another heading of the law, or with another's alias for a name."""
    act = printed(party(NAME, country="RU"))
    assert news(row("removed"), act) is not None
    assert news(row("removed", "csl"), act) is None
    assert news(row("removed", names=("Other",)), printed(party("Forensic Center"))) is not None
    mine, other = frozenset({1}), frozenset({2})
    before = (row("removed", "csl", bodies=mine), row("removed", "csl", bodies=other))
    assert news(row("removed", bodies=mine), before=before) is None
    before = (row("added", bodies=mine), row("removed", "csl", bodies=other))
    assert news(row("removed", bodies=mine), before=before) is not None


def test_an_act_found_for_the_change_explains_it_under_another_name() -> None:
    """As the page of changes says it."""
    other = row("removed", names=("Quite Another Name",), document_number="2023-25557")
    assert news(other, printed(party(NAME))) is None


@pytest.mark.parametrize(
    ("change", "before", "told"),
    [
        pytest.param(row("added", "csl"), (row("added"),), False, id="the CSL follows"),
        pytest.param(row("added"), (row("added", "csl"),), False, id="the eCFR follows"),
        pytest.param(row("added", "csl"), (row("removed"),), True, id="the opposite"),
        pytest.param(
            row("added", "csl"), (row("added"), row("added", "csl"), row("removed", "csl")), True,
            id="lost and come again",
        ),
        pytest.param(
            row("amended", "csl"), (row("amended"), row("amended", "csl")), True,
            id="another amendment",
        ),
        pytest.param(
            row("amended", "csl"), (row("amended"), row("amended", "csl"), row("amended")), False,
            id="each followed",
        ),
        pytest.param(
            row("removed", "csl", names=("M.P.S. Lab",), bodies=frozenset({7})),
            (row("removed", bodies=frozenset({7})),), False, id="one party under two names",
        ),
    ],
)  # fmt: skip
def test_what_both_sources_bring_is_told_once(
    change: RowChange, before: tuple[RowChange, ...], told: bool
) -> None:
    """By the first; what a source takes back, or does again, it tells again."""
    assert (news(change, before=before) is not None) is told


def test_an_act_does_not_explain_what_the_text_undid_since() -> None:
    """The CSL added the row after the act, lost it, and has it again: told, as the loss was."""
    act = printed(party(NAME, "added"))
    back = row("added", "csl", "2023-11-20")
    assert news(back, act, before=(row("added", "csl", "2023-11-18"),)) is None
    lost = (row("added", "csl", "2023-11-18"), row("removed", "csl", "2023-11-19"))
    assert news(back, act, before=lost) is not None


def test_the_id_is_of_the_text() -> None:
    """The same text makes the same id, another follow another."""
    first, again, other = news(row("added")), news(row("added")), news(row("added"), follow=CHINA)
    assert first is not None
    assert again is not None
    assert other is not None
    assert first.id == again.id != other.id
