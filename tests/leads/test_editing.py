"""Edits of many leads: what changes, what the timelines say, and that undo gives each lead back its own."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from leads.editing import AlreadyUndone, Change, Deal, edit, undo
from leads.models import Activity, EditedField, Lead, LeadEdit, LeadListEntry, LeadTag, Stage
from tests.factories import groups, leads, people

pytestmark = pytest.mark.django_db

NOW = timezone.now()
STAGE, OWNER, TAG, LIST, OUTCOME, UNTAG, UNLIST = EditedField
STANDING = ("stage__key", "outcome", "outcome_reason", "closed_at", "deal_value", "deal_currency")


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

    assert (set(back.ids), back.left) == ({lead.pk for lead in mine}, 0)
    assert [Lead.objects.get(pk=lead.pk).owner for lead in mine] == others
    assert not Activity.objects.filter(kind="owner").exists()


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
    assert (back.ids, back.left) == ((second.pk,), 1)
    assert (first.stage.key, second.stage.key) == ("meeting", "new")


@pytest.mark.parametrize(("field", "rows"), [(TAG, LeadTag), (LIST, LeadListEntry)])
def test_undo_takes_off_only_what_the_edit_put_on(workspace, rep, field, rows):
    had, _ = leads.lead(workspace), leads.lead(workspace)
    named = groups.tag(workspace, "vip") if field == TAG else groups.lead_list(workspace, "vip")
    changed(workspace, Change(field, named), rep, pk=had.pk)
    made = changed(workspace, Change(field, named), rep)

    back = undo(made, by=rep, now=NOW)

    assert (made.changed, len(back.ids)) == (1, 1)
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

    assert undo(made, by=rep, now=NOW).ids == ()
    assert Lead.objects.get(pk=lead.pk).owner == rep


def test_statements_stay_as_few_for_many_leads(workspace, rep, django_assert_max_num_queries):
    company = leads.company(workspace)
    for _ in range(30):
        leads.lead(workspace, company=company)

    with django_assert_max_num_queries(6):
        made = changed(workspace, Change(STAGE, stage(workspace, "working")), rep)

    assert made.changed == 30


def standing(lead: Lead) -> tuple:
    return Lead.objects.values_list(*STANDING).get(pk=lead.pk)


def test_undo_leads_to_the_reason_time_and_deal_of_before_and_leaves_no_trace(workspace, rep):
    lead = leads.lead(workspace)
    won = Change(STAGE, stage(workspace, "won"), deal=Deal(Decimal("12000.50"), "CHF"))
    edit(Lead.objects.all(), won, workspace=workspace, by=rep, now=NOW - timedelta(days=3))
    before, events = standing(lead), list(Activity.objects.values_list("pk", flat=True))
    made = changed(workspace, Change(STAGE, stage(workspace, "disqualified"), "Cancelled"), rep)
    assert standing(lead)[1:3] == ("disqualified", "Cancelled")

    undo(made, by=rep, now=NOW)

    assert standing(lead) == before == ("won", "won", "", NOW - timedelta(days=3), Decimal("12000.50"), "CHF")
    assert list(Activity.objects.values_list("pk", flat=True)) == events


def there_and_back(workspace, rep, field) -> list[Change]:
    """An edit, the edit that undoes it by hand, and the first again."""
    if field == TAG:
        tag = groups.tag(workspace, "vip")
        return [Change(each, tag) for each in (TAG, UNTAG, TAG)]
    if field == LIST:
        fair = groups.lead_list(workspace, "Fair")
        return [Change(each, fair) for each in (LIST, UNLIST, LIST)]
    if field == OWNER:
        return [Change(OWNER, each) for each in (rep, None, rep)]
    return [Change(STAGE, stage(workspace, key)) for key in ("working", "meeting", "working")]


@pytest.mark.parametrize("field", [STAGE, OWNER, TAG, LIST])
def test_there_and_back_by_a_colleague_is_a_change_since(workspace, rep, field):
    lead, other = leads.lead(workspace), people.rep(workspace)
    first, *since = there_and_back(workspace, rep, field)
    made = changed(workspace, first, rep)
    for change in since:
        changed(workspace, change, other)

    back = undo(made, by=rep, now=NOW)

    assert (back.ids, back.left) == ((), 1)
    assert Activity.objects.filter(lead=lead).count() == 3


def test_change_that_its_maker_took_back_is_no_change_since(workspace, rep):
    lead, other = leads.lead(workspace), people.rep(workspace)
    made = changed(workspace, Change(OWNER, rep), rep)
    undo(changed(workspace, Change(OWNER, other), other), by=other, now=NOW)

    back = undo(made, by=rep, now=NOW)

    assert back.ids == (lead.pk,)
    assert Lead.objects.get().owner is None


def test_stage_is_not_taken_back_after_the_deal_was_noted(workspace, rep):
    lead = leads.lead(workspace)
    made = changed(workspace, Change(STAGE, stage(workspace, "won")), rep)
    changed(workspace, Change(OUTCOME, deal=Deal(Decimal(700), "CHF")), rep)

    assert undo(made, by=rep, now=NOW).left == 1
    assert standing(lead)[4:] == (Decimal(700), "CHF")


def test_lead_stays_where_it_is_when_the_stage_of_before_is_gone(workspace, rep):
    gone = Stage.objects.create(workspace=workspace, key="gone", name="Gone")
    lead = leads.lead(workspace, stage=gone)
    made = changed(workspace, Change(STAGE, stage(workspace, "working")), rep)
    gone.delete()

    assert undo(made, by=rep, now=NOW).ids == ()
    assert standing(lead)[0] == "working"


def test_lead_comes_back_on_the_list_as_if_it_had_never_been_off(workspace, rep):
    fair = groups.lead_list(workspace, "Fair", leads.lead(workspace))
    before = list(LeadListEntry.objects.values_list("lead", "lead_list", "added_at"))
    made = changed(workspace, Change(UNLIST, fair), rep)
    assert not LeadListEntry.objects.exists()

    undo(made, by=rep, now=NOW)

    assert list(LeadListEntry.objects.values_list("lead", "lead_list", "added_at")) == before


def test_who_took_an_edit_back_is_kept(workspace, rep):
    leads.lead(workspace)
    manager = people.manager(workspace)
    made = changed(workspace, Change(OWNER, rep), rep)

    undo(made, by=manager, now=NOW)

    made.refresh_from_db()
    assert (made.undone_by, made.undone_at) == (manager, NOW)
