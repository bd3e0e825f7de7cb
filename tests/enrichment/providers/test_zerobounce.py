"""ZeroBounce: each of its words in our terms, what it charges, and its errors inside a status of 200."""

import pytest

from enrichment.providers.zerobounce import ZeroBounce, opinion_of
from leadengine.http import Unanswered
from leadengine.outcomes import Outcome
from leadengine.sandbox import zerobounce as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.sources.door import open_door

# The words of the specification: its status, its sub-status, our reason, our status.
WORDS = [
    ("valid", "", "verifier_confirmed", "deliverable"),
    ("valid", "alias_address", "verifier_confirmed", "deliverable"),
    ("valid", "leading_period_removed", "verifier_confirmed", "deliverable"),
    ("valid", "gold", "verifier_confirmed", "deliverable"),
    ("valid", "allowed", "verifier_confirmed", "deliverable"),
    ("valid", "alternate", "verifier_confirmed", "deliverable"),
    ("valid", "ai_agent_mailbox", "verifier_confirmed", "deliverable"),
    ("valid", "accept_all", "accept_all", "risky"),
    ("valid", "role_based_accept_all", "accept_all", "risky"),
    ("catch-all", "", "accept_all", "risky"),
    ("catch-all", "accept_all", "accept_all", "risky"),
    ("catch-all", "role_based_catch_all", "accept_all", "risky"),
    ("invalid", "", "verifier_denied", "undeliverable"),
    ("invalid", "mailbox_not_found", "mailbox_not_found", "undeliverable"),
    ("invalid", "no_dns_entries", "no_mail_route", "undeliverable"),
    ("invalid", "does_not_accept_mail", "null_mx", "undeliverable"),
    ("invalid", "failed_syntax_check", "syntax_invalid", "undeliverable"),
    ("invalid", "mailbox_quota_exceeded", "mailbox_full", "risky"),
    ("invalid", "possible_typo", "typo_suspected", "risky"),
    ("invalid", "unroutable_ip_address", "unsafe_address", "unknown"),
    ("do_not_mail", "disposable", "disposable", "risky"),
    ("do_not_mail", "possible_trap", "spamtrap_suspected", "risky"),
    ("do_not_mail", "role_based", "do_not_mail", "risky"),
    ("do_not_mail", "toxic", "do_not_mail", "risky"),
    ("do_not_mail", "global_suppression", "do_not_mail", "risky"),
    ("do_not_mail", "mx_forward", "do_not_mail", "risky"),
    ("spamtrap", "", "spamtrap_suspected", "risky"),
    ("abuse", "", "do_not_mail", "risky"),
    ("unknown", "greylisted", "greylisted", "unknown"),
    ("unknown", "antispam_system", "ip_blocked", "unknown"),
    ("unknown", "blocked", "ip_blocked", "unknown"),
    ("unknown", "mail_server_temporary_error", "server_busy", "unknown"),
    ("unknown", "forcible_disconnect", "disconnected", "unknown"),
    ("unknown", "mail_server_did_not_respond", "smtp_timeout", "unknown"),
    ("unknown", "timeout_exceeded", "smtp_timeout", "unknown"),
    ("unknown", "failed_smtp_connection", "connect_timeout", "unknown"),
    ("unknown", "exception_occurred", "dns_servfail", "unknown"),
    ("unknown", "", "unclear_reply", "unknown"),
    ("a word of next year", "a new one", "unclear_reply", "unknown"),
]


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script(credits=2)) as script:
        yield script


def ask(script, email="valid@acme.example", key="k3y-0815-zero"):
    checker = ZeroBounce(script.base_url)
    return checker.ask(open_door(checker, 0, key=key), email)


@pytest.mark.parametrize(("said", "more", "reason", "status"), WORDS)
def test_word_in_our_terms_and_unknown_is_free(said, more, reason, status):
    found = opinion_of({"status": said, "sub_status": more})

    assert (found.reason, found.status) == (reason, status)
    assert found.credits == (said in {"valid", "invalid", "catch-all", "do_not_mail", "spamtrap", "abuse"})


def test_flags_and_likelier_spelling_are_read():
    answer = {"status": "do_not_mail", "sub_status": "role_based", "free_email": True, "did_you_mean": "info@acme.com"}

    found = opinion_of(answer)

    assert (found.flags, found.suggestion) == ({"role", "free"}, "info@acme.com")


@pytest.mark.django_db
def test_key_travels_as_parameter_and_never_into_a_message(script):
    script.troubles = [Trouble(Reply({"error": "Nonsense in k3y-0815-zero"}))]

    with pytest.raises(Unanswered) as refusal:
        ask(script)

    assert script.asked[0].one("api_key") == "k3y-0815-zero"
    assert "k3y-0815" not in str(refusal.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "credits", "outcome"),
    [(sandbox.BAD_KEY, 2, Outcome.KEY_REFUSED), ("k3y-0815-zero", 0, Outcome.OUT_OF_CREDITS)],
)
def test_one_sentence_for_two_errors_is_told_apart_by_the_credits(settings, key, credits, outcome):
    settings.SANDBOX = True
    with serve(sandbox.script(credits=credits)) as script, pytest.raises(Unanswered) as refusal:
        ask(script, key=key)

    assert refusal.value.outcome == outcome


@pytest.mark.django_db
def test_question_that_is_paid_for_is_not_asked_twice(script):
    script.troubles = [Trouble(is_cut=True)]

    with pytest.raises(Unanswered):
        ask(script)

    assert len(script.asked) == 1


@pytest.mark.django_db
def test_test_of_the_key_tells_the_credits_left(script):
    for email in ("valid@acme.example", "unknown@acme.example"):
        ask(script, email)

    assert ZeroBounce(script.base_url).test_key("k3y-0815-zero").said == "It works; 1 ZeroBounce credits left"
