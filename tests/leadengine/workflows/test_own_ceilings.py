"""What a run may cost at a provider is told before, and is not exceeded however little fits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from leadengine.sandbox import running
from leadengine.sandbox.scripted import Reply, serve
from leadengine.workflows.receipts import run_receipt
from leads.sources.email_providers.apollo import Apollo
from leads.sources.email_providers.hunter import Hunter
from leads.sources.social.x import X
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


def match(each: dict[str, str]) -> dict[str, object]:
    return {
        "id": each["id"],
        "first_name": "Ada",
        "last_name": f"Abara-{each['id']}",
        "email": None,
        "organization": {},
    }


@pytest.fixture
def apollo(sample, monkeypatch):
    """Apollo with people without end, none of whom has an address."""
    script = running.SCRIPTS["apollo"]()
    person = {"first_name": "Ada", "title": "Head of Sales", "organization": {"name": "Endless Ltd"}}

    def answered(ask):
        if ask.path == "/people/bulk_match":
            asked = ask.body["details"]
            return Reply({"status": "success", "credits_consumed": len(asked), "matches": list(map(match, asked))})
        start = (ask.number("page", 1) - 1) * 100
        found = [person | {"id": f"p{number}"} for number in range(start, start + 100)]
        return Reply({"total_entries": 9_000, "people": found})

    script.answer = answered
    with serve(script):
        monkeypatch.setitem(running._running, "apollo", script)
        yield script


@pytest.fixture
def network(sample, monkeypatch):
    """X with profiles without end, none of which shows how to reach anybody."""
    script = running.SCRIPTS["x"]()

    def answered(ask):
        start, size = ask.number("next_token", 0), ask.number("max_results", 10)
        users = [{"id": str(number), "username": f"u{number}", "name": "Ada"} for number in range(start, start + size)]
        return Reply({"data": users, "meta": {"result_count": size, "next_token": str(start + size)}})

    script.answer = answered
    with serve(script):
        monkeypatch.setitem(running._running, "x", script)
        yield script


def test_nobody_more_is_bought_than_the_quote_names(sample, apollo, monkeypatch):
    monkeypatch.setattr(Apollo, "own_at_least", Decimal(13))
    run = workers.work_off(workers.start(sample, sources=("apollo",), most_leads=5))

    row = run_receipt(run, now=timezone.now()).sources[0]
    bought = [each["id"] for ask in apollo.asked if ask.body for each in ask.body["details"]]
    assert (run.delivered, row.provider_credits, len(set(bought)), len(bought)) == (0, 13, 13, 13)
    assert row.over == "Asked no more: it has taken the 13 Apollo credits that the quote allows."


def test_no_more_profiles_are_shown_than_the_quote_names(sample, network, monkeypatch):
    monkeypatch.setattr(X, "own_at_least", Decimal(25))
    run = workers.work_off(workers.start(sample, sources=("x",), criteria=NOBODY_FITS, most_leads=1))

    row = run_receipt(run, now=timezone.now()).sources[0]
    assert (run.delivered, row.provider_credits) == (0, 20)
    assert sum(ask.number("max_results", 0) for ask in network.asked) == 20
    assert row.over == "Asked no more: a page more might take more than the 25 X credits that the quote allows."
