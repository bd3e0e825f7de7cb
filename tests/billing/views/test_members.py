"""The members page and its forms, for each role."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.models import AuditEvent, Membership, Role
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def owner(workspace):
    return people.membership(workspace, Role.OWNER)


@pytest.fixture
def rep(workspace):
    return people.membership(workspace, Role.REP, user=people.user("rosa@sample.example"))


def as_manager(client: Client, workspace) -> Client:
    client.force_login(people.manager(workspace))
    return client


def url(name: str, member: Membership) -> str:
    return reverse(f"billing:{name}", args=[member.pk])


def texts(answer) -> str:
    return answer.content.decode()


def test_rep_sees_the_team_but_no_form(client: Client, owner, rep) -> None:
    client.force_login(rep.user)

    page = texts(client.get(reverse("billing:members")))

    assert owner.user.email in page
    assert "Invite somebody" not in page
    assert url("member-edit", owner) not in page


def test_members_page_asks_as_often_for_many_as_for_few(
    client: Client, workspace, owner, django_assert_max_num_queries
) -> None:
    for _ in range(12):
        people.membership(workspace)
    client.force_login(owner.user)

    with django_assert_max_num_queries(16):
        client.get(reverse("billing:members"))


def test_manager_changes_role_and_limit(client: Client, workspace, owner, rep) -> None:
    answer = as_manager(client, workspace).post(url("member-edit", rep), {"role": "manager", "monthly_limit": "25.5"})

    rep.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, reverse("billing:members"))
    assert (rep.role, rep.monthly_limit) == (Role.MANAGER, Decimal("25.50"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"role": "rep", "monthly_limit": "-1"}, "greater than or equal to 0"),
        ({"role": "rep", "monthly_limit": "much"}, "Enter a number"),
        ({"role": "rep", "monthly_limit": "1.234"}, "2 decimal places"),
        ({"role": "rep", "monthly_limit": "NaN"}, "Enter a number"),
        ({"role": "owner", "monthly_limit": ""}, "not one of the available choices"),
        ({"role": "", "monthly_limit": ""}, "This field is required"),
    ],
    ids=["negative", "word", "three places", "not a number", "role beyond a manager", "nothing"],
)
def test_bad_input_gets_the_form_back_with_a_reason(client: Client, workspace, owner, rep, data, reason) -> None:
    answer = as_manager(client, workspace).post(url("member-edit", rep), data)

    assert answer.status_code == 422
    assert reason in texts(answer)
    assert Membership.objects.get(pk=rep.pk).monthly_limit is None


def test_last_owner_cannot_step_down(client: Client, owner) -> None:
    client.force_login(owner.user)

    answer = client.post(url("member-edit", owner), {"role": "rep", "monthly_limit": ""})

    assert answer.status_code == 422
    assert "This is the last owner." in texts(answer)


def test_manager_cannot_end_the_access_of_an_owner(client: Client, workspace, owner) -> None:
    answer = as_manager(client, workspace).post(url("member-deactivate", owner), follow=True)

    assert "Only an owner can change an owner." in texts(answer)
    assert Membership.objects.get(pk=owner.pk).is_active


def test_ended_access_ends_at_once_and_comes_back(client: Client, workspace, owner, rep) -> None:
    theirs = Client()
    theirs.force_login(rep.user)

    as_manager(client, workspace).post(url("member-deactivate", rep))
    without = theirs.get(reverse("billing:members")).status_code
    client.post(url("member-reactivate", rep))

    assert (without, theirs.get(reverse("billing:members")).status_code) == (403, 200)


def test_link_for_a_new_password_is_shown_and_audited(client: Client, workspace, owner, rep) -> None:
    answer = as_manager(client, workspace).post(url("member-reset-link", rep))

    assert "http://testserver/password/reset/" in texts(answer)
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.filter(verb="password.link_made", object_id=str(rep.pk)).exists()


def test_no_link_for_somebody_who_works_elsewhere_too(client: Client, workspace, owner, rep) -> None:
    people.membership(people.workspace(), user=rep.user)

    answer = as_manager(client, workspace).post(url("member-reset-link", rep), follow=True)

    assert "Only the operator of this server can make a link" in texts(answer)


def test_last_owner_is_told_that_it_stays(client: Client, workspace, owner) -> None:
    client.force_login(owner.user)
    assert "The last owner" in texts(client.get(url("member-edit", owner)))

    people.owner(workspace)

    assert "The last owner" not in texts(client.get(url("member-edit", owner)))


def test_team_shows_when_each_was_last_seen_not_when_they_signed_in(client: Client, owner, rep) -> None:
    Membership.objects.filter(pk=rep.pk).update(last_seen_at=timezone.now() - timedelta(hours=3))
    client.force_login(owner.user)

    page = texts(client.get(reverse("billing:members")))

    assert "Last seen" in page
    assert "3 h ago" in page
