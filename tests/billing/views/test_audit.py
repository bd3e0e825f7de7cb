"""The audit log: for managers, filtered, of their workspace alone."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing import auditing
from billing.membership import deactivate
from tests.factories import people

pytestmark = pytest.mark.django_db
AUDIT = reverse("billing:audit")


@pytest.fixture
def manager(client: Client):
    user = people.manager(people.workspace())
    client.force_login(user)
    return user


def did(by, verb: str) -> None:
    workspace_id = by.memberships.get().workspace_id
    auditing.record(verb, workspace_id=workspace_id, by=by, obj=None, now=timezone.now())


def test_filter_inside_htmx_renders_the_entries_alone(client: Client, manager) -> None:
    did(manager, "run.started")
    did(manager, "member.added")

    shown = client.get(AUDIT, {"group": "runs"}, headers={"HX-Request": "true"}).content.decode()

    assert shown.lstrip().startswith('<div id="audit"')
    assert "Started a run" in shown
    assert "Added a member" not in shown


def test_entry_names_what_it_was_about_and_leads_there(client: Client, manager) -> None:
    member = people.membership(manager.memberships.get().workspace)
    deactivate(member, by=manager, now=timezone.now())

    page = client.get(AUDIT).content.decode()

    assert f'<a class="link" href="/members/{member.pk}/">{member.user.name}</a>' in page


def test_nothing_of_the_kind_offers_everything(client: Client, manager) -> None:
    page = client.get(AUDIT, {"group": "scoring"}).content.decode()

    assert "Nothing of the kind was done" in page


@pytest.mark.parametrize("query", [{"group": "nonsense"}, {"who": "999999"}, {"who": "x"}, {"page": "x"}])
def test_unknown_filter_shows_everything(client: Client, manager, query) -> None:
    assert "Made the workspace" in client.get(AUDIT, query).content.decode()


def test_page_asks_as_often_for_many_entries_as_for_few(client: Client, manager, query_count) -> None:
    did(manager, "run.started")
    few = query_count(lambda: client.get(AUDIT))
    for _ in range(60):
        did(manager, "run.started")

    assert query_count(lambda: client.get(AUDIT)) == few < 20
