"""The first sentence on the page itself, as a watch goes through what the world does to it."""

import pytest
from fastapi.testclient import TestClient

from tests.upstream.parties import INSTITUTE, INSTITUTE_AS_CSL_HAD_IT, institute_in_csl
from tests.web.world import Site, World


def sentence(client: TestClient) -> str:
    """The institute's sentence, the same in the STATUS and on the page."""
    said: str = client.get("/status/mps-ifs").json()["reasons"][0]
    page = client.get("/").text
    assert said.replace("'", "&#39;") in page
    return said


def test_nothing_good_arrives_at_first_run(site: Site) -> None:
    """Nothing is known and nothing is claimed; the page says what comes, then why it has not."""
    site.world.up.csl.html_page()
    site.world.up.ecfr.html_page()
    with site.client() as client:
        page = client.get("/").text
        assert page.count("being read now") == 2
        assert "Nobody is alerted: no channel is configured" in page
        site.check()
        site.world.passes(minutes=1)
        assert sentence(client).startswith("Status unknown for")
        page = client.get("/").text
    assert page.count("could not be read at") == 2
    assert "entity-monitor doctor" in page
    # The same reasons under every watch would be walls of errors.
    assert page.count("the answer is a web page, not the list") < 4


def test_before_the_first_good_look_nothing_is_calm(site: Site) -> None:
    """What nobody has read is no empty list, no clean past, and no quiet badge."""
    with site.client() as client:
        page = client.get("/watch/mps-ifs").text
        assert "Never listed" not in page
        assert "Nothing known yet." in page
        for path in ("/entries", "/entries?q=forensic", "/entries?list=UVL"):
            told = client.get(path)
            assert (told.status_code, "has not been read yet" in told.json()["detail"]) == (
                404, True
            )  # fmt: skip
        search = client.get("/list?q=forensic").text
        assert "has not been read yet" in search
        assert "resembles that name" not in search
        assert client.get("/badge/mps-ifs.json").json()["message"] == "status unknown"


@pytest.mark.slow
def test_nothing_good_arrives_later(site: Site) -> None:
    """Within the limit the last words stand with their time; after it nothing is claimed."""
    site.check()
    site.world.up.csl.html_page()
    site.world.up.ecfr.html_page()
    site.world.passes(hours=3)
    site.check()
    with site.client() as client:
        assert "has been on the Entity List since 2020-06-05" in sentence(client)
        assert "last read 2023-11-20 13:00 UTC" in sentence(client)
        site.world.passes(days=5)
        assert sentence(client).startswith("Status unknown for")
        assert "last known: listed since 2020-06-05" in sentence(client)


def test_quarantined(site: Site) -> None:
    """A text that cannot be believed changes nothing; sentence and page say that it is held."""
    site.check()
    site.world.passes(hours=1)
    site.world.up.csl.halves_list("EL")
    site.check()
    with site.client() as client:
        assert "has been on the Entity List since 2020-06-05" in sentence(client)
        held = "a newer snapshot of the Consolidated Screening List is quarantined"
        assert sentence(client).endswith(f"; {held}).")
        assert held.replace("a newer", "A newer") in client.get("/").text
        page = client.get("/sources", headers={"Accept": "text/html"}).text
        assert "A newer snapshot of the Entity List is quarantined: " in page
        assert "entity-monitor snapshots accept" in page
        badge = client.get("/badge/mps-ifs.json").json()
        assert badge["color"] == "orange"


def test_quarantined_at_first_run(site: Site) -> None:
    """The first text of all is not believed: nothing is known, and that is why."""
    site.world.up.csl.keeps_of_list("EL", 0.1)
    site.world.up.ecfr.html_page()
    site.check()
    with site.client() as client:
        said = sentence(client)
        assert said.startswith("Status unknown for")
        assert "and a snapshot of the Consolidated Screening List is quarantined" in said


@pytest.mark.slow
def test_suspected_cancelled_confirmed_relisted(world: World) -> None:
    """The whole way, told by one sentence each time."""
    with world.open() as site, site.client() as client:
        site.check()
        world.passes(hours=1)
        world.up.csl.delists(INSTITUTE_AS_CSL_HAD_IT)
        site.check()
        assert "may have left the Entity List" in sentence(client)
        world.passes(hours=1)
        world.up.lists(institute_in_csl())
        site.check()
        assert "was cancelled on 2023-11-20" in sentence(client)
        world.passes(days=1)
        world.up.delists(INSTITUTE_AS_CSL_HAD_IT)
        world.up.delists(INSTITUTE, csl=False, ecfr=world.now.date())
        site.check()
        assert "is not on the Entity List: it was first found missing on 2023-11-2" in sentence(
            client
        )
        world.passes(days=40)
        world.up.lists_institute(on=world.now.date())
        site.check()
        assert "on the Entity List again" in sentence(client)
