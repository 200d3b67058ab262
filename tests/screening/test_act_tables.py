"""Tables as raw text draws them: cells of any height, leaders, names that stand nowhere else."""

from dataclasses import replace

import pytest

from monitor.screening.acts.finding import Party
from monitor.screening.acts.judge import draws_entries, judge
from monitor.screening.acts.letters import spelled
from monitor.screening.acts.tables import CELL, ROW, columns_to_cells
from monitor.screening.entry import Entry
from tests.screening.act_rules.renderings import Rule, page, raw, xml
from tests.screening.test_act_forms import a_document

RULE = "-" * 80
HEAD = "Country    Entity      License\n                    requirement"


def cells(*lines: str) -> list[str]:
    """The cells of a drawn table row by row, each in one line."""
    drawn = columns_to_cells("\n".join(["", RULE, HEAD, RULE, *lines, RULE, ""]))
    # the heads of the columns are drawn as a table of their own
    rows = drawn.split(f"{ROW}\n")[-2].split(ROW)
    return [" ".join(cell.split()) for row in rows for cell in row.split(CELL)[1:]]


def test_a_cell_of_forty_lines_is_one() -> None:
    """Its aliases and addresses go on, line by line, beside columns that ended long before."""
    aliases = [f" --Xinyu Alias {at};" for at in range(1, 40)]
    lines = ["CHINA, PEOPLE'S   Xinyu Optics, a.k.a.,    For all items  91 FR 5."]
    lines += [" REPUBLIC OF".ljust(18) + aliases[0], *(" " * 18 + one for one in aliases[1:])]
    country, entity, requirement, cited = cells(*lines)
    assert country == "CHINA, PEOPLE'S REPUBLIC OF"
    assert entity == " ".join(["Xinyu Optics, a.k.a.,", *(one.strip() for one in aliases)])
    assert (requirement, cited) == ("For all items", "91 FR 5.")


@pytest.mark.parametrize("dots", ["..........", "...", ""])
def test_leaders_leave_the_columns_where_they_are(dots: str) -> None:
    """What stands behind the dots begins where its column begins."""
    first = f"IRAN{dots}".ljust(18)
    assert cells(f"{first}Alpha Optics, 5    For all", " " * 18 + " Azadi Road.        items.") == [
        "IRAN", "Alpha Optics, 5 Azadi Road.", "For all items.",
    ]  # fmt: skip


def test_a_second_citation_goes_on_with_its_row() -> None:
    """What begins beside neither a country nor an entity is no row; nobody heads the second."""
    lines = [
        "IRAN   Alpha Optics,    89 FR 5.",
        "        5 Azadi Road.   91 FR 6.",
        "       Beta.            91 FR 6.",
    ]
    assert cells(*lines) == [
        "IRAN", "Alpha Optics, 5 Azadi Road.", "89 FR 5. 91 FR 6.", "", "Beta.", "91 FR 6.",
    ]  # fmt: skip


NAMED = {"ü": "[uuml]", "Ş": "[Scedil]", "ı": "[inodot]"}


def line(country: str, entity: str, requirement: str, *, counted: str) -> str:
    """A line of three columns, letters by name, its widths counted in "names" or "letters"."""
    named = "".join(NAMED.get(char, char) for char in entity)
    wide = len(entity) - len(named) if counted == "letters" else 0
    return f"{country:13}{named:{76 - wide}}{requirement}"


@pytest.mark.parametrize("counted", ["names", "letters"])
def test_letters_by_name_leave_the_columns_where_they_are(counted: str) -> None:
    """Whether print counted the names or the letters."""
    drawn = cells(
        line("IRAN.......", "Beta", "None.", counted=counted),
        line("TURKEY.....", "Xinyü Şirket, a.k.a.,", "For all", counted=counted),
        line("", " the following alias:", " items", counted=counted),
        line("", " —Şirketı Xinyü Şışlı; 55", " of it", counted=counted),
        line("", " Yol. Ankara", " and more.", counted=counted),
    )
    alias = "Xinyü Şirket, a.k.a., the following alias: —Şirketı Xinyü Şışlı; 55 Yol. Ankara"
    assert [spelled(cell) for cell in drawn] == [
        "IRAN", "Beta", "None.", "TURKEY", alias, "For all items of it and more.",
    ]  # fmt: skip


ROWS = (("CHINA", "Alpha Optics, a.k.a., the following one alias:\n—Omega Lens\nNo. 5 Road, Wuhan.",
         "For all items", "Denial", "91 FR 5"),)  # fmt: skip
ADDED = Rule("Additions", "", "Effective now.", (), (
    "Supplement No. 4 to part 744 is amended under CHINA by adding one entity",
), ROWS)  # fmt: skip


@pytest.mark.parametrize("rendering", [raw, xml, page])
def test_an_alias_that_stands_only_in_the_table_is_told(rendering) -> None:  # type: ignore[no-untyped-def]
    """Whoever watches it hears of the row; the row's own name is added for certain."""
    watched = (Party("name", ("Alpha Optics",)), Party("alias", ("Omega Lens",)))
    found = judge(a_document(), rendering(ADDED), watched)
    assert {who: one.effect.value for who, one in found} == {"name": "adds", "alias": "unclear"}


@pytest.mark.parametrize(
    ("item", "expected"),
    [("(1) Alpha Optics; (2) Beta", "adds"), ("(1) Beta; (2) Alpha Optics", "adds"),
     ("(1) Alpha Optics.; and (2) Beta", "adds"), ("(1) Alpha Optics, Beta Center; (2) Q", "adds?"),
     ("(1) Beta", "unclear?")],
)  # fmt: skip
def test_a_row_is_its_own_where_the_preamble_has_its_whole_name(item: str, expected: str) -> None:
    """What stands behind the name in the row may be a unit's name; an item ends where it ends."""
    told = f"This rule implements the decision to add these entities to the Entity List: {item}."
    rows = (("CHINA", "Alpha Optics, Beta Center, Wuhan, China.", *ROWS[0][2:]),)
    rule = replace(ADDED, background=(told,), rows=rows)
    ((_, found),) = judge(a_document(), raw(rule), (Party("name", ("Alpha Optics",)),))
    assert found.effect.value + "?" * found.review == expected


def test_a_row_that_begins_with_ones_alias_is_not_ones_own() -> None:
    """Two entries bear each other's names: the one in the preamble and the table is added."""
    told = "This rule adds the following entity to the Entity List: (1) Alpha Optics; (2) Beta."
    rows = (("OMAN", "Alpha Optics, a.k.a., --Omega Lens. 5 Road, Muscat.", *ROWS[0][2:]),)
    entry = Entry("EL", "Omega Lens", ("Alpha Optics",), (), "OM", source="ecfr")
    party = Party("other", entry.names, (entry,), frozenset({"Alpha Optics"}))
    rule = replace(ADDED, background=(told,), rows=rows)
    ((_, found),) = judge(a_document(), raw(rule), (party,))
    assert (found.effect.value, found.review) == ("adds", True)


def test_only_raw_text_draws_entries() -> None:
    """The other forms have their cells whole."""
    assert [draws_entries(form(ADDED)) for form in (raw, xml, page)] == [True, False, False]
