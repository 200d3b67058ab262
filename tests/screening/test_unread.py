"""Which rows may be the ones that could not be read."""

import pytest

from monitor.screening.entry import Entry, UnreadRow
from monitor.screening.unread import Unread, kept_back, unread_of, unread_text

KESTREL, OSPREY = (Entry("EL", f"{one} Optical Works", (f"{one} OW",)) for one in ("Kestrel", "Os"))
GONE = {entry.digest(): entry for entry in (KESTREL, OSPREY)}
NULL = UnreadRow(None, "null", named=False)
NONE = Unread()


def kept(*rows: UnreadRow, before: Unread = NONE) -> list[str]:
    """The names of those kept."""
    return [GONE[digest].name for digest in kept_back(GONE, rows, before)]


@pytest.mark.parametrize(
    "text", ["Kestrel Optical Works, No. 1 Road", "KESTREL OW", "Kestr\ufffdl Optical Works"]
)
@pytest.mark.parametrize("named", [True, False])
def test_a_row_with_one_of_its_names_may_be_it(text: str, named: bool) -> None:
    """A name, an alias, a name that lost a letter; also where it stood there before."""
    row = UnreadRow("EL", text, named)
    assert kept(row, before=Unread((row,))) == [KESTREL.name]


def test_a_row_whose_name_is_another_is_nobody_elses() -> None:
    """The rows that went, went."""
    assert kept(UnreadRow("EL", "Marten Works", named=True)) == []
    assert kept() == []


def test_a_nameless_row_may_be_any_that_went_when_it_came() -> None:
    """And stays so while it stands; what goes later is not it, unless a second one comes."""
    digest = KESTREL.digest()
    assert kept(NULL) == [KESTREL.name, OSPREY.name]
    assert kept(NULL, before=Unread((NULL,), (digest,))) == [KESTREL.name]
    assert kept(NULL, before=Unread((NULL,))) == []
    assert kept(NULL, NULL, before=Unread((NULL,))) == [KESTREL.name, OSPREY.name]
    assert kept(before=Unread((NULL,), (digest,))) == []


def test_a_row_of_an_unknown_list_may_be_of_any() -> None:
    """One of another list is not asked."""
    rows = (NULL, UnreadRow("SDN", "a", named=True), UnreadRow("EL", "b", named=True))
    assert [row.text for row in unread_of(rows, "EL")] == ["null", "b"]


def test_no_name_reaches_from_one_row_into_the_next() -> None:
    """Each stands for itself."""
    text = unread_text((UnreadRow("EL", "Kestrel", named=False), UnreadRow("EL", "Works", True)))
    assert text is not None
    assert not text.holds("Kestrel Works")
    assert unread_text(()) is None
