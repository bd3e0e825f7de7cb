"""The frame's live parts, renewed out of band."""

import pytest
from django.urls import reverse

from leads.models import RunState
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db
FRAME = reverse("leadengine:frame")


@pytest.fixture
def workspace():
    return people.workspace(credits=100)


def test_poll_gets_badges_and_credits_alone(client, workspace):
    client.force_login(people.rep(workspace))
    leads.lead(workspace)
    runs.run(workspace, state=RunState.RUNNING)

    shown = client.get(FRAME, headers={"HX-Request": "true"}).content.decode()

    assert 'id="badge-leads" hx-swap-oob="innerHTML"' in shown
    assert "1 live" in shown
    assert "100 credits" in shown
    assert "<nav" not in shown


def test_opened_by_itself_it_is_home(client, workspace):
    client.force_login(people.rep(workspace))

    answer = client.get(FRAME)

    assert (answer.status_code, answer["Location"]) == (303, "/")


def test_frame_names_saved_searches_ones_own_first(client, workspace):
    user = people.rep(workspace)
    runs.saved_search(workspace, name="Shared pumps", is_shared=True)
    runs.saved_search(workspace, name="Not mine, not shared")
    runs.saved_search(workspace, name="My valves", created_by=user)
    client.force_login(user)

    labels = [each.label for each in client.get("/help/").context["shell"].counts.searches]

    assert labels == ["My valves", "Shared pumps"]
