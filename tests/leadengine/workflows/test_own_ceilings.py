"""What a run may cost at a provider is told before, and is not exceeded however little fits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from leadengine.sandbox import running
from leadengine.sandbox.scripted import Reply, serve
from leadengine.workflows.receipts import run_receipt
from leads.sources.email_providers.hunter import Hunter
from tests.factories import people
from tests.fakes import workers

pytestmark = pytest.mark.django_db

ADA = {"first_name": "Ada", "last_name": "Abara", "position": "Head of Sales"}
NOBODY_FITS = {"titles": {"values": ["Astronaut"], "level": "must"}}


@pytest.fixture
def sample(settings):
    settings.SANDBOX = True
    cache.clear()
    return people.workspace(is_sample=True, credits=100)


@pytest.fixture
def endless(sample, monkeypatch):
    """Hunter with a company whose addresses never end."""
    script = running.SCRIPTS["hunter"]()
    answer = script.answer

    def answered(ask):
        if ask.path != "/domain-search":
            return answer(ask)
        start, size = ask.number("offset", 0), ask.number("limit", 10)
        emails = [{**ADA, "value": f"p{start + place}@endless.example"} for place in range(size)]
        company = {"domain": "endless.example", "organization": "Endless Ltd", "emails": emails}
        return Reply({"data": company, "meta": {"results": 10_000}})

    script.answer = answered
    with serve(script):
        monkeypatch.setitem(running._running, "hunter", script)
        yield script


def test_provider_is_asked_for_no_more_than_the_quote_names(sample, endless, monkeypatch):
    monkeypatch.setattr(Hunter, "own_at_least", Decimal(3))
    run = workers.work_off(workers.start(sample, criteria=NOBODY_FITS, sources=("hunter",), most_leads=1))

    lane, receipt = run.lanes.get(), run_receipt(run, now=timezone.now())
    assert (run.state, run.delivered, lane.state, lane.provider_credits) == ("finished", 0, "done", 3)
    assert receipt.sources[0].over == "Asked no more: it has taken the 3 Hunter credits that the quote allows."
    assert receipt.adds_up
