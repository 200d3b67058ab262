"""The destinations of the lists: every heading and spelling that BIS uses, and its ISO code.

They follow the Commerce Country Chart (Supplement No. 1 to part 738) and its older spellings. Holds
names only. Refuses to guess: a heading it does not know stays the heading as published.
"""

import re

from monitor.screening.names import name_key
from monitor.screening.words.message import Message, called, filled, say

_HEADINGS = """
AD Andorra|AE United Arab Emirates|AE United Arab Emirates (UAE)|AE UAE|AE U.A.E.|AF Afghanistan
AG Antigua and Barbuda|AL Albania|AM Armenia|AO Angola|AR Argentina|AT Austria|AU Australia
AW Aruba|AZ Azerbaijan|BA Bosnia and Herzegovina|BA Bosnia & Herzegovina|BA Bosnia|BB Barbados
BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BM Bermuda
BN Brunei|BO Bolivia|BR Brazil|BS Bahamas|BS Bahamas, The|BT Bhutan|BW Botswana|BY Belarus
BZ Belize|CA Canada|CD Congo, Democratic Republic of the|CD Democratic Republic of the Congo
CF Central African Republic|CG Congo, Republic of the|CG Republic of the Congo|CG Congo
CH Switzerland|CI Cote d'Ivoire|CI Ivory Coast|CL Chile|CM Cameroon
CN China, People's Republic of|CN China|CN China (PRC)|CN People's Republic of China
CN China, People's Republic|CN China, Peoples Republic of|CN China, P.R.|CN PRC|CO Colombia
CR Costa Rica|CU Cuba|CV Cape Verde|CV Cabo Verde|CW Curacao|CW Curaçao|CY Cyprus
CZ Czech Republic|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic
DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji
FM Micronesia|FR France|GA Gabon|GB United Kingdom|GB Great Britain|GB U.K.|GB UK|GD Grenada
GE Georgia|GE Georgia, Republic of|GG Guernsey|GH Ghana|GI Gibraltar|GM Gambia|GM Gambia, The
GN Guinea|GQ Equatorial Guinea|GR Greece|GT Guatemala|GW Guinea-Bissau|GY Guyana|HK Hong Kong
HK Hong Kong, China|HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland
IE Ireland, Republic of|IL Israel|IM Isle of Man|IN India|IQ Iraq|IR Iran
IR Iran, Islamic Republic of|IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|JP Japan
KE Kenya|KG Kyrgyzstan|KG Kyrgyz Republic|KH Cambodia|KI Kiribati|KM Comoros
KN St. Kitts and Nevis|KN Saint Kitts and Nevis|KP Korea, North|KP North Korea|KR Korea, South
KR South Korea|KR Korea, Republic of|KR Republic of Korea|KW Kuwait|KY Cayman Islands
KZ Kazakhstan|LA Laos|LB Lebanon|LC St. Lucia|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka
LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco
MD Moldova|ME Montenegro|MG Madagascar|MH Marshall Islands|MK Macedonia|MK North Macedonia
MK Republic of North Macedonia|MK Macedonia, The Former Yugoslav Republic of|ML Mali|MM Burma
MM Burma (Myanmar)|MM Myanmar|MN Mongolia|MO Macau|MO Macao|MR Mauritania|MT Malta|MU Mauritius
MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria
NI Nicaragua|NL Netherlands|NL The Netherlands|NL Netherlands, The|NO Norway|NP Nepal|NR Nauru
NZ New Zealand|OM Oman|PA Panama|PE Peru|PG Papua New Guinea|PH Philippines|PH Philippines, The
PK Pakistan|PL Poland|PS Palestine|PT Portugal|PW Palau|PY Paraguay|QA Qatar|RO Romania
RS Serbia|RU Russia|RU Russian Federation|RW Rwanda|SA Saudi Arabia|SB Solomon Islands
SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|SK Slovak Republic
SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan
SS South Sudan, Republic of|SS Republic of South Sudan|ST Sao Tome and Principe|SV El Salvador
SY Syria|SZ Eswatini|SZ Swaziland|TC Turks and Caicos Islands|TD Chad|TG Togo|TH Thailand
TJ Tajikistan|TL East Timor|TL Timor-Leste|TM Turkmenistan|TN Tunisia|TO Tonga|TR Turkey
TR Türkiye|TR Turkiye|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania
UA Ukraine|UA Crimea Region of Ukraine|UA Crimea|UA Crimea (Occupied)
UA Crimea Region of Ukraine (Occupied)|UA Donetsk People's Republic|UA Luhansk People's Republic
UG Uganda|US United States|UY Uruguay|UZ Uzbekistan|VA Vatican City
VC St. Vincent and the Grenadines|VC Saint Vincent and the Grenadines|VE Venezuela
VG British Virgin Islands|VG Virgin Islands, British|VG Virgin Islands (British)|VN Vietnam
VN Viet Nam|VU Vanuatu|WS Samoa|XK Kosovo|YE Yemen|ZA South Africa|ZA South Africa, Republic of
ZM Zambia|ZW Zimbabwe
"""
_SPELLINGS = [(heading[:2], heading[3:]) for heading in re.split(r"[|\n]", _HEADINGS.strip())]
_CODES = {name_key(name): code for code, name in _SPELLINGS}
CALLED = {
    code: next(
        (name for one, name in _SPELLINGS if one == code and not set(name) & set(",(.")), first
    )
    for code, first in reversed(_SPELLINGS)
}


def _pattern(name: str) -> str:
    """The spelling with any blank for a space and any apostrophe, or none, for an apostrophe."""
    return re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’`]?")


_NAMES = sorted((name for _, name in _SPELLINGS), key=len, reverse=True)

ANY = "(?:" + "|".join(_pattern(name) for name in _NAMES) + ")"
"""A pattern for any known spelling, the longest first, to be used without regard to case."""
HEADING = "(?:" + "|".join(_pattern(name.upper()) for name in _NAMES) + ")"
"""A pattern for any known spelling in the capitals of a heading."""


def alpha2(heading: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a heading in any case, or None if it is not known.

    >>> alpha2("CHINA, PEOPLE'S REPUBLIC OF")
    'CN'
    """
    return _CODES.get(name_key(heading))


def country_name(country: str | None) -> Message:
    """What a reader calls a destination: a code's plainest spelling, a heading as it is.

    >>> country_name("CN"), country_name("ATLANTIS"), country_name(None)
    ('China', 'ATLANTIS', 'no destination named')
    """
    if not country:
        return say("no destination named")
    name = CALLED.get(country)
    return filled(name) if name else called(country, ())


def destination(heading: str) -> str:
    """The code of a heading, else the heading itself with its blanks collapsed.

    >>> destination("ATLANTIS")
    'ATLANTIS'
    """
    said = " ".join(heading.split()).strip(" .,:;")
    return alpha2(said) or said
