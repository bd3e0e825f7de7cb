"""UK SIC: each of the 731 classes stands for an industry of ours or honestly for none, and the way back loses none."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from leads.vocabulary import industries, uk_sic

# The divisions are numbered from 01 to 99 with these left out.
UNUSED = {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}
NO_TRADE = {"74990", "98100", "98200", "99999"}  # not trading, households for their own use, dormant
LONGEST_LINE = 8_000  # of an address that servers take for certain


def test_every_division_is_there():
    assert {sic[:2] for sic in uk_sic.CLASSES} == {f"{number:02}" for number in range(1, 100) if number not in UNUSED}
    assert {sic for sic in uk_sic.ROWS if len(sic) == uk_sic.DIVISION} == {sic[:2] for sic in uk_sic.CLASSES}
    assert len(set(uk_sic.CLASSES)) == len(uk_sic.CLASSES) == 731


def test_every_class_has_an_industry_and_a_label_or_is_no_trade():
    without = {sic for sic in uk_sic.CLASSES if uk_sic.industry_of(sic) not in industries.TREE}

    assert without == NO_TRADE
    assert all(map(uk_sic.label_of, uk_sic.CLASSES))


def test_every_row_is_the_start_of_a_class():
    assert [sic for sic in uk_sic.ROWS if not any(each.startswith(sic) for each in uk_sic.CLASSES)] == []


def test_way_back_loses_no_class():
    lost = [
        (sic, code)
        for sic in set(uk_sic.CLASSES) - NO_TRADE
        for code in (uk_sic.industry_of(sic), *industries.ancestors(uk_sic.industry_of(sic)))
        if sic not in uk_sic.classes_of(code)
    ]

    assert lost == []


@pytest.mark.parametrize("code", ["software-development", "professional-services", "retail", "manufacturing"])
def test_classes_of_an_industry_come_back_to_it(code):
    found = uk_sic.classes_of(code)

    assert found
    assert {uk_sic.industry_of(sic) for sic in found} <= industries.descendants(code)


def test_industry_that_the_table_does_not_tell_apart_is_asked_for_by_the_one_above():
    assert uk_sic.classes_of("mobile-gaming-apps") == uk_sic.classes_of("computer-games") == ("58210", "62011")


@pytest.mark.parametrize(
    ("sic", "industry"),
    [
        ("28990", "industrial-machinery-manufacturing"),
        ("46342", "wholesale-alcoholic-beverages"),
        ("46341", "wholesale-food-and-beverage"),
        ("86900", "medical-practices"),
        ("99999", ""),
        ("00000", ""),
        ("", ""),
    ],
    ids=["by a group", "by a class", "beside it", "by a group of one", "dormant", "no code", "nothing"],
)
def test_longest_start_tells(sic, industry):
    assert uk_sic.industry_of(sic) == industry


def test_every_industry_can_be_asked_for():
    assert [code for code in industries.TREE if not uk_sic.classes_of(code)] == []


def test_all_classes_fit_into_one_question():
    assert len(urlencode({"sic_codes": ",".join(uk_sic.CLASSES)})) < LONGEST_LINE
