"""Everybody whom a document names, held against keys made by hand, and against every list."""

import pytest

from monitor.screening.acts.act_party import ActParty
from monitor.screening.acts.everyone import everyone
from monitor.screening.acts.judge import read_page
from monitor.screening.acts.named import named
from tests.screening.act_key import KEY
from tests.screening.act_rules.renderings import TABLES, Rule
from tests.screening.test_act import CASES, text_of
from tests.screening.test_act_forms import INSTRUCTION, a_document


def keyed(key: str) -> dict[str, list[str]]:
    """By text, the lines of the key."""
    texts = (text.split("\n") for text in key.strip().removeprefix("# ").split("\n# "))
    return {name: lines for name, *lines in texts}


def lines(parties: tuple[ActParty, ...]) -> list[str]:
    """Parties as the key has them."""
    return [
        f"{one.list} {one.kind} {one.country or '-'} {one.name}{'' if one.certain else ' ?'}"
        for one in parties
    ]


def read(text: str) -> tuple[ActParty, ...]:
    return everyone(read_page(a_document(), text))


def test_the_key_has_every_text() -> None:
    """One key for each rule that watches are judged by."""
    assert keyed(KEY).keys() == CASES.keys()


@pytest.mark.parametrize(("name", "expected"), keyed(KEY).items())
def test_who_what_and_where(name: str, expected: list[str]) -> None:
    """Every party with its verb and destination, nobody else, and certain where it says so."""
    found = read(text_of(name))
    assert sorted(lines(found)) == sorted(expected)
    for party in found:
        assert 20 < len(party.instruction) <= 600
        assert "\n" not in party.instruction


CHINA = "under CHINA, PEOPLE’S REPUBLIC OF, "
X, Y = "Xinyu Optics Co., Ltd.", "Yunhe Academy, 31 Research Institute"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # aliases and addresses of an entry, and what is only marked by it
        (f"by removing the aliases “XO” and “Optics X” from the entry for “{X}”.",
         [f"EL amended CN {X}"]),
        (f"in the entry for “{X}”, by removing “5 Harbor Road” and adding in its place “6 Road”.",
         [f"EL amended CN {X}"]),
        (f"by adding, after the entry for “{X}”, an entry for “{Y}”.", [f"EL added CN {Y}"]),
        # parts of an entry that nobody names
        ("by removing the alias “Xinyu Optics”.", ["EL amended CN Xinyu Optics ?"]),
        # doubt is told, and never certain
        (f"by removing the duplicate entry for “{X}”.", [f"EL removed CN {X} ?"]),
        (f"by temporarily removing the entry for “{X}”.", [f"EL amended CN {X} ?"]),
        (f"by removing the entry for “{X}” and adding an entry for “Xinyu Group, a.k.a., {X}”.",
         [f"EL removed CN {X} ?", "EL added CN Xinyu Group"]),
        ("by removing the entries for “Alpha; Xinyu Optics; and Beta”.",
         ["EL removed CN Alpha; Xinyu Optics; and Beta ?"]),
        # where a name ends
        (f"by adding an entry for “{X[:-1]}, a.k.a., the following alias: —XO. 5 Road, Wuhan.”",
         [f"EL added CN {X[:-1]}"]),
        (f"by adding an entry for “{X}, No. 5 Harbor Road, Wuhan, China.”", [f"EL added CN {X}"]),
        ("by adding an entry for “Xinyu Optics, Wuhan.”", ["EL added CN Xinyu Optics, Wuhan ?"]),
        (f"by removing the entry for “{Y}”.", [f"EL removed CN {Y}"]),
        # without quotes
        ("by removing the entry for Yunhe Academy.", ["EL removed CN Yunhe Academy"]),
        ("by removing the entries for Alpha, JSC, Beta, JSC, and Gamma, JSC.",
         ["EL removed CN Alpha, JSC, Beta, JSC ?", "EL removed CN Gamma, JSC ?"]),
    ],
)  # fmt: skip
def test_wordings(words: str, expected: list[str]) -> None:
    """Each wording says it of whom it says it, as surely as a person could."""
    assert lines(read(INSTRUCTION.format(CHINA + words))) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # an entry that goes under one heading and comes under another has moved
        ((": a. By removing the entry for “Alpha” under HONG KONG; and b. By adding the entry for"
         " “Alpha” under CHINA."), ["EL amended CN Alpha"]),
        # one body on two lists, and under three headings
        (("under IRAN by adding an entry for “Alpha”. 3. Supplement No. 6 to part 744 is amended"
         " under IRAN by removing the entry for “Alpha”."),
         ["EL added IR Alpha", "UVL removed IR Alpha"]),
        ("under OMAN and SYRIA by removing the entry for “Alpha”.",
         ["EL removed OM Alpha", "EL removed SY Alpha"]),
        ("under ATLANTIS by removing the entry for “Alpha”.", ["EL removed ATLANTIS Alpha"]),
        # validated end users, country groups and sections are no parties of a list
        (("under IRAN by adding an entry for “Alpha”. 3. Supplement No. 7 to part 748 is amended by"
         " removing the entry for “Beta” under CHINA."), ["EL added IR Alpha"]),
    ],
)  # fmt: skip
def test_destinations(words: str, expected: list[str]) -> None:
    """One line for each destination under which an entry comes, goes or is changed."""
    assert lines(read(INSTRUCTION.format(words))) == expected


def test_a_date_of_its_own() -> None:
    """What the instruction gives its entries itself; the rule's is none of it."""
    words = (
        ": a. Effective January 1, 2027, under IRAN by removing the entry for “Alpha”; and"
        " b. Under OMAN by removing the entry for “Beta”."
    )
    found = {one.name: one.effective_on for one in read(INSTRUCTION.format(words))}
    assert found == {"Alpha": "2027-01-01", "Beta": None}


ROWS = (
    ("CHINA, PEOPLE’S REPUBLIC OF", ("Xinyu Optics Co., Ltd., a.k.a., the following alias:\n—XO."
     "\nNo. 5 Harbor Road, Wuhan."), "For all items", "Denial", "91 FR 51000, 8/24/26."),
    ("", "Yunhe 3rd Academy, 40 Yungang North Road, Beijing.", "For all items", "Denial",
     "91 FR 51000, 8/24/26."),
    ("PAKISTAN", "Lahore Lenses (Pvt.) Ltd., Suite 4, Lahore.", "For all items", "Denial",
     "91 FR 51000, 8/24/26."),
)  # fmt: skip
PRINTED = [
    "EL added CN Xinyu Optics Co., Ltd.", "EL added CN Yunhe 3rd Academy",
    "EL added PK Lahore Lenses (Pvt.) Ltd.",
]  # fmt: skip
LISTS = {
    "bullets": "China\n• Xinyu Optics Co., Ltd., a.k.a., the following alias: XO;\n"
               "• Yunhe 3rd Academy; and\nPakistan\n• Lahore Lenses (Pvt.) Ltd.",
    "headings": "China: Xinyu Optics Co., Ltd.; Yunhe 3rd Academy. Pakistan: Lahore Lenses (Pvt.)"
                " Ltd.",
}  # fmt: skip


def additions(told: str, rows: tuple[tuple[str, ...], ...]) -> Rule:
    """A rule in the style up to 2019: it counts entries; a list and a table name them."""
    words = (
        "Supplement No. 4 to part 744 is amended:\na. By adding in alphabetical order two entities"
        " under CHINA, PEOPLE’S REPUBLIC OF; and\nb. By adding one entity under PAKISTAN."
    )
    background = (
        (
            "This rule adds the following three entities to the Entity List and includes, where"
            f" appropriate, aliases: {told}"
        ),
    )
    return Rule("Additions", "", "Effective now.", background, (words,), rows)


@pytest.mark.parametrize("rendering", [one for one in TABLES if one != "filed"])
def test_a_table_alone_names_them(rendering: str) -> None:
    """Row by row under its heading, as the printing office, the XML and the page have it."""
    assert lines(read(TABLES[rendering](additions(LISTS["headings"], ROWS)))) == PRINTED


@pytest.mark.parametrize("told", LISTS)
def test_a_list_in_the_preamble_names_them(told: str) -> None:
    """Before print, where no cells can be told apart: each is told, and none is certain."""
    found = lines(read(TABLES["filed"](additions(LISTS[told], ()))))
    assert found == [f"{line} ?" for line in PRINTED]


def test_names_of_drawn_rows_are_names_of_the_document() -> None:
    """Raw text names as many as the XML does: possible matches are looked for among them."""
    page = read_page(a_document(), TABLES["raw"](additions("", ROWS)))
    assert {"Xinyu Optics Co., Ltd", "Yunhe 3rd Academy"} <= set(named(page))
