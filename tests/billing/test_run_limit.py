"""The most credits a run may hold: who sets it, and that it is remembered who did."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing.membership import NotAllowed
from billing.models import AuditEvent, Role, Workspace
from billing.run_limit import set_run_limit
from tests.factories import people

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OWNER])
def test_manager_sets_and_takes_away_the_limit(role: str) -> None:
    workspace = people.workspace()
    by = people.membership(workspace, role).user

    set_run_limit(workspace, Decimal("25.00"), by=by, now=NOW)
    set_run_limit(workspace, None, by=by, now=NOW)

    assert Workspace.objects.get(pk=workspace.pk).most_credits_per_run is None
    events = AuditEvent.objects.filter(verb="workspace.run_limit", actor_id=by.pk).order_by("pk")
    assert [event.after["most_credits_per_run"] for event in events] == ["25.00", None]


def test_rep_may_not() -> None:
    workspace = people.workspace()

    with pytest.raises(NotAllowed):
        set_run_limit(workspace, Decimal(5), by=people.rep(workspace), now=NOW)


def test_same_limit_again_is_not_audited() -> None:
    workspace = people.workspace()

    for _ in range(2):
        set_run_limit(workspace, Decimal("5.00"), by=None, now=NOW)

    assert AuditEvent.objects.filter(verb="workspace.run_limit").count() == 1
