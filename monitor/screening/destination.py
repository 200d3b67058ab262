"""The destinations of the lists: every heading and spelling the rules use, and its ISO code.

Holds names only. Refuses to guess: a heading it does not know stays the heading as published.
"""

import re

from monitor.screening.names import name_key

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "AD": ("Andorra",),
    "AE": ("United Arab Emirates", "U.A.E.", "UAE"),
    "AF": ("Afghanistan",),
    "AL": ("Albania",),
    "AM": ("Armenia",),
    "AO": ("Angola",),
    "AR": ("Argentina",),
    "AT": ("Austria",),
    "AU": ("Australia",),
    "AZ": ("Azerbaijan",),
    "BA": ("Bosnia and Herzegovina",),
    "BD": ("Bangladesh",),
    "BE": ("Belgium",),
    "BG": ("Bulgaria",),
    "BH": ("Bahrain",),
    "BM": ("Bermuda",),
    "BN": ("Brunei",),
    "BO": ("Bolivia",),
    "BR": ("Brazil",),
    "BS": ("Bahamas, The", "Bahamas"),
    "BY": ("Belarus",),
    "BZ": ("Belize",),
    "CA": ("Canada",),
    "CH": ("Switzerland",),
    "CL": ("Chile",),
    "CN": (
        "China, People's Republic of", "China, Peoples Republic of", "People's Republic of China",
        "China, P.R.", "PRC", "China",
    ),
    "CO": ("Colombia",),
    "CR": ("Costa Rica",),
    "CU": ("Cuba",),
    "CW": ("Curacao", "Curaçao"),
    "CY": ("Cyprus",),
    "CZ": ("Czech Republic", "Czechia"),
    "DE": ("Germany",),
    "DJ": ("Djibouti",),
    "DK": ("Denmark",),
    "DO": ("Dominican Republic",),
    "DZ": ("Algeria",),
    "EC": ("Ecuador",),
    "EE": ("Estonia",),
    "EG": ("Egypt",),
    "ER": ("Eritrea",),
    "ES": ("Spain",),
    "ET": ("Ethiopia",),
    "FI": ("Finland",),
    "FR": ("France",),
    "GB": ("United Kingdom", "U.K.", "UK"),
    "GE": ("Georgia",),
    "GH": ("Ghana",),
    "GI": ("Gibraltar",),
    "GR": ("Greece",),
    "HK": ("Hong Kong",),
    "HR": ("Croatia",),
    "HU": ("Hungary",),
    "ID": ("Indonesia",),
    "IE": ("Ireland",),
    "IL": ("Israel",),
    "IN": ("India",),
    "IQ": ("Iraq",),
    "IR": ("Iran",),
    "IS": ("Iceland",),
    "IT": ("Italy",),
    "JM": ("Jamaica",),
    "JO": ("Jordan",),
    "JP": ("Japan",),
    "KE": ("Kenya",),
    "KG": ("Kyrgyzstan", "Kyrgyz Republic"),
    "KH": ("Cambodia",),
    "KP": ("Korea, North", "North Korea"),
    "KR": ("Korea, Republic of", "Republic of Korea", "Korea, South", "South Korea"),
    "KW": ("Kuwait",),
    "KY": ("Cayman Islands",),
    "KZ": ("Kazakhstan",),
    "LA": ("Laos",),
    "LB": ("Lebanon",),
    "LI": ("Liechtenstein",),
    "LK": ("Sri Lanka",),
    "LR": ("Liberia",),
    "LT": ("Lithuania",),
    "LU": ("Luxembourg",),
    "LV": ("Latvia",),
    "LY": ("Libya",),
    "MA": ("Morocco",),
    "MC": ("Monaco",),
    "MD": ("Moldova",),
    "MH": ("Marshall Islands",),
    "MM": ("Burma", "Myanmar"),
    "MN": ("Mongolia",),
    "MO": ("Macau", "Macao"),
    "MT": ("Malta",),
    "MU": ("Mauritius",),
    "MV": ("Maldives",),
    "MX": ("Mexico",),
    "MY": ("Malaysia",),
    "NG": ("Nigeria",),
    "NI": ("Nicaragua",),
    "NL": ("Netherlands, The", "The Netherlands", "Netherlands"),
    "NO": ("Norway",),
    "NP": ("Nepal",),
    "NZ": ("New Zealand",),
    "OM": ("Oman",),
    "PA": ("Panama",),
    "PE": ("Peru",),
    "PH": ("Philippines",),
    "PK": ("Pakistan",),
    "PL": ("Poland",),
    "PT": ("Portugal",),
    "PY": ("Paraguay",),
    "QA": ("Qatar",),
    "RO": ("Romania",),
    "RS": ("Serbia",),
    "RU": ("Russian Federation", "Russia"),
    "SA": ("Saudi Arabia",),
    "SC": ("Seychelles",),
    "SD": ("Sudan",),
    "SE": ("Sweden",),
    "SG": ("Singapore",),
    "SI": ("Slovenia",),
    "SK": ("Slovakia", "Slovak Republic"),
    "SN": ("Senegal",),
    "SO": ("Somalia",),
    "SS": ("South Sudan",),
    "SY": ("Syria",),
    "TH": ("Thailand",),
    "TJ": ("Tajikistan",),
    "TM": ("Turkmenistan",),
    "TN": ("Tunisia",),
    "TR": ("Turkey", "Türkiye", "Turkiye"),
    "TW": ("Taiwan",),
    "TZ": ("Tanzania",),
    "UA": ("Ukraine", "Crimea Region of Ukraine", "Crimea"),
    "UG": ("Uganda",),
    "UY": ("Uruguay",),
    "UZ": ("Uzbekistan",),
    "VE": ("Venezuela",),
    "VG": ("British Virgin Islands",),
    "VN": ("Vietnam",),
    "YE": ("Yemen",),
    "ZA": ("South Africa",),
    "ZW": ("Zimbabwe",),
}  # fmt: skip

_CODES = {name_key(name): code for code, names in _SPELLINGS.items() for name in names}


def _pattern(name: str) -> str:
    """The spelling with any blank for a space and any apostrophe, or none, for an apostrophe."""
    return re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’`]?")


_NAMES = sorted((name for names in _SPELLINGS.values() for name in names), key=len, reverse=True)

ANY = "(?:" + "|".join(_pattern(name) for name in _NAMES) + ")"
"""A pattern for any known spelling, the longest first, to be used without regard to case."""
HEADING = "(?:" + "|".join(_pattern(name.upper()) for name in _NAMES) + ")"
"""A pattern for any known spelling in the capitals of a heading."""


def destination(heading: str) -> str:
    """The ISO 3166-1 alpha-2 code of a heading, else the heading itself with its blanks collapsed.

    >>> destination("CHINA, PEOPLE'S REPUBLIC OF")
    'CN'
    >>> destination("ATLANTIS")
    'ATLANTIS'
    """
    said = " ".join(heading.split()).strip(" .,:;")
    return _CODES.get(name_key(said), said)
