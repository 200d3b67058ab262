"""The pictures of README and docs, drawn by Chromium: `make pictures`.

The pages are those of the test worlds, so that a picture shows what the service says today.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from monitor.notify.forms import word
from monitor.replay.player import play
from monitor.replay.scenario import read_scenario
from monitor.replay.shipped import opened
from monitor.screening.event import Event, Kind
from tests.upstream.server import Upstream
from tests.web.serving import served
from tests.web.world import Site, World
from tests.web.years import three_years

DOCS = Path(__file__).resolve().parents[1] / "docs"
PUBLIC_URL = "https://monitor.example.org"
PAGES = {"status.png": ("/", 1100, 760), "watch.png": ("/watch/mps-ifs", 1100, 760),
         "phone.png": ("/", 390, 844)}  # fmt: skip
"""What is drawn of three years: the path, and the window's width and height."""
ASKED: dict[str, object] = {"id": "forensic", "lists": ["EL"],
         "name": "Forensic Science Institute of the Ministry of Public Security"}  # fmt: skip
"""A watch under another spelling than the list's."""


@contextmanager
def _asked(folder: Path) -> Iterator[Site]:
    with Upstream(date(2023, 11, 20)) as up:
        up.is_furnished()
        with World(up, folder, watches=(ASKED,)).open() as site:
            site.check()
            yield site


def _draw(browser: Browser, address: str, file: str, width: int, height: int) -> None:
    with browser.new_page(viewport={"width": width, "height": height}) as page:
        page.goto(address)
        page.screenshot(path=DOCS / file)


def _removal() -> Event:
    """The institute's, as it is replayed from the hosts' own addresses."""
    with opened("november-2023") as tape:
        events = play(read_scenario(tape), tape).events
    return next(event for event in events if event.kind is Kind.REMOVAL_CONFIRMED)


def main() -> None:
    """Draw every picture anew."""
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with three_years(Path(folder) / "years") as site, served(site.app()) as base:
            for file, (path, width, height) in PAGES.items():
                _draw(browser, base + path, file, width, height)
        with _asked(Path(folder) / "asked") as site, served(site.app(token="a-token")) as base:
            with site.service.ledger.reading() as reading:
                [case] = reading.cases(open_=True)
            _draw(browser, f"{base}/cases/{case.id}", "case.png", 1100, 1140)
        mail = Path(folder) / "mail.html"
        mail.write_text(word(_removal(), PUBLIC_URL).html(), "utf-8")
        _draw(browser, mail.as_uri(), "alert-mail.png", 680, 1420)


if __name__ == "__main__":
    main()
