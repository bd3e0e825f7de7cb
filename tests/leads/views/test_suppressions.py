"""The suppression list of a workspace: everybody sees it, managers change it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import AuditEvent
from leads.models import Suppression
from leads.suppressing import suppress
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("leads:suppression-list"), reverse("leads:suppression-add")


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def manager(client, workspace):
    user = people.manager(workspace)
    client.force_login(user)
    return user


def entry(workspace, value: str = "ada@bright.example") -> Suppression:
    return suppress("email", value, workspace=workspace, by=None, note="Asked by letter", now=timezone.now())


def test_list_shows_notes_and_no_addresses(client, manager, workspace):
    entry(workspace)

    text = client.get(LIST).content.decode()

    assert "Asked by letter" in text
    assert "ada@bright.example" not in text


def test_rep_sees_the_list_without_a_form(client, workspace):
    client.force_login(people.rep(workspace))
    entry(workspace)

    text = client.get(LIST).content.decode()

    assert "Asked by letter" in text
    assert ADD not in text


def test_added_entry_marks_the_leads_it_reaches(client, manager, workspace):
    lead = leads.lead(workspace, linkedin_slug="ada-byron-1")

    answer = client.post(ADD, {"kind": "linkedin", "value": "Ada-Byron-1"})

    lead.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, LIST)
    assert lead.do_not_contact
    assert AuditEvent.objects.filter(verb="suppression.added").count() == 1


def test_unusable_value_is_refused_in_words(client, manager):
    answer = client.post(ADD, {"kind": "email", "value": "nobody"})

    assert answer.status_code == 422
    assert "is not an e-mail address" in answer.content.decode()
    assert answer.content.count(b"needs your attention") == 1


def test_removed_entry_is_gone_and_audited(client, manager, workspace):
    listed = entry(workspace)

    client.post(reverse("leads:suppression-remove", args=[listed.pk]))

    assert Suppression.objects.count() == 0
    assert AuditEvent.objects.filter(verb="suppression.removed").count() == 1


@pytest.mark.parametrize("of", ["another", "server"])
def test_only_own_entries_can_be_removed(client, manager, of):
    listed = entry(people.workspace() if of == "another" else None)

    answer = client.post(reverse("leads:suppression-remove", args=[listed.pk]))

    assert answer.status_code == 404
    assert Suppression.objects.count() == 1


def test_rep_changes_nothing(client, workspace):
    client.force_login(people.rep(workspace))

    assert client.post(ADD, {"kind": "email", "value": "ada@bright.example"}).status_code == 403
    assert Suppression.objects.count() == 0


def test_queries_do_not_grow_with_the_list(client, manager, workspace, query_count):
    entry(workspace)
    few = query_count(lambda: client.get(LIST))
    for number in range(5):
        Suppression.objects.filter(pk=entry(workspace, f"p{number}@x.example").pk).update(
            created_by=people.rep(workspace)
        )

    assert query_count(lambda: client.get(LIST)) == few


@pytest.mark.parametrize(
    ("kind", "value"), [("email", "a@http://[x/y"), ("domain", "http://[x/y"), ("linkedin", "/in/%00")]
)
def test_half_a_url_is_refused_with_a_sentence(client, manager, kind, value):
    answer = client.post(ADD, {"kind": kind, "value": value})

    assert answer.status_code == 422
    assert not Suppression.objects.exists()
