"""Who is told how a run ended, and that credits are low."""

import pytest
from django.utils import timezone

from billing.models import Notification
from leadengine.sandbox.provider import Fault
from leadengine.workflows.generation import resume_generation, stop_generation
from leads.models import Run
from leads.watching import unwatch, watch
from tests.factories import people
from tests.fakes.workers import provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def run(monkeypatch, workspace) -> Run:
    with provider(monkeypatch, [record(number) for number in range(6)]):
        yield start(workspace, most_leads=4)


def titles(user) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("created_at").values_list("title", flat=True))


def test_whoever_started_a_run_is_told_that_it_is_finished(run):
    work_off(run)

    (told,) = Notification.objects.filter(user=run.started_by)
    assert (told.kind, told.title) == ("run_finished", f"Run {run.number} is finished: 4 leads")
    assert told.text == "A search. 4 credits spent."
    assert told.url == f"/runs/{run.pk}/"


def test_only_those_who_watch_are_told(run, workspace):
    watcher, other = people.rep(workspace), people.manager(workspace)
    watch(run, watcher)
    unwatch(run, run.started_by)

    work_off(run)

    assert [len(titles(each)) for each in (watcher, other, run.started_by)] == [1, 0, 0]


def test_watching_twice_is_told_once(run):
    watch(run, run.started_by)

    work_off(run)

    assert len(titles(run.started_by)) == 1


def test_who_lost_access_is_not_told(run, workspace):
    gone = people.membership(workspace)
    watch(run, gone.user)
    gone.is_active = False
    gone.save()

    work_off(run)

    assert titles(gone.user) == []


def test_who_stops_a_run_is_not_told_but_its_watchers_are_at_each_end(run, workspace):
    manager = people.manager(workspace)
    watch(run, manager)

    stopped = stop_generation(run, by=manager, now=timezone.now())
    work_off(resume_generation(stopped, by=manager, now=timezone.now()))

    stop, end = f"Run {run.number} was stopped: 0 leads", f"Run {run.number} is finished: 4 leads"
    assert (titles(run.started_by), titles(manager)) == ([stop, end], [end])


def test_failed_run_is_told_with_its_reason(monkeypatch, workspace):
    with provider(monkeypatch, [record(1)]) as served:
        run = start(workspace)
        served.faults.append(Fault(status=401))
        run = work_off(run)

    (told,) = Notification.objects.filter(user=run.started_by)
    assert (run.state, told.kind) == ("failed", "run_failed")
    assert run.reason in told.text


def test_managers_are_told_once_a_grant_that_credits_are_low(monkeypatch):
    workspace = people.workspace(credits=5)
    manager, rep = people.manager(workspace), people.rep(workspace)
    with provider(monkeypatch, [record(number) for number in range(9)]):
        work_off(start(workspace, most_leads=4))
        enough = titles(manager)
        work_off(start(workspace, most_leads=1))

    assert (enough, titles(manager), titles(rep)) == ([], ["Credits are low: 0 credits left"], [])
