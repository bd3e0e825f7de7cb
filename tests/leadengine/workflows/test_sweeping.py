"""What is forgotten, and what is kept because it was paid for and may be needed still."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enrichment.models import Memory, MemoryKind
from leadengine.workflows.dispatch import turn
from leadengine.workflows.generation import resume_generation, stop_generation
from leadengine.workflows.sweeping import KEPT, sweep
from leads import discarding
from leads.models import DiscardedGroup, Purchase, PurchaseState, Run, RunState, SourceAnswer
from tests.factories import groups, people
from tests.fakes.workers import provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def served(monkeypatch):
    with provider(monkeypatch, [record(number) for number in range(5)]) as served:
        yield served


@pytest.fixture
def stopped(served, monkeypatch) -> Run:
    """A run that was stopped after the provider had answered, before the answer was used."""
    run = start(people.workspace(credits=50))
    with monkeypatch.context() as patch:
        patch.setattr("leadengine.workflows.lanes.judge", lambda *args, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            turn(now=timezone.now(), run=run)
    return stop_generation(run, by=run.started_by, now=timezone.now())


def test_answer_of_a_stopped_run_is_kept_and_not_paid_for_again(stopped, served):
    assert sweep(now=timezone.now())["answers"] == 0

    done = work_off(resume_generation(stopped, by=stopped.started_by, now=timezone.now()))

    assert done.delivered == 5
    assert len([query for query in served.asked if query["limit"] != "0"]) == 1


def test_answer_of_a_run_that_was_never_resumed_is_forgotten_in_time(stopped):
    assert sweep(now=timezone.now() + KEPT + timedelta(days=1))["answers"] == 1


@pytest.mark.parametrize(
    ("state", "after"),
    [(PurchaseState.UNKNOWN, KEPT + timedelta(days=1)), (PurchaseState.ANSWERED, timedelta(hours=1))],
    ids=["it is not known whether", "settled since"],
)
def test_who_may_have_been_paid_for_is_forgotten_in_time(stopped, state, after):
    lane, told = stopped.lanes.get(), {"state": state, "people": [7], "number": 1, "at_most": 1}
    Purchase.objects.create(workspace=stopped.workspace, lane=lane, sequence=lane.sequence, **told)

    sweep(now=timezone.now() + after)

    assert [(each.people, each.at_most) for each in Purchase.objects.all()] == [([], 1)]


@pytest.mark.parametrize("state", [RunState.FINISHED, RunState.FAILED])
def test_answer_of_a_run_that_cannot_go_on_is_forgotten_at_once(stopped, state):
    Run.objects.update(state=state)

    assert sweep(now=timezone.now())["answers"] == 1
    assert not SourceAnswer.objects.exists()


def test_deleted_tags_and_lists_are_forgotten_after_a_while():
    discarding.discard(groups.tag(people.workspace()), now=timezone.now())

    forgotten = sweep(now=timezone.now() + discarding.KEPT + timedelta(seconds=1))

    assert forgotten["groups"] == 1
    assert not DiscardedGroup.objects.exists()


def test_memory_of_verifications_that_is_over_is_forgotten():
    now = timezone.now()
    for name, end in {"acme.com MX": now, "bright.com MX": now + timedelta(minutes=1)}.items():
        Memory.objects.create(kind=MemoryKind.DNS, key=name, facts={}, learned_at=now, expires_at=end)

    assert sweep(now=now)["memories"] == 1
    assert Memory.objects.get().key == "bright.com MX"
