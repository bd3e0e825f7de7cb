"""Who sees a saved search is asked in a dialog that names them, and settled with or without script."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from leads.models import SavedSearch
from tests.factories import people, runs

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def saved(client, workspace) -> SavedSearch:
    """One's own."""
    user = people.rep(workspace)
    client.force_login(user)
    return runs.saved_search(workspace, created_by=user, name="Pumps")


def url(saved: SavedSearch) -> str:
    return reverse("leads:search-share", args=[saved.pk])


def test_dialog_names_who_would_see_it_and_has_the_link(client, workspace, saved):
    other = people.rep(workspace)

    page = client.get(f"{url(saved)}?listed=on", headers=HTMX).content.decode()

    assert "<html" not in page
    assert f"Only {saved.created_by.name} sees it." in page
    assert other.name in page
    assert f'value="http://testserver{reverse("leads:search-detail", args=[saved.pk])}"' in page
    assert f'hx-target="#search-{saved.pk}"' in page


def test_without_script_it_is_a_page_with_a_plain_form(client, saved):
    page = client.get(url(saved)).content.decode()

    assert "<h1>Share it</h1>" in page
    assert "hx-post" not in page.split('<div class="card schedule">')[1]


def test_sharing_swaps_the_row_and_can_be_taken_back(client, saved):
    answer = client.post(url(saved), {"share": "on"}, headers=HTMX)

    saved.refresh_from_db()
    assert saved.is_shared
    assert f'<li id="search-{saved.pk}">' in answer.content.decode()
    undo = json.loads(answer["HX-Trigger-After-Settle"])["toast"]["undo"]
    back = client.post(undo["url"], undo["values"], headers=HTMX)
    saved.refresh_from_db()
    assert not saved.is_shared
    assert "searches-changed" in back["HX-Trigger"]


def test_managers_row_goes_when_the_search_is_private_to_another(client, workspace, saved):
    SavedSearch.objects.filter(pk=saved.pk).update(is_shared=True)
    client.force_login(people.manager(workspace))

    answer = client.post(url(saved), {"share": ""}, headers=HTMX)

    assert answer.content == b""
