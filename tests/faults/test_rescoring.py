"""A rescoring survives kill -9 of its worker in the middle of a batch: no lead is lost, doubled or left with an old score."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from billing.models import Workspace
from leadengine.leased import LeaseState
from leadengine.workflows import rescoring
from leadengine.workflows.dispatch import turn
from leadengine.workflows.leases import LEASE
from leadengine.workflows.publishing import publish_profile
from leads.models import Lead
from scoring import versions
from scoring.models import LeadScore, Profile, Rescoring, ScoreChange
from scoring.rescoring import rescore
from scoring.weighting import Weighting
from tests.conftest import app_parameters
from tests.factories import leads, people
from tests.faults.installation import MANAGE, kill, wait_for

pytestmark = [pytest.mark.faults, pytest.mark.slow]

WAITING = "pid IN (SELECT pid FROM pg_locks WHERE NOT granted)"
LEADS, BATCH, HELD = 12, 5, 7  # the lead that stops the worker stands in its second batch
WORKER = f"""
from django.utils import timezone
from leadengine.workflows import rescoring
from leadengine.workflows.dispatch import turn
rescoring.BATCH = {BATCH}
turn(now=timezone.now())
"""


@pytest.fixture
def workspace(transactional_db: None) -> Workspace:
    """Its leads have a score by the first version; the second is published, and all are queued to be scored by it."""
    made = people.workspace()
    rescore([leads.lead(made) for _ in range(LEADS)], why="Delivered", now=timezone.now())
    draft = versions.drafted(made, "", Weighting((0,) * 5 + (100,) + (0,) * 4), note="", by=None, now=timezone.now())
    publish_profile(draft, by=people.owner(made), now=timezone.now())
    return made


@contextmanager
def score_held_up(workspace: Workspace) -> Iterator[None]:
    """As long as the block lasts, nobody gets past this lead's score."""
    lead = Lead.objects.of(workspace).order_by("pk")[HELD]
    with closing(psycopg.connect(**app_parameters())) as other:
        other.execute("SELECT FROM scoring_leadscore WHERE lead_id = %s FOR UPDATE", [lead.pk])
        yield


def sessions(condition: str = "true") -> int:
    """How many sessions of the application are like this."""
    statement = (
        f"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s AND {condition}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [settings.DB_APP_ROLE])
        return cursor.fetchone()[0]


def is_in_the_second_batch() -> bool:
    return Rescoring.objects.get().done == BATCH and bool(sessions(WAITING))


def scored_by(workspace: Workspace) -> dict[int, int]:
    """How many leads have a score by each version."""
    return Counter(LeadScore.objects.of(workspace).order_by().values_list("profile__version", flat=True))


def test_rescoring_goes_on_when_its_worker_is_killed_in_a_batch(workspace, process_environment, monkeypatch) -> None:
    command = [*MANAGE, "shell", "-v", "0", "-c", WORKER]
    with score_held_up(workspace), subprocess.Popen(command, env=process_environment) as worker:
        try:
            wait_for(is_in_the_second_batch, seconds=30)
        finally:
            kill(worker.pid)
    wait_for(lambda: not sessions())
    assert scored_by(workspace) == {1: LEADS - BATCH, 2: BATCH}
    monkeypatch.setattr(rescoring, "BATCH", BATCH)

    assert not turn(now=timezone.now())  # its lease has not ended
    assert turn(now=timezone.now() + LEASE)

    job, version = Rescoring.objects.get(), Profile.objects.get(version=2)
    assert (job.state, job.done, job.epoch) == (LeaseState.DONE, LEADS, 2)
    assert scored_by(workspace) == {2: LEADS}
    changes = ScoreChange.objects.of(workspace).filter(profile=version)
    assert sorted(changes.values_list("lead_id", flat=True)) == sorted(Lead.objects.values_list("pk", flat=True))
