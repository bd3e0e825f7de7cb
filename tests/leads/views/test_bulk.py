"""Edits from the list: what is selected, what the answer says, and the way back."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.audit_log import audit_lines, events
from leads.models import Lead, LeadEdit, LeadList, LeadListEntry, LeadTag, Stage, Tag
from tests.factories import groups, leads, people

pytestmark = pytest.mark.django_db

EDIT = reverse("leads:lead-edit")
REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def triggers(answer) -> dict:
    return json.loads(answer["HX-Trigger"])


def row(lead: Lead, field: str) -> str:
    return reverse(f"leads:lead-row-{field}", args=[lead.pk])


def test_ticked_leads_are_changed_and_the_toast_takes_it_back(client, rep, workspace):
    first, second, other = (leads.lead(workspace) for _ in range(3))

    answer = client.post(EDIT, {"field": "owner", "owner": rep.pk, "lead": [first.pk, second.pk]}, **REGION)

    assert triggers(answer)["leads-changed"] == {"clears": True}
    toast = triggers(answer)["toast"]
    assert toast["text"] == f"Owner: {rep.name}. 2 leads changed."
    assert [Lead.objects.get(pk=each.pk).owner for each in (first, second, other)] == [rep, rep, None]
    back = client.post(toast["undo"]["url"], **REGION)
    assert triggers(back)["toast"]["text"] == "Undone: 2 leads put back."
    assert Lead.objects.filter(owner=rep).count() == 0


def test_stage_menu_starts_at_no_stage_and_asks_for_one(client, rep, workspace):
    lead = leads.lead(workspace)

    page = client.get(reverse("leads:lead-list")).content.decode()
    answer = client.post(EDIT, {"field": "stage", "lead": lead.pk}, **REGION)

    assert '<option value="" selected disabled>Choose a stage</option>' in page
    assert answer.status_code == 422
    assert "Choose a stage." in answer.content.decode()


def test_change_of_many_and_its_way_back_stand_in_the_audit(client, rep, workspace):
    pair = [leads.lead(workspace).pk, leads.lead(workspace).pk]

    client.post(EDIT, {"field": "stage", "stage": "working", "lead": pair}, **REGION)
    client.post(reverse("leads:edit-undo", args=[LeadEdit.objects.get().pk]), **REGION)

    told = [(line.what, line.who, line.changes) for line in audit_lines(list(events(workspace, group="leads")), {})]
    assert told == [
        ("Took back a change of many leads", rep.name, ("Stage: Working", "2 leads")),
        ("Changed many leads at once", rep.name, ("Stage: Working", "2 leads")),
    ]


def test_new_owner_is_not_named_in_the_audit(client, rep, workspace):
    pair = [leads.lead(workspace).pk, leads.lead(workspace).pk]

    client.post(EDIT, {"field": "owner", "owner": rep.pk, "lead": pair}, **REGION)

    [event] = events(workspace, group="leads")
    assert event.after == {"leads": 2, "edit": "Owner", "owner": rep.pk}


def test_all_that_match_are_chosen_by_the_query_on_the_server(client, rep, workspace):
    company = leads.company(workspace)
    for number in range(60):
        leads.lead(workspace, f"Ada {number}", company=company)
    leads.lead(workspace, "Bo")

    client.post(EDIT, {"field": "tag", "tag": "vip", "everything": "1", "q": "ada"}, **REGION)

    assert LeadTag.objects.count() == 60


def test_query_that_is_not_understood_changes_nothing(client, rep, workspace):
    leads.lead(workspace)

    answer = client.post(EDIT, {"field": "tag", "tag": "vip", "everything": "1", "q": "stage:wonn"}, **REGION)

    assert answer.status_code == 422
    assert "Stage knows no “wonn”" in answer.content.decode()
    assert LeadTag.objects.count() == 0


def test_lead_of_another_workspace_cannot_be_ticked(client, rep, workspace):
    foreign = leads.lead(people.workspace())

    client.post(EDIT, {"field": "tag", "tag": "vip", "lead": [foreign.pk, "nonsense"]}, **REGION)

    assert LeadTag.objects.count() == 0


def test_list_is_made_by_its_first_use(client, rep, workspace):
    lead = leads.lead(workspace)

    client.post(EDIT, {"field": "list", "list": "Q3", "lead": lead.pk}, **REGION)

    entry = LeadListEntry.objects.get()
    assert (entry.lead, entry.lead_list.name, entry.lead_list.created_by) == (lead, "Q3", rep)


@pytest.mark.parametrize(("field", "kind"), [("tag", Tag), ("list", LeadList)])
def test_name_with_odd_spaces_finds_what_is_there(client, rep, workspace, field, kind):
    made = groups.tag(workspace, "Key accounts") if kind is Tag else groups.lead_list(workspace, "Key accounts")

    client.post(EDIT, {"field": field, field: "key  ACCOUNTS", "lead": leads.lead(workspace).pk}, **REGION)

    assert kind.objects.get() == made


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Tick at least one lead."),
        ({"lead": "one"}, "Choose what to change."),
        ({"lead": "one", "field": "stage", "stage": "disqualified"}, "Say why"),
        ({"lead": "one", "field": "stage"}, "Choose a stage."),
        ({"lead": "one", "field": "tag", "tag": " "}, "Give the tag a name."),
        ({"lead": "one", "field": "list", "list": "x" * 81}, "at most 80 characters"),
    ],
)
def test_what_is_missing_is_said(client, rep, workspace, fields, says):
    lead = leads.lead(workspace)
    fields = {name: lead.pk if value == "one" else value for name, value in fields.items()}

    answer = client.post(EDIT, fields, **REGION)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_without_script_a_page_asks_again_and_keeps_the_selection(client, rep, workspace):
    lead = leads.lead(workspace)

    asked = client.post(EDIT, {"field": "stage", "stage": "disqualified", "lead": lead.pk, "q": "mira"})
    done = client.post(
        EDIT, {"field": "stage", "stage": "disqualified", "reason": "Closed", "lead": lead.pk}, follow=True
    )

    assert asked.status_code == 422
    assert f'name="lead" value="{lead.pk}"' in asked.content.decode()
    assert Lead.objects.get().outcome_reason == "Closed"
    undo = re.search(r'action="([^"]+/undo/)"', done.content.decode())
    assert undo
    client.post(undo[1])
    assert Lead.objects.get().stage.key == "new"


def test_nothing_to_change_is_said_without_an_undo(client, rep, workspace):
    lead = leads.lead(workspace, owner=rep)

    answer = client.post(EDIT, {"field": "owner", "owner": rep.pk, "lead": lead.pk}, **REGION)

    assert triggers(answer)["toast"] == {"text": f"Nothing to change: Owner: {rep.name} is set already.", "tone": ""}


@pytest.mark.parametrize(("role", "status"), [("rep", 404), ("manager", 303)])
def test_only_managers_take_back_what_others_did(client, workspace, role, status):
    made = leads.lead_edit(workspace)
    client.force_login(people.membership(workspace, role).user)

    assert client.post(reverse("leads:edit-undo", args=[made.pk])).status_code == status


def test_edit_is_taken_back_once(client, rep, workspace):
    made = leads.lead_edit(workspace, by=rep, undone_at=timezone.now())

    answer = client.post(reverse("leads:edit-undo", args=[made.pk]), **REGION)

    assert triggers(answer)["toast"]["text"] == "It was taken back already."


def test_row_answers_with_its_cell_and_a_way_back(client, rep, workspace):
    lead = leads.lead(workspace)

    answer = client.post(row(lead, "owner"), {"owner": rep.pk}, **REGION)

    assert f'value="{rep.pk}" selected' in answer.content.decode()
    assert triggers(answer)["toast"]["undo"]["url"] == reverse("leads:edit-undo", args=[LeadEdit.objects.get().pk])


def test_stage_in_the_row_is_scored_at_once(client, rep, workspace):
    lead = leads.lead(workspace)

    client.post(row(lead, "stage"), {"stage": "working"}, **REGION)

    assert lead.score_changes.get().why == "Stage: Working"


def test_undo_says_what_was_changed_since_and_left(client, rep, workspace):
    several = [leads.lead(workspace) for _ in range(3)]
    ids = [each.pk for each in several]
    answer = client.post(EDIT, {"field": "stage", "stage": "working", "lead": ids}, **REGION)
    client.post(EDIT, {"field": "stage", "stage": "meeting", "lead": ids[:2]}, **REGION)
    client.post(EDIT, {"field": "stage", "stage": "working", "lead": ids[:2]}, **REGION)

    back = client.post(triggers(answer)["toast"]["undo"]["url"], **REGION)

    said = "Undone: 1 lead put back. 2 were changed again since, and were left as they are."
    assert triggers(back)["toast"]["text"] == said


def test_row_asks_why_before_it_disqualifies(client, rep, workspace):
    lead = leads.lead(workspace)

    asked = client.post(row(lead, "stage"), {"stage": "disqualified"}, **REGION)
    done = client.post(row(lead, "stage"), {"stage": "disqualified", "reason": "Closed"}, **REGION)

    assert asked.status_code == 422
    assert "Why is it disqualified?" in asked.content.decode()
    assert done.status_code == 200
    assert Lead.objects.get().stage == Stage.objects.of(workspace).get(key="disqualified")


def test_row_that_changes_nothing_keeps_no_edit(client, rep, workspace):
    lead = leads.lead(workspace)

    answer = client.post(row(lead, "stage"), {"stage": "new"}, **REGION)

    assert "HX-Trigger" not in answer
    assert LeadEdit.objects.count() == 0
