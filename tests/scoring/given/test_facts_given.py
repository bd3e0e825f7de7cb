"""Facts given as JSON: each field with its unit, null and absent as unknown, mistakes by name."""

from datetime import UTC, datetime
from math import isnan, sqrt

import pytest
from hypothesis import given as given_by_hypothesis
from hypothesis import strategies as st

from leads.logbook import OUTCOMES, outcome_said
from scoring.columns import UNSOUGHT, Details, Email, Phone, Place, Position
from scoring.given.facts import given_case
from scoring.given.mistakes import Mistake
from scoring.heeding import touch_kind
from scoring.reading import TOUCH_KINDS
from scoring.rulebook import ScoringProfile

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULES = ScoringProfile()


def given(**entry):
    return given_case(entry, RULES, now=NOW)[1]


def test_what_is_not_said_is_unknown_throughout() -> None:
    one = given()

    assert one.scored.confidence[0] == 0
    assert (one.scored.low[0], one.scored.total[0], one.scored.high[0]) == (0, 40, 100)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_that_can_be_logged_is_known_by_the_same_kind(outcome) -> None:
    facts = given(activities=[{"kind": "call", "at": "2026-11-21", "outcome": outcome}]).facts

    assert facts.touches.kinds[0] == touch_kind("call", outcome_said(outcome))
    assert facts.touches.kinds[0] in TOUCH_KINDS


def test_null_is_as_good_as_absent() -> None:
    names = ("title", "industry", "country", "employees", "email", "phone", "profile", "outcome", "signals")

    assert given(**dict.fromkeys(names)).scored.steps.tolist() == given().scored.steps.tolist()


@pytest.mark.parametrize(
    ("entry", "name", "expected"),
    [
        ({"title": "VP Sales"}, "position", Position("VP Sales", "vp", "sales")),
        ({"title": "VP Sales", "seniority": "manager"}, "position", Position("VP Sales", "manager", "sales")),
        ({"industry": "Retail"}, "industry", "retail"),
        ({"country": "Germany", "city": "Munich"}, "place", Place("DE", "", "Munich")),
        ({"city": "Munich"}, "place", Place("DE", "", "Munich")),
        ({"region": "Bavaria"}, "place", Place("DE", "Bavaria", "")),
        ({"city": "Nowhere on Sea"}, "place", Place("", "", "Nowhere on Sea")),
        ({"country": "AT", "city": "Berlin"}, "place", Place("AT", "", "Berlin")),
        ({"employees": 120}, "employees", 120),
        ({"employees": {"min": 51, "max": 200}}, "employees", sqrt(51 * 200)),
        ({"employees": {"min": 5_001}}, "employees", 5_001),
        ({"revenue_usd": 2.5e6}, "revenue", 2.5e6),
        ({"technologies": ["SAP", "Jira"]}, "technologies", ("SAP", "Jira")),
        (
            {"keywords": ["pumps"], "description": "Valves", "funding_stage": "Series A", "founded_year": 2011},
            "details",
            Details("pumps | Valves", "series_a", 2011),
        ),
        ({}, "email", Email(UNSOUGHT)),
        ({"email": {"status": "none"}}, "email", Email()),
        (
            {"email": {"status": "risky", "reason": "accept_all", "flags": ["role", "free"], "deliverability": 55}},
            "email",
            Email("risky", "accept_all", "free,role", 0.55),
        ),
        ({"phone": {"type": "mobile", "valid": True}}, "phone", Phone("mobile", True)),
        ({"phone": {"do_not_call": True}}, "phone", Phone("unknown", None, True)),
        ({"phone": {"type": "none"}}, "phone", Phone()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_field_is_read(entry, name, expected) -> None:
    assert getattr(given(**entry), name) == expected


def test_flags_and_dates_are_read() -> None:
    facts = given(profile=True, do_not_contact=True, outcome="won", observed_on="2026-11-12").facts

    assert (facts.has_profile[0], facts.is_barred[0], facts.outcomes[0]) == (True, True, "won")
    assert facts.observed[0] == 10.5
    assert isnan(given().facts.observed[0])


def test_signals_and_activities_are_dated_from_now() -> None:
    signal = {
        "kind": "hiring",
        "on": "2026-11-20",
        "detail": "Two jobs",
        "source": "job_boards",
        "url": "https://a.example",
    }
    call = {"kind": "call", "at": "2026-11-21T14:00:00+02:00", "outcome": "reached", "text": "Hello"}

    facts = given(signals=[signal], activities=[call]).facts

    assert [(event.kind, event.age, event.source) for event in facts.signals.all] == [("hiring", 2.5, "job_boards")]
    assert [(event.kind, event.age) for event in facts.touches.all] == [("call_reached", 1.0)]


def test_what_is_later_than_now_is_so_by_the_same_clock() -> None:
    evening = datetime.fromisoformat("2026-05-03T23:30-05:00")

    entry = {"activities": [{"kind": "meeting", "at": "2026-05-04T02:00:00Z"}]}

    assert given_case(entry, RULES, now=evening)[1].age("meeting") == pytest.approx(2.5 / 24)


@pytest.mark.parametrize(
    ("activity", "field", "expected"),
    [
        ({"kind": "call", "outcome": "wrong_number"}, "phone", Phone("mobile", False)),
        ({"kind": "call", "outcome": "refused"}, "phone", Phone("mobile", True, True)),
        ({"kind": "email_bounced"}, "email", Email("undeliverable", "bounced", before=Email("deliverable"))),
    ],
    ids=["wrong number", "not to be called", "bounced"],
)
def test_activity_corrects_what_it_proves_wrong(activity, field, expected) -> None:
    entry = {"phone": {"type": "mobile", "valid": True}, "email": {"status": "deliverable"}}

    assert getattr(given(**entry, activities=[activity | {"at": "2026-11-20"}]), field) == expected


def test_evidence_is_cited_the_newest_in_use_first() -> None:
    seen = {"field": "title", "source": "file", "on": "2026-05-03"}

    one = given(
        title="CEO",
        evidence=[
            seen | {"value": "CFO", "in_use": False, "on": "2026-11-01"},
            seen | {"value": "Chief"},
            seen | {"value": "CEO", "on": "2026-10-01"},
        ],
    )

    assert [each.text for each in one.citations["title"]] == ["CEO", "Chief", "CFO"]


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ([], "It must be an object, not a list."),
        ({"colour": "red"}, "colour: there is no such field; known are id, title,"),
        ({"title": 7}, "title: it must be a text, not “7”."),
        ({"title": "x" * 2_001}, "title: it is longer than 2,000 characters."),
        ({"seniority": "boss"}, "seniority: “boss” is none of c_level, "),
        ({"industry": "Retial"}, "industry: “Retial” is no industry that is known; near it are "),
        ({"country": "Atlantis"}, "country: “Atlantis” is no country that is known"),
        ({"employees": "many"}, "employees: it must be a number, not “many”."),
        ({"title": "a\ud800"}, "title: it has half of a pair"),
        ({"employees": 10**400}, "employees: it must be a number, not"),
        ({"employees": True}, "employees: it must be a number, not true."),
        ({"employees": 0}, "employees: it must lie between 1 and 10,000,000, not 0."),
        ({"employees": {"min": 9, "max": 3}}, "employees: min is more than max."),
        ({"employees": {"least": 9}}, "employees, least: there is no such field; known are min, max."),
        ({"revenue_usd": -1}, "revenue_usd: it must lie between 0 and"),
        ({"founded_year": 1999.5}, "founded_year: it must be a whole number"),
        ({"founded_year": 2030}, "founded_year: it must lie between 1,000 and 2,026"),
        ({"technologies": "SAP"}, "technologies: it must be a list, not “SAP”."),
        ({"technologies": ["SAP", 3]}, "technologies, 2: it must be a text, not “3”."),
        ({"email": "mira@a.example"}, "email: it must be an object"),
        ({"email": {}}, "email, status: it is missing."),
        ({"email": {"status": "good"}}, "email, status: “good” is none of deliverable, none, "),
        ({"email": {"status": "risky", "deliverability": 101}}, "email, deliverability: it must lie between 0 and 100"),
        ({"phone": {"type": "smoke"}}, "phone, type: “smoke” is none of"),
        ({"profile": "yes"}, "profile: it must be true or false, not “yes”."),
        ({"observed_on": "2026-11-23"}, "observed_on: 2026-11-23 lies after now, 2026-11-22."),
        ({"observed_on": "May"}, "observed_on: “May” is no day or time"),
        ({"signals": [{"kind": "hiring"}]}, "signals, 1, on: it is missing."),
        ({"signals": [{"kind": "omen", "on": "2026-01-01"}]}, "signals, 1, kind: “omen” is none of"),
        (
            {"activities": [{"kind": "meeting", "at": "2026-01-01", "outcome": "reached"}]},
            "activities, 1, outcome: only a call has an outcome.",
        ),
        (
            {"evidence": [{"field": "shoe", "value": "", "source": "a", "on": "2026-01-01"}]},
            "evidence, 1, field: “shoe”",
        ),
    ],
    ids=lambda value: value.split(":")[0] if isinstance(value, str) else "",
)
def test_mistake_names_the_field(entry, sentence) -> None:
    with pytest.raises(Mistake) as caught:
        given_case(entry, RULES, now=NOW)

    assert str(caught.value).startswith(sentence)


names = st.sampled_from(
    ["id", "title", "industry", "email", "phone", "status", "kind", "on", "at", "signals", "min", "type"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["retail", "call"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


def said_of(value) -> str:
    """The total, or the sentence that refuses it; anything else that is raised fails the test."""
    try:
        return str(given_case(value, RULES, now=NOW)[1].scored.total[0])
    except Mistake as mistake:
        return str(mistake)


@given_by_hypothesis(values)
def test_whatever_is_given_is_scored_or_refused_in_a_sentence(value) -> None:
    said = said_of(value)

    assert said.isdecimal() or said.endswith(".")


@pytest.mark.parametrize(
    ("at", "status"), [("2026-11-01", "deliverable"), ("2026-11-20", "undeliverable")], ids=["before", "since"]
)
def test_bounce_counts_against_the_address_that_was_in_use(at, status) -> None:
    entry = {
        "email": {"status": "deliverable", "since": "2026-11-10"},
        "activities": [{"kind": "email_bounced", "at": at}],
    }

    _, case = given_case(entry, ScoringProfile(), now=NOW)

    assert case.email.status == status
