"""A verification from order to verdict: what stands on the lead, what is charged, and what comes twice."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing import ledger
from billing.ledger import InsufficientCredits
from billing.models import CreditEntry, EntryKind, Price, PriceKind
from enrichment.models import EmailCheck, Memory
from enrichment.remembering import learn_mailboxes
from enrichment.verdict import EmailVerdict
from leadengine.leased import LeaseState
from leadengine.workflows import dispatch, leases
from leadengine.workflows.checking_email import GAVE_UP, NOT_WANTED, verify_turn
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.settling_checks import (
    LATE_AGAIN,
    MOST_LATE,
    NEVER,
    TOO_LATE,
    Outcome,
    put_back,
    settle_checks,
)
from leadengine.workflows.verification import NotVerifiable, offer, start_check
from leads.models import Activity, FieldChange, Lead
from tests.factories import leads, people, verification

pytestmark = pytest.mark.django_db
CHARGES = [("deliverable", "0.50"), ("undeliverable", "0.50"), ("risky", "0.00"), ("unknown", "0.00")]


@pytest.fixture
def workspace():
    return verification.workspace()


def spent(workspace) -> Decimal:
    assert ledger.balance(workspace).held == 0
    return 10 - ledger.balance(workspace).posted


def verdict(**fields) -> EmailVerdict:
    given = {"status": "deliverable", "reason": "mailbox_accepted", "checked_at": timezone.now()}
    return EmailVerdict(**given | fields)


@pytest.mark.parametrize(("status", "charged"), CHARGES)
def test_verdict_stands_on_the_lead_and_only_certainty_is_charged(workspace, status, charged):
    lead = verification.lead(workspace, status)

    check = verification.done(lead)

    lead.refresh_from_db()
    assert (check.state, lead.email_status, check.found.status) == (LeaseState.DONE, status, status)
    assert (lead.email_checked_at, lead.email_score) == (check.found.checked_at, check.found.measured)
    assert check.charged == spent(workspace) == Decimal(charged)


def test_verdict_is_told_kept_as_a_change_and_scored(workspace):
    lead = verification.lead(workspace)

    check = verification.done(lead)

    change = FieldChange.objects.get(lead=lead, field="email_status")
    assert (change.before, change.after, change.by) == ("unchecked", "deliverable", check.by)
    assert Activity.objects.get(lead=lead).text.endswith("0.5 credits.")
    assert Lead.objects.get(pk=lead.pk).score.total > 0


def test_evidence_shows_what_the_server_said(workspace):
    check = verification.done(verification.lead(workspace, "undeliverable"))

    evidence = check.found.evidence
    assert evidence["dns"]["mx"]
    assert any("5.1.1" in line["text"] or line["code"] == 550 for line in evidence["smtp"][0]["transcript"])


def test_what_is_known_is_free_while_it_is_good(workspace):
    lead = verification.lead(workspace)
    first = verification.done(lead)

    again = verification.done(lead)
    EmailCheck.objects.update(verdict={**first.verdict, "expires_at": "2026-01-01T00:00:00+00:00"})
    late = verification.done(lead)

    assert [each.is_known for each in (first, again, late)] == [False, True, False]
    assert [each.charged for each in (first, again, late)] == [Decimal("0.50"), 0, Decimal("0.50")]


def test_same_key_and_a_second_click_are_one_order(workspace):
    lead, by, key = verification.lead(workspace), people.rep(workspace), uuid4()

    first = verification.queued(lead, by=by, key=key)
    twice = [verification.queued(lead, by=by, key=each) for each in (key, uuid4())]

    assert {each.pk for each in twice} == {first.pk}
    assert ledger.balance(workspace).held == Decimal("0.50")


def test_key_that_comes_after_the_end_asks_nothing_again(workspace):
    lead, by, key = verification.lead(workspace), people.rep(workspace), uuid4()
    first = verification.done(lead, by=by, key=key)

    assert verification.done(lead, by=by, key=key).pk == first.pk
    assert spent(workspace) == Decimal("0.50")


def test_worker_takes_what_is_queued(workspace):
    check = verification.queued(verification.lead(workspace))

    assert dispatch.turn(now=timezone.now())

    check.refresh_from_db()
    assert check.state == LeaseState.DONE


def test_worker_whose_lease_was_lost_writes_nothing(workspace):
    check = verification.queued(verification.lead(workspace))
    late = leases.claim(EmailCheck, now=timezone.now())
    leases.claim(EmailCheck, now=timezone.now() + timedelta(minutes=5))

    with pytest.raises(LeaseLost):
        settle_checks([Outcome(late, verdict())], now=timezone.now())

    assert CreditEntry.objects.filter(kind=EntryKind.CAPTURE).count() == 0
    assert EmailCheck.objects.get(pk=check.pk).state == LeaseState.RUNNING


def test_check_that_loses_its_worker_again_and_again_is_given_up_free(workspace):
    check = verification.queued(verification.lead(workspace))
    EmailCheck.objects.update(claimed=True, stalls=leases.MAX_STALLS, due_at=datetime(2026, 1, 1, tzinfo=UTC))

    dispatch.turn(now=timezone.now())

    check.refresh_from_db()
    assert (check.state, check.error) == (LeaseState.FAILED, GAVE_UP)
    assert spent(workspace) == 0


def test_check_whose_turn_does_not_come_waits_and_is_given_up_free_at_last(workspace):
    check = verification.queued(verification.lead(workspace))
    for late in range(MOST_LATE + 1):
        put_back(
            [leases.claim(EmailCheck, now=timezone.now() + late * LATE_AGAIN)], now=timezone.now() + late * LATE_AGAIN
        )
        check.refresh_from_db()
        if late == 0:
            first = (check.state, check.claimed, check.asked_again_at)

    assert first == (LeaseState.QUEUED, False, None)
    assert (check.state, check.error, spent(workspace)) == (LeaseState.FAILED, NEVER, 0)


def test_address_that_changed_meanwhile_gets_no_verdict_and_costs_nothing(workspace):
    lead = verification.lead(workspace)
    verification.queued(lead)
    Lead.objects.update(email="other@firm.example")

    verify_turn(leases.claim(EmailCheck, now=timezone.now()), batches=1)

    lead.refresh_from_db()
    assert (lead.email_status, spent(workspace)) == ("unchecked", 0)


def test_price_is_the_one_of_the_list(workspace):
    Price.objects.create(kind=PriceKind.EMAIL_CHECK, amount=Decimal("0.75"), valid_from=timezone.now())

    assert verification.done(verification.lead(workspace)).charged == Decimal("0.75")


def test_without_credits_nothing_happens():
    lead = verification.lead(verification.workspace(credits=0))
    by = people.rep(lead.workspace)

    with pytest.raises(InsufficientCredits):
        start_check(lead, key=uuid4(), by=by, now=timezone.now())

    assert offer(lead, by=by, now=timezone.now()).obstacle == "This needs 0.5 credits; 0 are available."
    assert EmailCheck.objects.count() == 0


def test_monthly_limit_is_an_obstacle(workspace):
    lead = verification.lead(workspace)
    by = people.membership(workspace, monthly_limit=Decimal("0.25")).user

    assert "limit of 0.25 credits a month" in offer(lead, by=by, now=timezone.now()).obstacle


@pytest.mark.parametrize(
    ("fields", "said"), [({"email": ""}, "No e-mail address"), ({"do_not_contact": True}, "not to be contacted")]
)
def test_who_cannot_be_verified_is_not(workspace, fields, said):
    lead = leads.lead(workspace, **fields)

    with pytest.raises(NotVerifiable, match=said):
        verification.queued(lead)


def test_invented_addresses_are_only_answered_in_the_sample(settings):
    elsewhere = verification.lead(people.workspace(credits=10))
    sample = verification.lead(verification.workspace())
    settings.SANDBOX = False

    for lead in (elsewhere, sample):
        with pytest.raises(NotVerifiable, match="invented"):
            verification.queued(lead)


def test_sandbox_tells_the_memory_nothing(workspace):
    check = verification.done(verification.lead(workspace))

    assert check.is_invented
    assert Memory.objects.count() == 0


def test_what_the_memory_knows_of_a_mailbox_is_free():
    lead = leads.lead(people.workspace(credits=10), email="ada@acme.com")
    yesterday, later = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=9)
    learned = verdict(normalized=lead.email, checked_at=yesterday, expires_at=later)
    learn_mailboxes([learned], now=yesterday)

    check = verification.done(lead)

    assert (check.found.status, check.is_known, check.charged) == ("deliverable", True, 0)
    assert spent(lead.workspace) == 0


def test_address_that_needs_no_server_to_be_refused_is_free(workspace):
    check = verification.queued(verification.lead(workspace))

    found = verdict(status="undeliverable", reason="syntax_invalid", checked_at=None)
    settle_checks([Outcome(leases.claim(EmailCheck, now=timezone.now()), found)], now=timezone.now())

    check.refresh_from_db()
    assert (check.state, check.charged, spent(workspace)) == (LeaseState.DONE, 0, 0)


def test_scores_of_all_are_locked_before_the_account(workspace):
    checks = [verification.queued(lead) for lead in verification.sharing(workspace)]
    claimed = [leases.claim(EmailCheck, now=timezone.now(), pk=check.pk) for check in checks]

    with CaptureQueriesContext(connection) as asked:
        settle_checks([Outcome(check, verdict()) for check in claimed], now=timezone.now())

    locks = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]]
    first = next(at for at, sql in enumerate(locks) if "scoring_leadscore" in sql)
    assert all(check.lead_id.hex in locks[first] for check in checks)
    assert first < next(at for at, sql in enumerate(locks) if "billing_creditaccount" in sql)


@pytest.mark.parametrize(
    "change", [{"do_not_contact": True}, {"email": "another@harbour.example"}], ids=["opted out", "changed"]
)
def test_whoever_is_not_wanted_any_more_by_then_is_not_asked_about_and_costs_nothing(workspace, change):
    lead = verification.lead(workspace)
    check = verification.queued(lead)
    Lead.objects.filter(pk=lead.pk).update(**change)

    dispatch.turn(now=timezone.now())

    check.refresh_from_db()
    assert (check.state, check.error, check.verdict) == (LeaseState.FAILED, NOT_WANTED, None)
    assert spent(workspace) == 0


MEANWHILE = [
    ("deliverable", "deliverable", "deliverable", "0.50"),
    ("undeliverable", "deliverable", "deliverable", "0.50"),
    ("deliverable", "unknown", "deliverable", "0.50"),
    ("risky", "deliverable", "deliverable", "0.50"),
    ("unknown", "unknown", "unknown", "0.00"),
]


@pytest.mark.parametrize(("first", "second", "told", "charged"), MEANWHILE)
def test_mailbox_that_two_orders_ask_for_at_once_is_charged_once(workspace, first, second, told, charged):
    checks = [verification.queued(lead) for lead in verification.sharing(workspace)]
    claimed = [leases.claim(EmailCheck, now=timezone.now(), pk=check.pk) for check in checks]
    until = timezone.now() + timedelta(days=9)

    for check, status in zip(claimed, (first, second), strict=True):
        settle_checks([Outcome(check, verdict(status=status, expires_at=until))], now=timezone.now())

    checks[1].refresh_from_db()
    assert (checks[1].state, checks[1].found.status) == (LeaseState.DONE, told)
    assert Lead.objects.get(pk=checks[1].lead_id).email_status == told
    assert spent(workspace) == Decimal(charged)


@pytest.mark.parametrize(
    "change", [{"do_not_contact": True}, {"email": "another@harbour.example"}], ids=["opted out", "changed"]
)
@pytest.mark.parametrize("is_put_off", [False, True], ids=["answered", "put off"])
def test_whoever_is_not_wanted_any_more_when_the_answer_comes_costs_nothing(workspace, change, is_put_off):
    lead = verification.lead(workspace)
    check = verification.queued(lead)
    claimed = leases.claim(EmailCheck, now=timezone.now())
    Lead.objects.filter(pk=lead.pk).update(**change)

    settle_checks([Outcome(claimed, verdict(retry_at=timezone.now() if is_put_off else None))], now=timezone.now())

    check.refresh_from_db()
    lead.refresh_from_db()
    assert (check.state, check.error, check.verdict) == (LeaseState.FAILED, TOO_LATE, None)
    assert (lead.email_status, spent(workspace)) == ("unchecked", 0)
