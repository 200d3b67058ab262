"""`python -m tests.mutations`: turns every rule off and writes docs/mutations.md."""

import sys

from tests.mutations.catalog import MUTATIONS
from tests.mutations.page import PAGE, page
from tests.mutations.trial import try_all

tried = try_all(MUTATIONS)
PAGE.write_text("\n".join(page(tried)) + "\n", encoding="utf-8")
missed = [mutation.rule for mutation, test in tried if test is None]
sys.stdout.write(f"{len(tried) - len(missed)} of {len(tried)} noticed\n")
sys.stdout.write("".join(f"not noticed: {rule}\n" for rule in missed))
sys.exit(1 if missed else 0)
