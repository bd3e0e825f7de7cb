"""Names of runs, and of leads whose address was verified, for pages of apps that do not know them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from billing.models import Workspace
from enrichment.models import EmailCheck
from leadengine.ids import is_uuid
from leads.models import Run

CHECK = "check:"


def run_names(workspace: Workspace, ids: Collection[UUID]) -> dict[UUID, str]:
    """Number and name of each run of the workspace, in one query; unknown ones are left out."""
    runs = Run.objects.of(workspace).filter(pk__in=ids).values_list("pk", "number", "name")
    return {pk: f"Run {number}: {name}" for pk, number, name in runs}


def checked_leads(workspace: Workspace, keys: Collection[str]) -> dict[str, tuple[UUID, str]]:
    """Key and name of the lead that each charge for a verification was for, by the ledger's key; in one query.

    Of an erased lead nothing is known any more, so its entries are left out.
    """
    ids = {key: key.removeprefix(CHECK) for key in keys if key.startswith(CHECK) and is_uuid(key.removeprefix(CHECK))}
    checks = EmailCheck.objects.of(workspace).filter(pk__in=ids.values())
    leads = {
        str(check.pk): (check.lead_id, check.lead.display_name) for check in checks.select_related("lead__company")
    }
    return {key: leads[each] for key, each in ids.items() if each in leads}


def checked_names(workspace: Workspace, keys: Collection[str]) -> dict[str, str]:
    """The same as names alone."""
    return {key: name for key, (_lead, name) in checked_leads(workspace, keys).items()}
