"""What operators do to runs and suppressions in the admin is done by the workflows."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from billing import ledger
from billing.models import AuditEvent
from leadengine.workflows.suppression import suppress_and_mark
from leads.models import Run, Suppression
from tests.factories import people, runs
from tests.fakes.workers import credits, provider, record, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def ops(client):
    operator = people.user(is_staff=True, is_superuser=True)
    client.force_login(operator)
    client.operator = operator
    return client


def act(client, name: str, action: str, *records: Any) -> list[str]:
    """Does the action to the records; what the admin says."""
    chosen = {"action": action, "_selected_action": [str(record.pk) for record in records]}
    answer = client.post(reverse(f"admin:{name}_changelist"), chosen)
    assert answer.status_code == 302
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_stop_returns_the_credits_and_names_the_operator(ops, monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(20)]):
        run = start(workspace, most_leads=20)
    over = runs.run(workspace, number=run.number + 1, state="finished")

    said = act(ops, "leads_run", "stop_runs", run, over)

    assert said == ["1 stopped; 1 had ended before."]
    assert list(Run.objects.order_by("number").values_list("state", flat=True)) == ["stopped", "finished"]
    assert (ledger.balance(workspace).held, ledger.balance(workspace).available) == (0, credits(50))
    assert AuditEvent.objects.filter(workspace_id=workspace.pk, actor_id=ops.operator.pk, verb="run.stopped").exists()


def test_lift_takes_entries_off_the_list_with_an_audit_line(ops):
    workspace = people.workspace()
    by, now = people.rep(workspace), timezone.now()
    for address in ("mira@ostra.example", "bo@fjell.example"):
        suppress_and_mark(workspace, "email", address, by=by, now=now)

    said = act(ops, "leads_suppression", "lift", *Suppression.objects.order_by("pk"))

    assert said == ["2 taken off the list."]
    assert not Suppression.objects.exists()
    assert AuditEvent.objects.filter(verb="suppression.removed", actor_id=ops.operator.pk).count() == 2


def test_suppression_shows_no_digest(ops):
    workspace = people.workspace()
    suppress_and_mark(workspace, "email", "mira@ostra.example", by=people.rep(workspace), now=timezone.now())
    entry = Suppression.objects.get()

    shown = ops.get(reverse("admin:leads_suppression_change", args=[entry.pk])).content.decode()

    assert bytes(entry.digest).hex()[:16] not in shown
    assert "mira@ostra.example" not in shown
