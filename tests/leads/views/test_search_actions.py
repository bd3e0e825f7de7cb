"""What is done with a saved search inside the list swaps its row, and what is taken back renews the list."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from leads.models import SavedSearch
from tests.factories import directory, people, runs

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
LIST = reverse("leads:search-list")


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def saved(client, workspace) -> SavedSearch:
    """One's own."""
    user = people.rep(workspace)
    client.force_login(user)
    return runs.saved_search(workspace, created_by=user, name="Pumps")


def act(client, name: str, saved: SavedSearch, **fields: str):
    return client.post(reverse(f"leads:search-{name}", args=[saved.pk]), fields, headers=HTMX)


def told(answer) -> dict:
    """The toast that comes with the answer."""
    names = ("HX-Trigger", "HX-Trigger-After-Settle")
    return next(json.loads(answer[name])["toast"] for name in names if "toast" in answer.get(name, ""))


def test_copy_stands_below_its_model_and_takes_the_focus(client, saved):
    page = act(client, "duplicate", saved)

    copy = SavedSearch.objects.exclude(pk=saved.pk).get()
    body = page.content.decode()
    assert body.index(f'id="search-{saved.pk}"') < body.index(f'id="search-{copy.pk}"') < body.index("autofocus")
    assert told(page)["url"].endswith(f"?saved={copy.pk}")
    assert "<html" not in body


def test_deleted_row_is_gone_and_comes_back_by_its_undo(client, workspace, saved):
    runs.saved_search(workspace, created_by=saved.created_by)
    answer = act(client, "delete", saved)
    undo = told(answer)["undo"]

    back = client.post(undo["url"], undo["values"], headers=HTMX)

    assert (answer.status_code, answer.content) == (200, b"")
    assert "searches-changed" not in answer["HX-Trigger"]
    assert "searches-changed" in back["HX-Trigger"]
    assert SavedSearch.objects.filter(name="Pumps").exists()


def test_last_one_deleted_makes_room_for_the_templates(client, saved):
    answer = act(client, "delete", saved)

    assert "searches-changed" in answer["HX-Trigger"]
    page = client.get(LIST, headers=HTMX).content.decode()
    assert page.count("?stock=") >= 3
    assert "<html" not in page


def test_schedule_is_paused_in_its_row(client, saved):
    runs.schedule(saved)

    answer = act(client, "schedule-pause", saved, pause="on", listed="on")

    assert "Resume the schedule" in answer.content.decode()
    undo = told(answer)["undo"]
    back = client.post(undo["url"], undo["values"], headers=HTMX)
    assert "searches-changed" in back["HX-Trigger"]
    saved.schedule.refresh_from_db()
    assert not saved.schedule.is_paused


def test_what_was_counted_last_stands_in_the_sidebar_until_a_run_begins(client, workspace, saved):
    directory.people(12)
    act(client, "fresh", saved)

    before = client.get(LIST).content.decode()
    runs.run(workspace, name="Pumps", started_by=saved.created_by)
    after = client.get(LIST).content.decode()

    assert before.count("12 new when last counted") == 2
    assert after.count("12 new when last counted") == 1


def test_counting_asked_for_by_its_address_shows_the_search(client, saved):
    answer = client.get(reverse("leads:search-fresh", args=[saved.pk]))

    assert answer.url == reverse("leads:search-detail", args=[saved.pk])
