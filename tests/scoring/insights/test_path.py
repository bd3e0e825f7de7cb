"""The cheapest way to the next grade: exact, against every set of offered actions by a statement of our own of their effects."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import combinations
from math import prod
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.criteria import Range
from scoring.case import SPELLING, Case, Citation
from scoring.columns import Email, Phone, Place, Position
from scoring.engine import score
from scoring.insights.actions import Action, actions
from scoring.insights.path import cheapest_path
from scoring.rulebook import GRADES, ScoringProfile
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
EMAILS = [Email(), Email("unchecked"), Email("unknown", "", "role"), Email("risky", "accept_all"), Email("deliverable")]
EMAILS += [Email("risky", "mailbox_full", "free", reputation=0.5), Email("risky", "typo_suspected", "disposable")]
EMAILS += [Email("risky", "do_not_mail"), Email("risky", "spamtrap_suspected")]
MAILED, ANSWERED = event("email_sent", 20), event("email_replied", 20)
TOUCHES = [(), (MAILED,) * 2, (ANSWERED,), (event("visit", 5), MAILED), (event("meeting", 9),), (event("call", 1),)]
TOUCHES += [(event("email_replied", 120), event("visit", 3))]
known = st.fixed_dictionaries(
    {
        "email": st.sampled_from(EMAILS),
        "phone": st.sampled_from([Phone(), Phone("switchboard"), Phone("fixed", True), Phone("mobile", True)]),
        "has_profile": st.booleans(),
        "industry": st.sampled_from(["", "retail", "mining"]),
        "employees": st.sampled_from([NAN, 20.0, 100.0]),
        "position": st.sampled_from([Position("", "", ""), Position("Clerk", "entry", "it"), Position("", "vp", "it")]),
        "place": st.sampled_from([Place("", "", ""), Place("DE", "", ""), Place("JP", "", "")]),
        "signals": st.sampled_from([(), (event("funding", 10),)]),
        "touches": st.sampled_from(TOUCHES),
        "outcome": st.sampled_from(["", "won", "lost"]),
        "observed": st.sampled_from([NAN, 200.0]),
    }
)
prices = st.fixed_dictionaries(
    {}, optional={kind: st.sampled_from([Decimal(0), Decimal("0.50"), Decimal(1), Decimal(3)]) for kind in PRICES}
)
REACHABLE = (0, 30, 0, 30, 0, 0, 0, 0, 20, 20)
weights = st.sampled_from([ScoringProfile().weights, (10,) * 10, (0, 0, 0, 40, 20, 0, 0, 0, 0, 40), REACHABLE])

Facts = dict[str, Any]
Effect = Callable[[Facts], Facts]


SPELT = {SPELLING: (Citation("ada@harbour.example", "own_check", date(2026, 11, 1), field=SPELLING),)}


def happens(kind: str) -> Effect:
    """Something comes of it today."""
    return lambda before: {"touches": (*before["touches"], event(kind))}


def arrives(before: Facts) -> Facts:
    """Mail to the same address arrives: its flags, and what is known of its domain, are as they were."""
    address = before["email"]
    return {"email": Email("deliverable", "", address.flags, reputation=address.reputation)}


def is_mended(before: Facts) -> Facts:
    """Another spelling of the address, to which mail arrives."""
    return {"email": Email("deliverable", reputation=before["email"].reputation)}


def they_answer(before: Facts) -> Facts:
    """In writing where they can be written to, else by telephone."""
    address = before["email"]
    is_harmful = "disposable" in address.flags or address.reason in ("do_not_mail", "spamtrap_suspected", "disposable")
    in_writing = before["has_profile"] or (address.status not in ("", "undeliverable") and not is_harmful)
    return happens("email_replied" if in_writing else "call_reached")(before)


def they_answer_first(before: Facts) -> Facts:
    """By telephone where there is a number that is known to work."""
    return happens("call_reached")(before) if before["phone"].is_valid else they_answer(before)


# What each action that can be done here leaves behind, and what it is paid by; said once more, apart from the rules.
EFFECTS: dict[str, tuple[Effect, str]] = {
    "verify_email": (arrives, "email_check"),
    "verify_again": (arrives, "email_check"),
    "correct_email": (is_mended, "email_check"),
    "confirm_job": (lambda before: {}, ""),
    "first_contact": (they_answer_first, ""),
    "follow_up": (they_answer, ""),
    "change_channel": (happens("call_reached"), ""),
    "answer_interest": (they_answer, ""),
    "use_signal": (they_answer, ""),
    "meet": (happens("meeting"), ""),
    "after_meeting": (they_answer, ""),
    "revive": (they_answer, ""),
    "win_back": (they_answer, ""),
    "sell_more": (happens("meeting"), ""),
}


class Way(NamedTuple):
    """A set of actions, and the lead once all of them worked; in the order in which ways are preferred."""

    is_unlikely: bool
    price: Decimal
    number: int
    unlikelihood: float
    total: int
    grade: str
    keys: frozenset[str]


def after(known: Facts, keys: tuple[str, ...]) -> Facts:
    """The lead's facts after these actions; who is to be called or written to is so by what is known today."""
    for key in sorted(keys, key=lambda each: EFFECTS[each][1] == "email_check"):
        known = known | EFFECTS[key][0](known)
    return known


def way(known: Facts, rules: ScoringProfile, chosen: tuple[Action, ...], prices: dict[str, Decimal]) -> Way:
    keys = tuple(action.key for action in chosen)
    scored = score(facts(**after(known, keys)), rules)
    kinds = [EFFECTS[key][1] for key in keys]
    price = sum((prices[kind] for kind in kinds if kind), Decimal(0))
    chance = prod(action.chance for action in chosen)
    return Way(chance < 0.5, price, len(keys), -chance, int(scored.total[0]), scored.grade[0], frozenset(keys))


def cheapest_of_all(known: Facts, rules: ScoringProfile, prices: dict[str, Decimal]) -> Way | None:
    """The best of all sets of the actions offered; each is scored anew, from the facts that it leaves behind."""
    offered = [each for each in actions(Case(facts(**known), rules, SPELT), prices) if each.is_offered]
    paid = [each for each in offered if (kind := EFFECTS[each.key][1]) in prices or not kind]
    sets = [each for size in range(1, len(paid) + 1) for each in combinations(paid, size)]
    now = GRADES.index(score(facts(**known), rules).grade[0])
    ways = [way(known, rules, each, prices) for each in sets]
    return min((each for each in ways if GRADES.index(each.grade) < now), default=None)


@settings(max_examples=60, deadline=None)
@given(known, prices, weights)
def test_path_is_the_cheapest_of_all_sets_of_actions(known, prices, weights) -> None:
    rules = rulebook(weights=weights, **IDEAL)

    path = cheapest_path(Case(facts(**known), rules, SPELT), prices)

    best = cheapest_of_all(known, rules, prices)
    assert (path is None) == (best is None)
    if path:
        taken = way(known, rules, path.steps, prices)
        assert taken[:4] == pytest.approx(best[:4])
        assert (path.price, path.total, path.grade) == (taken.price, taken.total, taken.grade)


OWN = rulebook(weights=(0, 0, 40, 20, 30, 0, 0, 10, 0, 0), **IDEAL | {"employees": Range(500, 900)})


def test_step_that_finds_the_industry_is_scored_by_its_profile() -> None:
    one = Case(facts(phone=Phone("switchboard"), industry=""), rulebook(**IDEAL), {}, {"retail": OWN})
    found = {"industry": "retail", "employees": 50.0, "technologies": ("SAP",)}

    totals = {action.key: action.total for action in actions(one, PRICES)}

    by_hand = score(facts(phone=Phone("switchboard"), **found), OWN)
    assert totals["complete_company"] == by_hand.total[0]


FULL = {"industry": "retail", "employees": 100.0, "position": Position("VP", "vp", "sales"), "technologies": ("SAP",)}
FULL |= {"place": Place("DE", "", ""), "email": Email("unchecked"), "phone": Phone("fixed", True)}


def test_two_steps_are_taken_where_one_alone_does_not_lead_there() -> None:
    weights = (0, 30, 0, 0, 38, 0, 0, 19, 0, 13)
    answered = FULL | {"employees": 1.0, "touches": (event("email_replied", 20),)}

    path = cheapest_path(Case(facts(**answered), rulebook(weights=weights, **IDEAL)), PRICES)

    assert ([step.key for step in path.steps], path.price) == (["verify_email", "meet"], Decimal("0.50"))
    assert (path.grade_before, path.grade, path.is_likely) == ("B", "A", False)
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


def test_a_price_is_saved_at_the_cost_of_a_further_step() -> None:
    """Where none is likely: verifying again leads there alone, too."""
    known = FULL | {"email": EMAILS[5], "phone": Phone("switchboard"), "position": Position("", "vp", "it")}
    known |= {"signals": (event("funding", 10),), "touches": (event("meeting", 9),), "outcome": "lost"}
    rules = rulebook(weights=(0, 35, 0, 27, 0, 0, 0, 0, 32, 6), **IDEAL)

    path = cheapest_path(Case(facts(**known), rules), PRICES)

    assert (path.price, {step.key for step in path.steps}) == (Decimal(0), {"after_meeting", "win_back"})
    assert path.to_json().items() >= {"chance": 0.04, "is_likely": False}.items()
