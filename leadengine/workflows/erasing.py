"""Hands over and erases what is held on one person; each is audited, without naming anybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from billing import auditing
from billing.membership import NotAllowed, power
from billing.models import Role
from enrichment.forgetting import told_of_person
from leadengine.workflows.forgetting_answers import forget_answers
from leadengine.workflows.forgetting_checks import forget_checks, locked_checks
from leads.erasing import emails_of, erase_person, erase_traces, export_person, named_elsewhere
from leads.models import Lead


@transaction.atomic
def hand_over(lead: Lead, *, by: Any, now: datetime) -> dict[str, Any]:
    """Everything held on the person, who may be no lead. Raises NotAllowed for whoever is no manager."""
    _allow(lead, by)
    stored = None if lead._state.adding else lead
    auditing.record("person.exported", workspace_id=lead.workspace_id, by=by, obj=stored, now=now)
    answers = told_of_person(lead, addresses=emails_of(lead))
    return export_person(lead) | {"outsideanswer": answers}


@transaction.atomic
def erase(lead: Lead, *, by: Any, now: datetime) -> dict[str, int]:
    """Leaves a stub. Answers in how many texts of colleagues the bare name still stands, by their kind.

    Raises NotAllowed for whoever is no manager. Harmless to repeat.
    """
    _allow(lead, by)
    return _erase(lead, by=by, now=now)


@transaction.atomic
def erase_by_provider(lead: Lead, *, now: datetime) -> None:
    """Because the provider that the person came by has deleted them, and says so. Harmless to repeat."""
    _erase(lead, by=None, now=now)


def _erase(lead: Lead, *, by: Any, now: datetime) -> dict[str, int]:
    forget_answers(lead.workspace_id)
    checks = locked_checks(lead)
    found = (
        Lead.objects.select_for_update(no_key=True, of=("self",)).select_related("company", "workspace").get(pk=lead.pk)
    )
    if found.erased_at:
        return {}
    left = named_elsewhere(found)
    forget_checks(found, checks, now=now)
    erase_person(found, by=by, now=now)
    auditing.record("person.erased", workspace_id=found.workspace_id, by=by, obj=found, now=now)
    return left


@transaction.atomic
def erase_from_records(somebody: Lead, *, by: Any, now: datetime) -> None:
    """Sweep somebody who is no lead out of all records. Raises NotAllowed for whoever is no manager."""
    _allow(somebody, by)
    forget_answers(somebody.workspace_id)
    forget_checks(somebody, locked_checks(somebody), now=now)
    erase_traces(somebody, by=by, now=now)
    auditing.record("person.erased", workspace_id=somebody.workspace_id, by=by, obj=None, now=now)


def _allow(lead: Lead, by: Any) -> None:
    if power(by, lead.workspace) not in {Role.MANAGER, Role.OWNER}:
        raise NotAllowed("Ask a manager: they hand over and erase what is held on a person.")
