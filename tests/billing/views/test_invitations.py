"""Invitations by link: shown once, accepted by somebody new or signed in, revoked."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing import invitations
from billing.models import Invitation, Membership, Role, User
from tests.factories import people

pytestmark = pytest.mark.django_db

NEWCOMER = {"email": "lars@sample.example", "first_name": "Lars", "last_name": "Eriksen", "password": people.PASSWORD}


@pytest.fixture
def workspace():
    return people.workspace(name="North")


@pytest.fixture
def manager(client: Client, workspace):
    people.owner(workspace)
    client.force_login(people.manager(workspace))
    return client


def link(manager: Client, **data: str) -> str:
    """The path of the link of a new invitation, read from the page that shows it."""
    page = manager.post(reverse("billing:invitation-create"), {"role": "rep", **data}, follow=True)
    return re.search(r"http://testserver(/join/[^\"]+/)", page.content.decode())[1]


def test_link_is_shown_once(manager: Client) -> None:
    shown = link(manager)

    assert shown not in manager.get(reverse("billing:members")).content.decode()


@pytest.mark.parametrize("data", [{"role": "owner"}, {"role": "rep", "email": "not an address"}, {}])
def test_bad_invitation_is_refused(manager: Client, data) -> None:
    answer = manager.post(reverse("billing:invitation-create"), data)

    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_newcomer_joins_and_is_signed_in(manager: Client, workspace) -> None:
    visitor = Client()

    answer = visitor.post(link(manager, role="manager"), NEWCOMER)

    member = Membership.objects.get(user__email="lars@sample.example")
    assert (answer.status_code, answer["Location"]) == (303, reverse("leads:home"))
    assert (member.workspace, member.role) == (workspace, Role.MANAGER)
    assert visitor.session["_auth_user_id"] == str(member.user_id)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"email": "nowhere"}, "valid email"),
        ({"first_name": ""}, "required"),
    ],
)
def test_newcomer_with_bad_input_makes_no_account(manager: Client, changed, reason: str) -> None:
    answer = Client().post(link(manager), NEWCOMER | changed)

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not User.objects.filter(first_name="Lars").exists()


def test_address_with_an_account_is_asked_to_sign_in(manager: Client) -> None:
    people.user("lars@sample.example")

    answer = Client().post(link(manager), NEWCOMER | {"email": "LARS@sample.example"})

    assert "has an account already" in answer.content.decode()


def test_named_address_cannot_be_changed(manager: Client) -> None:
    path = link(manager, email="ana@sample.example")

    Client().post(path, NEWCOMER)

    assert list(Membership.objects.filter(user__first_name="Lars").values_list("user__email")) == [
        ("ana@sample.example",)
    ]


def test_signed_in_person_joins_by_one_click_and_is_there(manager: Client, workspace) -> None:
    path, theirs = link(manager), Client()
    theirs.force_login(people.rep(people.workspace(name="South")))

    question = theirs.get(path)
    theirs.post(path)

    assert "Join North?" in question.content.decode()
    assert "Who works in North" in theirs.get(reverse("billing:members")).content.decode()


def test_looking_at_an_invitation_accepts_nothing(manager: Client) -> None:
    path, theirs = link(manager), Client()
    theirs.force_login(people.user())

    theirs.get(path)

    assert Invitation.objects.get().accepted_at is None


def test_used_link_is_gone(manager: Client) -> None:
    path = link(manager)
    Client().post(path, NEWCOMER)

    answer = Client().get(path)

    assert answer.status_code == 410
    assert "used already" in answer.content.decode()


def test_revoked_invitation_is_gone(manager: Client) -> None:
    path = link(manager)

    manager.post(reverse("billing:invitation-revoke", args=[Invitation.objects.get().pk]))

    assert Client().get(path).status_code == 410


def test_invitation_of_an_address_that_is_too_long_is_refused(manager: Client) -> None:
    answer = manager.post(reverse("billing:invitation-create"), {"role": "rep", "email": f"{'a' * 60}@{'b.' * 100}de"})

    assert answer.status_code == 422


def test_revoking_is_asked_in_a_dialog_that_names_whom(client, manager, workspace):
    boss = people.manager(workspace)
    invitations.invite(workspace, email="new@ostra.example", role="rep", by=boss, now=timezone.now())

    page = client.get(reverse("billing:members")).content.decode()

    assert "Revoke the invitation of new@ostra.example?</h2>" in page
