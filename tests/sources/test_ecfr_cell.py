"""Entity cells: the spellings of aliases, several parties in a cell, what must be said aloud."""

import pytest

from monitor.sources.ecfr.cell import read_entity
from monitor.sources.ecfr.party import Party


def only(cell: str) -> Party:
    """The one party of a cell that leaves nothing to remark."""
    reading = read_entity(cell)
    assert reading.remarks == ()
    (party,) = reading.parties
    return party


@pytest.mark.parametrize(
    "cell",
    [
        "Jiu Wei, a.k.a., the following two aliases:\n—Jane; and\n—Jim.\n\n1 A Road, China.",
        "Jiu Wei, a.k.a. the following two aliases:\n–Jane;\n–Jim.\n1 A Road, China.",
        "Jiu Wei, a.k.a, the follow two aliases:\n- Jane, and\n- Jim\n\n1 A Road, China",
        "Jiu Wei, also known as the following 2 aliases:\n—Jane; and\n—Jim. 1 A Road, China.",
        "Jiu Wei, a.k.a., the following two aliases: Jane; and Jim. 1 A Road, China.",
        "Jiu Wei, a.k.a., the following two aliases:—Jane; and —Jim.\n\n1 A Road, China.",
        "Jiu Wei (a.k.a., Jane; f.k.a. Jim), 1 A Road, China.",
        "Jiu Wei (a.k.a., Jane), a.k.a., the following one alias:\n—Jim.\n\n1 A Road, China.",
        "Jiu Wei\n(a.k.a. Jane; a.k.a. Jim)\n\nAddress: 1 A Road, China",
        "Jiu Wei, the following two aliases:\nJane; and\n—Jim.\n\n1 A Road, China.",
        "Jiu Wei, a.k.a.,\nthe following two aliases:\n\n—Jane; and\n\n—Jim.\n\n1 A Road, China.",
        "Jiu Wei, a.k.a., Jane, a.k.a. Jim, 1 A Road, China.",
        "Jiu Wei, d.b.a., the following two aliases:\nmdash;Jane;\n—Jim, 1 A Road, China.",
        "Jiu Wei, a.k.a., the following two aliases:\n(1) Jane; and\n(2) Jim.\n\n1 A Road, China.",
        "Jiu Wei, a.k.a., the following two aliases:\n1. Jane;\n2. Jim.\n1 A Road, China.",
        "Jiu Wei, a.k.a., the following two aliases:\n(i) Jane;\n(ii) Jim.\n1 A Road, China.",
        "Jiu Wei, a.k.a., the following two aliases: (a) Jane; and (b) Jim. 1 A Road, China.",
        "Jiu Wei, a.k.a., the following two aliases:\n• Jane; and\n• Jim.\n\n1 A Road, China.",
        "Jiu Wei, a.k.a., the following two aliases:\n●Jane;\n▪ Jim.\n\n1 A Road, China.",
        "Jiu\xa0Wei,  a.k.a., the following two aliases:\n—Jane;\n—Jim.\n1 A Road, China. (See X).",
    ],
)
def test_aliases_are_read_in_every_spelling(cell: str) -> None:
    """One party, two aliases, one address, however the rule was drafted."""
    assert only(cell) == Party("Jiu Wei", ("Jane", "Jim"), ("1 A Road, China",))


def test_one_name_with_an_and_in_it_stays_one() -> None:
    """Running aliases are parted at commas where they are names of a body, never inside one."""
    cell = (
        "Scientific Studies Center (SSRC), a.k.a., Center for Scientific Studies and Research "
        "(SSRC), Centre d'Etudes (CERS), Scientific Research Council (SRC), P.O. Box 4470, Syria"
    )
    assert only(cell).aliases == (
        "Center for Scientific Studies and Research (SSRC)",
        "Centre d'Etudes (CERS)",
        "Scientific Research Council (SRC)",
    )


def test_a_bullet_may_hold_two_names() -> None:
    """Parted by a semicolon or by brackets."""
    cell = (
        "CAEP, a.k.a., the following two aliases:\n—Air Force; IRGCAF;\n"
        "—Institute of Physics (a.k.a., 902 Institute).\n\n64 Mianshan Road, China."
    )
    assert only(cell).aliases == (
        "Air Force",
        "IRGCAF",
        "Institute of Physics",
        "902 Institute",
    )


def test_a_bullet_may_say_aka_itself() -> None:
    """Both names count, and neither holds the mark."""
    cell = (
        "CSSC, a.k.a., the following two aliases:\n—CSIC; and\n—Thermal Institute, a.k.a., Hot "
        "Working Institute.\n\nXicheng District, Shaanxi, China."
    )
    assert only(cell).aliases == (
        "CSIC",
        "Thermal Institute",
        "Hot Working Institute",
    )


def test_a_name_cut_at_its_own_dash_is_whole_again() -> None:
    """Only where the announced number wants it and no separator stands between the halves."""
    cell = (
        "Neft LLC, a.k.a., the following two aliases:\n—OOO Neft\n—Aktiv; and\n—RN-Aktiv OOO. "
        "Building 28, Moscow, Russia."
    )
    assert only(cell).aliases == ("OOO Neft—Aktiv", "RN-Aktiv OOO")
    apart = read_entity(cell.replace("OOO Neft\n", "OOO Neft;\n")).parties[0]
    assert apart.aliases == ("OOO Neft", "Aktiv", "RN-Aktiv OOO")


@pytest.mark.parametrize(
    ("tail", "alias", "address"),
    [
        ("SKTB RT.55 Nijinsky\n\nSt., Novgorod, Russia.", "SKTB RT",
         "55 Nijinsky St., Novgorod, Russia"),
        ("Obshchestvo 'Transgaz'.ul.O.Bulacha, Dagestan, Russia.", "Obshchestvo 'Transgaz'",
         "ul.O.Bulacha, Dagestan, Russia"),
        ("OOO 'Dorozhnaya'.' Lesnaya Street, 34, Tver, Russia.", "OOO 'Dorozhnaya'",
         "Lesnaya Street, 34, Tver, Russia"),
    ],
)  # fmt: skip
def test_an_address_glued_to_the_last_alias_is_parted(tail: str, alias: str, address: str) -> None:
    """A full stop without a space still ends a name."""
    party = only(f"Bureau, a.k.a., the following two aliases:\n—Relay JSC; and\n—{tail}")
    assert party == Party("Bureau", ("Relay JSC", alias), (address,))


def test_where_the_end_of_a_name_is_open_both_readings_count() -> None:
    """Nothing parts "Company" from "Al Thuraya Tower": neither name may be lost."""
    cell = "aBensa, a.k.a., the following one alias:\n—Biota Company Al Tower 1, 9th Floor, Dubai."
    assert only(cell).aliases == ("Biota Company", "Biota Company Al Tower 1")
    assert only("IKCO Finance 6 Lothbury, London, England").aliases == ("IKCO Finance",)
    assert only("Krylov Institute 45, Street 1, Russia.").aliases == ("Krylov Institute",)
    assert only("Jiu, a.k.a., the following one alias:\n—CETC 45.\n\n1 A Road.").aliases == (
        "CETC 45",
    )


def test_a_note_among_the_aliases_is_no_alias() -> None:
    """What is in brackets and in small letters speaks of names, and may be counted with them."""
    reading = read_entity(
        "CAEP, a.k.a., the following three aliases:\n—Ninth Academy; (all in or near Mianyang)\n"
        "—The Laboratory.\n\n64 Mianshan Road, China."
    )
    assert reading.parties[0].aliases == ("Ninth Academy", "The Laboratory")
    assert reading.remarks == ()


def test_a_cross_reference_leaves_no_comma_behind() -> None:
    """Cut off with the comma before it, the line does not look like a name that goes on."""
    cell = "Aeolian Airlines, Ozgur KK No 4, Istanbul, Turkey; and Florya, Istanbul, Turkey{}"
    where = ("Ozgur KK No 4, Istanbul, Turkey", "Florya, Istanbul, Turkey")
    for tail in ("", ".", ",", ", (See alternate addresses under Greece)", "; (See also Greece).",
                 ".\n(For alternate addresses, see Greece and Cuba.)"):  # fmt: skip
        assert only(cell.format(tail)) == Party("Aeolian Airlines", (), where)


def test_an_and_glued_to_a_house_number_is_no_part_of_the_address() -> None:
    """Two words were run together, upstream."""
    party = only("Aeolian, 551 Mesogeion Ave, Greece; and72 Vouliagmenis Ave, Greece.")
    assert party.addresses == ("551 Mesogeion Ave, Greece", "72 Vouliagmenis Ave, Greece")


def test_several_addresses_are_told_apart() -> None:
    """A semicolon, and a country followed by "and", part addresses."""
    cell = (
        "Afghan-German Company, Golaye Park, Kabul, Afghanistan, and Dasht Qala, Afghanistan; "
        "and Herat, Afghanistan."
    )
    assert only(cell).addresses == (
        "Golaye Park, Kabul, Afghanistan",
        "Dasht Qala, Afghanistan",
        "Herat, Afghanistan",
    )


def test_subordinate_institutions_are_parties_of_their_own() -> None:
    """Each is named with its parent, as the CSL does, and by its own name as an alias."""
    reading = read_entity(
        "CASIC Second Academy, a.k.a., the following one alias, and two subordinate institutions:\n"
        "—Changfeng Academy.\nSubordinate institution\n23rd Research Institute, a.k.a., the "
        "following one alias:\n—BIRM.\nSubordinate institution Brainware Terahertz.\n"
        "The following addresses apply to the entity and to the two subordinate institutions:\n\n"
        "50 Yongding Road, Beijing, China; and 51 Yongding Road, Beijing, China."
    )
    where = ("50 Yongding Road, Beijing, China", "51 Yongding Road, Beijing, China")
    parent = "CASIC Second Academy"
    assert reading.remarks == ()
    assert reading.parties == (
        Party(parent, ("Changfeng Academy",), where),
        Party(
            f"{parent} subordinate institution: 23rd Research Institute",
            ("23rd Research Institute", "BIRM"),
            where,
        ),
        Party(
            f"{parent} subordinate institution: Brainware Terahertz",
            ("Brainware Terahertz",),
            where,
        ),
    )


def test_an_address_alone_is_an_entry() -> None:
    """Since 2024-06-12 an entry may be an address; its whole text is what it is known by."""
    text = "Address 03, Flat/Rm 1405A, 14/F, The Belgian Bank Building, Kowloon, Hong Kong"
    party = only(f"{text}.")
    assert (party.name, party.aliases) == (text, ("Address 03",))
    assert party.addresses == (
        "Flat/Rm 1405A, 14/F, The Belgian Bank Building, Kowloon, Hong Kong",
    )
    assert only("Address 10, 7/F MW Tower, Hong Kong.").addresses == ("7/F MW Tower, Hong Kong",)
    assert only("Addresses 1 and 2, 7/F MW Tower.").addresses == ("7/F MW Tower",)


def test_a_missing_alias_is_said_aloud() -> None:
    """Fewer aliases than announced is a remark: an alias may have been lost upstream."""
    reading = read_entity(
        "Jiu Wei, a.k.a., the following three aliases:\n—Jane.\n\n1 A Road, China."
    )
    assert reading.remarks == ("the entry of Jiu Wei announces 3 aliases and holds 1",)


def test_a_list_that_nothing_announced_is_kept_and_said_aloud_once() -> None:
    """Whether its items are names or something else is not known; none is lost."""
    reading = read_entity("Jiu Wei, 1 A Road, Hay Riad\n—Rabat, Morocco.\n—Fez, Morocco.")
    (remark,) = reading.remarks
    assert remark.endswith("is not announced as aliases: Rabat, Morocco. Fez, Morocco.")
    assert "Fez, Morocco" in " ".join(reading.parties[0].addresses)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Jiu Co., Ltd., a.k.a., and the following two aliases:\n—Jane; and\n—Jim.",
         ("Jiu Co., Ltd.", "Jane", "Jim")),
        ("Jiu Co., Ltd., a.k.a., the two following aliases:\n—Jane; and\n—Jim.",
         ("Jiu Co., Ltd.", "Jane", "Jim")),
        ("Jiu Ltd Şti., a.k.a., the following two aliaes:\n—Jane; and\n—Jim.",
         ("Jiu Ltd Şti", "Jane", "Jim")),
        ("Jiu Co., a.k.a., the one alias:\n—Jane", ("Jiu Co.", "Jane")),
        ("Jiu, a.k.a., the following two aliases:\n—Jane Works (UK)).\n—'Jim'.'",
         ("Jiu", "Jane Works (UK)", "'Jim'")),
    ],
)  # fmt: skip
def test_the_announcement_is_no_part_of_a_name(said: str, names: tuple[str, ...]) -> None:
    """In whatever order and with whatever slip of the pen it was written."""
    party = only(f"{said}\n\n1 A Road, China.")
    assert ((party.name, *party.aliases), party.addresses) == (names, ("1 A Road, China",))


def test_a_number_counts_where_it_stands_before_the_word() -> None:
    """Three are announced by "the three following aliases"."""
    reading = read_entity("Jiu, a.k.a., the three following aliases:\n—Jane.\n\n1 A Road, China.")
    assert reading.remarks == ("the entry of Jiu announces 3 aliases and holds 1",)


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ("MAK Logistics,\n", "MAK Logistics", "Unit B2, 3/F, 18 Kwai Road, Hong Kong"),
        ("Sky Float FZE, M6 Office 1309, Building R2,\n", "Sky Float FZE",
         "M6 Office 1309, Building R2, Unit B2, 3/F, 18 Kwai Road, Hong Kong"),
        ("Achmad, No. 12, Level 12, 40000 Shah Alam,\n", "Achmad",
         "No. 12, Level 12, 40000 Shah Alam, Unit B2, 3/F, 18 Kwai Road, Hong Kong"),
    ],
)  # fmt: skip
def test_a_line_that_ends_inside_the_address_is_not_all_name(
    line: str, name: str, address: str
) -> None:
    """A comma at the line's end says that something goes on: the name, or the address."""
    assert only(f"{line} Unit B2, 3/F, 18 Kwai Road, Hong Kong.") == Party(name, (), (address,))


def test_a_group_names_its_unlisted_parent_and_each_row_below_is_a_party() -> None:
    """They go by their own names, as the CSL has them; the parent's stands in an alias."""
    reading = read_entity(
        "The following two subordinate institutions of Aero Company:\nSubordinate instituion:\n"
        "Subordinate institution: One Co. Ltd., 1 A Road, China.\nSubordinate institution: Two."
    )
    assert reading.remarks == ()
    assert reading.parties == (
        Party(
            "One Co. Ltd.",
            ("Aero Company subordinate institution: One Co. Ltd.",),
            ("1 A Road, China",),
        ),
        Party("Two", ("Aero Company subordinate institution: Two",)),
    )


def test_a_company_that_stands_before_a_further_address_is_a_name_too() -> None:
    """It is read as an address line, for the list does so; but whoever asks for it finds it."""
    party = only("Jiu Heavy, 1 A Road, UAE; and Zhou Trading L.L.C, 1 A Road, UAE; and Ltd., UAE")
    assert party.name == "Jiu Heavy"
    assert party.aliases == ("Zhou Trading L.L.C",)
    assert party.addresses == ("1 A Road, UAE", "Zhou Trading L.L.C, 1 A Road, UAE", "Ltd., UAE")


def test_a_second_party_in_a_cell_is_kept_and_said_aloud() -> None:
    """A party that slipped into the cell of another is not lost."""
    reading = read_entity(
        "Hyper Limited, Unit A1, Hong Kong.\nICSOSO Co. Ltd., a.k.a., the following alias:\n"
        "—IC Soso."
    )
    assert [party.name for party in reading.parties] == ["Hyper Limited", "ICSOSO Co. Ltd."]
    assert reading.parties[1].aliases == ("IC Soso",)
    assert len(reading.remarks) == 1


def test_a_party_described_with_its_parts_is_also_known_by_its_name() -> None:
    """What is included is part of the name as published; the short name is an alias."""
    party = only("Ministry of Defence, including the armed forces wherever located.")
    assert party.aliases == ("Ministry of Defence",)
