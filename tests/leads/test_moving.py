"""Moves on the board and their way back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from leads import pipeline
from leads.models import Activity, ActivityKind, Lead, Stage
from leads.moving import Deal, assign, move, settle_outcome
from leads.taking_back import CannotTakeBack, take_back
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

NOW = timezone.now()
STANDING = ("stage__key", "outcome", "outcome_reason", "closed_at", "deal_value", "deal_currency")


@pytest.fixture
def lead():
    return leads.lead()


@pytest.fixture
def by(lead):
    return people.rep(lead.workspace)


def stage(lead, key: str) -> Stage:
    return Stage.objects.of(lead.workspace).get(key=key)


def standing(lead) -> tuple:
    return Lead.objects.values_list(*STANDING).get(pk=lead.pk)


def test_won_lead_keeps_what_the_deal_is_worth(lead, by):
    move(lead, stage(lead, "won"), by=by, now=NOW, deal=Deal(Decimal("12000.50"), "EUR"))

    assert standing(lead) == ("won", "won", "", NOW, Decimal("12000.50"), "EUR")


def test_move_to_where_it_stands_is_none(lead, by):
    assert move(lead, stage(lead, "new"), by=by, now=NOW) is None
    assert not Activity.objects.filter(kind=ActivityKind.STAGE).exists()


def test_move_is_taken_back_without_a_trace(lead, by):
    before = standing(lead)
    event = move(lead, stage(lead, "won"), by=by, now=NOW, deal=Deal(Decimal(9), "USD"))

    take_back(lead, event.pk, by=by, now=NOW)

    assert standing(lead) == before
    assert not Activity.objects.filter(kind=ActivityKind.STAGE).exists()


def test_way_back_leads_to_the_reason_time_and_deal_of_before(lead, by):
    move(lead, stage(lead, "won"), by=by, now=NOW - timedelta(days=3), deal=Deal(Decimal(700), "CHF"))
    before = standing(lead)
    event = move(lead, stage(lead, "disqualified"), by=by, now=NOW, reason="Cancelled")
    assert standing(lead)[1:3] == ("disqualified", "Cancelled")

    take_back(Lead.objects.get(pk=lead.pk), event.pk, by=by, now=NOW)

    assert standing(lead) == before


def test_move_before_the_last_is_not_taken_back(lead, by):
    event = move(lead, stage(lead, "working"), by=by, now=NOW)
    move(lead, stage(lead, "meeting"), by=by, now=NOW + timedelta(seconds=1))

    with pytest.raises(CannotTakeBack, match="moved again since"):
        take_back(lead, event.pk, by=by, now=NOW)

    assert standing(lead)[0] == "meeting"


def test_move_that_was_not_made_on_the_board_is_not_taken_back(lead, by):
    pipeline.move(lead, stage(lead, "working"), by=by, now=NOW)
    event = Activity.objects.get(kind=ActivityKind.STAGE)

    with pytest.raises(CannotTakeBack):
        take_back(lead, event.pk, by=by, now=NOW)


def test_move_of_another_lead_is_not_taken_back(lead, by):
    other = leads.lead(lead.workspace)
    event = move(other, stage(lead, "working"), by=by, now=NOW)

    with pytest.raises(CannotTakeBack):
        take_back(lead, event.pk, by=by, now=NOW)


def test_move_is_not_taken_back_after_the_lead_went_there_and_back(lead, by):
    event = move(lead, stage(lead, "working"), by=by, now=NOW)
    move(lead, stage(lead, "meeting"), by=by, now=NOW)
    move(lead, stage(lead, "working"), by=by, now=NOW)

    with pytest.raises(CannotTakeBack):
        take_back(lead, event.pk, by=by, now=NOW)


def test_move_is_not_taken_back_after_its_deal_was_noted(lead, by):
    event = move(lead, stage(lead, "won"), by=by, now=NOW)
    settle_outcome(lead, value=Decimal(700), currency="CHF", by=by, now=NOW)

    with pytest.raises(CannotTakeBack):
        take_back(lead, event.pk, by=by, now=NOW)

    assert standing(lead)[4:] == (Decimal(700), "CHF")


def test_what_a_stale_page_changes_goes_back_to_what_stood_there_then(lead, by):
    stale = Lead.objects.get(pk=lead.pk)
    other = people.rep(lead.workspace)
    assign(lead, other, by=other, now=NOW)
    event = assign(stale, by, by=by, now=NOW)

    take_back(stale, event.pk, by=by, now=NOW)

    assert Lead.objects.get(pk=lead.pk).owner == other


def test_move_of_somebody_else_is_taken_back_by_nobody_in_particular_alone(lead, by):
    event = move(lead, stage(lead, "working"), by=by, now=NOW)

    with pytest.raises(CannotTakeBack, match="somebody else did it"):
        take_back(lead, event.pk, by=people.rep(lead.workspace), now=NOW)
    take_back(lead, event.pk, by=None, now=NOW)

    assert standing(lead)[0] == "new"


def test_lead_stays_where_it_is_when_the_stage_of_before_is_gone(lead, by):
    gone = Stage.objects.create(workspace=lead.workspace, key="gone", name="Gone")
    move(lead, gone, by=by, now=NOW)
    event = move(lead, stage(lead, "working"), by=by, now=NOW)
    gone.delete()

    with pytest.raises(CannotTakeBack):
        take_back(lead, event.pk, by=by, now=NOW)
