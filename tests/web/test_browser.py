"""Every page in a real browser, over a ledger of three years.

No error, no request to another host, no serious finding of axe-core, nothing wider than a phone.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from monitor.web.api import status_body
from monitor.web.pages import home_body
from tests.web.serving import served
from tests.web.world import Site
from tests.web.years import three_years

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = [
    Path(os.environ.get("AXE_PATH", "")),
    Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js",
]
LANDMARKED = ("/", "/watch/mps-ifs", "/watch/amended", "/watch/suspected", "/list",
              "/list?q=microelectronics", "/list?q=forensic&on=2023-11-10",
              "/list?from=2023-11-14&to=2026-11-20", "/acts",
              "/acts/2023-25557", "/sources")  # fmt: skip


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Three years of ledger."""
    with three_years(tmp_path_factory.mktemp("years")) as site:
        yield site


@pytest.fixture(scope="module")
def base(years: Site) -> Iterator[str]:
    """The site's address."""
    with served(years.app()) as base:
        yield base


@pytest.fixture(scope="module")
def paths(years: Site) -> list[str]:
    """Every kind of page, with an event of each kind told."""
    with years.client() as client:
        events = client.get("/events").json()["events"]
    by_kind = {event["kind"]: f"/event/{event['id']}" for event in events}
    assert {"removal_announced", "removal_confirmed", "removal_suspected", "entry_amended",
            "snapshot_quarantined", "baseline"} <= set(by_kind)  # fmt: skip
    chinese = [f"{path}{'&' if '?' in path else '?'}lang=zh" for path in (*LANDMARKED, "/rules")]
    removal = f"{by_kind['removal_confirmed']}?lang=zh"
    return [*LANDMARKED, *by_kind.values(), "/no-such-page", *chinese, removal]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)],
                ids=lambda one: f"{one[0]}-{one[1]}")  # fmt: skip
def page(request: pytest.FixtureRequest, browser: "Browser") -> Iterator["Page"]:
    """A window in one scheme and width, in New York."""
    scheme, width = request.param
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 844},
        timezone_id="America/New_York",
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_no_error_no_foreign_request_nothing_too_wide(
    page: "Page", base: str, paths: list[str]
) -> None:
    """Including violations of the policy, which the console would show."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in paths:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if path != "/no-such-page":
            assert page.locator("time .local").count() > 0, path
    # Chromium itself remarks on the one page that is not there.
    assert [one for one in said if "404" not in one] == []
    assert {url for url in asked if not url.startswith(base + "/")} == set()


def test_axe_finds_nothing_serious(page: "Page", base: str, paths: list[str]) -> None:
    """Contrast, names, landmarks, order of headings, focus."""
    source = next((one for one in AXE if one.is_file()), None)
    if source is None:
        pytest.skip("axe-core is not there: set AXE_PATH or npm install axe-core")
    script = source.read_text("utf-8")
    for path in dict.fromkeys((*LANDMARKED, *paths[-3:])):
        page.goto(base + path)
        page.evaluate(script)
        found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
        serious = [one for one in found["violations"] if one["impact"] in {"serious", "critical"}]
        told = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in serious]
        assert told == [], (path, told)


def test_the_keyboard_reaches_the_content(page: "Page", base: str) -> None:
    """The first stop is the way past the menu, and it works."""
    page.goto(base)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_pages_work_without_script(browser: "Browser", base: str) -> None:
    """Times stay in UTC, the search searches."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(20_000)
    window = context.new_page()
    window.goto(f"{base}/list")
    window.get_by_label("Name").fill("Lahore Hualian Microelectronics FZE")
    window.get_by_role("button", name="Search").click()
    assert window.get_by_role("cell", name="the same name", exact=True).count() == 1
    context.close()


def test_years_cost_nothing(years: Site, lived_in: Site) -> None:
    """`/status` and `/` are made from three years about as fast as from an hour."""

    def cost(site: Site) -> float:
        spans = []
        for _ in range(15):
            begins = time.perf_counter()
            status_body(site.service, site.service.clock())
            home_body(site.service, {}, site.service.clock())
            spans.append(time.perf_counter() - begins)
        return median(spans) / len(site.service.watches)

    assert cost(years) < 3 * cost(lived_in)


def test_feeds_parse_with_an_independent_parser(years: Site) -> None:
    """Another parser finds nothing malformed and every id permanent."""
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    with years.client() as client:
        told = feedparser.parse(client.get("/feed.atom").content)
    assert not told.bozo
    assert told.version == "atom10"
    assert all(entry.id.startswith("tag:entity-list-monitor,2026:event:") for entry in told.entries)
