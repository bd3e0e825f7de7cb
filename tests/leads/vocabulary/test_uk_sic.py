"""UK SIC: every class stands for an industry of ours, and the way back loses none."""

from __future__ import annotations

from leads.vocabulary import industries, uk_sic


def test_every_class_has_an_industry():
    assert {code for _label, code in uk_sic.ROWS.values()} <= set(industries.TREE)
    assert {len(sic) for sic in uk_sic.ROWS} == {2, 5}


def test_classes_of_an_industry_come_back_to_it():
    for code in ("software-development", "professional-services", "retail"):
        found = uk_sic.classes_of(code)

        assert found
        assert {uk_sic.industry_of(sic) for sic in found} <= industries.descendants(code)


def test_class_that_is_not_listed_is_told_by_its_division():
    assert uk_sic.industry_of("28990") == "machinery-manufacturing"
    assert uk_sic.label_of("28990") == "Manufacture of machinery and equipment"
    assert uk_sic.industry_of("99999") == ""
