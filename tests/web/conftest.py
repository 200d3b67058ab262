"""A world for each test that changes it, and one site with a little of everything to read."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.upstream.server import Upstream
from tests.web.world import TOKEN, Site, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The institute and forty others are listed by all."""
    with Upstream(date(2023, 11, 20)) as up:
        up.is_furnished()
        yield World(up, tmp_path)


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    """A site over an empty ledger."""
    with world.open() as site:
        yield site


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that has seen a first look, an amendment, a failure and a suspicion.

    Only read it, or add polls.
    """
    with Upstream(date(2023, 11, 20)) as up:
        up.is_furnished()
        world = World(
            up, tmp_path_factory.mktemp("lived-in"), follows=({"id": "china", "countries": ["CN"]},)
        )
        with world.open() as site:
            site.check()
            name = next(w["name"] for w in world.watches)
            world.passes(days=1)
            up.amends(str(name), license_policy="Presumption of denial", ecfr=world.now.date())
            site.check()
            world.passes(hours=1)
            up.csl.html_page()
            site.check()
            up.csl.recovers()
            world.passes(hours=1)
            up.csl.delists(str(name))
            site.check()
            yield site


@pytest.fixture(scope="session")
def client(lived_in: Site) -> Iterator[TestClient]:
    """A client of the lived-in site, which has an admin token."""
    with lived_in.client(token=TOKEN) as client:
        yield client
