"""The cheapest way to the next grade: exact, against every set of steps."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.criteria import Range
from scoring.case import Case
from scoring.columns import Email, Phone, Place, Position
from scoring.engine import Scores, score
from scoring.insights.actions import LIKELY, actions, price_of, tried
from scoring.insights.path import cheapest_path
from scoring.insights.step import Step, scored_after
from scoring.rows import columns_of, row_of
from scoring.rulebook import GRADES, ScoringProfile, at_least
from tests.factories.scoring import case, event, facts, rulebook

IDEAL = {
    "industries": ("retail",),
    "employees": Range(50, 200),
    "departments": ("sales",),
    "places": ("DE",),
    "technologies": ("SAP",),
}
PRICES = {"email_check": Decimal("0.50"), "phone_check": Decimal(2), "profile": Decimal(1), "company_facts": Decimal(1)}
NAN = float("nan")
known = st.fixed_dictionaries(
    {
        "email": st.sampled_from([Email(), Email("unchecked"), Email("risky", "accept_all"), Email("deliverable")]),
        "phone": st.sampled_from([Phone(), Phone("switchboard"), Phone("fixed", True), Phone("mobile", True)]),
        "has_profile": st.booleans(),
        "industry": st.sampled_from(["", "retail", "mining"]),
        "employees": st.sampled_from([NAN, 20.0, 100.0]),
        "position": st.sampled_from([Position("", "", ""), Position("Clerk", "entry", "it"), Position("", "vp", "it")]),
        "place": st.sampled_from([Place("", "", ""), Place("DE", "", ""), Place("JP", "", "")]),
        "touches": st.sampled_from([(), (event("email_sent", 20),) * 2, (event("email_replied", 20),)]),
        "outcome": st.sampled_from(["", "won", "lost"]),
    }
)
prices = st.fixed_dictionaries(
    {}, optional={kind: st.sampled_from([Decimal(0), Decimal("0.50"), Decimal(1), Decimal(3)]) for kind in PRICES}
)
weights = st.sampled_from([ScoringProfile().weights, (10,) * 10, (0, 0, 0, 40, 20, 0, 0, 0, 0, 40)])


def best_by_brute_force(given_case: Case, prices, *, least_chance: float) -> tuple[Decimal, int] | None:
    """The least price, and the fewest steps at it, of all sets of steps that reach the next grade."""
    wanted = GRADES[GRADES.index(given_case.scored.grade[0]) - 1]
    steps = [each.step for each in tried(given_case)]
    steps = [each for each in steps if price_of(each, prices) is not None and each.chance >= least_chance]
    steps = [each for each in steps if each.is_offered]
    sets = [each for size in range(1, len(steps) + 1) for each in combinations(steps, size)]
    after = scored_after(given_case, sets).grade if sets else []
    reached = [each for each, grade in zip(sets, after, strict=True) if at_least(grade, wanted)]
    costs = [(sum((price_of(step, prices) for step in each), Decimal(0)), len(each)) for each in reached]
    return min(costs, default=None)


@settings(max_examples=60, deadline=None)
@given(known, prices, weights)
def test_path_is_the_cheapest_of_all_sets_of_steps(known, prices, weights) -> None:
    one = Case(facts(**known), rulebook(weights=weights, **IDEAL))

    path = cheapest_path(one, prices)

    if one.scored.grade[0] == "A+":
        assert path is None
        return
    best = best_by_brute_force(one, prices, least_chance=LIKELY) or best_by_brute_force(one, prices, least_chance=0)
    assert (path and (path.price, len(path.steps))) == best


@settings(max_examples=30, deadline=None)
@given(known)
def test_path_leads_where_it_says(known) -> None:
    one = Case(facts(**known), rulebook(**IDEAL))

    path = cheapest_path(one, PRICES)

    if path:
        after = scored_after(one, [path.steps])
        assert (path.total, path.grade) == (after.total[0], after.grade[0])
        assert GRADES.index(path.grade) < GRADES.index(path.grade_before)


OWN = rulebook(weights=(0, 0, 40, 20, 30, 0, 0, 10, 0, 0), **IDEAL | {"employees": Range(500, 900)})


def keys(steps: tuple[Step, ...]) -> tuple[str, ...]:
    return tuple(step.key for step in steps)


def scored_by_hand(one: Case, steps: tuple[Step, ...]) -> Scores:
    """The lead with the steps' facts, scored by the rules of the industry that it is in then."""
    row, touches = row_of(one.facts), list(one.facts.touches.all)
    for step in steps:
        row = row._replace(**step.facts)
        touches += [event(kind) for kind in step.touches]
    rules = OWN if row.industry == "retail" else one.rulebook
    return score(columns_of([row], signals=one.facts.signals.all, touches=touches, now=one.facts.now), rules)


@settings(max_examples=12, deadline=None)
@given(known)
def test_steps_that_find_the_industry_are_scored_by_its_profile(known) -> None:
    one = Case(facts(**known | {"industry": ""}), rulebook(**IDEAL), {}, {"retail": OWN})
    steps = [each.step for each in tried(one)]
    offered = [each for each in steps if each.is_offered]
    sets = [each for size in range(1, len(offered) + 1) for each in combinations(offered, size)]
    sets += [(each,) for each in steps if not each.is_offered]
    by_hand = {keys(each): scored_by_hand(one, each) for each in sets}

    path, found = cheapest_path(one, PRICES), actions(one, PRICES)

    assert {step.key: by_hand[step.key,].total[0] for step in steps} == {action.key: action.total for action in found}
    grade = GRADES[max(0, GRADES.index(one.scored.grade[0]) - 1)]
    sets = [each for each in sets if all(step.is_offered for step in each)]
    likely = [each for each in sets if all(step.chance >= LIKELY for step in each)]
    reached = [[each for each in some if at_least(by_hand[keys(each)].grade[0], grade)] for some in (likely, sets)]
    costs = [(sum(price_of(step, PRICES) for step in each), len(each)) for each in reached[0] or reached[1]]
    assert (path and (path.price, len(path.steps))) == min(costs, default=None)
    assert path is None or path.total == by_hand[keys(path.steps)].total[0]


FULL = {"industry": "retail", "employees": 100.0, "position": Position("VP", "vp", "sales"), "technologies": ("SAP",)}
FULL |= {"place": Place("DE", "", ""), "email": Email("unchecked"), "phone": Phone("fixed", True)}


def test_two_steps_are_taken_where_one_alone_does_not_lead_there() -> None:
    weights = (0, 30, 0, 0, 38, 0, 0, 19, 0, 13)
    answered = FULL | {"employees": 1.0, "touches": (event("email_replied", 20),)}

    path = cheapest_path(Case(facts(**answered), rulebook(weights=weights, **IDEAL)), PRICES)

    assert ([step.key for step in path.steps], path.price) == (["verify_email", "meet"], Decimal("0.50"))
    assert (path.grade_before, path.grade, path.is_likely) == ("B", "A", True)
    assert path.chance == pytest.approx(0.7 * 0.3)


def test_step_that_is_not_offered_is_no_part_of_it() -> None:
    weights = (0, 0, 0, 100, 0, 0, 0, 0, 0, 0)
    unreachable = FULL | {"email": Email(), "phone": Phone()}

    one = Case(facts(**unreachable), rulebook(weights=weights, **IDEAL))

    assert {each.key for each in actions(one, PRICES) if each.gain} >= {"find_email", "find_phone"}
    assert cheapest_path(one, PRICES) is None


def test_step_without_a_price_is_no_part_of_it() -> None:
    weights = (0, 40, 0, 60, 0, 0, 0, 0, 0, 0)

    path = cheapest_path(Case(facts(**FULL), rulebook(weights=weights, **IDEAL)), {})

    assert [step.key for step in path.steps] == ["first_contact"]


def test_unlikely_step_is_the_way_only_where_there_is_no_other() -> None:
    settled = FULL | {"email": Email("deliverable"), "phone": Phone("mobile", True), "has_profile": True}

    weights = (0, 40, 0, 60, 0, 0, 0, 0, 0, 0)

    path = cheapest_path(Case(facts(**settled), rulebook(weights=weights, **IDEAL)), PRICES)

    assert ([step.key for step in path.steps], path.is_likely) == (["first_contact"], False)


@pytest.mark.parametrize(
    "refusal", [{"is_barred": True}, {"touches": (event("opt_out"),)}], ids=["barred", "opted out"]
)
def test_who_must_not_be_contacted_has_no_path(refusal) -> None:
    assert cheapest_path(case(IDEAL, email=Email("unchecked"), **refusal), PRICES) is None
