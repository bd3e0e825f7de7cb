"""Edits score what they change: few leads at once, many by a worker, and again when they are taken back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.workflows import editing
from leads.editing import Change
from leads.models import EditedField, Lead, Stage
from scoring.models import LeadScore, Rescoring
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(workspace):
    return people.rep(workspace)


def moved(workspace, rep):
    change = Change(EditedField.STAGE, Stage.objects.of(workspace).get(key="working"))
    return editing.edit_leads(Lead.objects.of(workspace), change, workspace=workspace, by=rep, now=NOW)


def test_moved_leads_are_scored_at_once_and_again_when_taken_back(workspace, rep):
    pair = [leads.lead(workspace), leads.lead(workspace)]

    made = moved(workspace, rep)

    assert set(LeadScore.objects.values_list("lead", flat=True)) == {lead.pk for lead in pair}
    LeadScore.objects.all().delete()
    editing.undo_edit(made, by=rep, now=NOW)
    assert LeadScore.objects.count() == 2


def test_many_are_left_to_a_worker_and_so_is_their_way_back(workspace, rep, monkeypatch):
    monkeypatch.setattr(editing, "AT_ONCE", 1)
    _ = leads.lead(workspace), leads.lead(workspace)

    made = moved(workspace, rep)

    assert (LeadScore.objects.count(), editing.is_scored_later(made)) == (0, True)
    assert Rescoring.objects.get().why == "Stage: Working"
    editing.undo_edit(made, by=rep, now=NOW)
    assert Rescoring.objects.latest("pk").why == "Undone: Stage: Working"


def test_owner_does_not_count_for_the_score(workspace, rep):
    lead = leads.lead(workspace)

    editing.edit_one(lead, Change(EditedField.OWNER, rep), by=rep, now=NOW)

    assert Lead.objects.get().owner == rep
    assert not LeadScore.objects.exists()
