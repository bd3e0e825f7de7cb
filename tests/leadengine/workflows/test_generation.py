"""A run from its start to its receipt."""

from decimal import Decimal

import pytest
from django.utils import timezone

from billing import ledger
from billing.ledger import InsufficientCredits
from billing.models import CreditEntry
from leadengine.workflows.briefs import Brief
from leadengine.workflows.generation import (
    NotPossible,
    PriceRose,
    pause_generation,
    resume_generation,
    start_generation,
    stop_generation,
)
from leadengine.workflows.receipts import run_receipt
from leads.criteria import Criteria
from leads.models import Activity, Delivery, Evidence, Exclusion, Lead, LeadIdentity, Run
from leads.suppressing import suppress
from scoring.models import LeadScore
from tests.factories import people
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def receipt_of(run: Run):
    return run_receipt(run, now=timezone.now())


def test_run_delivers_scores_and_charges_each_lead(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(8)]):
        run = work_off(start(workspace))

    receipt = receipt_of(run)
    assert (run.state, receipt.found, receipt.delivered, receipt.excluded) == ("finished", 8, 8, {})
    assert (receipt.held, receipt.captured, receipt.released) == (credits(8), credits(8), credits(0))
    assert ledger.balance(workspace).available == credits(42)
    assert LeadScore.objects.of(workspace).count() == Delivery.objects.of(workspace).count() == 8


def test_delivered_lead_has_evidence_activity_stage_and_identity(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1, title="Chief Technology Officer")]):
        work_off(start(workspace))

    lead = Lead.objects.of(workspace).get()
    assert (lead.seniority, lead.stage.key, lead.company.domain) == ("c_level", "new", "brightwater1.example")
    assert set(Evidence.objects.filter(lead=lead).values_list("field", flat=True)) >= {"full_name", "title", "email"}
    assert Activity.objects.get(lead=lead).kind == "delivered"
    assert LeadIdentity.objects.filter(lead=lead, kind="email", value="p1@brightwater1.example").exists()


def test_delivered_lead_belongs_to_whoever_started_the_run(monkeypatch):
    with provider(monkeypatch, [record(1)]):
        run = work_off(start(people.workspace(credits=50)))

    assert Lead.objects.get().owner == run.started_by


def test_found_is_delivered_plus_excluded_whatever_the_source_returns(monkeypatch):
    workspace = people.workspace(credits=50)
    records = [
        record(0),
        record(0, record_id="again"),
        record(1, email="not an address"),
        record(2, email=""),
        {"record_id": "broken", "unusable": "It has no name"},
        record(3, company={"country": "FR"}),
        record(4),
    ]
    with provider(monkeypatch, records):
        run = work_off(start(workspace, criteria={"places": ["DE"]}))

    receipt = receipt_of(run)
    wanted = {"duplicate_in_run": 1, "invalid_email": 1, "no_contact": 1, "source_error": 1, "criteria_mismatch": 1}
    assert (receipt.found, receipt.delivered, receipt.excluded) == (7, 2, wanted)
    assert receipt.adds_up


def test_second_run_of_the_same_search_charges_nothing(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(5)]):
        work_off(start(workspace))
        again = work_off(start(workspace))

    receipt = receipt_of(again)
    assert (receipt.delivered, receipt.excluded, receipt.captured) == (0, {"already_known": 5}, credits(0))
    assert Lead.objects.of(workspace).count() == 5


def test_lead_is_delivered_again_once_the_window_of_reuse_is_over(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]):
        work_off(start(workspace))
        Delivery.objects.of(workspace).update(delivered_at=timezone.now() - timezone.timedelta(days=366))
        again = work_off(start(workspace))

    assert (again.delivered, again.spent) == (1, credits(1))
    assert Lead.objects.of(workspace).count() == 1


def test_run_ends_at_the_most_leads(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(30)]):
        run = work_off(start(workspace, most_leads=12))

    receipt = receipt_of(run)
    assert (run.state, run.delivered, run.spent) == ("finished", 12, credits(12))
    assert receipt.adds_up


def test_run_stops_at_the_most_credits(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(30)]):
        run = work_off(start(workspace, most_leads=20, most_credits=Decimal(7)))

    receipt = receipt_of(run)
    assert (run.state, run.reason) == ("stopped", "Stopped: budget. The most credits were reached.")
    assert (receipt.held, receipt.captured, receipt.released) == (credits(7), credits(7), credits(0))
    assert receipt.excluded["budget_reached"] == receipt.found - 7


def test_lowest_grade_is_a_filter_and_what_it_leaves_out_is_not_charged(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(3)]):
        run = work_off(start(workspace, lowest_grade="A+"))

    receipt = receipt_of(run)
    assert (receipt.delivered, receipt.excluded, receipt.captured) == (0, {"below_grade": 3}, credits(0))
    assert receipt.released == receipt.held == credits(3)


def test_same_request_key_is_the_same_run(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]):
        first = start(workspace)
        brief = {"name": "", "by": first.started_by, "request_key": first.request_key}
        again = start_generation(workspace, None, **brief, shown_at_most=None, now=timezone.now())

    assert again == first
    assert CreditEntry.objects.of(workspace).filter(kind="hold").count() == 1


def test_start_is_refused_without_enough_credits(monkeypatch):
    workspace = people.workspace(credits=3)
    with provider(monkeypatch, [record(number) for number in range(9)]), pytest.raises(InsufficientCredits):
        start(workspace)

    assert not Run.objects.of(workspace).exists()


def test_start_is_refused_when_the_price_rose(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(9)]):
        first = start(workspace)
        brief = {"name": "", "by": first.started_by, "request_key": "another", "now": timezone.now()}
        with pytest.raises(PriceRose) as refused:
            start_generation(workspace, brief_of(first), shown_at_most=Decimal(5), **brief)

    assert (refused.value.shown, refused.value.at_most) == (5, 9)


def brief_of(run: Run):
    return Brief(criteria=Criteria(), sources=tuple(run.sources), most_leads=run.most_leads)


def test_stop_returns_the_rest_at_once_and_nothing_is_spent_afterwards(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(40)], batch=10):
        run = start(workspace, most_leads=40)
        stopped = stop_generation(run, by=run.started_by, now=timezone.now())
        after = work_off(stopped)

    receipt = receipt_of(after)
    assert (after.state, after.delivered, receipt.spent_after_stop) == ("stopped", 0, 0)
    assert (receipt.held, receipt.released) == (credits(40), credits(40))
    assert ledger.balance(workspace).held == 0


def test_stopped_run_goes_on_with_a_new_hold(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(20)]):
        run = start(workspace, most_leads=20)
        stopped = stop_generation(run, by=run.started_by, now=timezone.now())
        done = work_off(resume_generation(stopped, by=run.started_by, now=timezone.now()))

    receipt = receipt_of(done)
    assert (done.state, done.delivered) == ("finished", 20)
    assert (receipt.held, receipt.captured, receipt.released) == (credits(40), credits(20), credits(20))


def test_paused_run_keeps_its_hold_and_goes_on(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(20)]):
        run = start(workspace, most_leads=20)
        paused = pause_generation(run, by=run.started_by, now=timezone.now())
        held = ledger.balance(workspace).held
        done = work_off(resume_generation(paused, by=run.started_by, now=timezone.now()))

    assert (held, done.delivered) == (credits(20), 20)
    assert CreditEntry.objects.of(workspace).filter(kind="hold").count() == 1


def test_finished_run_cannot_be_resumed(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]):
        run = work_off(start(workspace))

    with pytest.raises(NotPossible, match="finished"):
        resume_generation(run, by=run.started_by, now=timezone.now())


def test_suppressed_person_is_neither_delivered_nor_kept(monkeypatch):
    workspace = people.workspace(credits=50)
    suppress("email", "P1@brightwater1.example", workspace=workspace, by=None, note="asked us", now=timezone.now())
    with provider(monkeypatch, [record(1), record(2)]):
        run = work_off(start(workspace))

    row = Exclusion.objects.of(workspace).get()
    assert (run.delivered, row.reason, row.candidate, row.label) == (1, "suppressed", None, "Suppressed")
