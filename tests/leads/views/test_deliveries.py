"""From a delivery to its lead."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace(client: Client):
    workspace = people.workspace()
    client.force_login(people.rep(workspace))
    return workspace


def address(delivered) -> str:
    return reverse("leads:delivery", args=[delivered.pk])


def test_delivery_sends_on_to_its_lead(client: Client, workspace) -> None:
    delivered = runs.delivery(runs.lane(runs.run(workspace)))

    answer = client.get(address(delivered))

    assert (answer.status_code, answer["Location"]) == (302, reverse("leads:lead-detail", args=[delivered.lead_id]))


def test_delivery_of_an_erased_lead_is_not_found(client: Client, workspace) -> None:
    erased = leads.lead(workspace, erased_at=timezone.now())
    delivered = runs.delivery(runs.lane(runs.run(workspace)), erased)

    answer = client.get(address(delivered))

    assert answer.status_code == 404


def test_delivery_of_another_workspace_is_not_found(client: Client, workspace) -> None:
    delivered = runs.delivery(runs.lane(runs.run(people.workspace())))

    answer = client.get(address(delivered))

    assert answer.status_code == 404
