"""Network sources in a quote: counted beside the page, itemised with the provider's own price, never waited for long."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from billing.models import Price
from leadengine.sandbox import running
from leadengine.sandbox.scripted import Reply, Trouble, start
from leadengine.workflows import counting_network
from leadengine.workflows.briefs import Brief
from leadengine.workflows.counting_network import SLOW, counts_in_time
from leadengine.workflows.desk import Desk
from leadengine.workflows.estimating import estimate
from leadengine.workflows.network_quoting import FED, PAID, network_lines
from leads.criteria import Criteria
from leads.models import Standing
from leads.sources import registry
from tests.commands import data
from tests.factories import people, providers

pytestmark = pytest.mark.django_db


class AtOnce(Executor):
    """Works in the test's own thread, within its transaction."""

    def submit(self, work, /, *given, **named):
        future = Future()
        future.set_result(work(*given, **named))
        return future


class Never(Executor):
    """A provider that answers nobody in time."""

    def submit(self, work, /, *given, **named):
        return Future()


@pytest.fixture
def sample(settings, monkeypatch):
    settings.SANDBOX = settings.COUNT_NETWORK = True
    cache.clear()
    monkeypatch.setattr(counting_network, "POOL", AtOnce())
    return people.workspace(is_sample=True, credits=100)


@pytest.fixture
def hunter(sample, monkeypatch):
    script = running.SCRIPTS["hunter"]()
    server = start(script)
    monkeypatch.setitem(running._running, "hunter", script)
    yield script
    server.shutdown()
    server.server_close()


def brief(*sources, leads=500, **fields):
    return Brief(criteria=Criteria.from_json({"places": ["GB"]}), sources=sources, most_leads=leads, **fields)


def lines(workspace, *sources, **fields):
    return {line.source: line for line in network_lines(Desk(workspace, timezone.now()), brief(*sources, **fields))}


@pytest.mark.parametrize(
    ("source", "leads", "most"), [("hunter", 25, 50), ("hunter", 3, 10), ("apollo", 25, 50), ("x", 25, 250)]
)
def test_most_that_it_may_cost_at_the_provider_is_told(sample, source, leads, most):
    line = lines(sample, source, leads=leads)[source]

    assert (line.own_at_most, line.to_json()["provider_credits_at_most"]) == (most, str(most))
    assert f"at most {most}" in str(line)


def test_source_is_counted_and_priced_with_what_its_provider_charges(sample):
    Price.objects.create(kind="delivery", source="hunter", amount="0.50")

    found = lines(sample, "hunter")["hunter"]

    assert found.count.value > 10
    assert found.at_most == found.count.value * Decimal("0.50")
    assert found.cost == "1 Hunter credit for each started 10 addresses"


@pytest.mark.parametrize(("limits", "most"), [({"leads": 5}, 5), ({"most_credits": Decimal(3)}, 3)])
def test_what_is_asked_for_is_the_most_that_it_may_cost(sample, limits, most):
    assert lines(sample, "hunter", **limits)["hunter"].at_most == most


def test_source_that_others_feed_is_not_counted_by_itself(sample):
    found = lines(sample, "companies_house", "hunter")

    assert (found["hunter"].why_not, found["companies_house"].why_not) == (FED, "")
    assert found["companies_house"].count.value > 10


def test_count_is_kept_and_asked_for_once(hunter, sample):
    counts = [lines(sample, "hunter")["hunter"].count for _ in range(3)]

    assert len(set(counts)) == 1
    assert len(hunter.asked) == 1


def test_slow_provider_is_told_and_not_waited_for_again(sample, monkeypatch):
    monkeypatch.setattr(counting_network, "POOL", Never())
    request = Desk(sample, timezone.now()).request(brief("hunter"))

    first = counts_in_time(request, [registry.get("hunter")], seconds=0)["hunter"]
    monkeypatch.setattr(counting_network, "POOL", AtOnce())

    assert first.why_not == SLOW
    assert counts_in_time(request, [registry.get("hunter")], seconds=0)["hunter"].why_not == SLOW
    assert "not counted: it answers slowly" in str(next(iter(lines(sample, "hunter").values())))


@pytest.mark.parametrize("reply", [Reply({}, 500), Reply({"data": [{"emails_count": 7}]}), Reply({"data": None})])
def test_provider_that_fails_is_told_and_the_quote_stands(hunter, sample, reply):
    hunter.always = Trouble(reply)

    found = estimate(sample, brief("hunter", leads=20), by=people.rep(sample), now=timezone.now())

    assert found.network[0].why_not
    assert (found.can_start, found.quote.at_most) == (True, Decimal("20.00"))


def test_key_that_was_refused_is_not_tried_by_a_page(settings):
    settings.COUNT_NETWORK = True
    workspace = people.workspace(credits=50)
    providers.key(workspace, standing=Standing.KEY_REFUSED)

    assert lines(workspace, "hunter")["hunter"].why_not == "it refused the key"


def test_count_that_costs_is_not_made(sample, monkeypatch):
    monkeypatch.setattr(type(registry.get("hunter")), "is_count_free", False)

    assert lines(sample, "hunter")["hunter"].why_not == PAID


@pytest.mark.parametrize(("most_credits", "own"), [(None, Decimal(90)), (Decimal("12.5"), Decimal(12))])
def test_source_that_charges_for_each_record_has_a_ceiling_of_its_own(sample, most_credits, own):
    asked = replace(brief("people_data_labs", leads=90), most_credits=most_credits)

    (line,) = network_lines(Desk(sample, timezone.now()), asked)

    assert (line.own_at_most, line.why_not) == (own, PAID)
    assert f"fitting or not, at most {own}." in str(line)


def test_ceiling_that_a_run_holds_does_not_hang_on_a_count(sample):
    by, now = people.rep(sample), timezone.now()

    found = estimate(sample, brief("hunter", leads=90), by=by, now=now)

    assert found.network[0].at_most <= found.quote.at_most == Decimal("90.00")


def test_command_tells_them(sample):
    people.membership(sample, "owner")

    told = data("quote_leads", "--workspace", sample.slug, "--sources", "hunter", "--criteria", '{"places": ["GB"]}')

    assert told["network"][0] | {"count": 0, "leads_at_most": 0, "at_most": "0", "reach": ""} == {
        "source": "hunter", "title": "Hunter", "count": 0, "counts": "people", "count_capped": False, "not_counted": "",
        "unit_price": "1.00", "leads_at_most": 0, "at_most": "0", "reach": "",
        "provider_cost": "1 Hunter credit for each started 10 addresses", "provider_credits_at_most": "200",
    }  # fmt: skip
