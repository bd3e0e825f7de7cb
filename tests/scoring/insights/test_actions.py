"""Next actions: what they change, cost and may lead to."""

from decimal import Decimal

import pytest

from leads.criteria import Range
from scoring.columns import Email, Phone, Place, Position
from scoring.engine import score
from scoring.insights.actions import actions, cheapest
from tests.factories.scoring import case, event, facts, rulebook

PRICES = {"email_check": Decimal("0.50"), "phone_check": Decimal(2), "profile": Decimal(1), "company_facts": Decimal(1)}
IDEAL = {"industries": ("retail",), "employees": Range(50, 200), "departments": ("sales",)}
DONE = {
    "email": Email("deliverable"),
    "phone": Phone("mobile", True),
    "has_profile": True,
    "industry": "retail",
    "employees": 100,
    "position": Position("VP Sales", "vp", "sales"),
    "touches": (event("email_replied", 3), event("meeting", 1)),
    "observed": 3,
}
SENT = event("email_sent", 9)


def found(**known) -> dict:
    return {action.key: action for action in actions(case(IDEAL, **DONE | known), PRICES)}


def test_lead_that_lacks_nothing_needs_nothing() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("known", "expected", "price"),
    [
        ({"email": Email("unchecked", "not_checked")}, "verify_email", Decimal("0.50")),
        ({"email": Email()}, "find_email", Decimal(0)),
        ({"phone": Phone("fixed", True)}, "check_phone", Decimal(2)),
        ({"phone": Phone("switchboard", None)}, "find_phone", Decimal(0)),
        ({"has_profile": False}, "find_profile", Decimal(1)),
        ({"employees": float("nan")}, "complete_company", Decimal(1)),
        ({"position": Position("Clerk", "entry", "sales")}, "find_decision_maker", Decimal(0)),
        ({"touches": ()}, "first_contact", Decimal(0)),
        ({"touches": (SENT,)}, "follow_up", Decimal(0)),
        ({"touches": (event("email_replied", 3),)}, "meet", Decimal(0)),
        ({"observed": 300}, "confirm_job", Decimal(0)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_action_is_proposed_alone_with_its_price(known, expected, price) -> None:
    proposed = found(**known)

    assert list(proposed) == [expected]
    assert proposed[expected].price == price


@pytest.mark.parametrize(
    "refusal", [{"is_barred": True}, {"touches": (event("opt_out"),)}], ids=["barred", "opted out"]
)
def test_who_must_not_be_contacted_has_no_actions(refusal) -> None:
    assert found(email=Email("unchecked"), **refusal) == {}


def test_gain_is_the_score_with_the_fact_changed() -> None:
    known = {"industry": "retail", "email": Email("unchecked", "not_checked")}
    verified = score(facts(**known | {"email": Email("deliverable")}), rulebook(**IDEAL))

    proposed = {action.key: action for action in actions(case(IDEAL, **known), PRICES)}["verify_email"]

    before = score(facts(**known), rulebook(**IDEAL))
    assert proposed.total == verified.total[0]
    assert proposed.gain == verified.total[0] - before.total[0] > 0
    assert (proposed.grade, proposed.grade_before) == (verified.grade[0], before.grade[0])


def test_most_promising_action_comes_first() -> None:
    known = {"industry": "retail", "email": Email("unchecked", "not_checked")}

    promises = [action.expected_gain for action in actions(case(IDEAL, **known), PRICES)]

    assert promises == sorted(promises, reverse=True)


def test_price_that_is_not_known_is_not_guessed() -> None:
    proposed = actions(case(IDEAL, **DONE | {"has_profile": False}), {})

    assert [action.price for action in proposed] == [None]


def test_cheapest_step_leads_to_a_better_grade() -> None:
    ideal = IDEAL | {"places": ("DE",)}
    known = {"touches": (), "email": Email("unchecked", "not_checked"), "place": Place("DE", "", "")}

    proposed = actions(case(ideal, **DONE | known), PRICES)

    step = cheapest(proposed)
    assert step is not None
    assert (step.key, step.grade_before, step.grade, step.price) == ("verify_email", "A", "A+", Decimal("0.50"))


def test_no_step_is_the_cheapest_of_none() -> None:
    assert cheapest(()) is None
