"""Which names a document puts in, takes out or changes: read without knowing any party.

Names in quotes of an instruction, and the first words of the entity cells it prints. A superset:
what is done to each is for `judge` to say, asked with the name.
"""

import re

from monitor.screening.acts.reading import Clauses, Page
from monitor.screening.acts.roles import Role
from monitor.screening.acts.standing import AKA
from monitor.screening.acts.tables import CELL, ROW
from monitor.screening.names import name_key

MOST = 2_000
"""Names read of one document: the longest rule so far has some 300 entries."""
_LONGEST = 300
_CUT = re.compile(
    r",\s+(?!(?:Co|Ltd|Limited|Inc|LLC|L\.L\.C|Corp|JSC|OJSC|PJSC|LLP|GmbH|S\.?A|S\.?r\.?l|Pte|Pvt"
    r"|Sdn|FZE|FZCO|FZC|Company|Corporation|Incorporated|Joint|Public)\b)"
)
"""A comma behind which an address begins, and no legal form."""
_MARKS = " “”\"'.,;"


def named(page: Page) -> tuple[str, ...]:
    """Every name that stands as an entry in the document's instructions or the rows they print."""
    found: dict[str, str] = {}
    for clauses in page.clauses:
        for name in (*_quoted(page, clauses), *_printed(page, clauses)):
            if len(found) < MOST and 2 < len(name) <= _LONGEST:
                found.setdefault(name_key(name), name)
    return tuple(found.values())


def _quoted(page: Page, clauses: Clauses) -> list[str]:
    return [
        name
        for naming in clauses.namings
        if naming.role in {Role.ENTRY, Role.OWNER, Role.UNKNOWN}
        for name in _heads(page.text[naming.start : naming.end])
    ]


def _printed(page: Page, clauses: Clauses) -> list[str]:
    """The names of the rows: of each row the cells but the last three, which are no entity's."""
    found = []
    for row in page.text[clauses.at.rows : clauses.at.end].split(ROW):
        cells = [cell.strip() for cell in row.split(CELL) if cell.strip()]
        found += [name for cell in cells[:2] for name in _heads(cell)]
    return found


def _heads(text: str) -> list[str]:
    """The name without its aliases, and also without what may be an address behind a comma."""
    whole = AKA.split(text.strip(_MARKS), maxsplit=1)[0].strip(_MARKS)
    return list(dict.fromkeys((whole, _CUT.split(whole, maxsplit=1)[0].strip(_MARKS))))
