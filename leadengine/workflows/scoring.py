"""Changes how leads are scored, and scores them again: one at once, all of a workspace in the background."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from billing.models import Workspace
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows import leases
from leadengine.workflows.dispatch import TURN_BATCHES
from leadengine.workflows.published_versions import record_publication
from leadengine.workflows.rescoring import rescore_turn
from leadengine.workflows.waking import wake
from leads.models import Lead
from scoring import versions
from scoring.averaging import are_measured_later
from scoring.ideal import IdealCustomer
from scoring.models import Profile, Rescoring
from scoring.pending import being_published, drafts_of
from scoring.profiles import published
from scoring.rescoring import rescore
from scoring.versions import save_ideal, title, with_ideal

WHY = "{}: ideal customer changed"


def rescore_lead(lead: Lead, *, by: Any, now: datetime, why: str = "") -> None:
    """Score one lead by today's facts and profile, at once. Free; nothing is written where nothing changed."""
    rescore([lead], why=why or f"Scored again by {by.name}", now=now)


@transaction.atomic
def publish_ideal(workspace: Workspace, ideal: IdealCustomer, *, by: Any, now: datetime) -> Profile:
    """A new version of the profile with this ideal customer, and all leads queued to be scored by it.

    The same ideal customer again changes nothing. Where a worker has to measure averages first, it stays a draft until then.
    """
    before = published(workspace)
    if being_published(workspace) or are_measured_later(with_ideal(before, ideal, by, now), before, now=now):
        return _publish_later(workspace, ideal, by, now)
    profile = save_ideal(workspace, ideal, by=by, now=now)
    if profile.pk != before[""].pk:
        for industry, after in published(workspace).items():
            if after.pk != before[industry].pk:
                record_publication(after, before[industry], by=by, now=now)
        start_rescoring(workspace, why=WHY.format(title(profile)), by=by, now=now)
    return profile


def _publish_later(workspace: Workspace, ideal: IdealCustomer, by: Any, now: datetime) -> Profile:
    """Beside what is on its way already, whose weights and cut-offs count."""
    found = versions.locked(workspace)
    found |= {code: versions.as_published(each) for code, each in being_published(workspace).items()}
    drafts = with_ideal(found, ideal, by, now)
    for draft in drafts:
        versions.save_for_publication(draft, by=by, now=now)
    default = next((each for each in drafts if not each.industry), found[""])
    if drafts:
        start_rescoring(workspace, why=WHY.format(title(default)), publish=drafts, by=by, now=now)
    return default


@transaction.atomic
def start_rescoring(
    workspace: Workspace,
    *,
    why: str,
    publish: Sequence[Profile] = (),
    instead_of: Collection[str] = (),
    by: Any,
    now: datetime,
) -> Rescoring | None:
    """Queue all leads of the workspace to be scored again, in place of a job that is still open. None without leads.

    Before it the drafts to `publish` are put in force, and what the open job would have put in force, but for industries
    where this is done `instead_of` it: there those stay drafts.
    """
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    before = _stopped(workspace)
    kept = _left_to_publish(before, {*instead_of, *(each.industry for each in publish)}) if before else {}
    to_publish = kept | {str(each.pk): by.pk if by else None for each in publish}
    count = Lead.objects.of(workspace).living().count()
    if not (count or to_publish):
        return None
    why = (f"{before.why}; {why}" if before and kept else why)[:200]
    cursor = {"publish": to_publish} if to_publish else {}
    job = Rescoring.objects.create(
        workspace=workspace, why=why, leads=count, started_by=by, created_at=now, due_at=now, cursor=cursor
    )
    wake()
    return job


def _stopped(workspace: Workspace) -> Rescoring | None:
    """The job that was open, as it was."""
    open_jobs = Rescoring.objects.of(workspace).filter(state__in=OPEN_STATES)
    before = open_jobs.first()
    open_jobs.update(state=LeaseState.STOPPED, claimed=False, epoch=F("epoch") + 1)
    return before


def _left_to_publish(job: Rescoring, settled: Collection[str]) -> dict[str, int | None]:
    left = [str(draft.pk) for industry, draft in drafts_of(job).items() if industry not in settled]
    return {key: job.to_publish[key] for key in left}


def work_off(job: Rescoring, *, told: Callable[[Rescoring], object] | None = None) -> Rescoring:
    """Take turns at this job, beside any workers, until it has ended; `told` hears after each turn how far it is.

    Where somebody starts another one in its place, that one is followed. Answers the job that ended.
    """
    while job.state in OPEN_STATES:
        leases.take_turn(Rescoring, rescore_turn, batches=TURN_BATCHES, pk=job.pk)
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
