"""Who may change whom, and the last owner."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing import membership
from billing.membership import NotAllowed
from billing.models import AuditEvent, Membership, Role
from tests.factories import people

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.mark.parametrize(
    ("actor", "subject", "role", "is_allowed"),
    [
        (Role.OWNER, Role.OWNER, Role.REP, True),
        (Role.OWNER, Role.REP, Role.OWNER, True),
        (Role.MANAGER, Role.REP, Role.MANAGER, True),
        (Role.MANAGER, Role.MANAGER, Role.REP, True),
        (Role.MANAGER, Role.REP, Role.OWNER, False),
        (Role.MANAGER, Role.OWNER, Role.REP, False),
        (Role.REP, Role.REP, Role.REP, False),
    ],
    ids=lambda value: str(value),
)
def test_roles_change_only_what_they_may(workspace, actor: str, subject: str, role: str, is_allowed: bool) -> None:
    people.owner(workspace)
    by = people.membership(workspace, actor).user
    member = people.membership(workspace, subject)

    def act() -> None:
        membership.change(member, role=role, monthly_limit=None, by=by, now=NOW)

    if is_allowed:
        act()
    else:
        with pytest.raises(NotAllowed):
            act()
    assert Membership.objects.get(pk=member.pk).role == (role if is_allowed else subject)


def test_operator_acts_as_an_owner(workspace) -> None:
    member = people.membership(workspace, Role.REP)

    membership.change(member, role=Role.OWNER, monthly_limit=None, by=people.user(is_staff=True), now=NOW)

    assert Membership.objects.get(pk=member.pk).role == Role.OWNER


def test_manager_of_another_workspace_is_nobody(workspace) -> None:
    member = people.membership(workspace, Role.REP)
    stranger = people.owner(people.workspace())

    with pytest.raises(NotAllowed, match="Ask a manager"):
        membership.change(member, role=Role.REP, monthly_limit=Decimal(5), by=stranger, now=NOW)


def test_last_owner_cannot_be_demoted(workspace) -> None:
    last = people.membership(workspace, Role.OWNER)

    with pytest.raises(NotAllowed, match="last owner"):
        membership.change(last, role=Role.MANAGER, monthly_limit=None, by=last.user, now=NOW)


def test_last_active_owner_cannot_be_deactivated(workspace) -> None:
    last = people.membership(workspace, Role.OWNER)
    people.membership(workspace, Role.OWNER, is_active=False)

    with pytest.raises(NotAllowed, match="last owner"):
        membership.deactivate(last, by=people.user(is_staff=True), now=NOW)


def test_owner_among_others_can_be_demoted(workspace) -> None:
    first, second = people.membership(workspace, Role.OWNER), people.membership(workspace, Role.OWNER)

    membership.change(first, role=Role.REP, monthly_limit=None, by=second.user, now=NOW)

    assert Membership.objects.get(pk=first.pk).role == Role.REP


def test_nobody_deactivates_themselves(workspace) -> None:
    manager = people.membership(workspace, Role.MANAGER)

    with pytest.raises(NotAllowed, match="yourself"):
        membership.deactivate(manager, by=manager.user, now=NOW)


def test_change_is_audited_with_before_and_after(workspace) -> None:
    member, owner = people.membership(workspace, Role.REP), people.owner(workspace)

    membership.change(member, role=Role.MANAGER, monthly_limit=Decimal("12.5"), by=owner, now=NOW)

    event = AuditEvent.objects.get(verb="member.changed")
    assert (event.actor_id, event.object_id, event.created_at) == (owner.pk, str(member.pk), NOW)
    assert event.before == {"role": "rep", "monthly_limit": None}
    assert event.after == {"role": "manager", "monthly_limit": "12.50"}


def test_change_to_the_same_is_not_audited(workspace) -> None:
    member, owner = people.membership(workspace, Role.REP), people.owner(workspace)

    membership.change(member, role=Role.REP, monthly_limit=None, by=owner, now=NOW)

    assert not AuditEvent.objects.filter(verb="member.changed").exists()


def test_former_member_comes_back_in_the_same_role(workspace) -> None:
    member, owner = people.membership(workspace, Role.MANAGER), people.owner(workspace)
    membership.deactivate(member, by=owner, now=NOW)

    back = membership.reactivate(member, by=owner, now=NOW)

    assert (back.is_active, back.role) == (True, Role.MANAGER)


def test_owner_who_cannot_sign_in_is_no_owner_to_leave_it_to(workspace) -> None:
    last = people.membership(workspace, Role.OWNER)
    people.membership(workspace, Role.OWNER, user=people.user(is_active=False))

    with pytest.raises(NotAllowed, match="last owner"):
        membership.change(last, role=Role.REP, monthly_limit=None, by=last.user, now=NOW)
