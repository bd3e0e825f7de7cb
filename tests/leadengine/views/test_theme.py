"""The theme is a cookie set by a form; the way back stays on this site."""

import pytest
from django.test import RequestFactory

from leadengine.views.theme import theme


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_theme_is_remembered(rf: RequestFactory, name):
    response = theme(rf.post("/theme/", {"theme": name, "next": "/leads/?page=2"}))

    assert response.status_code == 302
    assert response["Location"] == "/leads/?page=2"
    assert response.cookies["theme"].value == name


@pytest.mark.parametrize("name", ["", "pink"])
def test_anything_else_follows_the_system(rf: RequestFactory, name):
    response = theme(rf.post("/theme/", {"theme": name}))

    assert response.cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_stays_here(rf: RequestFactory, target):
    assert theme(rf.post("/theme/", {"theme": "dark", "next": target}))["Location"] == "/"


def test_reading_changes_nothing(rf: RequestFactory):
    assert theme(rf.get("/theme/")).status_code == 405
