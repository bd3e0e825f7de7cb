"""What an action would change can be applied from outside, and leads where the action says."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.explanation import explained
from scoring.given.facts import given_case
from scoring.given.rules import given_rules

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULES = given_rules(
    {
        "ideal": {
            "industries": ["retail"],
            "places": ["DE"],
            "employees": {"min": 50, "max": 500},
            "revenue": {"min": 1_000_000},
            "departments": ["sales"],
            "technologies": ["SAP"],
        },
        "home": "DE",
        "prices": {"email_check": 0.5, "phone_check": 2, "profile": 1, "company_facts": 1},
    }
)
entries = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["CEO", "Clerk", "Sales manager"]),
        "industry": st.sampled_from(["retail", "mining"]),
        "country": st.sampled_from(["DE", "US"]),
        "employees": st.sampled_from([20, 120, 4_000]),
        "email": st.sampled_from(
            [
                {"status": "unchecked", "flags": ["role"]},
                {"status": "risky", "reason": "accept_all", "flags": ["free"], "deliverability": 55},
                {"status": "undeliverable"},
                {"status": "none"},
                {"status": "risky", "reason": "typo_suspected", "domain_reputation": 26},
                {"status": "risky", "domain_reputation": 0, "deliverability": 7},
            ]
        ),
        "phone": st.sampled_from([{"type": "fixed", "valid": True}, {"type": "switchboard"}, {"valid": False}]),
        "profile": st.booleans(),
        "outcome": st.sampled_from(["won", "lost"]),
        "signals": st.just([{"kind": "funding", "on": "2026-11-20"}]),
        "activities": st.sampled_from(
            [
                [{"kind": "email_sent", "at": "2026-10-20"}, {"kind": "email_sent", "at": "2026-11-01"}],
                [{"kind": "email_clicked", "at": "2026-11-20"}],
                [{"kind": "call", "outcome": "reached", "at": "2026-11-01"}],
                [{"kind": "meeting", "at": "2026-11-01"}],
                [{"kind": "email_replied", "at": "2026-01-01"}],
                [{"kind": "email_bounced", "at": "2026-11-22"}],
                [{"kind": "call", "outcome": "wrong_number", "at": "2026-11-01"}],
            ]
        ),
    },
)


def receipt_of(entry):
    case = given_case(entry, RULES.rulebook, now=NOW)[1]
    return explained(case, profile="any", prices=RULES.prices)


def after(entry, changes):
    """The entry with the changes applied, as anybody would who has only the receipt."""
    added = changes.get("activities", [])
    return entry | changes | {"activities": [*entry.get("activities", []), *added]}


@settings(max_examples=80, deadline=None)
@given(entries)
def test_every_action_leads_to_the_total_that_it_names(entry) -> None:
    told = receipt_of(entry)

    for action in told.actions:
        then = receipt_of(after(entry, action.changes))
        assert (action.key, then.total, then.grade) == (action.key, action.total, action.grade)


@settings(max_examples=60, deadline=None)
@given(entries)
def test_path_leads_to_the_total_that_it_names(entry) -> None:
    told = receipt_of(entry)
    changes = {action.key: action.changes for action in told.actions}

    if told.path:
        for step in told.path.steps:
            entry = after(entry, changes[step.key])
        assert (receipt_of(entry).total, receipt_of(entry).grade) == (told.path.total, told.path.grade)
