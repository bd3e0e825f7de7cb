"""Changes how leads are scored, and scores them again: one at once, all of a workspace in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from billing import auditing
from billing.models import Workspace
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows import leases
from leadengine.workflows.dispatch import TURN_BATCHES
from leadengine.workflows.rescoring import rescore_turn
from leadengine.workflows.waking import wake
from leads.models import Lead
from scoring.ideal import IdealCustomer
from scoring.models import Profile, Rescoring
from scoring.profiles import published
from scoring.rescoring import rescore
from scoring.versions import save_ideal, title

WAIT_SECONDS = 0.2


def rescore_lead(lead: Lead, *, by: Any, now: datetime, why: str = "") -> None:
    """Score one lead by today's facts and profile, at once. Free; nothing is written where nothing changed."""
    rescore([lead], why=why or f"Scored again by {by.name}", now=now)


@transaction.atomic
def publish_ideal(workspace: Workspace, ideal: IdealCustomer, *, by: Any, now: datetime) -> Profile:
    """A new version of the profile with this ideal customer, and all leads queued to be scored by it.

    The same ideal customer again changes nothing.
    """
    before = published(workspace)
    profile = save_ideal(workspace, ideal, by=by, now=now)
    if profile.pk != before[""].pk:
        for industry, after in published(workspace).items():
            if after.pk != before[industry].pk:
                record_publication(after, before[industry], by=by, now=now)
        start_rescoring(workspace, why=f"{title(profile)}: ideal customer changed", by=by, now=now)
    return profile


def record_publication(
    profile: Profile, before: Profile | None, *, by: Any, now: datetime, back_to: int | None = None
) -> None:
    """The audit's line of a version that was put in force; `back_to` is the earlier one that it brings back."""
    named: dict[str, Any] = {"industry": profile.industry} if profile.industry else {}
    named |= {"back_to": back_to} if back_to else {}
    auditing.record(
        "profile.rolled_back" if back_to else "profile.published",
        workspace_id=profile.workspace_id,
        by=by,
        obj=profile,
        before={"version": before.version} if before else {},
        after={**named, "version": profile.version},
        now=now,
    )


@transaction.atomic
def start_rescoring(workspace: Workspace, *, why: str, by: Any, now: datetime) -> Rescoring | None:
    """Queue all leads of the workspace to be scored again, in place of a job that is still open. None without leads."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    open_jobs = Rescoring.objects.of(workspace).filter(state__in=OPEN_STATES)
    open_jobs.update(state=LeaseState.STOPPED, claimed=False, epoch=F("epoch") + 1)
    count = Lead.objects.of(workspace).living().count()
    if not count:
        return None
    job = Rescoring.objects.create(
        workspace=workspace, why=why[:200], leads=count, started_by=by, created_at=now, due_at=now
    )
    wake()
    return job


def work_off(job: Rescoring, *, told: Callable[[Rescoring], object] | None = None) -> Rescoring:
    """Take turns at this job, beside any workers, until it has ended; `told` hears after each turn how far it is.

    Where somebody starts another one in its place, that one is followed. Answers the job that ended.
    """
    while job.state in OPEN_STATES:
        if claimed := leases.claim(Rescoring, now=timezone.now(), pk=job.pk):
            with suppress(leases.LeaseLost):
                rescore_turn(claimed, batches=TURN_BATCHES)
        else:
            time.sleep(WAIT_SECONDS)
        job = _followed(job)
        if told:
            told(job)
    return job


def _followed(job: Rescoring) -> Rescoring:
    """The job as it stands now, or what took its place."""
    job.refresh_from_db()
    later = Rescoring.objects.of(job.workspace_id).filter(pk__gt=job.pk).order_by("-pk")
    return (later.first() if job.state == LeaseState.STOPPED else None) or job


def open_rescoring(workspace: Workspace) -> Rescoring | None:
    """The job that is queued or under way, if there is one."""
    return Rescoring.objects.of(workspace).filter(state__in=OPEN_STATES).first()
