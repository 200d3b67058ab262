"""A case's whole life in a real browser and a real mailbox: an officer decides on the page."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.web.app import create_app
from tests.test_case_life import NEAR, STREET, Life, joins, life
from tests.upstream.parties import INSTITUTE
from tests.upstream.rules import removal
from tests.web.serving import served
from tests.web.test_browser import browser
from tests.web.world import TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser", "life"]
pytestmark = [
    pytest.mark.slow,
    # Apprise imports a module that Python 3.13 leaves out; it minds that itself.
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),
]
PICTURES = os.environ.get("PICTURES")
"""A folder for what the officer sees, where somebody wants to look."""


@asynccontextmanager
async def idle() -> AsyncIterator[None]:
    yield


@pytest.fixture
def base(life: Life) -> Iterator[str]:
    """The pages over the ledger of that life, with an admin token."""
    with life.world.service() as built:
        app = create_app(built, idle, admin_token=TOKEN, public_url="https://monitor.example")
        with served(app) as base:
            yield base


@pytest.fixture(params=[1280, 390])
def page(request: pytest.FixtureRequest, browser: "Browser") -> Iterator["Page"]:
    """A desk's window, and a phone's; an error or a violation of the policy fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    context.set_default_timeout(20_000)
    window, said = context.new_page(), list[str]()
    window.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    window.on("pageerror", lambda error: said.append(str(error)))
    yield window
    context.close()
    # Chromium itself remarks on the token that was refused.
    assert [one for one in said if "401" not in one] == []


def pictured(page: "Page", name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if PICTURES:
        width = page.evaluate("innerWidth")
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def decides(page: "Page", button: str, *, note: str, token: str = TOKEN) -> None:
    page.get_by_label("Your name").fill("Ann Lee")
    page.get_by_label("Why").fill(note)
    page.get_by_label("Admin token").fill(token)
    page.get_by_role("button", name=button).click()


def test_a_case_from_its_first_mail_to_its_removal(
    life: Life,
    page: "Page",
    base: str,
) -> None:
    """Told, decided different on the page, silent; asked again, decided same, listed, removed."""
    assert life.checks(0).status["state"] == "not_listed"
    joins(life)
    assert life.checks().kinds == ["possible_match"]
    [mail] = life.mailed()
    [case] = life.cases()
    path = f"/cases/{case['id']}"
    assert f"https://monitor.example{path}" in mail

    page.goto(base)
    pictured(page, "1-home")
    page.goto(f"{base}/cases")
    pictured(page, "2-cases")
    page.get_by_role("link", name=NEAR).first.click()
    assert page.url == base + path
    pictured(page, "3-case")
    decides(page, "It is somebody else", note="another ministry", token="wrong")
    page.get_by_role("alert").get_by_text("The admin token is required.").wait_for()
    pictured(page, "4-refused")
    assert life.cases()[0]["decision"] is None
    decides(page, "It is somebody else", note="another ministry")
    page.get_by_text("Decided: somebody else").wait_for()
    pictured(page, "5-different")
    [decided] = life.cases("--all")
    assert (decided["decision"], decided["decided_by"], decided["note"]) == (
        "different", "Ann Lee", "another ministry",
    )  # fmt: skip

    for _ in range(30):
        told = life.checks()
        assert (told.kinds, told.status["state"]) == ([], "not_listed")
    assert life.mailed() == []

    life.world.up.amends(NEAR, addresses=(STREET,), ecfr=life.world.now.date())
    assert "possible_match" in life.checks().kinds
    [again] = [mail for mail in life.mailed() if path in mail]
    assert NEAR in again
    page.goto(base + path)
    assert page.get_by_text("the same address").first.is_visible()
    decides(page, "It is this party", note="the same street")
    page.get_by_text("Decided: the same").wait_for()
    pictured(page, "6-same")
    assert life.checks().status["state"] == "listed"
    [listed] = life.mailed()
    assert listed.startswith("Listed: ")
    assert INSTITUTE in listed
    page.goto(f"{base}/watch/mps-ifs")
    assert page.get_by_text("Listed", exact=True).first.is_visible()
    pictured(page, "7-watch")

    life.world.passes(hours=48)
    day = life.world.now.date()
    life.world.up.moves_clock(day)
    life.world.up.publishes(
        removal(NEAR, number="2026-21000", publication=day, citation="91 FR 61000")
    )
    assert life.checks(2).decisions == ["removal_confirmed"]
    [removed] = life.mailed()
    assert "91 FR 61000" in removed
    page.goto(f"{base}/watch/mps-ifs")
    pictured(page, "8-removed")
    assert page.get_by_text("91 FR 61000").first.is_visible()
