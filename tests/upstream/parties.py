"""Parties for tests: the institute to the letter, its near neighbors, canaries, plausible filler.

Everything is deterministic. Filler is invented in the style of the list; it names no real party.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from monitor.screening.entry import ENTITY_LIST, Entry

CHINA = "CHINA, PEOPLE'S REPUBLIC OF"

INSTITUTE = "Ministry of Public Security's Institute of Forensic Science of China"
INSTITUTE_AS_CSL_HAD_IT = "Ministry of Public Security?s Institute of Forensic Science of China"
_MINISTRY = "the Ministry of Public Security of the People's Republic of China"
INSTITUTE_ALIASES = (
    f"Forensic Identification Center of {_MINISTRY}",
    f"Material Identification Center of {_MINISTRY}",
)

REQUIREMENT = "For all items subject to the EAR. (See § 744.11 of the EAR)"
POLICY = "Presumption of denial"
_XINJIANG_POLICY = (
    "Case-by-case review for ECCNs 1A004.c, 1A004.d, 1A995, 1A999.a, 1D003, 2A983, 2D983, and"
    " 2E983, and for EAR99 items described in the Note to ECCN 1A995; case-by-case review for items"
    " necessary to detect, identify and treat infectious disease; and presumption of denial for all"
    " other items subject to the EAR."
)


def institute() -> Entry:
    """The institute as the eCFR had it from 2020-07-22 until 2023-11-16."""
    return Entry(
        list=ENTITY_LIST,
        name=INSTITUTE,
        aliases=INSTITUTE_ALIASES,
        addresses=(
            "No. 18 West Dongbeiwang Road, Haidian District, China",
            "Ministry of Public Security, Xicheng District, Beijing, China",
            "No. 17 Mulidi South Lane, Xicheng District, Beijing, China",
            (
                "Tumushuke Municipal Public Security Bureau, Qian Hai West Road, Tumushuke City,"
                " Xinjiang Uyghur Autonomous Region"
            ),
        ),
        country="CN",
        license_requirement=REQUIREMENT,
        license_policy=_XINJIANG_POLICY,
        citations=("85 FR 34505", "85 FR 44161"),
        start_date="2020-06-05",
        source="ecfr",
    )


def institute_in_csl() -> Entry:
    """The institute as the Consolidated Screening List had it in 2022, lost apostrophe included."""
    return replace(
        institute(),
        name=INSTITUTE_AS_CSL_HAD_IT,
        addresses=(
            "No. 18 West Dongbeiwang Road, Haidian District",
            "Ministry of Public Security, Xicheng District, Beijing",
            "No. 17 Mulidi South Lane, Xicheng District, Beijing",
            (
                "No. 5 Qianhai West Street, Tumushuk City, Xinjiang Uighur Autonomous Region"
                " (Tumushuk City Public Security Bureau)"
            ),
        ),
        citations=("85 FR 34505", "85 FR 44159"),
        source="csl",
    )


def _entry(name: str, country: str, address: str, citation: str, day: str, *more: str) -> Entry:
    return Entry(
        ENTITY_LIST, name, more, (address,), country, REQUIREMENT, POLICY, (citation,), day
    )


def canaries() -> tuple[Entry, ...]:
    """Three parties so long on the list that a list without them is not the list."""
    return (
        _entry(
            "Huawei Technologies Co., Ltd. (Huawei)", "CN",
            "Bantian Huawei Base, Longgang District, Shenzhen, 518129", "84 FR 22963", "2019-05-21",
            "Shenzhen Huawei Technologies", "Huawei Technology",
        ),
        _entry(
            "Beijing University of Aeronautics and Astronautics (BUAA)", "CN",
            "37 Xueyuan Road, Haidian District, Beijing", "66 FR 24266", "2001-05-14",
            "Beihang University",
        ),
        _entry(
            "Bharat Electronics Limited (BEL)", "IN", "Jalahalli, Bangalore", "63 FR 64322",
            "1998-11-19",
        ),
    )  # fmt: skip


def neighbors() -> tuple[Entry, ...]:
    """Parties whose names come near the institute's and must never be taken for it."""
    return (
        _entry(
            "Forensic Center of Nizhniy Novgorod Region Main Directorate of the Ministry of"
            " Interior Affairs", "RU", "Gorkiy Street, 71, Nizhniy Novgorod, 603950", "87 FR 12240",
            "2022-03-03",
        ),
        _entry(
            "Forensic Genomics International", "CN", "Yantian District, Shenzhen", "88 FR 13675",
            "2023-03-06",
        ),
        _entry(
            "Xinjiang Uighur Autonomous Region (XUAR) People's Government Public Security Bureau",
            "CN", "28 Qiantangjiang Rd., Shayibake District, XUAR, Urumqi, 830006", "84 FR 54004",
            "2019-10-09",
        ),
        _entry(
            "Kashgar Prefecture Public Security Bureau", "CN", "Kashgar, XUAR", "84 FR 54004",
            "2019-10-09",
        ),
    )  # fmt: skip


def other_lists(rows: int = 5) -> tuple[Entry, ...]:
    """So many rows of each of four other lists: the Entity List is not alone in the file."""
    return tuple(
        Entry(code, f"{name} {number}", (), (f"Box {number}",), country, citations=citations)
        for code, name, country, citations in (
            ("SDN", "LEVANT MARITIME HOLDING", "SY", ()),
            ("UVL", "Guangzhou Hairui Measuring Devices", "CN", ("88 FR 55555",)),
            ("MEU", "Chengdu Tianfu Aero Parts", "CN", ("85 FR 83799",)),
            ("DPL", "NORTHGATE AVIATION SUPPLY", "GB", ("81 FR 14101",)),
        )
        for number in range(1, rows + 1)
    )


# the place, the end of an address there, the country
_PLACES = (
    ("Harbin", "Nangang District, Harbin, Heilongjiang", "CN"),
    ("Chengdu", "High-tech Zone, Chengdu, Sichuan", "CN"),
    ("Wuhan", "East Lake New Technology Development Zone, Wuhan, Hubei", "CN"),
    ("Xi'an", "Yanta District, Xi'an, Shaanxi", "CN"),
    ("Shenzhen", "Nanshan District, Shenzhen, Guangdong", "CN"),
    ("Nanjing", "Jiangning District, Nanjing, Jiangsu", "CN"),
    ("Zelenograd", "Zelenograd, Moscow", "RU"),
    ("Novosibirsk", "Novosibirsk Oblast", "RU"),
    ("Saint Petersburg", "Saint Petersburg", "RU"),
    ("Kaluga", "Kaluga Oblast", "RU"),
    ("Lahore", "Gulberg III, Lahore", "PK"),
    ("Tehran", "Valiasr Avenue, Tehran", "IR"),
    ("Sharjah", "Saif Zone, Sharjah", "AE"),
    ("Istanbul", "Umraniye, Istanbul", "TR"),
)
_STEMS = (
    "Hualian", "Zhongke", "Tianyi", "Xingyuan", "Guangda", "Ruijie", "Kuntai", "Haichuan", "Almaz",
    "Vostok", "Granit", "Radiotekh", "Spektr", "Impuls", "Orbita", "Kvarts",
)  # fmt: skip
_TRADES = (
    "Microelectronics", "Aviation Instruments", "Marine Propulsion", "Optics and Fine Mechanics",
    "Satellite Communications", "Semiconductor Materials", "Precision Bearings", "Cloud Computing",
    "Unmanned Systems", "Inertial Navigation", "Ship Design", "Radar Components", "Power Devices",
    "Special Alloys", "Trading and Logistics", "Quantum Instruments",
)  # fmt: skip
_FORMS = {
    "CN": ("Co., Ltd.", "Research Institute", "Group Co., Ltd.", "(Hong Kong) Limited"),
    "RU": ("JSC", "LLC", "Scientific Production Association", "Design Bureau"),
}
_OTHER_FORMS = ("FZE", "Trading LLC", "Private Limited", "Industries")
_OLD_FORMS = ("Corporation", "Academy", "Holding", "Works")
_PER_RULE = 24


def filler(count: int) -> tuple[Entry, ...]:
    """So many invented entries, always the same ones, no two of a name.

    Raises ValueError beyond what the words allow.
    """
    made = tuple(entry for entry, _ in zip(_filler(), range(count), strict=False))
    if len(made) < count:
        raise ValueError(f"there are words for {len(made)} entries only")
    return made


def _filler() -> Iterator[Entry]:
    combinations = product(range(4), _STEMS, _TRADES, _PLACES)
    for number, (form, stem, trade, (place, tail, country)) in enumerate(combinations):
        name = f"{place} {stem} {trade} {_FORMS.get(country, _OTHER_FORMS)[form]}"
        volume = 77 + number // _PER_RULE % 14
        page = 1_000 + number // _PER_RULE * 131 % 80_000
        day = f"{1935 + volume}-{number // _PER_RULE % 12 + 1:02}-{number // _PER_RULE % 27 + 1:02}"
        yield Entry(
            list=ENTITY_LIST,
            name=name,
            aliases=_aliases(number, place, stem, trade, _OLD_FORMS[form]),
            addresses=tuple(
                f"No. {number % 900 + 1 + more} {trade.split()[0]} Road, {tail}"
                for more in range(1 + number % 3)
            ),
            country=country,
            license_requirement=REQUIREMENT,
            license_policy="Policy of denial" if country == "RU" else POLICY,
            citations=(f"{volume} FR {page}",),
            start_date=day,
        )


def _aliases(number: int, place: str, stem: str, trade: str, form: str) -> tuple[str, ...]:
    initials = "".join(word[0] for word in (place, stem, *trade.split()) if word[0].isupper())
    return (f"{place} {stem} {trade} {form}", f"{initials}-{number}")[: number % 3]
