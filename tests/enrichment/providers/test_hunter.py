"""Hunter's verifier: each of its words in our terms, what it charges, and what it is still working on."""

from decimal import Decimal

import pytest

from enrichment.providers.contract import StillChecking
from enrichment.providers.hunter import HunterVerifier, opinion_of
from leadengine.http import Answer, Unanswered
from leadengine.outcomes import Outcome
from leadengine.sandbox import hunter as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leadengine.workflows.providers import installed
from leads.sources.door import open_door

# What the specification names: its status and what stands beside it, our reason, our status.
WORDS = {
    "valid": ({"status": "valid"}, "verifier_confirmed", "deliverable"),
    "invalid": ({"status": "invalid", "regexp": True, "mx_records": True}, "verifier_denied", "undeliverable"),
    "no address": ({"status": "invalid", "regexp": False, "mx_records": False}, "syntax_invalid", "undeliverable"),
    "no mail there": ({"status": "invalid", "regexp": True, "mx_records": False}, "no_mail_route", "undeliverable"),
    "takes anybody": ({"status": "accept_all", "accept_all": True}, "accept_all", "risky"),
    "webmail": ({"status": "webmail", "webmail": True}, "provider_unverifiable", "risky"),
    "disposable": ({"status": "disposable", "disposable": True}, "disposable", "risky"),
    "unknown": ({"status": "unknown", "block": False}, "unclear_reply", "unknown"),
    "turned away": ({"status": "unknown", "block": True}, "ip_blocked", "unknown"),
    "new word": ({"status": "a word of next year"}, "unclear_reply", "unknown"),
}


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script(credits=2)) as script:
        yield script


def ask(script, email="valid@acme.example", key="k3y-0815-hunter"):
    checker = HunterVerifier(script.base_url)
    return checker.ask(open_door(checker, 0, key=key), email)


@pytest.mark.parametrize(("data", "reason", "status"), WORDS.values(), ids=WORDS)
def test_word_in_our_terms(data, reason, status):
    found = opinion_of(Answer(Outcome.OK, 200, {"data": data}, {}))

    assert (found.reason, found.status, found.said) == (reason, status, data["status"])
    assert found.credits == Decimal("0.5")


@pytest.mark.parametrize("data", [None, [], {}, {"data": None}, {"data": {"status": None}}], ids=str)
def test_answer_without_a_status_is_none(data):
    with pytest.raises(Unanswered, match="could not be read"):
        opinion_of(Answer(Outcome.OK, 200, data, {}))


def test_flags_are_read():
    found = opinion_of(Answer(Outcome.OK, 200, {"data": {"status": "webmail", "webmail": True}}, {}))

    assert found.flags == {"free"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "reason", "more"),
    [("smtp@acme.example", "unclear_reply", "smtp_failed"), ("claimed@acme.example", "not_checked", "restricted")],
)
def test_no_verdict_is_unknown_and_free(script, email, reason, more):
    found = ask(script, email)

    assert (found.status, found.reason, found.more, found.credits) == ("unknown", reason, more, 0)


@pytest.mark.django_db
def test_answer_to_come_is_fetched_later_and_paid_once(script):
    with pytest.raises(StillChecking, match="still checking"):
        ask(script, "slow@acme.example")
    assert HunterVerifier(script.base_url).test_key("k3y").credits_left == 2

    assert ask(script, "slow@acme.example").credits == Decimal("0.5")

    assert HunterVerifier(script.base_url).test_key("k3y").credits_left == Decimal("1.5")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "credits", "outcome"),
    [(sandbox.BAD_KEY, 2, Outcome.KEY_REFUSED), ("k3y", 0, Outcome.OUT_OF_CREDITS)],
)
def test_refusal_is_told_apart(settings, key, credits, outcome):
    settings.SANDBOX = True
    with serve(sandbox.script(credits=credits)) as script, pytest.raises(Unanswered) as refusal:
        ask(script, key=key)

    assert refusal.value.outcome == outcome


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", [Trouble(is_cut=True), Trouble(Reply({}, 503))], ids=["cut", "down"])
def test_question_that_is_paid_for_is_asked_once_in_a_turn(script, trouble):
    script.troubles = [trouble]

    with pytest.raises(Unanswered):
        ask(script)

    assert len(script.asked) == 1


@pytest.mark.django_db
def test_key_and_address_reach_no_message(script):
    script.troubles = [Trouble(Reply({"errors": [{"details": "k3y-0815-hunter: valid@acme.example?"}]}, 400))]

    with pytest.raises(Unanswered) as refusal:
        ask(script)

    assert script.asked[0].headers["x-api-key"] == "k3y-0815-hunter"
    assert "k3y-0815" not in str(refusal.value)
    assert "valid@" not in str(refusal.value)


def test_provider_that_finds_leads_is_shown_as_that_and_says_what_else_its_key_is_asked_for():
    shown = installed()["hunter"]

    assert (shown.kind, "second opinions" in shown.also) == ("email_provider", True)
