"""Signing in and out, where one goes on, being locked out, switching."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from billing import throttling
from tests.factories import people

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("billing:sign-in")


@pytest.fixture
def user():
    return people.rep(people.workspace(name="North"), user=people.user("ana@sample.example"))


def sign_in(client: Client, email: str = "ana@sample.example", password: str = people.PASSWORD, **data: str):
    return client.post(SIGN_IN, {"username": email, "password": password, "remember": "on", **data})


@pytest.mark.parametrize("email", ["ana@sample.example", "Ana@Sample.Example", " ana@sample.example "])
def test_sign_in_opens_home(client: Client, user, email: str) -> None:
    answer = sign_in(client, email)

    assert (answer.status_code, answer["Location"]) == (303, reverse("leads:home"))


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/leads/?grade=A", "/leads/?grade=A"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_sign_in_goes_on_only_to_pages_of_this_site(client: Client, user, asked: str, goes_to: str) -> None:
    answer = sign_in(client, next=asked)

    assert answer["Location"] == goes_to


@pytest.mark.parametrize(("email", "password"), [("ana@sample.example", "wrong"), ("nobody@sample.example", "wrong")])
def test_wrong_pair_gets_one_message_and_keeps_the_address(client: Client, user, email: str, password: str) -> None:
    answer = sign_in(client, email, password)

    assert answer.status_code == 422
    assert b"E-mail and password do not match." in answer.content
    assert email.encode() in answer.content
    assert password.encode() not in answer.content


def test_person_who_was_deactivated_cannot_sign_in(client: Client, user) -> None:
    user.is_active = False
    user.save()

    answer = sign_in(client)

    assert answer.status_code == 422


def test_session_not_remembered_ends_with_the_browser(client: Client, user) -> None:
    client.post(SIGN_IN, {"username": user.email, "password": people.PASSWORD})

    assert client.session.get_expire_at_browser_close()


def test_tenth_wrong_password_pauses_sign_in_and_says_how_long(client: Client, user) -> None:
    for _ in range(9):
        assert sign_in(client, password="wrong").status_code == 422

    paused = sign_in(client, password="wrong")

    assert paused.status_code == 429
    assert b"Try again in 15 minutes, at " in paused.content
    assert paused["Retry-After"] == "900"
    assert sign_in(client).status_code == 429


def test_pause_of_one_address_leaves_others_alone(client: Client, user) -> None:
    for _ in range(10):
        sign_in(client, "other@sample.example", "wrong")

    assert sign_in(client).status_code == 303


@pytest.mark.parametrize(
    "spelling",
    [
        "ANA@SAMPLE.EXAMPLE",
        " ana@sample.example ",
        "\uff41na@sample.example",
        "ana@s\u0430mple.example",
        "Ana@sample.example",
    ],
)
def test_pause_holds_for_every_spelling_of_the_address(client: Client, user, spelling: str) -> None:
    for _ in range(10):
        sign_in(client, password="wrong")

    assert sign_in(client, spelling).status_code != 303
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", [SIGN_IN, reverse("admin:login")], ids=["sign-in", "admin"])
def test_spellings_of_an_address_share_one_limit(client: Client, user, page: str) -> None:
    spellings = [user.email.title(), user.email.upper(), f" {user.email}", user.email.replace("a", "\uff41", 1)] * 3

    codes = [client.post(page, {"username": name, "password": "wrong"}).status_code for name in spellings]

    assert [code == 429 for code in codes] == [False] * 9 + [True] * 3


def test_one_place_that_tries_many_addresses_is_paused(client: Client, user, monkeypatch) -> None:
    monkeypatch.setattr(throttling, "MOST_FAILURES_FROM_ONE_PLACE", 6)
    codes = [sign_in(client, f"person{number}@sample.example", "wrong").status_code for number in range(8)]

    elsewhere = Client(REMOTE_ADDR="10.0.0.9")

    assert codes == [422] * 5 + [429] * 3
    assert sign_in(client).status_code == 429
    assert sign_in(elsewhere).status_code == 303


def test_session_over_inside_htmx_leads_to_sign_in_and_back_to_the_page(client: Client) -> None:
    page = "http://testserver/leads/?grade=A"

    answer = client.get("/leads/?grade=B", headers={"HX-Request": "true", "HX-Current-URL": page})

    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"{SIGN_IN}?next=/leads/%3Fgrade%3DA")
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(("method", "path"), [("get", "/frame/"), ("get", "/credits/"), ("post", "/leads/")])
def test_session_over_takes_nothing_away_that_is_being_typed(client: Client, method: str, path: str) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/leads/?grade=A"}

    answer = getattr(client, method)(path, headers=headers)

    told = json.loads(answer["HX-Trigger"])["toast"]
    assert (answer.status_code, answer["HX-Reswap"], answer.content) == (286, "none", b"")
    assert told["text"].startswith("You were signed out. What you entered is still here")
    assert told["url"] == f"{SIGN_IN}?next=/leads/%3Fgrade%3DA"


def test_session_that_is_over_is_told_and_the_page_kept(client: Client, user) -> None:
    client.force_login(user)
    client.session.flush()

    asked = client.get("/leads/?grade=A")
    page = client.get(asked["Location"]).content.decode()

    assert asked["Location"] == f"{SIGN_IN}?next=/leads/%3Fgrade%3DA&over=1"
    assert "You were signed out." in page
    assert 'name="next" value="/leads/?grade=A"' in page


def test_whoever_was_never_signed_in_was_not_signed_out(client: Client) -> None:
    page = client.get(client.get("/leads/")["Location"]).content.decode()

    assert "You were signed out." not in page
    assert "the page you asked for" in page


def test_whoever_opens_home_asked_for_no_page(client: Client) -> None:
    page = client.get(client.get("/")["Location"]).content.decode()

    assert "the page you asked for" not in page


@pytest.mark.parametrize(
    ("sender", "goes_to"),
    [("http://testserver/members/?page=2", "/members/%3Fpage%3D2"), ("https://evil.example/members/", "/"), ("", "/")],
)
def test_form_sent_after_the_session_leads_back_to_its_page(client: Client, sender: str, goes_to: str) -> None:
    answer = client.post(reverse("billing:invitation-create"), headers={"Referer": sender})

    assert answer["Location"] == f"{SIGN_IN}?next={goes_to}"


def test_sign_out_ends_the_session(client: Client, user) -> None:
    client.force_login(user)

    answer = client.post(reverse("billing:sign-out"))

    assert answer["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_switch_goes_to_another_workspace_of_ones_own(client: Client, user) -> None:
    south = people.workspace(name="South")
    people.membership(south, user=user)
    client.force_login(user)

    answer = client.post(reverse("billing:switch"), {"workspace": south.pk})

    assert answer.status_code == 303
    assert b"Who works in South" in client.get(reverse("billing:members")).content


@pytest.mark.parametrize("key", ["", "x", "999999", "²", "9" * 40, "9" * 5000])
def test_switch_to_nothing_is_not_found(client: Client, user, key: str) -> None:
    client.force_login(user)

    assert client.post(reverse("billing:switch"), {"workspace": key}).status_code == 404
