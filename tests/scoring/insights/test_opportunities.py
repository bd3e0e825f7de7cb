"""Each opportunity is found where it is, and nowhere else."""

import pytest

from scoring.columns import Phone, Position
from scoring.insights.finding import Severity
from scoring.insights.opportunities import opportunities
from scoring.rulebook import Closed
from tests.factories.scoring import case, event

IDEAL = {"departments": ("sales",), "technologies": ("SAP",)}


def found(ideal=None, **known) -> dict:
    return {each.key: each for each in opportunities(case(ideal or IDEAL, **known))}


def test_unknown_lead_has_none() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"signals": (event("new_in_role", 20),)}, "new_in_role"),
        ({"signals": (event("funding", 100),)}, "funding"),
        ({"signals": (event("hiring", 10, "Two nurses"),)}, "hiring"),
        ({"signals": (event("growth", 10),)}, "growth"),
        ({"signals": (event("expansion", 10),)}, "expansion"),
        ({"technologies": ("sap", "Excel")}, "technology_match"),
        ({"touches": (event("email_replied", 60),)}, "warm"),
        ({"position": Position("VP Sales", "vp", "sales")}, "decision_maker"),
        ({"phone": Phone("mobile", True)}, "direct_line"),
        ({"outcome": "won"}, "won_deal"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_opportunity_is_found_alone(known, expected) -> None:
    assert list(found(**known)) == [expected]


@pytest.mark.parametrize(
    "known",
    [
        {"signals": (event("funding", 181),)},
        {"touches": (event("email_replied", 181),)},
        {"phone": Phone("mobile", False)},
        {"position": Position("VP Research", "vp", "research")},
    ],
    ids=["old funding", "cold answer", "dead number", "another department"],
)
def test_what_is_no_opportunity(known) -> None:
    assert found(**known) == {}


def test_hiring_for_the_buying_department_is_worth_more() -> None:
    ours = found(signals=(event("hiring", 10, "Sales manager"),))["hiring"]

    assert (ours.severity, ours.evidence[0].source) == (Severity.HIGH, "directory")


def test_industry_that_is_won_more_often_is_named_with_numbers() -> None:
    ideal = {"closed": {"retail": Closed(8, 10), "mining": Closed(1, 10)}}

    assert "8 of 10" in found(ideal, industry="retail")["winning_industry"].detail
    assert found(ideal, industry="mining") == {}
