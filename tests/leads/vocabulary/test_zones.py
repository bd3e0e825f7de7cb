"""Time zones of places, and the hours that two of them share."""

from datetime import date

import pytest

from leads.vocabulary import places, zones

BERLIN = ("Europe/Berlin",)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        pytest.param(("AT",), ("Europe/Vienna",), id="a country of one zone"),
        pytest.param(("us", "California"), ("America/Los_Angeles",), id="a state"),
        pytest.param(("US", "NY"), ("America/New_York",), id="a state by its code"),
        pytest.param(("US", "", "Chicago"), ("America/Chicago",), id="a city without its state"),
        pytest.param(("CA", "Alberta", "Nowhere"), ("America/Edmonton",), id="an unknown city in a known state"),
        pytest.param(("AU", "", ""), places.COUNTRIES["AU"].zones, id="only a country of several zones"),
        pytest.param(("XX",), (), id="no country"),
    ],
)
def test_zones_of_a_place(place, expected) -> None:
    assert zones.zones_of(*place) == expected


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        pytest.param("DE", BERLIN, id="a country"),
        pytest.param("Europe/Paris", ("Europe/Paris",), id="a zone"),
        pytest.param("Boston", ("America/New_York",), id="a city"),
        pytest.param("state:Texas,US", ("America/Chicago",), id="a state"),
        pytest.param("DE; city:Boston,US", ("Europe/Berlin", "America/New_York"), id="two offices"),
        pytest.param("region:dach", ("Europe/Vienna", "Europe/Zurich", "Europe/Berlin"), id="a group of countries"),
        pytest.param("Atlantis", (), id="no place"),
        pytest.param("", (), id="nowhere"),
    ],
)
def test_zones_of_a_team(home, expected) -> None:
    assert zones.zones_of_home(home) == expected


@pytest.mark.parametrize(
    ("theirs", "on", "expected"),
    [
        pytest.param(("America/New_York",), date(2026, 1, 15), 2, id="winter"),
        pytest.param(("America/New_York",), date(2026, 3, 15), 3, id="only America has moved its clocks"),
        pytest.param(("Australia/Sydney",), date(2026, 1, 15), 0, id="ten hours apart"),
        pytest.param(("Asia/Kolkata",), date(2026, 1, 15), 3.5, id="half an hour"),
        pytest.param(("Europe/Vienna", "America/New_York"), date(2026, 1, 15), 5, id="the mean of what it may be"),
        pytest.param((), date(2026, 1, 15), 0, id="unknown"),
    ],
)
def test_hours_shared_with_berlin(theirs, on, expected) -> None:
    assert zones.hours_shared(BERLIN, theirs, on) == expected


def test_hours_are_shared_across_the_date_line() -> None:
    assert zones.hours_shared(("Pacific/Auckland",), ("Pacific/Pago_Pago",), date(2026, 7, 1)) == 7


def test_every_zone_and_place_of_the_table_is_known() -> None:
    unknown = [zone for zone in zones.PLACES.values() if zone not in zones.zones_of_home(zone)]

    assert unknown == []
