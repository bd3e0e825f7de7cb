"""Brings the newest run of the sample into trouble that no press of a button makes, for pictures of it.

`python -m tests.pictures.trouble lanes`: one source has failed, one answers slowly, one is asked; `rest`: the run pauses;
`fail`: all its sources fail. It moves rows as workers do, under the run's lock, and takes what they are at from them.
"""

import os
import sys
from collections.abc import Callable
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadengine.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402

from leadengine.leased import LeaseState  # noqa: E402
from leadengine.workflows.ending import fail_lane, locked  # noqa: E402
from leadengine.workflows.generation import pause_generation  # noqa: E402
from leads.models import Lane, Run, RunState  # noqa: E402

REFUSED = "It refused the key (401). Enter a new one under Sources"
SLOW = "It answers slowly: no answer within 10 s"
LOST = "It could not be reached: no answer within 10 s"
SEEN_FOR = timedelta(seconds=90)  # for so long no worker takes its lanes


@transaction.atomic
def lanes(run: Run) -> None:
    """The first source is asked, the last failed, and the others answer slowly."""
    held, due = locked(run), timezone.now() + SEEN_FOR
    every = list(held.lanes.order_by("position", "pk"))
    states = [
        {"state": LeaseState.RUNNING, "claimed": True},
        *({"state": LeaseState.QUEUED, "claimed": False, "faults": 2, "retry_note": SLOW} for _ in every[2:]),
        {"state": LeaseState.FAILED, "claimed": False, "faults": 1, "error": REFUSED},
    ]
    for lane, state in zip(every, states, strict=True):
        Lane.objects.filter(pk=lane.pk).update(due_at=due, epoch=F("epoch") + 1, **state)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, reason="")


def rest(run: Run) -> None:
    pause_generation(run, by=run.started_by, now=timezone.now())


def fail(run: Run) -> None:
    for lane in run.lanes.order_by("position", "pk"):
        lane.error = LOST
        fail_lane(lane)


ACTS: dict[str, Callable[[Run], None]] = {"lanes": lanes, "rest": rest, "fail": fail}

if __name__ == "__main__":
    ACTS[sys.argv[1]](Run.objects.filter(workspace__slug="sample").latest("created_at"))
