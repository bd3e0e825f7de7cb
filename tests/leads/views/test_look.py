"""How the list looks: columns, their order and the density, remembered for one person or in a view."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import leads, people

pytestmark = pytest.mark.django_db

LIST, LOOK = reverse("leads:lead-list"), reverse("leads:lead-look")
REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    leads.lead(workspace)
    return user


def test_columns_and_density_are_remembered(client, rep):
    chosen = {"columns": ["score", "stage", "owner"], "move": "owner:-1", "density": "compact"}

    client.post(LOOK, chosen)

    browsing = client.get(LIST).context["browsing"]
    assert (browsing.column_keys, browsing.is_compact) == (("score", "owner", "stage"), True)


def test_columns_of_a_view_belong_to_it(client, rep, workspace):
    view = leads.saved_view(workspace, owner=rep, columns=["score"])

    client.post(LOOK, {"columns": ["tags"], "view": view.pk})

    view.refresh_from_db()
    assert view.columns == ["tags"]
    assert "tags" not in client.get(LIST).context["browsing"].column_keys


def test_htmx_gets_the_menu_and_the_list_hears_of_it(client, rep):
    answer = client.post(LOOK, {"columns": ["tags"], "density": "compact"}, **REGION)

    assert "leads-changed" in answer["HX-Trigger"]
    assert 'value="tags" checked' in answer.content.decode()
