"""US SIC and the SEC's places: every code stands for something of ours."""

from __future__ import annotations

from leads.vocabulary import edgar_places, industries, places, us_sic


def test_every_class_has_an_industry():
    assert set(us_sic.ROWS.values()) <= set(industries.TREE)
    assert {len(sic) for sic in us_sic.ROWS} == {2, 4}


def test_every_place_is_a_country():
    assert all(places.expand(country) for country in edgar_places.COUNTRIES.values())
