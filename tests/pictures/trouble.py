"""Holds the newest run of the sample where pictures want it, which no press of a button is quick enough for.

`python -m tests.pictures.trouble reopen` lets a run that has ended look for more, with a worker at it, and no other takes
it; `lanes`: one source has failed, others answer slowly; `rest`: it pauses; `fail`: all its sources fail. It moves rows as
workers do, under the run's lock, and what is held is held.
"""

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadengine.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402

from leadengine.leased import LeaseState  # noqa: E402
from leadengine.workflows.ending import fail_lane, locked  # noqa: E402
from leadengine.workflows.generation import pause_generation, resume_generation  # noqa: E402
from leads.models import Lane, Run, RunState  # noqa: E402

REFUSED = "It refused the key (401). Enter a new one under Sources"
SLOW = "It answers slowly: no answer within 10 s"
LOST = "It could not be reached: no answer within 10 s"
SEEN_FOR = timedelta(seconds=90)  # for so long no worker takes its lanes
MORE = 50  # leads
ASKED: dict[str, Any] = {"state": LeaseState.RUNNING, "claimed": True}


@transaction.atomic
def reopen(run: Run) -> None:
    """The first source is asked, the others wait for a worker."""
    run.lanes.update(state=LeaseState.STOPPED)
    more = {"most_leads": run.most_leads + MORE, "most_credits": run.most_credits + MORE}
    Run.objects.filter(pk=run.pk).update(state=RunState.STOPPED, **more)
    resume_generation(run, by=run.started_by, now=timezone.now())
    _move(run, [ASKED, *({"state": LeaseState.QUEUED, "claimed": False} for _ in run.lanes.all()[1:])])


def lanes(run: Run) -> None:
    """The first source is asked, the last failed, and the others answer slowly."""
    slow = {"state": LeaseState.QUEUED, "claimed": False, "faults": 2, "retry_note": SLOW}
    failed = {"state": LeaseState.FAILED, "claimed": False, "faults": 1, "error": REFUSED}
    _move(run, [ASKED, *(slow for _ in run.lanes.all()[2:]), failed])


@transaction.atomic
def _move(run: Run, states: list[dict[str, Any]]) -> None:
    held, due = locked(run), timezone.now() + SEEN_FOR
    for lane, state in zip(held.lanes.order_by("position", "pk"), states, strict=True):
        Lane.objects.filter(pk=lane.pk).update(due_at=due, epoch=F("epoch") + 1, **state)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, reason="")


def rest(run: Run) -> None:
    pause_generation(run, by=run.started_by, now=timezone.now())


def fail(run: Run) -> None:
    reopen(run)
    for lane in run.lanes.order_by("position", "pk"):
        lane.error = LOST
        fail_lane(lane)


def newest() -> Run:
    return Run.objects.filter(workspace__slug="sample").latest("created_at")


ACTS: dict[str, Callable[[Run], None]] = {"reopen": reopen, "lanes": lanes, "rest": rest, "fail": fail}

if __name__ == "__main__":
    ACTS[sys.argv[1]](newest())
