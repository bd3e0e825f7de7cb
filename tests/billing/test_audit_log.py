"""The audit as people read it."""

import pytest
from django.utils import timezone

from billing import auditing, membership
from billing.audit_log import GROUPS, audit_lines, changes, events
from billing.audit_words import VERBS
from billing.models import AuditEvent
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"role": "rep"}, {"role": "manager"}, ("role: Sales rep → Manager",)),
        ({"role": "rep", "limit": None}, {"role": "rep", "limit": "50"}, ("limit: none → 50",)),
        ({"is_active": True}, {"is_active": False}, ("active: yes → no",)),
        ({}, {"amount": "100.00", "key": "grant:1", "note": ""}, ("100 credits",)),
        ({"most": "5"}, {"most": None}, ("most: 5 → none",)),
        ({}, {"weights": [1, 2]}, ()),
        ({}, {}, ()),
    ],
    ids=["role", "limit", "flag", "new", "taken away", "structure", "nothing"],
)
def test_changes_are_told_and_identifiers_are_not(before, after, told):
    assert changes(AuditEvent(before=before, after=after)) == told


def test_groups_name_only_verbs_that_are_worded():
    starts = [start for _, starts in GROUPS.values() for start in starts]

    assert all(any(verb.startswith(start) for start in starts) for verb in VERBS)


def test_events_are_of_one_group_and_one_person():
    workspace = people.workspace(credits=5)
    manager, member = people.manager(workspace), people.membership(workspace)
    membership.deactivate(member, by=manager, now=timezone.now())
    auditing.record("run.started", workspace_id=workspace.pk, by=member.user, obj=None, now=timezone.now())

    found = audit_lines(list(events(workspace, group="people", actor_id=manager.pk)), {})

    assert [(line.what, line.who) for line in found] == [("Ended a member's access", manager.name)]
    assert [event.verb for event in events(workspace, group="credits")] == ["credits.granted", "workspace.created"]
