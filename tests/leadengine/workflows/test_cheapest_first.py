"""Companies of a registry are taken to the e-mail providers cheapest first, and to none beyond what the run may cost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

import pytest
from django.core.cache import cache
from django.utils import timezone

from billing.models import Price
from leadengine.sandbox import running
from leadengine.sandbox.scripted import start
from leadengine.workflows import frontier
from leadengine.workflows.dispatch import turn
from leads.models import Lane, RunCompany
from leads.sources import registry
from leads.sources.email_providers.hunter import Hunter
from tests.factories import people
from tests.fakes import workers

pytestmark = pytest.mark.django_db
UK_SOFTWARE = {
    "places": ["GB"],
    "founded": {"min": 2007, "level": "must"},
    "industries": {"values": ["software-development"], "level": "must"},
}
SOURCES = ("companies_house", "dear", "hunter")


class Dear(Hunter):
    """Another e-mail provider with the same people, at twice the price."""

    name: ClassVar[str] = "dear"
    title: ClassVar[str] = "Dear"

    def credentials(self, key: str) -> dict[str, str]:
        return {"X-API-KEY": key, "X-Who": "dear"}


@pytest.fixture
def script(settings, monkeypatch):
    settings.SANDBOX = True
    cache.clear()
    Price.objects.create(kind="delivery", source="dear", amount="2.00")
    script = running.SCRIPTS["hunter"]()
    server = start(script)
    monkeypatch.setitem(running._running, "hunter", script)
    monkeypatch.setitem(registry.SOURCES, "dear", Dear())
    yield script
    server.shutdown()
    server.server_close()


def worked_off(**brief):
    """By workers who would rather take up the dearer provider: the cheaper comes to its turn in one of two."""
    run = workers.start(people.workspace(is_sample=True, credits=100), criteria=UK_SOFTWARE, sources=SOURCES, **brief)
    for number in range(300):
        run.refresh_from_db()
        if not run.is_active:
            break
        now, late = timezone.now(), timedelta(seconds=60 if number % 2 else 0)
        waiting = Lane.objects.filter(run=run, claimed=False)
        waiting.exclude(source="hunter").update(due_at=now)
        waiting.filter(source="hunter").update(due_at=now + late)
        turn(now=now, run=run)
    return run


def asked(script) -> list[tuple[str, str]]:
    return [(each.one("domain") or each.one("company"), each.headers.get("x-who", "cheap")) for each in script.asked]


def test_dearer_provider_is_asked_about_a_company_after_the_cheaper(script):
    run = worked_off(most_leads=40)

    order = asked(script)
    companies = {company for company, _ in order}
    assert run.state == "finished"
    assert len(companies) == RunCompany.objects.filter(run=run).count() > 2
    assert all(order.index((each, "cheap")) < order.index((each, "dear")) for each in companies)
    assert {lane.source: lane.delivered > 0 for lane in run.lanes.all()}["hunter"]


def test_asking_ends_where_the_run_may_cost_no_more(script):
    run = worked_off(most_leads=3, most_credits=Decimal("3.00"))

    order = asked(script)
    assert (run.delivered, run.spent) == (3, Decimal("3.00"))
    assert run.spent <= Decimal(run.quote["at_most"])
    assert len({company for company, _ in order}) < 3
    assert len([who for _, who in order if who == "dear"]) <= len([who for _, who in order if who == "cheap"])


@pytest.mark.parametrize(
    ("cheap", "until"),
    [
        ({"cursor": {"after": 7}}, 7),
        ({"cursor": {}}, 0),
        ({"cursor": {"after": 7}, "faults": 1}, None),
        ({"cursor": {"after": 7}, "due_at": "2031-01-01T00:00:00Z"}, None),
        ({"cursor": {"after": 7}, "state": "done"}, None),
    ],
    ids=["as far as it came", "not begun", "fails", "put off for long", "done"],
)
def test_who_is_put_off_holds_nobody_up(script, cheap, until):
    sample = people.workspace(is_sample=True, credits=100)
    run = workers.start(sample, criteria=UK_SOFTWARE, sources=SOURCES)
    Lane.objects.filter(run=run, source="hunter").update(**cheap)

    dear = run.lanes.get(source="dear")

    assert frontier.passed_by_cheaper(run, dear, now=timezone.now()) == until
