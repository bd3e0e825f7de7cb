"""A lead is due when nothing has lived on it for long enough; won ones and open deals never are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.models import FieldChange, Lead, Stage
from leads.retention import due
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db

NOW = timezone.now()
OLD = NOW - timedelta(days=100, seconds=1)


@pytest.fixture
def old() -> Lead:
    return leads.lead(people.workspace(), created_at=OLD, updated_at=OLD)


def is_due(lead: Lead, days: int = 100) -> bool:
    return due(lead.workspace, days, now=NOW).filter(pk=lead.pk).exists()


def test_lead_is_due_the_day_after_its_last(old):
    assert (is_due(old, 100), is_due(old, 101)) == (True, False)


SIGNS = {
    "delivered": lambda lead, at: runs.delivery(runs.lane(runs.run(lead.workspace)), lead, delivered_at=at),
    "worked on": lambda lead, at: leads.activity(lead, occurred_at=at),
    "told of": lambda lead, at: leads.evidence(lead, observed_at=at),
    "edited": lambda lead, at: FieldChange.objects.create(
        workspace=lead.workspace, lead=lead, source="x", changed_at=at
    ),
    "changed": lambda lead, at: Lead.objects.filter(pk=lead.pk).update(updated_at=at),
}


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_sign_of_life_keeps_it_as_long_as_it_is_young(old, sign):
    sign(old, OLD)
    assert is_due(old)

    sign(leads.lead(old.workspace), NOW)
    assert is_due(old)


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_young_sign_of_life_keeps_it(old, sign):
    sign(old, NOW - timedelta(days=99))

    assert not is_due(old)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"outcome": "won", "closed_at": OLD}, False),
        ({"deal_value": 5, "deal_currency": "EUR"}, False),
        ({"deal_value": 5, "deal_currency": "EUR", "outcome": "lost", "closed_at": OLD}, True),
        ({"outcome": "lost", "closed_at": OLD}, True),
        ({"erased_at": OLD}, False),
    ],
    ids=["won", "open deal", "lost deal", "lost", "erased"],
)
def test_pipeline_decides_too(old, fields, expected):
    Lead.objects.filter(pk=old.pk).update(**fields)

    assert is_due(old) is expected


def test_stage_won_keeps_it_whatever_the_outcome_says(old):
    Lead.objects.filter(pk=old.pk).update(stage=Stage.objects.of(old.workspace).get(key="won"))

    assert not is_due(old)


def test_lead_of_another_workspace_is_not_due(old):
    assert not due(people.workspace(), 100, now=NOW).exists()
