"""Hands over and erases what is held on one person; each is audited, without naming anybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from billing import auditing
from billing.membership import NotAllowed, power
from billing.models import Role
from leads.erasing import erase_person, export_person, named_elsewhere
from leads.models import Lead


@transaction.atomic
def hand_over(lead: Lead, *, by: Any, now: datetime) -> dict[str, Any]:
    """Everything held on the person. Raises NotAllowed for whoever is no manager."""
    _allow(lead, by)
    auditing.record("person.exported", workspace_id=lead.workspace_id, by=by, obj=lead, now=now)
    return export_person(lead)


@transaction.atomic
def erase(lead: Lead, *, by: Any, now: datetime) -> dict[str, int]:
    """Leaves a stub. Answers in how many texts of colleagues the bare name still stands, by their kind.

    Raises NotAllowed for whoever is no manager. Harmless to repeat.
    """
    _allow(lead, by)
    found = Lead.objects.select_for_update(of=("self",)).select_related("company", "workspace").get(pk=lead.pk)
    if found.erased_at:
        return {}
    left = named_elsewhere(found)
    erase_person(found, by=by, now=now)
    auditing.record("person.erased", workspace_id=found.workspace_id, by=by, obj=found, now=now)
    return left


def _allow(lead: Lead, by: Any) -> None:
    if power(by, lead.workspace) not in {Role.MANAGER, Role.OWNER}:
        raise NotAllowed("Ask a manager: they hand over and erase what is held on a person.")
