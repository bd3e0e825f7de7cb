"""How long leads are kept: counted before it is saved, and saved only when no more go than was told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import AuditEvent
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

PRIVACY, KEEP = reverse("billing:settings-privacy"), reverse("billing:retention")


@pytest.fixture
def workspace():
    """With 2 leads of a year ago."""
    made, then = people.workspace(), timezone.now() - timedelta(days=365)
    for _ in range(2):
        leads.lead(made, created_at=then, updated_at=then)
    return made


@pytest.fixture
def manager(client, workspace):
    user = people.manager(workspace)
    client.force_login(user)
    return user


def test_leads_are_kept_for_ever_until_somebody_chooses(client, manager, workspace):
    assert workspace.retention_days is None
    assert b"All leads are kept for ever." in client.get(PRIVACY).content


def test_region_counts_what_would_fall_due(client, manager):
    answer = client.get(KEEP, {"days": "100"}, headers={"HX-Request": "true"})

    assert b">2 leads</b>" in answer.content
    assert b"<html" not in answer.content


def test_page_counts_it_without_script(client, manager):
    page = client.get(KEEP, {"days": "100"}).content.decode()

    assert ">2 leads</b>" in page
    assert 'value="100"' in page


def test_first_save_tells_how_many_go_and_saves_nothing(client, manager, workspace):
    answer = client.post(KEEP, {"days": "100", "seen": "1"})

    workspace.refresh_from_db()
    assert (answer.status_code, workspace.retention_days) == (422, None)
    assert "2 leads would be erased. Save again if that is meant." in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "stored"),
    [({"days": "100", "seen": "2"}, 100), ({"days": "400"}, 400), ({"days": ""}, None)],
    ids=["told", "none due", "for ever"],
)
def test_saved_when_no_more_go_than_was_told(client, manager, workspace, sent, stored):
    assert client.post(KEEP, sent).status_code == 303

    workspace.refresh_from_db()
    assert workspace.retention_days == stored
    assert AuditEvent.objects.filter(verb="workspace.retention").count() == (stored is not None)


@pytest.mark.parametrize("days", ["29", "4000", "long"])
def test_odd_number_of_days_gets_the_form_back(client, manager, days):
    answer = client.post(KEEP, {"days": days})

    assert answer.status_code == 422
    assert b"Nothing can be counted" in answer.content


def test_rep_reads_the_rule_and_cannot_change_it(client, workspace):
    client.force_login(people.rep(workspace))
    type(workspace).objects.update(retention_days=200)

    assert b"after 200 days without a sign of life" in client.get(PRIVACY).content
    assert client.post(KEEP, {"days": "100"}).status_code == 403


def test_rep_is_told_whom_to_ask_to_erase_somebody_and_what_to_do_at_once(client, workspace):
    people.manager(workspace, user=people.user("mona@sample.example", first_name="Mona", last_name="Berg"))
    client.force_login(people.rep(workspace))

    page = client.get(PRIVACY).content.decode()

    assert "Ask Mona Berg (mona@sample.example) to do that." in page
    assert "Never contact again" in page
