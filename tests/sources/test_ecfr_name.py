"""Where a name ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.ecfr.names import is_bare_address, split_name, tidy_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dick Kuo, Ltd., Room 9–11, 5/F, Kowloon, Hong Kong.", "Dick Kuo, Ltd."),
        ("Hangzhou Biren Co., Ltd., Building A, China.", "Hangzhou Biren Co., Ltd."),
        ("HiSilicon Technologies Co., Ltd (HiSilicon), Bantian, China.",
         "HiSilicon Technologies Co., Ltd (HiSilicon)"),
        ("Yang Tse Copper, Ltd., 70/I, Bo Chein St., Burma.", "Yang Tse Copper, Ltd."),
        ("Tactical Missile Corporation, Raduga Design Bureau, 2a Zhukovskogo, Russia.",
         "Tactical Missile Corporation, Raduga Design Bureau"),
        ("Academy of Military Medical Sciences, Institute of Bioengineering, 20 East Street.",
         "Academy of Military Medical Sciences, Institute of Bioengineering"),
        ("Hamid Sepehrian, Jaber Ibn Hayan Research Institute, AEOI, Tehran, Iran.",
         "Hamid Sepehrian"),
        ("Kamensk-Uralsky Metallurgical Works J.S. Co. 5 Zavodskaya St., Russia.",
         "Kamensk-Uralsky Metallurgical Works J.S. Co."),
        ("A.C. International, Room 1104, Guangzhou, China", "A.C. International"),
        ("Falcon International Trading Company, Level 39 Marina Bay Financial Center, Singapore.",
         "Falcon International Trading Company"),
        ("Krylov 45, Saint Petersburg, Russia.", "Krylov 45"),
        ("Al Technique Systems1, Islamabad, Pakistan.", "Al Technique Systems"),
        ("Basha Asmath Shaikh Office M–2, Al Andalus Bldg, Dubai.", "Basha Asmath Shaikh"),
        ("APEX St. Petersburg, 140 Leninsky Prospekt, Russia.", "APEX St. Petersburg"),
        ("Raneen Company (RWDS, LLC), Abu Dhabi, U.A.E.", "Raneen Company (RWDS, LLC)"),
        ("Broken (Bracket Ltd., 1 Street, China.", "Broken (Bracket Ltd."),
        ("Allied Trading Co", "Allied Trading Co"),
        ("Maple Pvt. Ltd. Consultants, Importers and Exporters, Islamabad.",
         "Maple Pvt. Ltd. Consultants, Importers and Exporters"),
        ("HiSilicon Co., Electrical Research Center, Huawei Base, Shenzhen, China.",
         "HiSilicon Co., Electrical Research Center"),
        ("PT. Kuantum Tekno Kreatif, JI. Sarirasa No. 113, Bandung, Indonesia.",
         "PT. Kuantum Tekno Kreatif"),
        ("OOO, Geran Plus, 1 Lenina Street, Russia.", "OOO, Geran Plus"),
        ("Wuxi Paike New Mat. Tech. Co., Ltd., No. 22 Lianhe Rd., Wuxi, China.",
         "Wuxi Paike New Mat. Tech. Co., Ltd."),
        ("Hongkong Delta Technology Co., Limited Unit 3, 6/F Kam Hon Building, Hong Kong.",
         "Hongkong Delta Technology Co., Limited"),
        ("Laboratory of Analysis, Institute of Pharmacology, No. 27 Taiping Road, China.",
         "Laboratory of Analysis, Institute of Pharmacology"),
        ("Nuclear reactors not under safeguards, (excluding Kundankulam 1 and 2);",
         "Nuclear reactors not under safeguards, (excluding Kundankulam 1 and 2)"),
        ("Arzamas-16, (Address: 37 Mira Ave. Sarov, Russia)", "Arzamas-16"),
        ("Hui Tong Ltd., Huawei Base, Electrical Research Center, China.", "Hui Tong Ltd."),
    ],
)  # fmt: skip
def test_a_name_ends_where_its_address_begins(text: str, name: str) -> None:
    """Commas inside a name do not end it; legal forms, bodies and abbreviations are known."""
    assert split_name(text)[0] == name


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("VNIIFTRI.", "VNIIFTRI"),
        ("Beijing Alite Technologies Co.;", "Beijing Alite Technologies Co."),
        ("Chornomornaftogaz, and", "Chornomornaftogaz"),
        ("Shipyard 'Zaliv;' and", "Shipyard 'Zaliv'"),
        ("Craftway  PLS; and", "Craftway PLS"),
        ("JSC AOMZ)", "JSC AOMZ"),
    ],
)
def test_the_marks_of_the_list_are_no_part_of_a_name(tail: str, name: str) -> None:
    """Semicolons, commas and full stops of the list go; an abbreviation keeps its own."""
    assert tidy_name(tail) == name


def test_an_address_in_a_names_place_is_known_as_one() -> None:
    """Entries that are an address alone are told from names that begin with a number."""
    assert is_bare_address("Address 01, Unit 1905, 19/F, Hong Kong")
    assert is_bare_address("Flat/Rm 1405A, 14/F, The Belgian Bank Building, Hong Kong.")
    assert is_bare_address("No. 5, Nathan Road, Hong Kong")
    assert is_bare_address("Flat A, 5/F, Lucky House, Kowloon")
    assert not is_bare_address("House of Jiu, 5 Nathan Road, Hong Kong")
    assert not is_bare_address("54th Research Institute of China, Shijiazhuang, China")
    assert not is_bare_address("33 Shipyard JSC, Baltiysk, Russia")


@given(st.text(max_size=200))
def test_no_text_breaks_the_split_or_loses_a_letter(text: str) -> None:
    """Whatever comes in: name and rest hold its letters in order, but for an "and" of the list."""
    name, rest = ("".join(filter(str.isalpha, part)) for part in split_name(text))
    letters = "".join(filter(str.isalpha, text))
    assert letters.startswith(name)
    assert letters.endswith(rest)
    assert letters[len(name) : len(letters) - len(rest)] in {"", "and"}
