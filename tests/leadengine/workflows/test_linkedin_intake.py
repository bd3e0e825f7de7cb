"""What LinkedIn's webhook tells becomes a lead once, or waits with a reason; over the loopback, by a worker's own turns."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from billing import ledger
from billing.models import Notification
from leadengine.leased import LeaseState
from leadengine.sandbox import linkedin as stand_in
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leadengine.sealing import seal
from leadengine.workflows import dispatch, linkedin_hook
from leadengine.workflows.linkedin import Choice, choose
from leadengine.workflows.linkedin_intake import used_this_month
from leads.models import Activity, Exclusion, Lead, LinkedInConnection, LinkedInEvent, Run, SourceAnswer
from leads.providers.linkedin_signing import Event
from leads.sources.social.linkedin import LinkedIn
from tests.factories import people, providers

pytestmark = pytest.mark.django_db

ADA = "sandbox-0000-1"  # the first of the world, Ada Abara of Amberfield
REVOKED = Trouble(Reply({"status": 401, "message": "Revoked"}, status=401))


@pytest.fixture
def workspace():
    return people.workspace(credits=100)


@pytest.fixture
def found(workspace) -> LinkedInConnection:
    return providers.linkedin_connection(workspace, "secret-4711", most_credits_a_month=Decimal(10), webhook="4711")


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.SANDBOX = True
    with serve(stand_in.script()) as script:
        monkeypatch.setattr(LinkedIn, "base_url", script.base_url)
        yield script


def told(found: LinkedInConnection, *responses: str, action: str = "CREATED") -> None:
    for response in responses:
        linkedin_hook.take(found, Event(response, action, timezone.now()), now=timezone.now())


def work() -> None:
    """A worker at everything that is due."""
    while dispatch.turn(now=timezone.now()):
        pass


def test_response_becomes_a_lead_that_is_paid_for_and_logged(found, workspace, server):
    told(found, ADA)

    work()

    lead = Lead.objects.of(workspace).get()
    assert (lead.full_name, lead.email, lead.source) == ("Ada Abara", "ada.abara@amberfield.example", "linkedin")
    assert Activity.objects.filter(lead=lead).exists()
    run = Run.objects.get()
    assert (run.name, run.state, run.found, run.delivered, run.spent) == ("LinkedIn: 1 response", "finished", 1, 1, 1)
    assert ledger.balance(workspace).available == 99
    assert [ask.path for ask in server.asked] == [f"/leadFormResponses/{ADA}", "/leadForms"]
    assert linkedin_hook.waiting(found) == 0
    assert not SourceAnswer.objects.exists()


def test_what_is_told_again_is_delivered_and_charged_once(found, workspace):
    told(found, ADA, ADA)
    work()
    LinkedInEvent.objects.all().delete()  # as after connecting anew

    told(found, ADA)
    work()

    assert Lead.objects.of(workspace).count() == 1
    assert ledger.balance(workspace).available == 99
    assert Exclusion.objects.get().reason == "already_known"


def test_responses_that_came_together_are_one_run_and_what_linkedin_has_not_is_left_out(found):
    told(found, ADA, "gone-at-linkedin", "sandbox-0004-1")

    work()

    assert Run.objects.get().delivered == 2
    assert set(LinkedInEvent.objects.values_list("state", flat=True)) == {LeaseState.DONE}


def test_without_a_word_on_credits_they_wait_and_a_word_takes_them_in(found, workspace):
    found.most_credits_a_month = None
    told(found, ADA)
    work()
    assert (Run.objects.count(), linkedin_hook.waiting(found)) == (0, 1)

    choice = Choice(found.account, "Sandbox ads", found.since, Decimal(5))
    choose(found, choice, by=found.connected_by, now=timezone.now())
    work()

    assert (Lead.objects.of(workspace).count(), linkedin_hook.waiting(found)) == (1, 0)


def test_months_cap_holds_and_is_told_once(found, workspace):
    found.most_credits_a_month = Decimal(1)
    found.save()
    told(found, ADA)
    work()
    told(found, "sandbox-0004-1", "sandbox-0007-1")

    work()
    dispatch.turn(now=timezone.now() + timedelta(hours=2))

    assert used_this_month(found, now=timezone.now()) == 1
    assert Lead.objects.of(workspace).count() == 1
    assert "are used" in linkedin_hook.why_waiting(found)
    assert Notification.objects.filter(kind="schedule_blocked").count() == 1


def test_short_of_credits_nothing_is_begun(found, workspace):
    ledger.hold(workspace, Decimal(100), key="all", by=found.connected_by, now=timezone.now())
    told(found, ADA)

    work()

    assert not Run.objects.exists()
    assert "0 are available" in linkedin_hook.why_waiting(found)


def test_permission_that_is_over_is_told_and_what_waits_comes_after_connecting_anew(found, workspace, server):
    server.always = REVOKED
    told(found, ADA)
    work()
    assert "refused the key" in linkedin_hook.why_waiting(found)
    assert "LinkedIn" in Notification.objects.get().title

    server.always = None
    found.sealed = seal('{"access": "a-new-token", "refresh": ""}')
    found.save()
    linkedin_hook.take_up(found, now=timezone.now())
    work()

    assert Lead.objects.of(workspace).count() == 1


def test_who_is_deleted_while_fetched_is_not_stored(found, workspace):
    told(found, ADA)
    told(found, ADA, action="DELETED")

    work()
    dispatch.turn(now=timezone.now() + timedelta(minutes=3))

    assert not Lead.objects.of(workspace).exists()
    assert not LinkedInEvent.objects.filter(state__in=("queued", "running")).exists()
