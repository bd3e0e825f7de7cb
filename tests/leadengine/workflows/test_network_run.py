"""A run over the network, from registry to e-mail provider, against the sandbox: one lead from two sources, costs told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leads.models import RunCompany
from tests.factories import people
from tests.fakes.workers import start, work_off

pytestmark = pytest.mark.django_db

UK_SOFTWARE = {"places": ["GB"], "industries": {"values": ["software-development"], "level": "must"}}


@pytest.fixture
def sample(settings):
    settings.SANDBOX = True
    return people.workspace(is_sample=True, credits=100)


def test_registry_feeds_the_email_provider(sample):
    run = work_off(start(sample, criteria=UK_SOFTWARE, sources=("companies_house", "hunter"), most_leads=20))

    lanes = {lane.source: lane for lane in run.lanes.all()}
    assert (run.state, run.reason) == ("finished", "")
    assert RunCompany.objects.of(sample).filter(run=run).count() == 7
    assert lanes["hunter"].delivered == 20
    assert lanes["companies_house"].asked == 8
    assert lanes["hunter"].provider_credits > 0
    assert run.spent == Decimal(20)
