"""Slices run twice, sources that fail, facts that two sources add up."""

import json

import pytest
from django.utils import timezone

from billing import ledger
from billing.models import CreditEntry
from leadengine.sandbox.provider import Fault
from leadengine.workflows import leases
from leadengine.workflows.dispatch import turn
from leadengine.workflows.lanes import run_batch, run_turn
from leadengine.workflows.publishing import publish_profile
from leadengine.workflows.receipts import run_receipt
from leads.models import Activity, Evidence, Exclusion, Lane, Lead, Run, SourceAnswer
from scoring.models import LeadScore
from scoring.rescoring import rescore
from scoring.rulebook import WEIGHTS
from scoring.rules import rules_of_run
from scoring.versions import drafted
from scoring.weighting import Weighting
from tests.factories import people
from tests.factories.runs import source_file
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def totals(run: Run) -> dict:
    return run_receipt(Run.objects.get(pk=run.pk), now=timezone.now()).to_json() | {"seconds": 0}


def claimed(run: Run) -> Lane:
    return leases.claim(Lane, now=timezone.now(), run=run)


def test_batch_that_is_run_twice_changes_nothing(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(30)], batch=10):
        run = start(workspace, most_leads=30)
        lane = claimed(run)
        Run.objects.filter(pk=run.pk).update(state="running")
        run.refresh_from_db()
        run_batch(run, lane, rules_of_run(run))
        before = totals(run)

        with pytest.raises(leases.LeaseLost):
            run_batch(run, lane, rules_of_run(run))

    assert totals(run) == before
    assert before["delivered"] == 10


def test_batch_that_was_judged_before_somebody_published_is_scored_by_the_new_version(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(3)]):
        run = start(workspace, most_leads=3)
        lane = claimed(run)
        Run.objects.filter(pk=run.pk).update(state="running")
        run.refresh_from_db()
        before = rules_of_run(run)
        newer = drafted(workspace, "", Weighting((5, 22, *WEIGHTS[2:])), note="", by=None, now=timezone.now())
        publish_profile(newer, by=None, now=timezone.now())

        run_batch(run, lane, before)

    stored = list(LeadScore.objects.of(workspace).order_by("pk").values_list("profile", "total"))
    rescore(list(Lead.objects.of(workspace)), why="Test", now=timezone.now())
    assert [profile for profile, _ in stored] == [newer.pk] * 3
    assert stored == list(LeadScore.objects.of(workspace).order_by("pk").values_list("profile", "total"))


def test_worker_whose_lease_was_taken_saves_nothing(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(5)]):
        run = start(workspace)
        late = claimed(run)
        Lane.objects.update(due_at=timezone.now())
        claimed(run)

        with pytest.raises(leases.LeaseLost):
            run_turn(late, batches=1)

    assert Lead.objects.of(workspace).count() == 0


def test_answer_that_was_paid_for_is_not_asked_for_again(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(5)]) as asked:
        run = start(workspace)
        lane = claimed(run)
        monkeypatch.setattr("leadengine.workflows.lanes.settle", _killed)
        with pytest.raises(KeyboardInterrupt):
            run_turn(lane, batches=1)
        monkeypatch.undo()
        stored = SourceAnswer.objects.count()
        with provider(monkeypatch, []):
            Lane.objects.update(due_at=timezone.now())
            done = work_off(run)

    pages = [query for query in asked.asked if query["limit"] != "0"]
    assert (stored, len(pages), done.delivered) == (1, 1, 5)
    assert SourceAnswer.objects.count() == 0


def _killed(*args, **options):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=429, retry_after=0),
        Fault(body=b"<html>down for maintenance</html>"),
        Fault(is_cut=True),
    ],
    ids=["500", "429", "no JSON", "cut line"],
)
def test_passing_fault_is_asked_again_and_loses_nothing(monkeypatch, fault):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(number) for number in range(5)]) as served:
        run = start(workspace)
        served.faults.append(fault)
        done = work_off(run)

    assert (done.state, done.delivered, done.spent) == ("finished", 5, credits(5))


def test_fault_waits_as_long_as_the_source_asks(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]) as served:
        run = start(workspace)
        served.faults.append(Fault(status=429, retry_after=90))
        now = timezone.now()
        turn(now=now, run=run)

    lane = run.lanes.get()
    assert 80 < (lane.due_at - now).total_seconds() < 100
    assert (lane.state, lane.faults, lane.retry_note) == ("running", 1, "It answered 429")


def test_source_that_refuses_the_key_ends_the_run_with_a_sentence_and_all_credits(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]) as served:
        run = start(workspace)
        served.faults.append(Fault(status=401))
        done = work_off(run)

    assert (done.state, done.reason) == ("failed", "Sandbox (invented data): It answered 401")
    assert ledger.balance(workspace).available == credits(50)


def test_lane_that_keeps_losing_its_worker_fails_alone(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]):
        run = start(workspace)
        for _ in range(leases.MAX_STALLS + 1):
            claimed(run)
            Lane.objects.update(due_at=timezone.now())
        turn(now=timezone.now(), run=run)

    run.refresh_from_db()
    assert (run.state, run.reason) == ("failed", "Sandbox (invented data): No progress after 5 tries")
    assert ledger.balance(workspace).held == 0


def test_defect_in_one_lane_is_a_stall_and_does_not_block_others(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]):
        run = start(workspace)
        monkeypatch.setattr("leadengine.workflows.lanes.judge", _broken)
        with pytest.raises(ZeroDivisionError):
            turn(now=timezone.now(), run=run)

    lane = run.lanes.get()
    assert lane.claimed
    assert lane.due_at > timezone.now()


def _broken(*args, **options):
    raise ZeroDivisionError


def test_person_whom_two_sources_know_is_delivered_once_with_the_evidence_of_both(monkeypatch):
    workspace = people.workspace(credits=50)
    known = record(1, phone="")
    file = source_file(
        workspace, [[known["full_name"], known["email"], known["company"]["name"]], ["Somebody Else", "", "X"]]
    )
    with provider(monkeypatch, [known, record(2)]):
        run = work_off(start(workspace, sources=("file", "sandbox"), file_id=file.pk))

    sources = run_receipt(run, now=timezone.now()).to_json()["sources"]
    lead = Lead.objects.of(workspace).get(email=known["email"])
    assert run.delivered == 2
    assert sum(source["excluded"].get("duplicate_in_run", 0) for source in sources) == 1
    assert set(Evidence.objects.filter(lead=lead).values_list("source", flat=True)) == {"file", "sandbox"}
    assert Activity.objects.filter(lead=lead, kind="merged").exists()


def test_candidate_without_contact_is_judged_again_when_another_source_adds_it(monkeypatch):
    workspace = people.workspace(credits=50)
    full = record(1, linkedin_url="https://www.linkedin.com/in/amara-example-1")
    bare = {**full, "email": ""}
    bare["linkedin_url"] = ""
    with provider(monkeypatch, [bare]) as served:
        run = start(workspace)
        lane = claimed(run)
        second = Lane.objects.create(workspace=workspace, run=run, source="sandbox", stage="companies", unit_price=1)
        run_turn(lane, batches=1)
        refused = Exclusion.objects.get().reason
        served.records = [full]
        Lane.objects.filter(pk=second.pk).update(due_at=timezone.now())
        done = work_off(run)

    row = Exclusion.objects.get()
    assert (refused, row.reason, row.candidate) == ("no_contact", "duplicate_in_run", None)
    assert (done.delivered, row.lead) == (1, Lead.objects.get())
    assert run_receipt(done, now=timezone.now()).adds_up


def test_entries_of_a_run_carry_price_source_and_delivery(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]):
        run = work_off(start(workspace))

    entry = CreditEntry.objects.of(workspace).get(kind="capture")
    delivery = run.deliveries.get()
    assert (entry.key, entry.delivery_id) == (f"delivery:{delivery.pk}", delivery.pk)
    assert (entry.unit_price, entry.source, entry.run_id) == (credits(1), "sandbox", run.pk)


def test_receipt_is_one_json_object(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(1)]):
        run = work_off(start(workspace))

    printed = json.loads(json.dumps(run_receipt(run, now=timezone.now()).to_json()))
    assert printed["captured"] + printed["released"] == printed["held"]
    assert {"found", "delivered", "excluded", "grades", "seconds"} <= printed.keys()
