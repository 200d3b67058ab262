"""The country headings of BIS as ISO 3166-1 alpha-2 codes.

They follow the Commerce Country Chart (Supplement No. 1 to part 738) and its older spellings.
This room refuses to guess: a heading it does not know stays as it was published.
"""

import re

from monitor.screening.names import name_key

_HEADINGS = """
AF Afghanistan|AL Albania|DZ Algeria|AD Andorra|AO Angola|AG Antigua and Barbuda|AR Argentina
AM Armenia|AW Aruba|AU Australia|AT Austria|AZ Azerbaijan|BS Bahamas|BS Bahamas, The|BH Bahrain
BD Bangladesh|BB Barbados|BY Belarus|BE Belgium|BZ Belize|BJ Benin|BM Bermuda|BT Bhutan|BO Bolivia
BA Bosnia and Herzegovina|BA Bosnia & Herzegovina|BA Bosnia|BW Botswana|BR Brazil
VG British Virgin Islands|VG Virgin Islands, British|VG Virgin Islands (British)|BN Brunei
BG Bulgaria|BF Burkina Faso|MM Burma|MM Burma (Myanmar)|MM Myanmar|BI Burundi|KH Cambodia
CM Cameroon|CA Canada|CV Cape Verde|CV Cabo Verde|KY Cayman Islands|CF Central African Republic
TD Chad|CL Chile|CN China, People's Republic of|CN China|CN China (PRC)
CN People's Republic of China
CN China, People's Republic
CN China, Peoples Republic of|CO Colombia|KM Comoros
CG Congo, Republic of the|CG Republic of the Congo|CG Congo
CD Congo, Democratic Republic of the
CD Democratic Republic of the Congo|CR Costa Rica|CI Cote d'Ivoire|CI Ivory Coast
UA Crimea Region of Ukraine|UA Crimea|UA Crimea (Occupied)|UA Crimea Region of Ukraine (Occupied)
UA Donetsk People's Republic|UA Luhansk People's Republic|HR Croatia|CU Cuba|CW Curacao|CY Cyprus
CZ Czech Republic|CZ Czechia|DK Denmark|DJ Djibouti|DM Dominica|DO Dominican Republic|TL East Timor
TL Timor-Leste|EC Ecuador|EG Egypt|SV El Salvador|GQ Equatorial Guinea|ER Eritrea|EE Estonia
SZ Eswatini|SZ Swaziland|ET Ethiopia|FJ Fiji|FI Finland|FR France|GA Gabon|GM Gambia|GM Gambia, The
GE Georgia|GE Georgia, Republic of
DE Germany|GH Ghana|GI Gibraltar|GR Greece|GD Grenada
GT Guatemala|GG Guernsey|GN Guinea|GW Guinea-Bissau|GY Guyana
HT Haiti|HN Honduras|HK Hong Kong
HK Hong Kong, China
HU Hungary|IS Iceland|IN India
ID Indonesia|IR Iran|IR Iran, Islamic Republic of|IQ Iraq|IE Ireland
IE Ireland, Republic of|IM Isle of Man|IL Israel|IT Italy|JM Jamaica|JP Japan|JE Jersey|JO Jordan
KZ Kazakhstan|KE Kenya
KI Kiribati|KP Korea, North|KP North Korea|KR Korea, South|KR South Korea
KR Korea, Republic of|KR Republic of Korea|XK Kosovo|KW Kuwait|KG Kyrgyzstan|KG Kyrgyz Republic
LA Laos|LV Latvia|LB Lebanon|LS Lesotho|LR Liberia|LY Libya|LI Liechtenstein|LT Lithuania
LU Luxembourg|MO Macau|MO Macao|MK Macedonia|MK North Macedonia|MK Republic of North Macedonia
MK Macedonia, The Former Yugoslav Republic of|MG Madagascar|MW Malawi|MY Malaysia|MV Maldives
ML Mali
MT Malta|MH Marshall Islands|MR Mauritania|MU Mauritius|MX Mexico|FM Micronesia|MD Moldova|MC Monaco
MN Mongolia|ME Montenegro|MA Morocco|MZ Mozambique|NA Namibia|NR Nauru|NP Nepal|NL Netherlands
NL The Netherlands|NL Netherlands, The|NZ New Zealand|NI Nicaragua|NE Niger|NG Nigeria|NO Norway
OM Oman|PK Pakistan|PW Palau|PS Palestine|PA Panama|PG Papua New Guinea|PY Paraguay|PE Peru
PH Philippines|PH Philippines, The|PL Poland|PT Portugal|QA Qatar|RO Romania|RU Russia
RU Russian Federation|RW Rwanda|WS Samoa|SM San Marino|ST Sao Tome and Principe|SA Saudi Arabia
SN Senegal|RS Serbia|SC Seychelles|SL Sierra Leone|SG Singapore|SK Slovakia|SK Slovak Republic
SI Slovenia|SB Solomon Islands|SO Somalia|ZA South Africa|ZA South Africa, Republic of
SS South Sudan|SS South Sudan, Republic of|SS Republic of South Sudan|ES Spain|LK Sri Lanka
KN St. Kitts and Nevis|KN Saint Kitts and Nevis|LC St. Lucia|LC Saint Lucia
VC St. Vincent and the Grenadines|VC Saint Vincent and the Grenadines|SD Sudan|SR Suriname|SE Sweden
CH Switzerland|SY Syria|TW Taiwan|TJ Tajikistan|TZ Tanzania|TH Thailand|TG Togo|TO Tonga
TT Trinidad and Tobago|TN Tunisia|TR Turkey|TR Türkiye|TR Turkiye|TM Turkmenistan
TC Turks and Caicos Islands|TV Tuvalu|UG Uganda|UA Ukraine|AE United Arab Emirates
AE United Arab Emirates (UAE)|AE UAE|AE U.A.E.|GB United Kingdom|GB Great Britain|US United States
UY Uruguay|UZ Uzbekistan|VU Vanuatu|VA Vatican City|VE Venezuela|VN Vietnam|VN Viet Nam|YE Yemen
ZM Zambia|ZW Zimbabwe
"""
_CODES = {name_key(heading[3:]): heading[:2] for heading in re.split(r"[|\n]", _HEADINGS.strip())}


def alpha2(heading: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country heading in any case, or None if it is not known.

    >>> alpha2("CHINA, PEOPLE'S REPUBLIC OF")
    'CN'
    """
    return _CODES.get(name_key(heading))
