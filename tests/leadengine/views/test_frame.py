"""The frame's live parts, renewed out of band."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import NotificationKind
from leads.models import RunState, Stage
from tests.factories import leads, notices, people, runs

pytestmark = pytest.mark.django_db
FRAME = reverse("leadengine:frame")


@pytest.fixture
def workspace():
    return people.workspace(credits=100)


def test_poll_gets_badges_and_credits_alone(client, workspace):
    client.force_login(people.rep(workspace))
    leads.lead(workspace)
    runs.run(workspace, state=RunState.RUNNING)
    runs.run(workspace, state=RunState.PAUSED)

    shown = client.get(FRAME, headers={"HX-Request": "true"}).content.decode()

    assert 'id="badge-leads" hx-swap-oob="innerHTML"' in shown
    assert "1 live" in shown
    assert "100 credits" in shown
    assert "<nav" not in shown


def test_count_of_new_leads_leads_to_exactly_these(client, workspace):
    client.force_login(people.rep(workspace))
    new = leads.lead(workspace, "Ana Novak")
    working = Stage.objects.of(workspace).get(key="working")
    leads.lead(workspace, "Bo Lund", stage=working)

    badge = re.search(r'href="([^"]+)"[^>]*>1 new<', client.get(FRAME, headers={"HX-Request": "true"}).content.decode())
    shown = client.get(badge[1]).content.decode()

    assert str(new.pk) in shown
    assert "Bo Lund" not in shown


def test_end_of_a_run_is_told_once_and_leads_to_it(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    told = notices.notification(workspace, user, title="Run 7 is finished: 4 leads", url="/runs/7/")

    first, second = (client.get(FRAME, headers={"HX-Request": "true"}) for _ in range(2))

    assert json.loads(first["HX-Trigger"])["toast"] == {"text": told.title, "tone": "", "url": "/runs/7/"}
    assert "HX-Trigger" not in second


def test_several_ends_are_one_toast(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    _ = notices.notification(workspace, user), notices.notification(workspace, user)

    toast = json.loads(client.get(FRAME, headers={"HX-Request": "true"})["HX-Trigger"])["toast"]

    assert (toast["text"], toast["url"]) == ("2 runs have ended", reverse("leads:run-list"))


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({"HX-Current-URL": "http://testserver/runs/7/?tab=x"}, {}),
        ({}, {"kind": NotificationKind.CREDITS_LOW}),
        ({}, {"read_at": timezone.now()}),
        ({}, {"created_at": timezone.now() - timedelta(hours=1)}),
        ({}, {"in_bell": False}),
    ],
    ids=["at that run's page", "about something else", "read before", "long ago", "not wanted in the bell"],
)
def test_what_needs_no_word_gets_none(client, workspace, headers, fields):
    user = people.rep(workspace)
    client.force_login(user)
    notices.notification(workspace, user, **{"url": "/runs/7/"} | fields)

    assert "HX-Trigger" not in client.get(FRAME, headers={"HX-Request": "true"} | headers)


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
