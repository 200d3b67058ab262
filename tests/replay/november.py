"""November 2023 as the hosts told it, drawn up from the facts: the tape that ships.

The institute and its acts are real, the texts written anew; the parties around it are invented.
`python -m tests.replay.november` writes the tape into the package.
"""

import shutil
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monitor.replay.shipped import FOLDER
from monitor.screening.witness import WASHINGTON
from tests.installed import CANARY, WATCH
from tests.replay.taping import Recording, Taping
from tests.stories.story import Story
from tests.upstream.csl import MAIN
from tests.upstream.parties import INSTITUTE
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream

NAME = "november-2023"
BOUNDS: dict[str, object] = {"min_entries": {"EL": 40}, "max_shrink": 0.1, "canaries": [CANARY]}
MANIFEST: dict[str, Any] = {
    "title": "The institute leaves the Entity List, November 2023",
    "story": (
        'On 2023-11-16 the Federal Register put document 2023-25557, "Entity List Removal", on'
        " public inspection. Its title and abstract name nobody; only its full text says who goes."
        " It was published the next day as 88 FR 80131, in force since the day before; the codified"
        " list followed with its version of that day and the screening list days later."
    ),
    "watches": [WATCH],
    "sources": {
        "csl": {"urls": [f"https://data.trade.gov{MAIN}.json"], **BOUNDS},
        "ecfr": {"base_url": "https://www.ecfr.gov", **BOUNDS},
        "federal_register": {"base_url": "https://www.federalregister.gov"},
    },
}


@dataclass
class November(Story):
    """The story, told while it is recorded."""

    tape: Taping | None = None
    happened: list[dict[str, str]] = field(default_factory=list)

    def records(self) -> Taping:
        """Everything that is asked from now on is kept."""
        assert self.https is not None
        self.tape = Taping(lambda: self.now)
        self.https = {name: Recording(name, http, self.tape) for name, http in self.https.items()}
        return self.tape
