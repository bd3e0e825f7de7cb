"""Each opportunity is found where it is, and nowhere else."""

from dataclasses import replace
from datetime import date

import pytest

from scoring.case import Case, Citation
from scoring.columns import Email, Phone, Place, Position
from scoring.insights import opportunities
from scoring.insights.finding import Severity
from scoring.rulebook import Closed
from tests.factories.scoring import case, event, facts, rulebook

IDEAL = {"departments": ("sales",), "technologies": ("SAP", "Jira"), "places": ("DE",), "home": "DE"}
RULES = {rule.__name__: rule for rule in opportunities.RULES}
WINNING = {"closed": {"retail": Closed(8, 10), "mining": Closed(1, 10)}}
THREE = (event("funding", 90), event("hiring", 3, "Two nurses"), event("growth", 20))
# rule: facts by which it is found, facts by which it is only just not.
TABLE = {
    "warm": ({"touches": (event("email_replied", 180),)}, {"touches": (event("email_replied", 181),)}),
    "met_lately": ({"touches": (event("meeting", 90),)}, {"touches": (event("meeting", 91),)}),
    "several_signals": ({"signals": THREE}, {"signals": (*THREE[1:], event("funding", 91))}),
    "new_in_role": ({"signals": (event("new_in_role", 20),)}, {"signals": (event("new_in_role", 181),)}),
    "funding": ({"signals": (event("funding", 180),)}, {"signals": (event("funding", 181),)}),
    "hiring": ({"signals": (event("hiring", 10, "Two nurses"),)}, {"signals": (event("news", 10),)}),
    "growth": ({"signals": (event("growth", 10),)}, {"signals": (event("shrinking", 10),)}),
    "expansion": ({"signals": (event("expansion", 10),)}, {"signals": (event("expansion", 200),)}),
    "new_technology": ({"signals": (event("technology", 10),)}, {"signals": (event("technology", 200),)}),
    "in_the_news": ({"signals": (event("news", 10),)}, {"signals": (event("news", 200),)}),
    "ideal_company": ({"technologies": ("SAP", "Jira")}, {"technologies": ("SAP",)}),
    "technology_match": ({"technologies": ("sap", "Excel")}, {"technologies": ("Excel",)}),
    "winning_industry": ({"ideal": WINNING, "industry": "retail"}, {"ideal": WINNING, "industry": "mining"}),
    "won_deal": ({"outcome": "won"}, {"outcome": "lost"}),
    "interested": (
        {"touches": (event("email_clicked", 30),)},
        {"touches": (event("email_clicked", 3), event("email_replied", 1))},
    ),
    "decision_maker": (
        {"position": Position("VP Sales", "vp", "sales")},
        {"position": Position("VP Research", "vp", "research")},
    ),
    "direct_line": ({"phone": Phone("mobile", True)}, {"phone": Phone("mobile", True, True)}),
    "verified_email": ({"email": Email("deliverable")}, {"email": Email("deliverable", "", "role")}),
    "nearby": ({"place": Place("DE", "", "")}, {"place": Place("AT", "", "")}),
}


def found(ideal=None, **known) -> dict:
    return {each.key: each for each in opportunities.opportunities(case(ideal or IDEAL, **known))}


def test_unknown_lead_has_none() -> None:
    assert found() == {}


def test_every_opportunity_has_its_row() -> None:
    assert set(TABLE) == set(RULES)


@pytest.mark.parametrize("name", TABLE)
def test_opportunity_is_found_and_told_in_sentences(name) -> None:
    one = found(**TABLE[name][0])[name]

    assert one.severity in Severity
    assert one.detail.endswith(".")


@pytest.mark.parametrize("name", TABLE)
def test_opportunity_is_not_found_where_it_is_only_near(name) -> None:
    assert name not in found(**TABLE[name][1])


def test_dead_number_is_no_direct_line() -> None:
    assert found(phone=Phone("mobile", False)) == {}


def test_hiring_for_the_buying_department_is_worth_more() -> None:
    ours = found(signals=(event("hiring", 10, "Sales manager"),))["hiring"]

    assert (ours.severity, ours.evidence[0].source) == (Severity.HIGH, "directory")


def test_industry_that_is_won_more_often_is_named_with_numbers() -> None:
    ideal = {"closed": {"retail": Closed(8, 10), "mining": Closed(1, 10)}}

    assert "8 of 10" in found(ideal, industry="retail")["winning_industry"].detail
    assert found(ideal, industry="mining") == {}


def test_confirmed_address_rests_on_our_own_check_not_on_who_knew_the_address() -> None:
    known = Citation("ann@firm.example", "directory", date(2026, 6, 13), field="email")
    checked = Citation("Deliverable", "own_check", date(2026, 11, 25), field="email_check")
    one = case(email=Email("deliverable"), citations={"email": (known,), "email_check": (checked,)})

    assert opportunities.verified_email(one).evidence == (checked,)


def test_what_the_search_asked_for_is_not_called_the_ideal_customer() -> None:
    searched = replace(rulebook(industries=("retail",)), is_fit_to_search=True)

    told = opportunities.ideal_company(Case(facts(industry="retail"), searched))

    assert told.title == "What the search asked for"
    assert told.detail == "The company meets 100 % of what the search asked for; you have no ideal customer yet."


RESTS_ON = [
    ("won_deal", {"touches": (event("stage", 3, "Moved to Won"),)}, "Stage: Moved to Won"),
    (
        "winning_industry",
        {"citations": {"company.industry": (Citation("Retail", "file", date(2026, 11, 1)),)}},
        "Retail",
    ),
]


@pytest.mark.parametrize(("name", "seen", "text"), RESTS_ON)
def test_opportunity_shows_what_it_rests_on(name, seen, text) -> None:
    known = dict(TABLE[name][0])

    found = RULES[name](case(known.pop("ideal", {}), **known | seen))

    assert [each.text for each in found.evidence] == [text]
