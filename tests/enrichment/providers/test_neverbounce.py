"""NeverBounce: each of its results in our terms, what it says that it charged, and its errors inside a status of 200."""

import pytest

from enrichment.providers.neverbounce import NeverBounce, opinion_of
from leadengine.http import Unanswered
from leadengine.outcomes import Outcome, outcome_of
from leadengine.sandbox import neverbounce as sandbox
from leadengine.sandbox.scripted import Trouble, serve
from leads.sources.door import open_door

RESULTS = [
    ("valid", "verifier_confirmed", "deliverable"),
    ("invalid", "verifier_denied", "undeliverable"),
    ("disposable", "disposable", "risky"),
    ("catchall", "accept_all", "risky"),
    ("unknown", "unclear_reply", "unknown"),
    ("a word of next year", "unclear_reply", "unknown"),
]
FAILURES = [
    ("auth_failure", "We couldn't authenticate your request", Outcome.KEY_REFUSED),
    ("bad_referrer", "The referrer is not allowed", Outcome.KEY_REFUSED),
    ("temp_unavail", "Try again later", Outcome.UNAVAILABLE),
    ("throttle_triggered", "Too many requests", Outcome.RATE_LIMITED),
    ("general_failure", "Missing required parameter", Outcome.BAD_REQUEST),
    ("general_failure", "Insufficient credits", Outcome.OUT_OF_CREDITS),
    ("a word of next year", "", Outcome.BAD_REQUEST),
]


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script(credits=2)) as script:
        yield script


def ask(script, email="valid@acme.example"):
    checker = NeverBounce(script.base_url)
    return checker.ask(open_door(checker, 0, key="k3y-0815-never"), email)


@pytest.mark.parametrize(("said", "reason", "status"), RESULTS)
def test_result_in_our_terms(said, reason, status):
    found = opinion_of({"status": "success", "result": said, "flags": ["role_account", "has_dns"]})

    assert (found.reason, found.status) == (reason, status)
    assert {"role"} <= found.flags
    assert found.credits == 1


def test_cost_is_what_it_says():
    meters = {"paid_credits_used": 0, "free_credits_used": 0}

    assert opinion_of({"status": "success", "result": "valid", "credits_info": meters}).credits == 0


@pytest.mark.parametrize(("status", "message", "outcome"), FAILURES)
def test_error_inside_a_200(status, message, outcome):
    assert outcome_of(200, sandbox.failure(status, message).data, NeverBounce.dialect) == outcome


@pytest.mark.django_db
def test_error_inside_a_200_is_no_answer(script):
    script.troubles = [Trouble(sandbox.failure("throttle_triggered", "Too many requests"))]

    with pytest.raises(Unanswered) as refusal:
        ask(script)

    assert refusal.value.outcome == Outcome.RATE_LIMITED


@pytest.mark.django_db
def test_test_of_the_key_tells_the_credits_left(script):
    assert ask(script).credits == 1

    assert NeverBounce(script.base_url).test_key("k3y-0815-never").said == "It works; 1 NeverBounce credits left"
