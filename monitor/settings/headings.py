"""Which column of a table is what of a watch, by the headings that Excel and ERPs give them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Best first: where a table has several, the first of this order is the party's name.
_NAME = """
english name|name english|company english name|name en|英文名称|公司英文名称|供应商英文名称
name|name 1|vendor name|supplier name|customer name|company name|party name|entity name
counterparty name|business partner name|bp name|partner name|account name|organization name
organisation name|legal name|legal entity name|registered name|business name|full name|display name
consignee name|end user name|manufacturer name|screened party|party|entity|counterparty|company
vendor|supplier|customer|business partner|organization|organisation|legal entity|firm|manufacturer
consignee|end user|account|名称|公司名称|企业名称|单位名称|供应商名称|客户名称
往来单位名称|往来单位|公司|企业|供应商|客户
firmenname|firma|name des lieferanten|lieferantenname|kundenname|kreditorname|name kreditor
geschäftspartner|raison sociale|razon social|ragione sociale|denominazione|nom du fournisseur
nom|nombre|lieferant|kreditor|debitor|kunde|fournisseur|proveedor|fornitore|会社名|取引先名
"""
_OTHERS = {
    "id": "id|watch id|slug",
    "aliases": "aliases|alias|aka|also known as|other names|other name|alternative names"
    "|alternate names|alternate name|alt names|trading name|trade name|dba|former name"
    "|former names|别名|曾用名",
    "same_as": "same as",
    "not_same_as": "not same as",
    "addresses": "addresses|address|street address|full address|registered address|street"
    "|business address|address line|地址|anschrift|adresse|straße|strasse|rue|dirección",
    "town": "city|town|state|province|state province|postal code|postcode|zip|zip code|ort|plz",
    "local_names": "local names|local name|native name|chinese name|name chinese|name local"
    "|中文名称|中文名|公司中文名称",
    "country": "country|country code|country region|country of registration|country name|国家"
    "|国家地区|land|pays",
    "lists": "lists|list",
    "near": "near",
    "note": "note|notes|comment|comments|remark|remarks|remarks notes|备注"
    "|bemerkung|bemerkungen|notiz",
    "tags": "tags|tag|labels|label",
}
_NOBODY = re.compile(
    "first|last|given|family|sur|middle|nick|user|contact|person|file|bank|country|city|street"
)
"""What a name is of when it is not of a party."""


def _folded(heading: str) -> str:
    """Letters and digits alone, without case and marks."""
    text = unicodedata.normalize("NFKD", heading).casefold()
    return "".join(char for char in text if char.isalnum())


def _known(headings: str) -> list[str]:
    return [_folded(heading) for heading in re.split(r"[|\n]", headings.strip())]


_NAMES = _known(_NAME)
_FIELDS = {heading: field for field, said in _OTHERS.items() for heading in _known(said)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; several places where several columns say it."""

    headings: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    """By key of a watch; `name` is always there, `town` only beside `addresses`."""

    def heading(self, field: str) -> str:
        """The first column of a field as it is written, for messages."""
        places = self.places.get(field)
        return self.headings[places[0]] if places else field

    @property
    def address_in_parts(self) -> bool:
        """Whether several columns (street, city …) make up one address."""
        return len(self.places.get("addresses", ())) > 1 or "town" in self.places

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings that mean nothing here."""
        used = {place for places in self.places.values() for place in places}
        return tuple(
            heading for at, heading in enumerate(self.headings) if at not in used and heading
        )


def columns_of(cells: Sequence[str]) -> Columns | None:
    """The columns of a row of headings; None where none of them is a party's name."""
    headings = tuple(" ".join(cell.split()) for cell in cells)
    folded = [_folded(heading) for heading in headings]
    name = _name_place(folded, headings)
    if name is None:
        return None
    places: dict[str, tuple[int, ...]] = {"name": (name,)}
    if folded[name] == "name1" and "name2" in folded:
        # SAP cuts a name after 35 letters and goes on in the next field.
        places["name"] = (name, folded.index("name2"))
    for at, heading in enumerate(folded):
        field = _FIELDS.get(heading) or _FIELDS.get(heading.rstrip("0123456789"))
        if field and at not in places["name"]:
            places[field] = (*places.get(field, ()), at)
    if "addresses" not in places:
        # A town alone is no address.
        places.pop("town", None)
    return Columns(headings, places)


def _name_place(folded: Sequence[str], headings: Sequence[str]) -> int | None:
    for known in _NAMES:
        if known in folded:
            return folded.index(known)
    likely = [
        at
        for at, heading in enumerate(folded)
        if "name" in heading
        and heading not in _FIELDS
        and not _NOBODY.search(heading)
        # Several headings that another separator would part.
        and not any(separator in headings[at] for separator in ",;|")
    ]
    return likely[0] if len(likely) == 1 else None
