"""Edits of many leads: what changes, what the timelines say, and that undo gives each lead back its own."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leads.editing import AlreadyUndone, Change, edit, undo
from leads.models import Activity, EditedField, Lead, LeadEdit, LeadListEntry, LeadTag, Stage
from tests.factories import groups, leads, people

pytestmark = pytest.mark.django_db

NOW = timezone.now()
STAGE, OWNER, TAG, LIST = EditedField


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(workspace):
    return people.rep(workspace)


def stage(workspace, key: str) -> Stage:
    return Stage.objects.of(workspace).get(key=key)


def changed(workspace, change: Change, by, **wanted) -> LeadEdit:
    return edit(Lead.objects.of(workspace).filter(**wanted), change, workspace=workspace, by=by, now=NOW)


def test_stage_is_set_with_what_follows_from_it(workspace, rep):
    lead = leads.lead(workspace)

    made = changed(workspace, Change(STAGE, stage(workspace, "disqualified"), "No budget"), rep)

    lead.refresh_from_db()
    assert (made.changed, lead.stage.key, lead.outcome) == (1, "disqualified", "disqualified")
    assert (lead.outcome_reason, lead.closed_at) == ("No budget", NOW)
    assert [(each.kind, each.text, each.by) for each in lead.activities.all()] == [("stage", "New → Disqualified", rep)]


def test_leads_that_have_it_already_are_not_touched(workspace, rep):
    leads.lead(workspace, owner=rep)
    leads.lead(workspace)

    made = changed(workspace, Change(OWNER, rep), rep)

    assert made.changed == 1
    assert Activity.objects.count() == 1


def test_nothing_to_change_leaves_no_edit(workspace, rep):
    leads.lead(workspace, owner=rep)

    assert changed(workspace, Change(OWNER, rep), rep).changed == 0
    assert changed(workspace, Change(OWNER, None), rep, pk__in=[]).changed == 0
    assert LeadEdit.objects.count() == 0


def test_undo_gives_each_lead_its_own_owner_back(workspace, rep):
    others = [people.rep(workspace), people.rep(workspace), None]
    mine = [leads.lead(workspace, owner=owner) for owner in others]
    made = changed(workspace, Change(OWNER, rep), rep)

    back = undo(made, by=rep, now=NOW)

    assert back == 3
    assert [Lead.objects.get(pk=lead.pk).owner for lead in mine] == others
    assert Activity.objects.filter(text="Undone: back to nobody").count() == 1


def test_undo_gives_each_lead_its_own_stage_and_outcome_back(workspace, rep):
    won = leads.lead(workspace, stage=stage(workspace, "won"), outcome="won", closed_at=NOW, outcome_reason="Price")
    leads.lead(workspace)
    bare = leads.lead(workspace, stage=None)
    made = changed(workspace, Change(STAGE, stage(workspace, "working")), rep)

    undo(made, by=rep, now=NOW)

    won.refresh_from_db()
    bare.refresh_from_db()
    assert (won.stage.key, won.outcome, won.outcome_reason, won.closed_at) == ("won", "won", "Price", NOW)
    assert bare.stage is None


def test_undo_leaves_what_was_changed_since(workspace, rep):
    first, second = leads.lead(workspace), leads.lead(workspace)
    made = changed(workspace, Change(STAGE, stage(workspace, "working")), rep)
    changed(workspace, Change(STAGE, stage(workspace, "meeting")), rep, pk=first.pk)

    back = undo(made, by=rep, now=NOW)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (back, first.stage.key, second.stage.key) == (1, "meeting", "new")


@pytest.mark.parametrize(("field", "rows"), [(TAG, LeadTag), (LIST, LeadListEntry)])
def test_undo_takes_off_only_what_the_edit_put_on(workspace, rep, field, rows):
    had, _ = leads.lead(workspace), leads.lead(workspace)
    named = groups.tag(workspace, "vip") if field == TAG else groups.lead_list(workspace, "vip")
    changed(workspace, Change(field, named), rep, pk=had.pk)
    made = changed(workspace, Change(field, named), rep)

    back = undo(made, by=rep, now=NOW)

    assert (made.changed, back) == (1, 1)
    assert [each.lead for each in rows.objects.all()] == [had]


def test_undo_works_once(workspace, rep):
    leads.lead(workspace)
    made = changed(workspace, Change(OWNER, rep), rep)
    undo(made, by=rep, now=NOW)

    with pytest.raises(AlreadyUndone):
        undo(made, by=rep, now=NOW)


def test_erased_lead_is_not_brought_back(workspace, rep):
    lead = leads.lead(workspace)
    made = changed(workspace, Change(OWNER, rep), rep)
    Lead.objects.update(erased_at=NOW)

    assert undo(made, by=rep, now=NOW) == 0
    assert Lead.objects.get(pk=lead.pk).owner == rep


def test_statements_stay_as_few_for_many_leads(workspace, rep, django_assert_max_num_queries):
    company = leads.company(workspace)
    for _ in range(30):
        leads.lead(workspace, company=company)

    with django_assert_max_num_queries(6):
        made = changed(workspace, Change(STAGE, stage(workspace, "working")), rep)

    assert made.changed == 30
