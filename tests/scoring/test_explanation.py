"""A score explained: the lines add up whatever the facts and the rules."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.criteria import Range
from scoring.case import Case
from scoring.columns import Details, Email, Phone, Place, Position
from scoring.explanation import explained
from scoring.ideal import IdealCustomer
from scoring.known_facts import FACTS
from scoring.rulebook import GRADES, Closed, ScoringProfile
from tests.factories.scoring import case, event, facts

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AGES = st.floats(0, 400)
TOUCHES = (
    "email_sent",
    "email_replied",
    "call",
    "call_reached",
    "call_refused",
    "email_bounced",
    "visit",
    "opt_out",
    "stage",
)
SIGNALS = ("hiring", "funding", "shrinking", "new_in_role", "news")
maybe = st.one_of(st.just(float("nan")), st.floats(1, 1e6))
known = st.fixed_dictionaries(
    {},
    optional={
        "position": st.builds(
            Position,
            st.sampled_from(["", "CEO", "Clerk"]),
            st.sampled_from(["", "vp", "entry"]),
            st.sampled_from(["", "it"]),
        ),
        "industry": st.sampled_from(["", "retail", "mining", "retail-apparel-and-fashion"]),
        "place": st.builds(Place, st.sampled_from(["", "DE", "US", "JP"]), st.sampled_from(["", "CA"]), st.just("")),
        "technologies": st.sampled_from([(), ("SAP",), ("Jira", "SAP")]),
        "details": st.builds(
            Details, st.sampled_from(["", "pumps"]), st.sampled_from(["", "Series A"]), st.sampled_from([None, 1990])
        ),
        "email": st.builds(
            Email,
            st.sampled_from(["", "unsought", "unchecked", "deliverable", "risky", "unknown", "undeliverable"]),
            st.sampled_from(["", "accept_all", "role"]),
            st.sampled_from(["", "free", "role", "disposable"]),
            st.none() | st.floats(0, 1),
            st.none() | st.floats(0, 1),
        ),
        "phone": st.builds(
            Phone, st.sampled_from(["", "mobile", "switchboard"]), st.sampled_from([None, True, False]), st.booleans()
        ),
        "outcome": st.sampled_from(["", "won", "lost", "disqualified"]),
        "employees": maybe,
        "revenue": maybe,
        "observed": maybe,
        "has_profile": st.booleans(),
        "is_barred": st.booleans(),
        "touches": st.lists(st.builds(event, st.sampled_from(TOUCHES), AGES), max_size=4).map(tuple),
        "signals": st.lists(st.builds(event, st.sampled_from(SIGNALS), AGES), max_size=3).map(tuple),
    },
)
weights = st.lists(st.integers(0, 100), min_size=9, max_size=9).map(
    lambda cuts: tuple(int(part) for part in np.diff([0, *sorted(cuts), 100]))
)
cuts = st.sets(st.integers(1, 100), min_size=4, max_size=4).map(lambda found: tuple(sorted(found, reverse=True)))
ideals = st.builds(
    IdealCustomer,
    industries=st.sampled_from([(), ("retail",)]),
    places=st.sampled_from([(), ("DE",), ("region:dach",)]),
    employees=st.sampled_from([None, Range(50, 200), Range(None, 10)]),
    revenue=st.sampled_from([None, Range(1_000_000, None)]),
    departments=st.sampled_from([(), ("sales",)]),
    seniorities=st.sampled_from([(), ("vp",)]),
    titles=st.sampled_from([(), ("CEO",)]),
    keywords=st.sampled_from([(), ("valves",)]),
    funding_stages=st.sampled_from([(), ("series_b",)]),
    founded=st.sampled_from([None, Range(2010, None)]),
    technologies=st.sampled_from([(), ("SAP",), ("SAP", "Jira")]),
)
rules = st.builds(
    ScoringProfile,
    weights=weights,
    cuts=cuts,
    ideal=ideals,
    expected=st.tuples(*[st.floats(0, 1)] * 10),
    home=st.sampled_from(["", "DE", "America/New_York"]),
    closed=st.sampled_from([{}, {"retail": Closed(3, 10), "mining": Closed(0, 9)}]),
)


@settings(max_examples=80, deadline=None)
@given(known, rules)
def test_ten_lines_add_up_to_the_score_whatever_the_facts_and_rules(known, rules) -> None:
    told = explained(Case(facts(**known), rules), profile="any")

    assert sum(line.points for line in told.lines) == told.total
    assert sum(line.most for line in told.lines) == 100
    assert all(0 <= line.points <= line.most for line in told.lines)
    assert 0 <= told.low <= told.total <= told.high <= 100
    assert told.confidence == sum(line.most for line in told.lines if not line.is_assumed)
    assert told.grade == next((g for g, cut in zip(GRADES, rules.cuts, strict=False) if told.total >= cut), "D")


@settings(max_examples=30, deadline=None)
@given(known, rules)
def test_what_is_assumed_counts_as_expected_and_every_line_has_its_reason(known, rules) -> None:
    told = explained(Case(facts(**known), rules), profile="any")

    assert [line.counted for line in told.lines if line.is_assumed] == [
        rules.expected_of(line.key) for line in told.lines if line.is_assumed
    ]
    assert all(line.reason.endswith((".", "…")) and len(line.reason) > 5 for line in told.lines)
    assert len(told.facts_known) + len(told.facts_missing) == len(FACTS) == 12


def test_receipt_is_the_same_each_time() -> None:
    one = {"industry": "retail", "email": Email("unchecked"), "signals": (event("hiring", 3),)}

    first, second = (explained(case({"industries": ("retail",)}, **one), profile="any").to_json() for _ in range(2))

    assert first == second


def test_missing_facts_are_named() -> None:
    told = explained(case({}, industry="retail", employees=50), profile="any")

    assert {"industry", "employees"} <= set(told.facts_known)
    assert {"job title", "place", "revenue"} <= set(told.facts_missing)


@pytest.mark.parametrize(
    ("email", "is_known"), [(Email(), False), (Email("unchecked"), False), (Email("undeliverable"), True)]
)
def test_no_address_is_no_checked_one(email, is_known) -> None:
    assert ("checked e-mail" in explained(case(email=email), profile="any").facts_known) == is_known
