"""Changing a password, and setting a new one by link."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from billing import reset_links
from tests.factories import people

pytestmark = pytest.mark.django_db

NEW = "quiet-lantern-77"


@pytest.fixture
def user():
    return people.rep(people.workspace(), user=people.user("ana@sample.example"))


def test_change_keeps_this_session_and_ends_the_others(client: Client, user) -> None:
    other = Client()
    other.force_login(user)
    client.force_login(user)
    data = {"old_password": people.PASSWORD, "new_password1": NEW, "new_password2": NEW}

    client.post(reverse("billing:password-change"), data)

    members = reverse("billing:members")
    assert (client.get(members).status_code, other.get(members).status_code) == (200, 302)


@pytest.mark.parametrize(
    "data",
    [
        {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW},
        {"old_password": people.PASSWORD, "new_password1": NEW, "new_password2": "another"},
        {"old_password": people.PASSWORD, "new_password1": "1234567890", "new_password2": "1234567890"},
    ],
    ids=["old one wrong", "typed differently", "weak"],
)
def test_bad_change_changes_nothing(client: Client, user, data) -> None:
    client.force_login(user)

    answer = client.post(reverse("billing:password-change"), data)

    user.refresh_from_db()
    assert answer.status_code == 422
    assert user.check_password(people.PASSWORD)


def test_link_sets_the_password_once(client: Client, user) -> None:
    path = reset_links.link(user)

    answer = client.post(path, {"password": NEW})

    user.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, reverse("billing:sign-in"))
    assert user.check_password(NEW)
    assert client.get(path).status_code == 410


def test_weak_password_by_link_is_refused(client: Client, user) -> None:
    answer = client.post(reset_links.link(user), {"password": "short"})

    assert answer.status_code == 422


def test_link_that_is_too_old_is_gone(client: Client, user, settings) -> None:
    path = reset_links.link(user)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert client.get(path).status_code == 410


@pytest.mark.parametrize(("code", "token"), [("x", "y"), ("MQ", "c0ffee-1"), ("gA", "a-b"), ("ICAg", "a-b")])
def test_made_up_link_is_gone(client: Client, user, code: str, token: str) -> None:
    assert client.get(reverse("billing:password-reset-confirm", args=[code, token])).status_code == 410


def test_without_a_mail_server_the_page_says_whom_to_ask(client: Client) -> None:
    answer = client.get(reverse("billing:password-reset"))

    assert b"A manager of your workspace can make a link for you" in answer.content


@pytest.mark.parametrize(("email", "sent"), [("ana@sample.example", 1), ("nobody@sample.example", 0)])
def test_mailed_link_works_and_nobody_learns_who_has_an_account(client: Client, user, settings, email, sent) -> None:
    settings.HAS_MAIL_SERVER = True

    answer = client.post(reverse("billing:password-reset"), {"email": email})

    assert answer["Location"] == reverse("billing:password-reset-sent")
    assert len(mail.outbox) == sent
    assert all("http://testserver/password/reset/" in each.body for each in mail.outbox)


def ask(client: Client, email: str) -> int:
    return client.post(reverse("billing:password-reset"), {"email": email}).status_code


@pytest.mark.parametrize("email", ["ana@sample.example", "nobody@sample.example"], ids=["known", "unknown"])
def test_fourth_link_for_an_address_within_the_hour_is_refused(client: Client, user, settings, email: str) -> None:
    settings.HAS_MAIL_SERVER = True

    codes = [ask(client, spelling) for spelling in (email, email.upper(), email, email.title())]

    assert codes == [303, 303, 303, 429]
    assert len(mail.outbox) == (3 if email == user.email else 0)


def test_place_that_asks_for_many_addresses_is_refused(client: Client, settings) -> None:
    settings.HAS_MAIL_SERVER = True

    codes = [ask(client, f"person{number}@sample.example") for number in range(21)]

    assert codes == [303] * 20 + [429]
    assert ask(Client(REMOTE_ADDR="10.0.0.9"), "person0@sample.example") == 303
