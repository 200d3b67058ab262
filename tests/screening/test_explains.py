"""Which act made a change of a list: by name, verb, destination and date."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.screening.acts.act_party import ActParty, ActVerb
from monitor.screening.acts.explains import ActsOfChanges, Changed, ListAct


def party(
    kind: ActVerb, name: str, country: str | None = "CN", *, certain: bool = True
) -> ActParty:
    return ActParty(kind, name, country, "EL", certain=certain, instruction="")


def act(number: str, day: int, *parties: ActParty, citation: str | None = None) -> ListAct:
    """Published on a day of November 2023, in force the day before."""
    return ListAct(number, citation, (date(2023, 11, day - 1), date(2023, 11, day)), parties)


def change(
    kind: str, on: int, *names: str, country: str | None = "CN", of_law: bool = True
) -> Changed:
    return Changed("EL", kind, date(2023, 11, on), names, country, of_law)


X, INSTITUTE = "Xinyu Optics Co., Ltd.", "Institute of Optics of the Ministry"
REMOVING = act("2023-1", 10, party("removed", X), party("removed", INSTITUTE))


def found(one: Changed, *acts: ListAct) -> str | None:
    made = ActsOfChanges(acts).act_of(one)
    return made.number if made else None


@pytest.mark.parametrize(
    ("one", "number"),
    [
        (change("removed", 10, X), "2023-1"),
        # the day before its effect in Washington, and two weeks after print
        (change("removed", 8, X), "2023-1"),
        (change("removed", 7, X), None),
        (change("removed", 24, X), "2023-1"),
        (change("removed", 25, X), None),
        # another form of the name, an alias or a name of its party, but nobody else's
        (change("removed", 10, "XINYU OPTICS COMPANY LIMITED"), "2023-1"),
        (change("removed", 10, "XO", X), "2023-1"),
        (change("removed", 10, "Xinyu Lens Co., Ltd."), None),
        (change("removed", 10), None),
        # another verb; a row of several may go and leave the party amended
        (change("added", 10, X), None),
        (change("amended", 10, X), "2023-1"),
        # another heading of the law; the CSL has addresses
        (change("removed", 10, X, country="RU"), None),
        (change("removed", 10, X, country="RU", of_law=False), "2023-1"),
        (change("removed", 10, X, country=None), "2023-1"),
        (change("removed", 10, X, country="HK"), "2023-1"),
    ],
)  # fmt: skip
def test_a_change_and_its_act(one: Changed, number: str | None) -> None:
    """They belong together where all of it fits."""
    assert found(one, REMOVING) == number


def test_of_several_acts_the_one_that_fits_best() -> None:
    """The same verb first, then the same place, then certain, then the newest."""
    amends = act("2023-2", 12, party("amended", X))
    abroad = act("2023-3", 12, party("removed", X, "RU"))
    unsure = act("2023-4", 12, party("removed", X, certain=False))
    again = act("2023-5", 11, party("removed", X))
    gone = change("removed", 13, X, of_law=False)
    assert found(gone, REMOVING, amends, abroad, unsure) == "2023-1"
    assert found(gone, REMOVING, again, unsure) == "2023-5"
    assert found(change("amended", 13, X), REMOVING, amends) == "2023-2"


def test_an_act_on_another_list_or_without_a_day_explains_nothing() -> None:
    """Nor does one of which nothing but the name is known."""
    other = ActParty("removed", X, "CN", "UVL", certain=True, instruction="")
    assert found(change("removed", 10, X), act("2023-6", 10, other)) is None
    assert found(change("removed", 10, X), ListAct("2023-7", None, (), REMOVING.parties)) is None


def test_an_entry_with_a_date_of_its_own() -> None:
    """The list follows that date, whatever the rule's is."""
    later = replace(party("removed", X), effective_on="2023-11-28")
    assert found(change("removed", 29, X), act("2023-8", 10, later)) == "2023-8"
    assert found(change("removed", 29, X), REMOVING) is None
