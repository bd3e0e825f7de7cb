"""Several workers at once, each in a thread with a connection of its own, on a real PostgreSQL."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Event

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from billing import ledger
from billing.folding import fold_mismatches
from billing.ledger import InsufficientCredits
from billing.models import CreditEntry
from leadengine.workflows.dispatch import turn
from leadengine.workflows.generation import stop_generation
from leadengine.workflows.leftovers import include
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.scheduling import Plan, set_schedule
from leads import intake
from leads.models import Company, Delivery, Lead, LeadIdentity, Run, SearchSchedule
from tests.factories import people
from tests.factories.runs import saved_search, source_file
from tests.fakes.workers import provider, record, start, work_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]

WORKERS = 4


def work(_: int) -> None:
    """One worker: turns until no run is active."""
    try:
        while Run.objects.filter(state__in=["queued", "running"]).exists():
            turn(now=timezone.now())
    finally:
        connection.close()


def work_together(workers: int = WORKERS) -> None:
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))


def assert_exact(run: Run) -> None:
    """What must hold whatever happened on the way."""
    run.refresh_from_db()
    receipt = run_receipt(run, now=timezone.now())
    assert receipt.adds_up
    assert receipt.held == receipt.captured + receipt.released
    assert run.delivered == Delivery.objects.filter(run=run).count() <= run.most_leads
    assert run.spent == receipt.captured <= run.most_credits
    assert fold_mismatches() == []


def test_two_runs_after_the_same_people_make_each_lead_once(monkeypatch):
    workspace = people.workspace(credits=500)
    with provider(monkeypatch, [record(number) for number in range(60)], batch=10):
        runs = [start(workspace, most_leads=60), start(workspace, most_leads=60)]
        work_together()

    for run in runs:
        assert_exact(run)
    assert Lead.objects.of(workspace).count() == 60
    assert Delivery.objects.of(workspace).count() == 60
    assert LeadIdentity.objects.of(workspace).filter(kind="email").count() == 60


def test_limits_hold_with_several_workers_on_several_runs(monkeypatch):
    workspace = people.workspace(credits=500)
    with provider(monkeypatch, [record(number) for number in range(80)], batch=10):
        runs = [start(workspace, most_leads=count, most_credits=Decimal(15)) for count in (7, 13, 25)]
        work_together()

    for run in runs:
        assert_exact(run)
    assert sum(run.delivered for run in runs) == 7 + 13 + 15


def test_starts_at_once_cannot_overspend(monkeypatch):
    workspace = people.workspace(credits=25)
    with provider(monkeypatch, [record(number) for number in range(10)]), ThreadPoolExecutor(WORKERS) as pool:
        started = list(pool.map(lambda _: _try_start(workspace), range(8)))

    assert started.count(True) == 2
    balance = ledger.balance(workspace)
    assert (balance.held, balance.available) == (20, 5)


def _try_start(workspace) -> bool:
    try:
        start(workspace, most_leads=10)
    except InsufficientCredits:
        return False
    finally:
        connection.close()
    return True


def test_stop_in_the_middle_is_exact(monkeypatch):
    workspace = people.workspace(credits=500)
    with provider(monkeypatch, [record(number) for number in range(200)], batch=10) as served:
        run = start(workspace, most_leads=200)
        with ThreadPoolExecutor(WORKERS) as pool:
            working = [pool.submit(work, number) for number in range(WORKERS - 1)]
            while len(served.asked) < 6 and not working[0].done():
                time.sleep(0.005)
            stopped = stop_generation(run, by=run.started_by, now=timezone.now())
            for each in working:
                each.result()

    assert_exact(run)
    assert (run.state, run.delivered) == ("stopped", stopped.delivered)
    assert ledger.balance(workspace).held == 0
    assert CreditEntry.objects.of(workspace).aggregate(sum=Sum("posted"))["sum"] == 500 - run.spent


def test_two_runs_that_deliver_old_leads_again_charge_each_once(monkeypatch):
    workspace = people.workspace(credits=500)
    with provider(monkeypatch, [record(number) for number in range(40)], batch=10):
        work_off(start(workspace, most_leads=40))
        Delivery.objects.update(delivered_at=timezone.now() - timedelta(days=400))
        runs = [start(workspace, most_leads=40, new_only=False) for _ in range(2)]
        work_together()

    for run in runs:
        assert_exact(run)
    delivered = Delivery.objects.filter(run__in=runs)
    assert delivered.count() == 80
    assert set(delivered.filter(unit_price__gt=0).values_list("lead")) == set(
        Lead.objects.of(workspace).values_list("pk")
    )
    assert delivered.filter(unit_price__gt=0).count() == 40


def test_two_sources_of_one_run_at_once_make_each_person_one_lead(monkeypatch):
    workspace = people.workspace(credits=500)
    told = [record(number) for number in range(60)]
    file = source_file(workspace, [[each["full_name"], each["email"], each["company"]["name"]] for each in told[20:]])
    with provider(monkeypatch, told, batch=10):
        sources = {"sources": ("sandbox", "file"), "file_id": file.pk, "lowest_grade": "C"}
        run = start(workspace, most_leads=60, new_only=False, **sources)
        work_together()

    assert_exact(run)
    assert Lead.objects.of(workspace).count() == Delivery.objects.filter(run=run).count()
    assert Lead.objects.of(workspace).values("email").distinct().count() == run.delivered
    assert not Company.objects.filter(leads__isnull=False, domain="").exists()


def test_inclusion_and_another_run_after_the_same_people_do_not_block_each_other(monkeypatch):
    workspace = people.workspace(credits=100)
    with provider(monkeypatch, [record(number) for number in range(5)]), ThreadPoolExecutor(2) as pool:
        ended = work_off(start(workspace, most_leads=50, lowest_grade="A+"))
        run = start(workspace, most_leads=50)
        waits = meet_at_the_identities(monkeypatch)
        included = pool.submit(closing(include), ended, reason="below_grade", by=ended.started_by, now=timezone.now())
        assert waits.wait(10)
        worked = pool.submit(closing(turn), now=timezone.now(), run=run)
        outcome = included.result(30)
        assert worked.result(30)

    for each in (ended, run):
        assert_exact(each)
    assert Lead.objects.of(workspace).count() == Delivery.objects.of(workspace).count() == 5
    assert (outcome.delivered, outcome.refused) == (0, {"already_known": 5})


def meet_at_the_identities(monkeypatch) -> Event:
    """Who comes to the identities first takes them second; answers the event of the first one's waiting."""
    claim, waits, has_taken = intake.claim_leads, Event(), Event()

    def claim_in_order(*args):
        if waits.is_set():
            taken = claim(*args)
            has_taken.set()
            return taken
        waits.set()
        has_taken.wait(10)
        return claim(*args)

    monkeypatch.setattr(intake, "claim_leads", claim_in_order)
    return waits


def closing(act):
    """The act in a thread of its own, whose connection is closed afterwards."""

    def acted(*args, **options):
        try:
            return act(*args, **options)
        finally:
            connection.close()

    return acted


def test_due_schedules_start_one_run_each_though_several_workers_take_them(monkeypatch):
    workspace, now = people.workspace(credits=500), timezone.now()
    with provider(monkeypatch, [record(number) for number in range(60)], batch=10):
        for _ in range(3):
            saved = saved_search(workspace, sources=["sandbox"])
            set_schedule(saved, Plan(act="run", every="daily", hour=7, most_leads=5), by=saved.created_by, now=now)
        SearchSchedule.objects.update(due_at=now, next_at=now)
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(work_schedules, range(WORKERS)))

    assert sorted(Run.objects.values_list("name", flat=True)) == sorted(
        SearchSchedule.objects.values_list("search__name", flat=True)
    )


def work_schedules(_: int) -> None:
    """One worker: turns until no schedule is due."""
    try:
        while SearchSchedule.objects.filter(due_at__lte=timezone.now()).exists():
            turn(now=timezone.now())
    finally:
        connection.close()
