"""A world of its own for each test, and one site with a little of everything for those that read."""

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


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that has seen a first look, an amendment, a suspicion and a failure. Only read it."""
    with Upstream(date(2023, 11, 20)) as up:
        up.is_furnished()
        world = World(up, tmp_path_factory.mktemp("lived-in"))
        with world.open() as site:
            site.check()
            name = next(w["name"] for w in world.watches)
            world.passes(days=1)
            up.amends(str(name), license_policy="Presumption of denial", ecfr=world.now.date())
            site.check()
            world.passes(hours=1)
            up.csl.html_page(status=500)
            site.check()
            up.csl.recovers()
            world.passes(hours=1)
            up.csl.delists(str(name))
            site.check()
            yield site


@pytest.fixture(scope="module")
def client(lived_in: Site) -> Iterator[TestClient]:
    """A client of the lived-in site, which has an admin token."""
    with lived_in.client(token=TOKEN) as client:
        yield client
