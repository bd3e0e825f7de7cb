"""What was kept long enough is erased a few at a time, once, and suppresses nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing.audit_log import audit_lines
from billing.models import AuditEvent
from leadengine.workflows.retaining import BATCH, apply_retention, retain
from leadengine.workflows.sweeping import sweep
from leads.models import Lead, LeadIdentity, Suppression
from tests import commands
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def old(workspace, number: int = 1) -> list[Lead]:
    """Leads of a year ago."""
    then = NOW - timedelta(days=365)
    return [leads.lead(workspace, phone="+4930123456", created_at=then, updated_at=then) for _ in range(number)]


@pytest.fixture
def workspace():
    made = people.workspace(retention_days=100)
    people.owner(made)
    return made


def test_stub_is_left_that_says_why_and_nobody_is_suppressed(workspace):
    [lead] = old(workspace)

    assert apply_retention(workspace, now=NOW) == 1

    lead.refresh_from_db()
    assert (lead.erased_at, lead.erased_for, lead.email, lead.do_not_contact) == (NOW, "retention", "", False)
    assert not Suppression.objects.exists()
    assert not LeadIdentity.objects.filter(lead=lead).exists()


def test_number_is_audited_and_a_second_time_nothing_happens(workspace):
    old(workspace, 2)

    done = [apply_retention(workspace, now=NOW) for _ in range(2)]

    assert done == [2, 0]
    event = AuditEvent.objects.get(verb="retention.applied")
    assert (event.workspace_id, event.after) == (workspace.pk, {"leads": 2, "days": 100})
    [line] = audit_lines([event], {})
    assert (line.who, set(line.changes)) == ("The system", {"2 leads", "kept for more than 100 days"})


def test_no_more_than_a_batch_is_taken_over_all_workspaces(workspace):
    old(workspace, 2)
    old(people.workspace(retention_days=100), 2)

    done = [retain(now=NOW, most=3), retain(now=NOW, most=3)]

    assert done == [3, 1]


def test_kept_for_ever_is_kept(workspace):
    old(people.workspace(), 1)

    assert retain(now=NOW) == 0


def test_sweep_of_the_worker_erases(workspace):
    old(workspace, 1)

    assert sweep(now=NOW)["leads"] == 1


def test_command_counts_without_erasing(workspace):
    old(workspace, 2)

    data = commands.data("apply_retention", "--workspace", workspace.slug, "--dry-run", "--days", "400")

    assert data == {"workspace": workspace.slug, "retention_days": 400, "due": 0, "erased": 0}
    assert commands.data("apply_retention", "--workspace", workspace.slug, "--dry-run")["due"] == 2
    workspace.refresh_from_db()
    assert (workspace.retention_days, Lead.objects.living().count()) == (100, 2)


def test_command_erases_all_batch_by_batch(workspace):
    old(workspace, BATCH + 1)

    data = commands.data("apply_retention", "--workspace", workspace.slug)

    assert (data["due"], data["erased"]) == (BATCH + 1, BATCH + 1)


def test_one_go_ends_in_time_and_has_still_got_on(workspace):
    old(workspace, 2)

    done = [retain(now=NOW, seconds=0) for _ in range(3)]

    assert done == [1, 1, 0]


@pytest.mark.parametrize(("given", "stored"), [("forever", None), ("90", 90)])
def test_command_sets_how_long(workspace, given, stored):
    commands.data("apply_retention", "--workspace", workspace.slug, "--days", given)

    workspace.refresh_from_db()
    assert workspace.retention_days == stored


@pytest.mark.parametrize("days", ["29", "3651", "soon", "-40"])
def test_odd_number_of_days_is_refused(workspace, days):
    assert "30 to 3650" in commands.refused("apply_retention", "--workspace", workspace.slug, f"--days={days}")
