"""Lists that people type, and back."""

import pytest

from leads.word_lists import join, split, split_industries, split_places


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        ("cnc", ["cnc"]),
        ("cnc, milling ,, ", ["cnc", "milling"]),
        ("Berlin, Germany; Austria", ["Berlin, Germany", "Austria"]),
        ("one\ntwo\r\nthree", ["one", "two", "three"]),
    ],
)
def test_split_takes_items_apart(text: str, items: list[str]):
    assert split(text) == items


@pytest.mark.parametrize("items", [[], ["a"], ["a", "b"], ["Berlin, Germany"], ["Berlin, Germany", "Austria"]])
def test_join_is_undone_by_split(items: list[str]):
    assert split(join(items)) == items


def test_split_industries_keeps_commas_inside_a_label():
    assert split_industries("Retail, Oil, Gas, and Mining, Education") == [
        "Retail",
        "Oil, Gas, and Mining",
        "Education",
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Berlin, Germany, Austria", ["Berlin, Germany", "Austria"]),
        ("Germany, Austria", ["Germany", "Austria"]),
        ("DACH, Portugal", ["DACH", "Portugal"]),
    ],
)
def test_split_places_joins_a_city_to_its_country_only(text: str, items: list[str]):
    assert split_places(text) == items
