"""November 2023 as the hosts told it, drawn up from the facts: the tape that ships.

The institute and its acts are real, the texts written anew; the parties around it are invented.
`python -m tests.replay.november` writes the tape into the package.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
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


NEWEST = {
    "2023-11-13": date(2023, 11, 9), "2023-11-16": date(2023, 11, 15),
    "2023-11-17": date(2023, 11, 16), "2023-11-20": date(2023, 11, 17),
    "2023-11-22": date(2023, 11, 21), "2023-11-27": date(2023, 11, 24),
}  # fmt: skip
"""The eCFR's newest date on the day of each look: the business day before; the 10th was none."""


@dataclass
class November(Story):
    """The story, and everything that is asked and answered in it."""

    tape: Taping = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.tape = Taping(lambda: self.now)
        self.https = {
            name: Recording(name, http, self.tape) for name, http in (self.https or {}).items()
        }

    def moves_to(self, moment: datetime) -> None:
        """As a story does, with the eCFR's real lag."""
        super().moves_to(moment)
        self.up.ecfr.moves_to(NEWEST[f"{moment.astimezone(WASHINGTON):%Y-%m-%d}"])


def told(story: November) -> list[dict[str, str]]:
    """Tells the story; when the service looks, and what has happened by then."""
    up, looks = story.up, list[dict[str, str]]()

    @contextmanager
    def at(when: str, happens: str) -> Iterator[None]:
        looks.append({"at": when, "happens": happens})
        with story.at(when):
            yield

    first = "2023-11-13 09:00"
    looks.append({"at": first, "happens": "First look. Both lists carry the institute."})
    story.begins(first, entries=48)
    with at("2023-11-16 08:45", "The document 2023-25557 is filed for public inspection."):
        up.files(institute_removal(), at=story.now)
    with at("2023-11-17 08:45", "It is published as 88 FR 80131. Both lists still have the row."):
        up.publishes(institute_removal())
    with at("2023-11-20 09:00", "The codified list (eCFR) no longer has the row."):
        up.delists(INSTITUTE, csl=False, ecfr=date(2023, 11, 17))
    with at("2023-11-22 15:25", "The Consolidated Screening List drops the row too."):
        up.csl.delists(INSTITUTE)
    with at("2023-11-27 09:00", "A quiet week later."):
        pass
    return looks


def record(folder: Path) -> November:
    """Writes the tape into a folder."""
    with TemporaryDirectory(prefix="november-") as temporary:
        up = Upstream()
        up.register.points_texts_to("https://www.federalregister.gov")
        story = November(up, Path(temporary))
        try:
            looks = told(story)
        finally:
            story.ends()
            up.stop()
    story.tape.write(folder, **MANIFEST, looks=looks)
    return story


if __name__ == "__main__":
    shutil.rmtree(FOLDER / NAME, ignore_errors=True)
    record(FOLDER / NAME)
