"""Works an enrichment off at once, beside any workers, and tells how it stands: for whoever waits for it at a command line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from enrichment.job_progress import Progress, asked_later, jobs_of, progress_of
from enrichment.models import EmailCheck, Enrichment, Lookup
from leadengine.leased import OPEN_STATES
from leadengine.wording import in_credits
from leadengine.workflows import leases
from leadengine.workflows.checking_email import verify_turn
from leadengine.workflows.enriching_turn import enrich_turn, waits_for_a_worker
from leadengine.workflows.looking_up import lookup_turn


def find_enrichment(workspace: Any, pk: UUID) -> Enrichment | None:
    found: Enrichment | None = Enrichment.objects.of(workspace).select_related("by", "hold").filter(pk=pk).first()
    return found


def latest_enrichments(workspace: Any, most: int) -> list[Enrichment]:
    return list(jobs_of(workspace)[:most])


def follow_enrichment(job: Enrichment) -> Enrichment:
    """Until it has ended, or only mail servers are left that have put us off."""
    while job.is_open and not _is_put_off(job):
        leases.take_turn(Enrichment, enrich_turn, pk=job.pk)
        while leases.work_at(Lookup, lookup_turn, hold=job.hold_id):
            pass
        while leases.work_at(EmailCheck, verify_turn, hold=job.hold_id):
            pass
        job.refresh_from_db()
    return job


def told(job: Enrichment) -> dict[str, Any]:
    """As JSON."""
    return {
        "enrichment": str(job.pk),
        "state": job.state,
        "why": job.error,
        "kinds": job.kinds,
        "leads": job.leads,
        "at_most": float(job.at_most),
        "asked_again_later": asked_later(job) if job.is_open else 0,
        **progress_of(job).to_json(),
    }


def in_words(job: Enrichment) -> str:
    """In a few sentences."""
    found: Progress = progress_of(job)
    words = [
        f"Enrichment {job.pk}: {job.get_state_display().lower()}, {job.leads:,} leads.",
        f"{found.found:,} found of {found.asked:,} asked, {in_credits(found.credits)}.",
    ]
    if found.to_decide or found.conflicts:
        words.append(f"To decide: {found.to_decide:,}, and {found.conflicts:,} conflicts.")
    later = asked_later(job) if job.is_open else 0
    words += [f"{later:,} asked again later."] if later else []
    return " ".join([*words, job.error]).strip()


def _is_put_off(job: Enrichment) -> bool:
    """Whether all that is open waits for a mail server."""
    is_asking = EmailCheck.objects.filter(hold=job.hold_id, state__in=OPEN_STATES).exists()
    return is_asking and not waits_for_a_worker(job)
