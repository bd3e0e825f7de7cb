"""The theme is a cookie set by a form; the way back stays on this site."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from leadengine.views.theme import theme
from tests.factories import people


def answer(rf: RequestFactory, headers: dict[str, str] | None = None, **data: str) -> HttpResponse:
    request = rf.post("/theme/", data, headers=headers)
    request.htmx = HtmxDetails(request)
    request.user = AnonymousUser()
    return theme(request)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_theme_is_remembered(rf: RequestFactory, name):
    response = answer(rf, theme=name, next="/leads/?page=2")

    assert response.status_code == 302
    assert response["Location"] == "/leads/?page=2"
    assert response.cookies["theme"].value == name


@pytest.mark.parametrize("name", ["", "pink"])
def test_anything_else_follows_the_system(rf: RequestFactory, name):
    response = answer(rf, theme=name)

    assert response.cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_stays_here(rf: RequestFactory, target):
    assert answer(rf, theme="dark", next=target)["Location"] == "/"


def test_reading_changes_nothing(rf: RequestFactory):
    assert theme(rf.get("/theme/")).status_code == 405


def test_htmx_gets_only_the_cookie(rf: RequestFactory):
    response = answer(rf, {"HX-Request": "true"}, theme="dark")

    assert response.status_code == 204
    assert response.cookies["theme"].value == "dark"


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("", "system"), ("pink", "system")])
def test_whoever_is_signed_in_keeps_the_theme_everywhere(client, chosen, kept):
    user = people.user()
    client.force_login(user)

    client.post("/theme/", {"theme": chosen})

    user.refresh_from_db()
    assert user.theme == kept
