"""Whom a server puts off is asked again after 6, 20 and 65 minutes, by a fake clock, and charged only at the end."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from billing import ledger
from enrichment.models import EmailCheck
from enrichment.verdict import EmailVerdict
from leadengine.leased import LeaseState
from leadengine.workflows import dispatch, leases
from leadengine.workflows.settling_checks import Outcome, settle_checks
from leads.models import Activity, ActivityKind
from tests.factories import people, verification

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 3, 2, 12, tzinfo=UTC)
GREY = EmailVerdict("unknown", "greylisted", checked_at=NOON, retry_at=NOON + timedelta(minutes=6))


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def lead(clock):
    return verification.lead(verification.workspace(), email=verification.address("deliverable", is_grey=True))


def lines(lead) -> list[str]:
    return list(
        Activity.objects.filter(lead=lead, kind=ActivityKind.CHECKED).order_by("pk").values_list("text", flat=True)
    )


def test_server_that_puts_us_off_is_asked_again_and_then_answers(clock, lead):
    check = verification.done(lead)
    lead.refresh_from_db()
    before = (check.found.reason, check.asked_again_at, lead.email_status, check.charged)
    assert not dispatch.turn(now=timezone.now())

    clock.move_to(NOON + timedelta(minutes=6, seconds=1))
    assert dispatch.turn(now=timezone.now())

    check.refresh_from_db()
    lead.refresh_from_db()
    assert before == ("greylisted", NOON + timedelta(minutes=6), "unknown", 0)
    assert (check.state, lead.email_status, check.charged) == (LeaseState.DONE, "deliverable", Decimal("0.50"))
    assert [line.rpartition(". ")[2] for line in lines(lead)] == ["It is asked again later.", "0.5 credits."]


def test_after_three_retries_it_stays_unknown_and_free(clock, lead):
    check, waits = verification.queued(lead), []
    for _ in range(4):
        claimed = leases.claim(EmailCheck, now=timezone.now())
        settle_checks([Outcome(claimed, GREY)], now=timezone.now())
        check.refresh_from_db()
        waits.append(check.due_at - timezone.now())
        clock.move_to(check.due_at)

    assert [wait.total_seconds() / 60 for wait in waits[:3]] == [6, 20, 65]
    assert (check.state, check.found.status, check.found.retry_at) == (LeaseState.DONE, "unknown", None)
    assert ledger.balance(lead.workspace) == ledger.Balance(Decimal(10), Decimal(0))
    assert len(lines(lead)) == 2


def test_panel_says_when_it_is_asked_again(clock, lead, client):
    rep = people.rep(lead.workspace)
    verification.done(lead, by=rep)
    client.force_login(rep)

    answer = client.get(
        reverse("enrichment:email-check", args=[lead.pk]), {"waiting": 1}, headers={"HX-Request": "true"}
    )

    page = answer.content.decode()
    assert "asked again at" in page
    assert ">12:06</time>" in page
    assert "?waiting=later" in page
    assert "unknown so far" in answer["HX-Trigger"]
