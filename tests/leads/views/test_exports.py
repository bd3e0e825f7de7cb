"""The page that asks before leads leave, and the file."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import AuditEvent
from leads.models import LeadIdentity
from leads.suppressing import suppress
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

EXPORT = reverse("leads:lead-export")


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def content(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_page_says_what_leaves_and_who_stays(client, rep, workspace):
    leads.lead(workspace, "Ada")
    leads.lead(workspace, "Ada Two", do_not_contact=True)
    leads.lead(workspace, "Bo")

    page = client.get(f"{EXPORT}?q=ada").content.decode()

    assert "Export 1 lead" in page
    assert "Personal data leaves LeadEngine" in page
    assert "1 marked “do not contact” stay out" in page
    assert AuditEvent.objects.filter(verb="leads.exported").count() == 0


def test_file_holds_all_that_match(client, rep, workspace):
    leads.lead(workspace, "Ada")
    leads.lead(workspace, "Bo")

    answer = client.post(EXPORT, {"q": "ada", "everything": "1", "purpose": "spreadsheet"})

    assert answer["Content-Type"].startswith("text/csv")
    assert f'filename="leads-{workspace.slug}-' in answer["Content-Disposition"]
    assert content(answer).count("\r\n") == 2
    assert "Exported 1 lead." in client.get(EXPORT).content.decode()
    event = AuditEvent.objects.get(verb="leads.exported")
    assert (event.actor_id, event.after["chosen_by"]) == (rep.pk, ["words"])


def test_ticks_go_through_the_page_into_the_file(client, rep, workspace):
    ada, _ = leads.lead(workspace, "Ada"), leads.lead(workspace, "Bo")

    page = client.post(EXPORT, {"lead": ada.pk}).content.decode()
    answer = client.post(EXPORT, {"lead": ada.pk, "purpose": "crm"})

    assert f'name="lead" value="{ada.pk}"' in page
    assert "Ada" in content(answer)
    assert AuditEvent.objects.get(verb="leads.exported").after["exported"] == 1


def test_person_suppressed_by_a_second_address_stays_out(client, rep, workspace):
    known = leads.lead(workspace, "Ada")
    leads.lead(workspace, "Bo")
    LeadIdentity.objects.create(workspace=workspace, kind="email", value="ada@home.example", lead=known)
    suppress("email", "ada@home.example", workspace=workspace, by=None, note="", now=timezone.now())

    text = content(client.post(EXPORT, {"everything": "1", "purpose": "crm"}))

    assert ("Bo" in text, "Ada" in text) == (True, False)


def test_queries_of_a_file_do_not_grow_with_the_leads(client, rep, workspace, query_count):
    def exported() -> str:
        return content(client.post(EXPORT, {"everything": "1", "purpose": "crm"}))

    leads.lead(workspace, "Ada")
    few = query_count(exported)
    for number in range(6):
        leads.lead(workspace, f"Bo {number}")

    assert query_count(exported) == few


@pytest.mark.parametrize("fields", [{}, {"everything": "1", "q": "stage:wonn"}])
def test_nothing_leaves_where_it_is_not_clear_whom(client, rep, workspace, fields):
    leads.lead(workspace)

    answer = client.post(EXPORT, {**fields, "purpose": "crm"})

    assert answer.status_code == 422
    assert AuditEvent.objects.filter(verb="leads.exported").count() == 0
