"""Names of runs, of sources and of leads that something was charged for, for pages of apps that do not know them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from billing.models import CreditEntry, Workspace
from enrichment.models import EmailCheck
from leadengine.ids import is_uuid
from leads.models import Company, Delivery, Lead, Run
from leads.sources import registry

CHECK = "check:"
NAMED = ("pk", "lead_id", "lead__full_name", "lead__company__name")


def run_names(workspace: Workspace, ids: Collection[UUID]) -> dict[UUID, str]:
    """Number and name of each run of the workspace, in one query; unknown ones are left out."""
    runs = Run.objects.of(workspace).filter(pk__in=ids).values_list("pk", "number", "name")
    return {pk: f"Run {number}: {name}" for pk, number, name in runs}


def charged_leads(workspace: Workspace, entries: Collection[CreditEntry]) -> dict[str, tuple[UUID, str]]:
    """Key and name of the lead that each charge was for, delivered or verified, by the ledger's key; in one query.

    What was paid back names it too. Of an erased lead nothing is known any more, so its entries are left out.
    """
    ids = {entry.key: of for entry in entries if (of := entry.delivery_id or _check_of(entry.key))}
    deliveries = Delivery.objects.of(workspace).filter(pk__in=set(ids.values()), lead__erased_at=None)
    checks = EmailCheck.objects.of(workspace).filter(pk__in=set(ids.values()), lead__erased_at=None)
    found = deliveries.values_list(*NAMED).union(checks.values_list(*NAMED), all=True) if ids else []
    leads = {
        pk: (lead_id, Lead(full_name=name, company=Company(name=at)).display_name) for pk, lead_id, name, at in found
    }
    return {key: leads[of] for key, of in ids.items() if of in leads}


def charged_names(workspace: Workspace, entries: Collection[CreditEntry]) -> dict[str, str]:
    """The same as names alone."""
    return {key: name for key, (_lead, name) in charged_leads(workspace, entries).items()}


def source_names(sources: Iterable[str]) -> dict[str, str]:
    """What each source is called, by its key."""
    return {source: registry.title(source) for source in sources if source}


def _check_of(key: str) -> UUID | None:
    of = key.removeprefix(CHECK) if key.startswith(CHECK) else ""
    return UUID(of) if is_uuid(of) else None
