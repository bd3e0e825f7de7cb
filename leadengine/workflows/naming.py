"""Names of sources, and of leads that something was charged for, for pages of apps that do not know them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast

from billing.models import CreditEntry, Workspace
from enrichment.models import EmailCheck, EnrichmentItem, Lookup
from leadengine.ids import is_uuid
from leads.models import Company, Delivery, Lead
from leads.sources import registry

OF_LEAD = ("lead_id", "lead__full_name", "lead__company__name")
CHARGED: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "check": (EmailCheck, OF_LEAD),
    "lookup": (Lookup, OF_LEAD),
    "enrichment": (EnrichmentItem, OF_LEAD),
    "import:lead": (Lead, ("pk", "full_name", "company__name")),
}  # by how the keys of their charges begin


def charged_leads(workspace: Workspace, entries: Collection[CreditEntry]) -> dict[str, tuple[UUID, str]]:
    """Key and name of the lead that each charge was for, whatever was charged, by the ledger's key; in one query.

    What was paid back names it too. Of an erased lead nothing is known any more, so its entries are left out.
    """
    ids = {entry.key: of for entry in entries if (of := _charged_for(entry))}
    parts = [_named(workspace, begin, set(ids.values())) for begin in sorted({begin for begin, _ in ids.values()})]
    found = parts[0].union(*parts[1:], all=True) if parts else ()
    leads = {
        of: (lead_id, Lead(full_name=name, company=Company(name=at)).display_name) for of, lead_id, name, at in found
    }
    return {key: leads[of] for key, (_begin, of) in ids.items() if of in leads}


def charged_names(workspace: Workspace, entries: Collection[CreditEntry]) -> dict[str, str]:
    """The same as names alone."""
    return {key: name for key, (_lead, name) in charged_leads(workspace, entries).items()}


def source_names(sources: Iterable[str]) -> dict[str, str]:
    """What each source is called, by its key."""
    return {source: registry.title(source) for source in sources if source}


def _charged_for(entry: CreditEntry) -> tuple[str, str] | None:
    """How the key begins, and the record that it names; a delivery stands on its entry."""
    if entry.delivery_id:
        return "", str(entry.delivery_id)
    begin, _, of = entry.key.rpartition(":")
    is_known = begin in CHARGED and (of.isdigit() if begin == "enrichment" else is_uuid(of))
    return (begin, of) if is_known else None


def _named(workspace: Workspace, begin: str, ids: Iterable[tuple[str, str]]) -> Any:
    model, columns = CHARGED.get(begin, (Delivery, OF_LEAD))
    erased = {"erased_at" if model is Lead else "lead__erased_at": None}
    rows = model.objects.of(workspace).filter(pk__in={of for kind, of in ids if kind == begin}, **erased)
    return rows.annotate(of=Cast("pk", CharField())).values_list("of", *columns)
