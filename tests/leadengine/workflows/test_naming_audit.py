"""What each act of the audit was about, and where that is seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from billing import auditing
from billing.audit_log import Subject
from billing.models import AuditEvent, User, Workspace
from leadengine.workflows.naming_audit import subjects
from leads.models import EditedField
from tests.factories import credits, enrichments, groups, imports, leads, people, runs, scores

pytestmark = pytest.mark.django_db
NAMES = {
    "run": "Run 7: Mills",
    "lead": "Ada Byron",
    "company": "Harbour",
    "import": "Import of contacts.csv",
    "list": "List “Fair”",
    "tag": "Tag “vip”",
    "owner": "Mia Holm",
    "profile": "Retail, version 1",
    "enrichment": "Enrichment of 1 lead",
    "member": "Mia Holm",
    "paid back": "Ada Byron",
}
URLS = {
    "run": "/runs/{}/",
    "lead": "/leads/{}/",
    "company": "/companies/{}/",
    "import": "/imports/{}/",
    "profile": "/scoring/profiles/{}/",
    "enrichment": "/enrichment/{}/",
    "member": "/members/{}/",
}


@pytest.fixture
def workspace() -> Workspace:
    return people.workspace(credits=10)


@pytest.fixture
def boss(workspace: Workspace) -> User:
    return people.manager(workspace, user=people.user(first_name="Mia", last_name="Holm"))


def did(verb: str, obj: Any, workspace: Workspace, by: User, **after: Any) -> AuditEvent:
    return auditing.record(verb, workspace_id=workspace.pk, by=by, obj=obj, after=after, now=timezone.now())


def things(workspace: Workspace, boss: User) -> dict[str, Any]:
    """One of each kind that acts are about."""
    lead = leads.lead(workspace, "Ada Byron", company=leads.company(workspace, "Harbour"))
    tag, lead_list = groups.tag(workspace, "vip"), groups.lead_list(workspace, "Fair")
    delivery = runs.delivery(runs.lane(runs.run(workspace, number=7, name="Mills")), lead)
    return {
        "run": delivery.run,
        "lead": lead,
        "company": lead.company,
        "import": imports.brought(workspace, by=boss),
        "list": leads.lead_edit(workspace, field=EditedField.UNLIST, value_id=lead_list.pk),
        "tag": leads.lead_edit(workspace, field=EditedField.TAG, value_id=tag.pk),
        "owner": leads.lead_edit(workspace, field=EditedField.OWNER, value_id=boss.pk),
        "profile": scores.draft(workspace, "retail"),
        "enrichment": enrichments.found(workspace, lead, by=boss).item.enrichment,
        "member": boss.memberships.get(),
        "paid back": credits.captured(credits.hold(workspace), delivery_id=delivery.pk),
    }


def test_all_kinds_are_named_in_one_query(workspace, boss, django_assert_num_queries) -> None:
    events = {kind: did("some.act", obj, workspace, boss) for kind, obj in things(workspace, boss).items()}

    with django_assert_num_queries(1):
        found = subjects(workspace, list(events.values()), reader=boss)

    assert {kind: found[event.pk].name for kind, event in events.items()} == NAMES


def test_each_leads_to_its_page(workspace, boss) -> None:
    events = {kind: did("some.act", obj, workspace, boss) for kind, obj in things(workspace, boss).items()}

    found = {
        kind: each.url for kind, event in events.items() for each in subjects(workspace, [event], reader=boss).values()
    }

    assert {kind: found[kind] for kind in URLS} == {
        kind: url.format(events[kind].object_id) for kind, url in URLS.items()
    }
    assert found["list"].startswith("/lists/")
    assert found["tag"] == "/leads/?q=tag%3Avip"
    assert found["paid back"] == f"/leads/{events['lead'].object_id}/"


def test_private_search_of_another_is_not_named(workspace, boss) -> None:
    event = did("schedule.set", runs.saved_search(workspace, name="Secret"), workspace, boss)

    assert subjects(workspace, [event], reader=boss)[event.pk] == Subject("A private search")
    assert subjects(workspace, [event], reader=None)[event.pk].name == "Search “Secret”"


def test_shared_search_is_linked(workspace, boss) -> None:
    saved = runs.saved_search(workspace, name="Mills", is_shared=True)
    event = did("schedule.set", saved, workspace, boss)

    assert subjects(workspace, [event], reader=boss)[event.pk] == Subject("Search “Mills”", f"/searches/{saved.pk}/")


def test_what_was_deleted_is_said_to_be_gone(workspace, boss) -> None:
    saved = runs.saved_search(workspace)
    event = did("schedule.set", saved, workspace, boss)
    saved.delete()

    assert subjects(workspace, [event], reader=boss)[event.pk] == Subject("A saved search that is gone")


def test_erased_person_is_not_named(workspace, boss) -> None:
    erased = leads.lead(workspace, "Ada Byron", erased_at=timezone.now())
    event = did("person.erased", erased, workspace, boss)

    assert subjects(workspace, [event], reader=boss)[event.pk].name == "Erased person"


@pytest.mark.parametrize(
    ("verb", "after", "subject"),
    [
        ("provider.key_removed", {"provider": "companies_house"}, Subject("Companies House", "/sources/")),
        ("suppression.added", {}, Subject("Suppression list", "/suppressions/")),
        ("workspace.run_limit", {}, Subject("Roles and limits", "/settings/limits/")),
        ("workspace.confirm_above", {}, Subject("Roles and limits", "/settings/limits/")),
        ("leads.exported", {}, Subject("Leads", "/leads/")),
        ("workspace.created", {}, Subject("Team", "/members/")),
    ],
)
def test_what_is_no_single_thing_is_seen_on_its_page(workspace, boss, verb, after, subject) -> None:
    event = did(verb, workspace, workspace, boss, **after)

    assert subjects(workspace, [event], reader=boss)[event.pk] == subject


def test_thing_of_another_workspace_is_not_named(workspace, boss) -> None:
    event = did("run.started", runs.run(name="Foreign"), workspace, boss)

    assert subjects(workspace, [event], reader=boss) == {}
