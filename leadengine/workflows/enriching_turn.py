"""A worker's turn at an enrichment: questions are let go while the hold pays for them, answers are collected, and the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from billing import ledger
from enrichment.kinds import ABOUT_COMPANIES
from enrichment.models import EmailCheck, Enrichment, EnrichmentItem, EnrichmentKind, ItemState, Lookup
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows import leases
from leadengine.workflows.collecting import collect
from leadengine.workflows.enriching import child_key
from leadengine.workflows.enriching_companies import ask_companies
from leadengine.workflows.enrichment_holds import locked_job, room_of
from leadengine.workflows.enrichment_plan import LOOKUPS
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.lookups import about, is_served_by_sandbox, lookup_obstacle
from leadengine.workflows.stopping_enrichment import GAVE_UP, OUT_OF_CREDITS, end_enrichment
from leadengine.workflows.verifiable import is_served_by_sandbox as is_address_served_by_sandbox
from leadengine.workflows.verifiable import obstacle
from leads.bounces import with_bounces
from leads.models import Lead

LEASE = timedelta(seconds=50)  # the queue ends a task after 60
AT_ONCE = 200  # questions that are let go in one turn
SOON, LATER = 1.0, 20.0  # seconds until answers are looked for again
UNDER_WAY = "It was being asked already."


def enrich_turn(job: Enrichment, *, batches: int) -> None:
    """Raises LeaseLost when the row is not this worker's any more."""
    now = timezone.now()
    mine = Enrichment.objects.filter(pk=job.pk, epoch=job.epoch, state=LeaseState.RUNNING)
    if not mine.update(due_at=now + LEASE):
        raise LeaseLost
    _let_go(job, now)
    has_asked = ask_companies(job, now=now)
    collect(job, now=timezone.now())
    _go_on(job, has_asked=has_asked)
    Enrichment.objects.filter(pk=job.pk, epoch=job.epoch).update(stalls=0)


def fail_enrichment(job: Enrichment) -> None:
    """Give up one that lost its worker again and again."""
    end_enrichment(job, LeaseState.FAILED, GAVE_UP, now=timezone.now())


@transaction.atomic
def _let_go(job: Enrichment, now: datetime) -> None:
    """A verification or lookup for each that waits, as far as the credits reach."""
    locked_job(job)
    waiting = job.items.filter(state=ItemState.WAITING).exclude(kind__in=ABOUT_COMPANIES).order_by("pk")
    room = room_of(job)
    items = list(waiting.filter(price__lte=room)[:AT_ONCE])
    leads = _locked_leads(job, items)
    busy, going = _busy(job, items), []
    for item in items:
        why = UNDER_WAY if (item.lead_id, item.kind) in busy else _obstacle(item, leads[item.lead_id])
        if why:
            item.state, item.note, item.ended_at = ItemState.FAILED, why, now
        elif item.price <= room:
            item.state, room = ItemState.ASKED, room - item.price
            going.append(item)
    EnrichmentItem.objects.bulk_update(items, ["state", "note", "ended_at"])
    verified = [each for each in going if each.kind == EnrichmentKind.VERIFY]
    EmailCheck.objects.bulk_create(_check(job, each, leads[each.lead_id], now) for each in verified)
    others = [each for each in going if each.kind in LOOKUPS]
    Lookup.objects.bulk_create(_lookup(job, each, leads[each.lead_id], now) for each in others)


def _obstacle(item: EnrichmentItem, lead: Lead) -> str:
    """What has come in between since it was ordered."""
    if item.kind == EnrichmentKind.VERIFY:
        return obstacle(lead)
    return lookup_obstacle(lead, LOOKUPS[EnrichmentKind(item.kind)], has_key=True)


def _locked_leads(job: Enrichment, items: Sequence[EnrichmentItem]) -> dict[UUID, Lead]:
    wanted = with_bounces(Lead.objects.of(job.workspace_id).filter(pk__in={item.lead_id for item in items}))
    rows = wanted.select_related("company", "workspace").select_for_update(no_key=True, of=("self",)).order_by("pk")
    return {lead.pk: lead for lead in rows}


def _busy(job: Enrichment, items: Sequence[EnrichmentItem]) -> set[tuple[UUID, str]]:
    """What somebody else has ordered about these leads meanwhile."""
    ids = {item.lead_id for item in items}
    checks = EmailCheck.objects.of(job.workspace_id).filter(lead__in=ids, state__in=OPEN_STATES)
    lookups = Lookup.objects.of(job.workspace_id).filter(lead__in=ids, state__in=OPEN_STATES)
    kinds = {str(lookup): str(kind) for kind, lookup in LOOKUPS.items()}
    return {(lead, str(EnrichmentKind.VERIFY)) for lead in checks.values_list("lead_id", flat=True)} | {
        (lead, kinds[kind]) for lead, kind in lookups.values_list("lead_id", "kind")
    }


def _check(job: Enrichment, item: EnrichmentItem, lead: Lead, now: datetime) -> EmailCheck:
    return EmailCheck(
        workspace_id=job.workspace_id, lead=lead, email=lead.email, key=child_key(item), hold_id=job.hold_id,
        price=item.price, is_invented=is_address_served_by_sandbox(lead), by_id=job.by_id, created_at=now, due_at=now,
    )  # fmt: skip


def _lookup(job: Enrichment, item: EnrichmentItem, lead: Lead, now: datetime) -> Lookup:
    kind = LOOKUPS[EnrichmentKind(item.kind)]
    return Lookup(
        workspace_id=job.workspace_id, lead=lead, kind=kind, about=about(lead, kind), key=child_key(item),
        hold_id=job.hold_id, price=item.price, is_invented=is_served_by_sandbox(lead, kind), by_id=job.by_id,
        created_at=now, due_at=now,
    )  # fmt: skip


def _go_on(job: Enrichment, *, has_asked: bool) -> None:
    """Back into the queue while there is something to ask or to wait for; else the end."""
    now = timezone.now()
    counts = job.items.aggregate(
        asked=Count("pk", filter=Q(state=ItemState.ASKED)), waiting=Count("pk", filter=Q(state=ItemState.WAITING))
    )
    if counts["asked"]:
        if not counts["waiting"]:
            _give_back_surplus(job, now)
        leases.give_back(job, now=now, delay=SOON if waits_for_a_worker(job) else LATER)
    elif not counts["waiting"]:
        end_enrichment(job, LeaseState.DONE, "", now=now)
    elif has_asked or _affords_more(job):
        leases.give_back(job, now=now, delay=0 if has_asked else LATER)
    else:
        end_enrichment(job, LeaseState.STOPPED, OUT_OF_CREDITS, now=now)


@transaction.atomic
def _give_back_surplus(job: Enrichment, now: datetime) -> None:
    """What no question can cost any more: mail servers that put us off keep the others waiting for an hour."""
    row = locked_job(job)
    if (surplus := room_of(row)) > 0:  # a question may have been charged since answers were collected
        key = f"enrichment:{row.pk}:surplus:{row.epoch}"
        ledger.release(row.hold, key=key, by_id=row.by_id, most=surplus, now=now)


def waits_for_a_worker(job: Enrichment) -> bool:
    """Whether anything of it waits for nothing but a worker; who was put off by a server takes minutes."""
    checks = EmailCheck.objects.filter(hold=job.hold_id, state__in=OPEN_STATES, cursor__asked__isnull=True)
    return (
        checks.exists()
        or Lookup.objects.filter(hold=job.hold_id, state__in=OPEN_STATES).exists()
        or bool(job.items.filter(state=ItemState.WAITING).exists())
    )


def _affords_more(job: Enrichment) -> bool:
    """Whether the next that waits can be paid for."""
    room = room_of(job)
    return bool(job.items.filter(state=ItemState.WAITING, price__lte=room).exists())
