"""Scoring a workspace again: queued by a new ideal customer, worked off in slices, fenced by its epoch."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.leased import LeaseState
from leadengine.workflows import leases, rescoring
from leadengine.workflows.dispatch import health, turn
from leadengine.workflows.rescoring import rescore_turn
from leadengine.workflows.scoring import open_rescoring, publish_ideal, rescore_lead, start_rescoring
from leads.models import EmailStatus, Lead
from scoring.ideal import IdealCustomer
from scoring.models import LeadScore, Rescoring, ScoreChange
from scoring.rescoring import rescore
from tests.factories import leads, people
from tests.fakes.workers import provider, record, start, work_off

pytestmark = pytest.mark.django_db

RETAIL, EDUCATION = IdealCustomer(industries=("retail",)), IdealCustomer(industries=("education",))


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def boss(workspace):
    return people.owner(workspace)


def told_twice(number: int) -> list[dict]:
    """One of many different people, as two data sets tell of them, with the same news of their company."""
    company = {"employees_min": 30 * number, "industry": ("retail", "education", "")[number % 3]}
    company |= {"phone": "+49 30 901820"} if number % 4 == 0 else {}
    facts = {
        "title": ("Head of Sales", "CEO", "Assistant to the CEO", "")[number % 4],
        "phone": ("+49 30 901820", "+49 1522 8817381", "")[number % 3],
        "company": company,
    }
    kinds = ("hiring", "funding", "growth", "new_in_role")[: number % 5]
    return [
        record(number, **facts, record_id=f"{which}{number}", signals=[news(kind, which) for kind in kinds])
        for which in ("a", "b")[: 1 + number % 2]
    ]


def news(kind: str, which: str) -> dict:
    return {"kind": kind, "observed_on": "2026-10-07", "detail": "It is so", "url": f"https://{which}.example/{kind}"}


def publish(workspace, ideal, by) -> None:
    publish_ideal(workspace, ideal, by=by, now=timezone.now())


def test_whoever_was_just_delivered_is_scored_alike_again(monkeypatch):
    workspace = people.workspace(credits=100)
    with provider(monkeypatch, [each for number in range(60) for each in told_twice(number)], batch=100):
        work_off(start(workspace, most_leads=60))
    delivered = {each.lead_id: each for each in LeadScore.objects.of(workspace)}

    valued = dict(ScoreChange.objects.of(workspace).order_by("pk").values_list("lead_id", "changed_at"))
    for at in set(valued.values()):
        some = Lead.objects.in_bulk([lead for lead, then in valued.items() if then == at])
        rescore(list(some.values()), why="Again", now=at)

    again = LeadScore.objects.of(workspace)
    moved = [
        (each.lead.full_name, delivered[each.lead_id].values, each.values) for each in again.select_related("lead")
    ]
    assert len(moved) == 60
    assert [each for each in moved if each[1] != each[2]] == []
    assert not ScoreChange.objects.of(workspace).filter(why="Again").exists()


def test_a_new_ideal_customer_scores_all_leads_again(workspace, boss):
    lead = leads.lead(workspace, company=leads.company(workspace, industry="retail"))

    publish(workspace, EDUCATION, boss)
    turn(now=timezone.now())
    before = LeadScore.objects.get(lead=lead).total
    publish(workspace, RETAIL, boss)
    turn(now=timezone.now())

    score = LeadScore.objects.get(lead=lead)
    assert score.total > before
    assert score.profile.version == 3
    assert open_rescoring(workspace) is None


def test_a_job_goes_on_where_its_last_batch_ended(workspace, boss, monkeypatch):
    monkeypatch.setattr(rescoring, "BATCH", 2)
    for _ in range(5):
        leads.lead(workspace)
    job = start_rescoring(workspace, why="Test", by=boss, now=timezone.now())

    done = []
    while claimed := leases.claim(Rescoring, now=timezone.now()):
        rescore_turn(claimed, batches=1)
        job.refresh_from_db()
        done.append((job.done, job.state))

    assert done == [(2, LeaseState.RUNNING), (4, LeaseState.RUNNING), (5, LeaseState.DONE)]
    assert LeadScore.objects.of(workspace).count() == 5


def test_a_new_job_takes_the_place_of_an_open_one(workspace, boss):
    leads.lead(workspace)
    first = start_rescoring(workspace, why="First", by=boss, now=timezone.now())

    second = start_rescoring(workspace, why="Second", by=boss, now=timezone.now())

    first.refresh_from_db()
    assert first.state == LeaseState.STOPPED
    assert open_rescoring(workspace) == second


def test_a_worker_that_lost_its_lease_saves_nothing(workspace, boss):
    leads.lead(workspace)
    start_rescoring(workspace, why="First", by=boss, now=timezone.now())
    late = leases.claim(Rescoring, now=timezone.now())
    start_rescoring(workspace, why="Second", by=boss, now=timezone.now())

    with pytest.raises(leases.LeaseLost):
        rescore_turn(late, batches=1)

    assert not LeadScore.objects.exists()


def test_a_job_that_always_dies_is_given_up(workspace, boss):
    leads.lead(workspace)
    job = start_rescoring(workspace, why="Test", by=boss, now=timezone.now())
    Rescoring.objects.filter(pk=job.pk).update(claimed=True, stalls=leases.MAX_STALLS)

    turn(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.error) == (LeaseState.FAILED, "No progress after 5 tries")


def test_an_empty_workspace_has_nothing_to_score(workspace, boss):
    assert start_rescoring(workspace, why="Test", by=boss, now=timezone.now()) is None


def test_a_due_job_is_seen_by_the_supervisor(workspace, boss):
    leads.lead(workspace)
    then = timezone.now() - timedelta(seconds=60)
    start_rescoring(workspace, why="Test", by=boss, now=then)

    waited, is_alive = health(now=timezone.now())

    assert waited >= 60
    assert not is_alive


def test_a_turn_for_one_run_leaves_other_work_alone(workspace, boss):
    leads.lead(workspace)
    start_rescoring(workspace, why="Test", by=boss, now=timezone.now())

    assert not turn(now=timezone.now(), run=None)


def test_one_lead_is_scored_at_once(workspace, boss):
    lead = leads.lead(workspace, email_status=EmailStatus.DELIVERABLE)

    rescore_lead(lead, by=boss, now=timezone.now())

    assert ScoreChange.objects.get(lead=lead).why == f"Scored again by {boss.name}"
