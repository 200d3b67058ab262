"""What is kept of names between looks, and when it is forgotten."""

import pytest

from monitor.screening.names.anatomy import anatomy
from monitor.screening.names.kept import KEPT, forget_overrun


@pytest.fixture(autouse=True)
def _from_nothing() -> None:
    for kept in KEPT:
        kept.cache_clear()


def test_names_that_fit_stay() -> None:
    """The next look at the same list finds them."""
    taken = anatomy("Kestrel Avionics Co., Ltd.")
    forget_overrun()
    assert anatomy("Kestrel Avionics Co., Ltd.") is taken


@pytest.mark.slow
def test_a_list_of_more_names_leaves_nothing_behind() -> None:
    """Neither of its names nor of their words."""
    for at in range(anatomy.cache_info().maxsize or 0):
        anatomy(f"Kestrel {at}")
    forget_overrun()
    assert [kept.cache_info().currsize for kept in KEPT] == [0] * len(KEPT)
