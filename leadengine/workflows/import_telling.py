"""What an import tells and charges: the timelines of its leads, one charge for each new one, and word of its end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from billing import ledger
from billing.ledger import Charge
from billing.models import NotificationKind, PriceKind
from billing.notifying import News, tell
from leadengine.bulk import copy_in
from leadengine.workflows.telling import members
from leads.models import IMPORTED, Activity, ActivityKind, Import


def tell_leads(
    job: Import, new: Sequence[UUID], updated: Sequence[UUID], changed: Collection[UUID], *, now: datetime
) -> None:
    """On each timeline: where the lead is from, or that the file filled or confirmed it."""
    said = dict.fromkeys(new, f"Imported from “{job.name}” by {job.started_by.name}")
    for lead_id in updated:
        said[lead_id] = f"In the import of “{job.name}”: {'changed' if lead_id in changed else 'nothing new'}"
    copy_in([_activity(job, lead_id, text, now) for lead_id, text in said.items()])


def _activity(job: Import, lead_id: UUID, text: str, now: datetime) -> Activity:
    """No person's act, for nobody has touched the lead yet."""
    return Activity(
        workspace_id=job.workspace_id,
        lead_id=lead_id,
        kind=ActivityKind.IMPORTED,
        text=f"{text}. {job.source_note}".strip(),
        detail={"import": str(job.pk)},
        occurred_at=now,
    )


def charge(job: Import, lead_ids: Sequence[UUID]) -> None:
    """The price of a lead of one's own file, where it has one and the lead is graded; never more than was held.

    There may be more new leads than the check knew, and "at most" was promised.
    """
    if job.hold is None or not job.unit_price:
        return
    job.hold.refresh_from_db(fields=["remaining"])
    covered = int(job.hold.remaining // job.unit_price)
    charges = [
        Charge(
            key=key_of(lead_id),
            amount=job.unit_price,
            price_kind=PriceKind.DELIVERY,
            source=IMPORTED,
            unit_price=job.unit_price,
        )
        for lead_id in lead_ids[:covered]
    ]
    ledger.capture(job.hold, charges, by_id=job.started_by_id, now=timezone.now())


def key_of(lead_id: UUID) -> str:
    """The key of the charge for a lead that an import made."""
    return f"import:lead:{lead_id}"


def release(job: Import, *, now: datetime) -> None:
    if job.hold:
        ledger.release(job.hold, key=f"import:{job.pk}:release", by_id=None, now=now)


def tell_end(job: Import, *, title: str, now: datetime) -> None:
    """To who started it, by the bell."""
    news = News(
        kind=NotificationKind.RUN_FINISHED,
        key=f"import:{job.pk}:{job.step}:{job.epoch}",
        title=title[:160],
        text="The report says what became of each row.",
        url=reverse("leads:import-detail", args=[job.pk]),
    )
    tell(job.workspace_id, members(job.workspace_id).filter(pk=job.started_by_id), news, now=now)
