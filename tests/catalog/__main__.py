"""The catalogs of translations: `python -m tests.catalog` brings them up to date with the texts.

New texts are added to each .po untranslated, those that nobody says any more are dropped, and the
.mo files are compiled. `--check` changes nothing, and says what is wrong and how to mend it.
"""

import sys

from monitor.language.translator import CATALOGS
from tests.catalog.files import CODES, faults, mo_of, po_of, updated
from tests.catalog.texts import texts


def main(arguments: list[str]) -> int:
    found = texts()
    if "--check" not in arguments:
        for code in CODES:
            po = po_of(updated(code, found))
            (CATALOGS / f"{code}.po").write_bytes(po)
            (CATALOGS / f"{code}.mo").write_bytes(mo_of(po, code))
    wrong = list(faults(found))
    print("\n".join(wrong) or f"{len(found.known)} texts, each in {', '.join(CODES)}")  # noqa: T201 - a command
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
