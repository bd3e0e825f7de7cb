"""Runs over the network, from registry to e-mail provider, against the sandbox: joined, paid, told, and failing alone."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from leadengine.outcomes import Outcome
from leadengine.sandbox import running
from leadengine.sandbox.linkedin_export import connections_csv
from leadengine.sandbox.scripted import Reply, Script, Trouble, start
from leadengine.workflows.asking import ask
from leadengine.workflows.dispatch import turn
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.situations import situation
from leads.criteria import Criteria
from leads.files import read_csv, store_file
from leads.models import Evidence, Exclusion, Lane, Lead, RunCompany, Signal
from leads.providers.gate import DatabaseGate
from leads.sources import registry
from leads.sources.door import SANDBOX_KEY
from tests.factories import people, providers
from tests.fakes import workers

pytestmark = pytest.mark.django_db

BOTH = ("companies_house", "hunter")
UK_SOFTWARE = {"places": ["GB"], "industries": {"values": ["software-development"], "level": "must"}}
PEOPLE = 18  # that Hunter's sandbox has at the seven companies that Companies House's finds


@pytest.fixture
def sample(settings):
    settings.SANDBOX = True
    cache.clear()  # answers of the process's own sandbox are kept from test to test
    return people.workspace(is_sample=True, credits=100)


@contextmanager
def scripted(monkeypatch, provider: str, script: Script):
    """The sandbox's provider of this test, instead of the one that the process shares."""
    server = start(script)
    with monkeypatch.context() as patch:
        patch.setitem(running._running, provider, script)
        yield script
    server.shutdown()
    server.server_close()


def lanes(run) -> dict[str, Lane]:
    return {lane.source: lane for lane in run.lanes.all()}


def reasons(run) -> Counter[str]:
    return Counter(Exclusion.objects.filter(run=run).values_list("reason", flat=True))


def test_registry_feeds_the_email_provider(sample):
    run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=40))

    found = lanes(run)
    assert (run.state, run.delivered, run.spent) == ("finished", PEOPLE, Decimal(PEOPLE))
    assert (found["companies_house"].delivered, found["hunter"].delivered) == (0, PEOPLE)
    assert RunCompany.objects.filter(run=run).count() == 7
    assert run_receipt(run, now=timezone.now()).adds_up


def test_lead_knows_what_each_source_told(sample):
    workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=40))

    lead = Lead.objects.of(sample).select_related("company").get(email="mina.gillespie@islegate.example")
    assert (lead.source, lead.is_sample) == ("hunter", True)
    assert (lead.company.domain, lead.company.founded_year) == ("islegate.example", 2012)
    told = Evidence.objects.of(sample).filter(company=lead.company, is_current=True).values_list("field", "source")
    assert {source for _field, source in told} == {"companies_house", "hunter"}
    assert "companies_house" in {source for field, source in told if "founded" in field}


def test_directors_that_it_knows_are_one_lead_with_those_of_the_registry(sample):
    run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=40))

    assert reasons(run) == {"duplicate_in_run": 14}
    assert Lead.objects.of(sample).count() == PEOPLE


def test_registry_alone_delivers_nobody_and_says_why(sample):
    run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=("companies_house",)))

    assert (run.state, run.delivered, run.spent) == ("finished", 0, 0)
    assert reasons(run) == {"no_contact": 14}


def test_email_provider_alone_discovers_the_companies(sample):
    run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=("hunter",), most_leads=40))

    assert run.delivered == PEOPLE
    assert lanes(run)["hunter"].provider_credits == 7


@pytest.mark.parametrize("asked", [{"founded": {"min": 1990, "max": 2020}}, {"technologies": ["SAP"]}], ids=str)
def test_company_that_was_discovered_by_what_nobody_tells_is_taken(sample, asked):
    run = workers.work_off(
        workers.start(sample, criteria={"places": ["GB"]} | asked, sources=("hunter",), most_leads=3)
    )

    assert (run.delivered, reasons(run)["criteria_mismatch"]) == (3, 0)


def test_limits_end_the_run_before_everybody_was_asked(sample):
    run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=5))

    assert (run.state, run.delivered, run.spent) == ("finished", 5, Decimal(5))
    assert lanes(run)["hunter"].asked < 7


def test_what_was_asked_and_what_it_cost_are_on_the_receipt(sample, monkeypatch):
    with scripted(monkeypatch, "hunter", running.SCRIPTS["hunter"]()) as script:
        run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=40))

    told = {row["source"]: row for row in run_receipt(run, now=timezone.now()).to_json()["sources"]}
    assert told["hunter"]["asked"] == len(script.asked) == 7
    assert told["hunter"]["provider_credits"] == 7


FAULTS = {
    "key refused": (Reply({}, 401), "refused the key", 0),
    "out of credits": (Reply({}, 402), "no credits left", 0),
    "not understood": (Reply({}, 422), "did not understand", 2),
    "down": (Reply({}, 500), "error of its own", 0),
    "garbled": (Reply(raw=b"<html>"), "could not be read", 0),
}


@pytest.mark.parametrize(("reply", "words", "left_out"), FAULTS.values(), ids=FAULTS)
def test_provider_that_fails_fails_alone_and_costs_nothing(sample, monkeypatch, reply, words, left_out):
    """A question that is not understood may be at fault itself: only the third company in a row ends the lane."""
    script = running.SCRIPTS["hunter"]()
    script.always = Trouble(reply)
    with scripted(monkeypatch, "hunter", script):
        run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH))

    lane = lanes(run)["hunter"]
    assert (lane.state, lane.found, lane.spent, lane.provider_credits) == ("failed", left_out, 0, 0)
    assert words in lane.error
    assert lanes(run)["companies_house"].state == "done"
    assert (run.state, run.spent) == ("finished", 0)
    assert run_receipt(run, now=timezone.now()).adds_up


def test_credits_that_end_midway_keep_what_was_delivered(sample, monkeypatch):
    with scripted(monkeypatch, "hunter", running.SCRIPTS["hunter"](credits=3)):
        run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=40))

    lane = lanes(run)["hunter"]
    assert (lane.state, lane.provider_credits) == ("failed", 3)
    assert 0 < run.delivered < PEOPLE
    assert run.spent == run.delivered


def too_often(times: int) -> list[Trouble]:
    return [Trouble(Reply({}, 429, {"Retry-After": "0.1"})) for _ in range(times)]


def test_wait_that_is_named_is_waited_for(sample, monkeypatch):
    script = running.SCRIPTS["hunter"]()
    script.troubles = too_often(6)
    with scripted(monkeypatch, "hunter", script):
        run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=40))

    assert (lanes(run)["hunter"].state, run.delivered) == ("done", PEOPLE)


def test_provider_that_asks_to_wait_for_ever_is_given_up(sample, monkeypatch):
    script = running.SCRIPTS["hunter"]()
    script.always = too_often(1)[0]
    with scripted(monkeypatch, "hunter", script):
        run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH))

    assert lanes(run)["hunter"].state == "failed"
    assert "asks to wait" in lanes(run)["hunter"].error


def test_others_before_us_are_no_fault(sample):
    gate = DatabaseGate("sandbox:companies_house", SANDBOX_KEY)
    gate.leave(Outcome.RATE_LIMITED, said="Too often.", seconds=0.1, wait=60.0)
    run = workers.start(sample, criteria=UK_SOFTWARE, sources=("companies_house",))

    for _ in range(7):
        Lane.objects.filter(run=run).update(due_at=timezone.now())
        turn(now=timezone.now(), run=run)

    lane = lanes(run)["companies_house"]
    assert (lane.state, lane.faults, lane.asked) == ("running", 0, 0)
    assert situation(lane, now=timezone.now()).label == "Waits its turn"


def test_company_that_two_registries_know_is_asked_about_once(sample):
    sources = ("companies_house", "gleif", "hunter")

    run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=sources, most_leads=40))

    keys = list(RunCompany.objects.filter(run=run).values_list("company_key", flat=True))
    assert len(keys) == len(set(keys)) == 46
    assert lanes(run)["hunter"].asked == 46
    assert run.delivered == PEOPLE


def test_other_workspace_never_sees_the_sandbox(settings):
    settings.SANDBOX = True
    real = people.workspace(credits=100)
    providers.key(real, "companies_house")
    asked = registry.get("companies_house")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(asked), "base_url", "http://127.0.0.1:9")
        run = workers.work_off(workers.start(real, criteria=UK_SOFTWARE, sources=("companies_house",)))

    assert run.state == "failed"
    assert not Lead.objects.filter(is_sample=True).exists()


def test_companies_with_many_people_are_paged_within(sample, monkeypatch):
    monkeypatch.setattr("leads.sources.email_providers.hunter.TEN", 2)

    run = workers.work_off(workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=40))

    assert run.delivered == PEOPLE
    assert lanes(run)["hunter"].provider_credits == PEOPLE / 2


def test_answer_that_was_paid_for_is_used_by_whoever_takes_over(sample, monkeypatch):
    """A worker is killed between the answer and its settling: another asks no second time."""
    with scripted(monkeypatch, "hunter", running.SCRIPTS["hunter"]()) as script:
        run = workers.start(sample, criteria=UK_SOFTWARE, sources=BOTH, most_leads=40)
        turn(now=timezone.now(), run=run, source="companies_house")
        lane = lanes(run)["hunter"]
        ask(registry.get("hunter"), run, lane, Criteria.from_json(run.criteria), timezone.now())
        cache.clear()

        run = workers.work_off(run)

    assert (run.delivered, len(script.asked)) == (PEOPLE, 7)
    assert lanes(run)["hunter"].provider_credits == 7


def test_linkedin_file_and_lead_forms_are_side_by_side(settings):
    settings.SANDBOX = True
    sample = people.workspace(is_sample=True, credits=300)
    parsed = read_csv(connections_csv(timezone.localdate()), "Connections.csv")
    file = store_file(sample, parsed, by=people.rep(sample))
    sources = ("file:connections", "linkedin")

    run = workers.work_off(workers.start(sample, sources=sources, most_leads=100, file_id=file.pk))

    receipt = run_receipt(run, now=timezone.now())
    assert receipt.adds_up
    assert all(each.found for each in receipt.sources)
    told = {each.title: each.unit_price for each in receipt.sources}
    assert told == {"LinkedIn: connections": 0, "LinkedIn: lead forms": 1}
    seen = Signal.objects.filter(workspace=sample, kind="connected").values_list("lead", flat=True)
    assert len(set(seen)) == 30
