"""Operators look at verifications, and have them asked for again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enrichment.models import EmailCheck, OutsideAnswer
from leadengine.leased import LeaseState
from tests.factories import people, verification

pytestmark = pytest.mark.django_db

LIST = reverse("admin:enrichment_emailcheck_changelist")


@pytest.fixture
def ops(client):
    client.force_login(people.user(is_staff=True, is_superuser=True))
    return client


def retried(ops, check) -> str:
    return ops.post(LIST, {"action": "retry", "_selected_action": [check.pk]}, follow=True).content.decode()


def test_one_that_waits_is_asked_at_once(ops):
    check = verification.queued(verification.lead(verification.workspace()))
    EmailCheck.objects.update(due_at=timezone.now() + timedelta(hours=1))

    assert "1 will be asked for again." in retried(ops, check)

    check.refresh_from_db()
    assert check.due_at <= timezone.now()


def test_one_that_failed_is_ordered_anew(ops):
    check = verification.queued(verification.lead(verification.workspace()))
    EmailCheck.objects.update(state=LeaseState.FAILED)

    retried(ops, check)

    assert EmailCheck.objects.filter(lead=check.lead, state=LeaseState.QUEUED).count() == 1


def test_what_cannot_be_is_said(ops):
    check = verification.queued(verification.lead(verification.workspace(credits=0.5)))
    EmailCheck.objects.update(state=LeaseState.FAILED)

    assert "1 not: This needs 0.50 credits" in retried(ops, check)


def test_list_is_searched_by_address(ops):
    check = verification.queued(verification.lead(verification.workspace()))

    assert check.email in ops.get(LIST, {"q": check.email}).content.decode()
    assert check.email not in ops.get(LIST, {"q": "nobody@harbour.example"}).content.decode().split("results")[-1]


def test_answer_of_a_provider_is_shown_without_what_would_find_the_person(ops):
    told = {"provider": "zerobounce", "subject": "a-keyed-hash", "facts": {"said": "catch-all"}}
    row = OutsideAnswer.objects.create(workspace=people.workspace(), expires_at=timezone.now(), **told)
    address = "admin:enrichment_outsideanswer_{}"
    pages = [reverse(address.format("changelist")), reverse(address.format("change"), args=[row.pk])]

    shown = [ops.get(page).content.decode() for page in pages]

    assert all("catch-all" in each and "a-keyed-hash" not in each for each in shown)
