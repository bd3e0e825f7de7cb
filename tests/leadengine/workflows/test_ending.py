"""How a run ends when its credits do not pay for every source any more, and what it costs to go on."""

import pytest
from django.utils import timezone

from billing import ledger
from leadengine.workflows.dispatch import turn
from leadengine.workflows.ending import fail_lane
from leadengine.workflows.generation import resume_generation, stop_generation
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.resuming import NotPossible, cost_to_resume, lanes_ahead
from leads.models import Exclusion, Lane, Run
from tests.factories import people, runs
from tests.factories.runs import source_file
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]
ROWS = 300  # of the file, which is free: more than one batch


@pytest.fixture
def run() -> Run:
    """A run that may spend two credits, at a source of one credit a lead beside a free one."""
    workspace = people.workspace(credits=50)
    rows = [[f"Ada Number{number}", f"ada@firm{number}.example", f"Firm {number}"] for number in range(ROWS)]
    file = source_file(workspace, rows)
    return start(workspace, sources=("sandbox", "file"), file_id=file.pk, most_leads=400, most_credits=credits(2))


@pytest.fixture(autouse=True)
def served(monkeypatch):
    with provider(monkeypatch, [record(number) for number in range(60)], batch=10) as served:
        yield served


def pages(served) -> int:
    return sum(1 for query in served.asked if query["limit"] != "0")


def test_source_that_cannot_be_paid_any_more_is_asked_no_more(run, served):
    done = work_off(run)

    assert (done.delivered, done.spent) == (ROWS + 2, credits(2))
    assert pages(served) == 1
    assert Exclusion.objects.filter(run=run, reason="budget_reached").count() == 8
    assert run_receipt(done, now=timezone.now()).adds_up


def test_run_that_gave_up_a_source_says_that_the_budget_was_reached(run):
    done = work_off(run)

    assert (done.state, done.reason) == ("stopped", "Stopped: budget. The most credits were reached.")
    assert Lane.objects.get(run=run, source="sandbox").state == "stopped"
    assert ledger.balance(run.workspace) == ledger.Balance(credits(48), credits(0))


def test_sources_that_can_be_paid_go_on_after_a_stop_and_the_other_does_not(run, served):
    Lane.objects.filter(run=run, source="file").update(state="paused")  # else it, being cheaper, would come first
    while not run.spent:
        turn(now=timezone.now(), run=run, source="sandbox")
        run.refresh_from_db()
    stopped = stop_generation(run, by=run.started_by, now=timezone.now())

    cost = cost_to_resume(stopped, now=timezone.now())
    done = work_off(resume_generation(stopped, by=run.started_by, now=timezone.now()))

    assert (cost, done.delivered, pages(served)) == (credits(0), ROWS + 2, 1)


def test_run_of_which_no_source_can_be_paid_cannot_go_on(run):
    with pytest.raises(NotPossible, match="has spent all the credits it was allowed"):
        resume_generation(work_off(run), by=run.started_by, now=timezone.now())


def test_source_that_failed_is_asked_again_with_a_hold_of_its_own(run):
    lane = run.lanes.get(source="sandbox")
    lane.error = "It answered 403."
    fail_lane(lane)
    partly = work_off(run)
    cost = cost_to_resume(partly, now=timezone.now())

    done = work_off(resume_generation(partly, by=run.started_by, now=timezone.now()))

    assert (partly.state, partly.reason, partly.delivered) == (
        "finished",
        "Sandbox (invented data): It answered 403.",
        ROWS,
    )
    assert (cost, done.delivered, done.spent) == (credits(2), ROWS + 2, credits(2))
    assert run_receipt(done, now=timezone.now()).adds_up
    assert ledger.balance(run.workspace) == ledger.Balance(credits(48), credits(0))


@pytest.mark.parametrize(
    ("feeder", "ahead"),
    [("failed", {"companies_house", "hunter"}), ("done", set())],
    ids=["a feeder failed", "nobody failed"],
)
def test_who_asks_at_the_companies_of_a_source_goes_on_with_it(feeder, ahead):
    ended = runs.run(people.workspace(), state="finished")
    runs.lane(ended, source="directory", state="done")
    runs.lane(ended, source="hunter", state="done")
    runs.lane(ended, source="companies_house", state=feeder, feeds=True)

    assert set(lanes_ahead(ended).values_list("source", flat=True)) == ahead
