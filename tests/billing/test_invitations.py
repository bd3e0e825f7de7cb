"""Invitations: made, accepted once, revoked, too old."""

from datetime import UTC, datetime, timedelta

import pytest

from billing import invitations
from billing.invitations import InvitationClosed
from billing.membership import NotAllowed
from billing.models import AuditEvent, Invitation, Role
from tests.factories import people

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def workspace():
    return people.workspace()


def invite(workspace, role: str = Role.REP, **fields) -> tuple[Invitation, str]:
    return invitations.invite(workspace, role=role, **{"by": people.owner(workspace), "now": NOW} | fields)


def test_invited_becomes_a_member(workspace) -> None:
    _, token = invite(workspace, Role.MANAGER)
    user = people.user()

    member = invitations.accept(token, user, now=NOW)

    assert (member.user, member.workspace, member.role) == (user, workspace, Role.MANAGER)
    assert set(AuditEvent.objects.filter(verb__startswith="invitation").values_list("verb", flat=True)) == {
        "invitation.made",
        "invitation.accepted",
    }


def test_link_is_not_stored(workspace) -> None:
    made, token = invite(workspace)

    assert token not in str(Invitation.objects.filter(pk=made.pk).values().get())


def test_link_works_once(workspace) -> None:
    _, token = invite(workspace)
    invitations.accept(token, people.user(), now=NOW)

    with pytest.raises(InvitationClosed, match="used already"):
        invitations.accept(token, people.user(), now=NOW)


def test_link_ends_after_seven_days(workspace) -> None:
    _, token = invite(workspace)
    last_moment = NOW + timedelta(days=7)

    assert invitations.open_invitation(token, now=last_moment - timedelta(seconds=1))
    with pytest.raises(InvitationClosed, match="expired on"):
        invitations.open_invitation(token, now=last_moment)


def test_revoked_link_is_closed(workspace) -> None:
    made, token = invite(workspace)

    invitations.revoke(made, by=made.invited_by, now=NOW)

    with pytest.raises(InvitationClosed, match="taken back"):
        invitations.accept(token, people.user(), now=NOW)


def test_unknown_link_is_closed() -> None:
    with pytest.raises(InvitationClosed, match="not complete"):
        invitations.open_invitation("x", now=NOW)


def test_invitation_of_an_address_is_for_that_address(workspace) -> None:
    _, token = invite(workspace, email="Ana@Sample.example")

    with pytest.raises(InvitationClosed, match=r"is for ana@sample\.example"):
        invitations.accept(token, people.user("lars@sample.example"), now=NOW)
    assert invitations.accept(token, people.user("ana@sample.example"), now=NOW).is_active


def test_manager_cannot_invite_an_owner(workspace) -> None:
    with pytest.raises(NotAllowed):
        invite(workspace, Role.OWNER, by=people.manager(workspace))


def test_manager_cannot_revoke_the_invitation_of_an_owner(workspace) -> None:
    made, _ = invite(workspace, Role.OWNER)

    with pytest.raises(NotAllowed):
        invitations.revoke(made, by=people.manager(workspace), now=NOW)


def test_member_who_accepts_again_keeps_their_role(workspace) -> None:
    member = people.membership(workspace, Role.MANAGER)
    _, token = invite(workspace, Role.REP)

    again = invitations.accept(token, member.user, now=NOW)

    assert (again, again.role) == (member, Role.MANAGER)


def test_former_member_comes_back_in_the_role_of_the_invitation(workspace) -> None:
    member = people.membership(workspace, Role.MANAGER, is_active=False)
    _, token = invite(workspace, Role.REP)

    back = invitations.accept(token, member.user, now=NOW)

    assert (back, back.role, back.is_active) == (member, Role.REP, True)


def test_pending_shows_only_what_can_be_accepted(workspace) -> None:
    kept, _ = invite(workspace)
    revoked, _ = invite(workspace)
    invitations.revoke(revoked, by=revoked.invited_by, now=NOW)
    _, used = invite(workspace)
    invitations.accept(used, people.user(), now=NOW)
    invite(workspace, now=NOW - timedelta(days=8))
    invite(people.workspace())

    assert invitations.pending(workspace, now=NOW) == [kept]


def test_of_two_invitations_of_an_address_that_expired_the_newer_is_remembered(workspace) -> None:
    invite(workspace, email="late@invited.example")
    newer, _ = invite(workspace, email="late@invited.example")

    assert invitations.expired(workspace, now=NOW + timedelta(days=8)) == [newer]


def test_invitation_nobody_accepted_is_remembered_until_made_again(workspace) -> None:
    made, _ = invite(workspace, email="late@invited.example")
    invite(workspace)  # for anybody with the link: nobody to invite again
    after = NOW + timedelta(days=8)
    assert invitations.expired(workspace, now=NOW) == []
    assert invitations.expired(workspace, now=after) == [made]

    invite(workspace, email="late@invited.example", now=after)

    assert invitations.expired(workspace, now=after) == []
    assert invitations.expired(workspace, now=after + timedelta(days=60)) == []
