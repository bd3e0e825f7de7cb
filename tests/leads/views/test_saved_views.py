"""Saved views: who may keep, change, delete and bring back which."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import SavedView
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("leads:lead-list"), reverse("leads:view-add")


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    leads.lead(workspace)
    return user


def on(name: str, view: SavedView) -> str:
    return reverse(f"leads:view-{name}", args=[view.pk])


def labels(client) -> list[str]:
    return [tab.label for tab in client.get(LIST).context["browsing"].tabs]


def test_view_keeps_query_order_and_columns(client, rep):
    client.cookies["lead-columns"] = "stage.score"

    answer = client.post(ADD, {"name": "Hot", "q": "Grade:a solar", "sort": "name", "is_shared": "on"})

    view = SavedView.objects.get()
    assert answer["Location"] == f"{LIST}?view={view.pk}"
    assert (view.query, view.sort, view.columns) == ("grade:A solar", "name", ["stage", "score"])
    assert (view.owner, view.is_shared) == (rep, True)


@pytest.mark.parametrize(("name", "says"), [("", "This field is required"), ("Hot", "You have a view called “Hot”")])
def test_name_must_be_given_and_new(client, rep, workspace, name, says):
    leads.saved_view(workspace, owner=rep, name="Hot")

    answer = client.post(ADD, {"name": name, "q": "solar"})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'name="q" value="solar"' in answer.content.decode()


def test_tabs_are_ones_own_and_shared_ones(client, rep, workspace):
    leads.saved_view(workspace, owner=rep, name="Mine alone")
    leads.saved_view(workspace, name="Shared", is_shared=True)
    leads.saved_view(workspace, name="Somebody's")

    assert labels(client)[4:] == ["Mine alone", "Shared"]


def test_view_is_renamed_and_shared(client, rep, workspace):
    view = leads.saved_view(workspace, owner=rep, name="Hot")

    client.post(on("edit", view), {"name": "Hotter", "is_shared": "on"})

    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("Hotter", True)


def test_view_takes_over_what_is_on_the_page(client, rep, workspace):
    view = leads.saved_view(workspace, owner=rep, query="solar")

    client.post(on("renew", view), {"q": "wind", "sort": "added", "view": view.pk})

    view.refresh_from_db()
    assert (view.query, view.sort) == ("wind", "added")


def test_deleted_view_comes_back_by_undo(client, rep, workspace):
    view = leads.saved_view(workspace, owner=rep, name="Hot")

    page = client.post(on("delete", view), follow=True).content.decode()

    assert "Hot" not in labels(client)
    undo = re.search(r'action="([^"]+/restore/)"', page)
    assert undo
    client.post(undo[1])
    assert "Hot" in labels(client)


def test_view_does_not_come_back_beside_one_of_its_name(client, rep, workspace):
    view = leads.saved_view(workspace, owner=rep, name="Hot", deleted_at=timezone.now())
    leads.saved_view(workspace, owner=rep, name="Hot")

    page = client.post(on("restore", view), follow=True).content.decode()

    assert "You have a view called “Hot” already." in page
    assert SavedView.objects.kept().count() == 1


@pytest.mark.parametrize(
    ("role", "is_shared", "status"), [("rep", True, 404), ("manager", True, 303), ("manager", False, 404)]
)
def test_managers_change_what_others_share(client, workspace, role, is_shared, status):
    view = leads.saved_view(workspace, is_shared=is_shared)
    client.force_login(people.membership(workspace, role).user)

    assert client.post(on("delete", view)).status_code == status
