"""Names of runs and leads for pages of apps that do not know them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from billing.models import Workspace
from enrichment.models import EmailCheck
from leads.models import Run


def run_names(workspace: Workspace, ids: Collection[UUID]) -> dict[UUID, str]:
    """Number and name of each run of the workspace, in one query; unknown ones are left out."""
    runs = Run.objects.of(workspace).filter(pk__in=ids).values_list("pk", "number", "name")
    return {pk: f"Run {number}: {name}" for pk, number, name in runs}


@dataclass(frozen=True, slots=True)
class CheckedLead:
    """Whose address was verified; the address itself where nobody is known by name."""

    lead_id: UUID
    name: str


def checked_leads(workspace: Workspace, keys: Iterable[str]) -> dict[str, CheckedLead]:
    """By the keys of charges for verification ("check:" and the number of the check), in one query; others are left out."""
    wanted = {key.removeprefix("check:"): key for key in keys if key.startswith("check:") and key.count(":") == 1}
    if not wanted:
        return {}
    found = EmailCheck.objects.of(workspace).filter(pk__in=wanted)
    rows = found.values_list("pk", "lead_id", "lead__full_name", "email")
    return {wanted[str(pk)]: CheckedLead(lead, name or email) for pk, lead, name, email in rows}


def checked_names(workspace: Workspace, keys: Iterable[str]) -> dict[str, str]:
    """The same as names alone."""
    return {key: each.name for key, each in checked_leads(workspace, keys).items()}
