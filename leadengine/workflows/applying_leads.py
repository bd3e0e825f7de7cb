"""What an enrichment found about a lead itself: an address is picked as by hand; a measured fact is there already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enrichment.models import EnrichedField
from leadengine.workflows.enriching import NothingToDo, values_of
from leadengine.workflows.picking import pick
from leadengine.workflows.verifiable import NOT_TO_BE_CONTACTED
from leads.models import Authority, Evidence, FieldChange, Lead

CHANGED = "It was changed since; it was left as it is."
SOURCE = "enrichment"
EMAIL_COLUMNS = ("email", "email_status", "email_reason", "email_flags", "email_score", "email_checked_at")


def apply_to_lead(row: EnrichedField, *, by: Any, now: datetime) -> dict[str, Any]:
    """Use the address, or again what was measured; answers what is needed to take it back.

    Raises NotPickable or NothingToDo.
    """
    lead = _fresh(row)
    if row.field != "email":
        return _measured_again(row, lead, by=by, now=now)
    if lead.email != row.before:
        raise NothingToDo(f"{lead.email or 'No address'} stands there now; it was left as it is.")
    if lead.do_not_contact:
        raise NothingToDo(NOT_TO_BE_CONTACTED)
    columns = values_of(lead, EMAIL_COLUMNS)
    said = Evidence.objects.create(
        workspace_id=row.workspace_id, lead=lead, field="email", value=row.after, source=row.source, url=row.url,
        confidence=row.confidence or 0.5, observed_at=now, is_current=False,
        authority=Authority.GUESS if row.source == "finder" else Authority.PROVIDER,
    )  # fmt: skip
    picked = pick(lead, said, by=by, now=now)
    before, choice = picked.before, picked.choice
    return {"columns": columns, "before": before.pk if before else None, "choice": choice.pk if choice else None}


def undo_at_lead(row: EnrichedField, *, by: Any, now: datetime) -> None:
    """Put the columns back as they were. Raises NothingToDo where they say something else by now."""
    lead = _fresh(row)
    if getattr(lead, row.field) != row.after or _is_about_another(row, lead):
        raise NothingToDo(CHANGED)
    if row.field == "email":
        _give_evidence_back(row, lead)
    columns = row.undo["columns"]
    row.undo = row.undo | {"again": values_of(lead, columns)}
    _put(row, lead, columns, (row.after, row.before), by=by, now=now)


def _measured_again(row: EnrichedField, lead: Lead, *, by: Any, now: datetime) -> dict[str, Any]:
    """What was undone comes back, where nothing was measured or entered since."""
    about = "phone" if row.field == "phone_type" else "email"
    columns, again = row.undo.get("columns", {}), row.undo.get("again")
    if not again or values_of(lead, columns) != columns or getattr(lead, about) != row.item.before.get(about):
        raise NothingToDo(CHANGED)
    _put(row, lead, again, (row.before, row.after), by=by, now=now)
    return row.undo


def _put(
    row: EnrichedField, lead: Lead, columns: Mapping[str, Any], values: tuple[str, str], *, by: Any, now: datetime
) -> None:
    """Write the columns, with a line in the history of the field from the first value to the second."""
    before, after = values
    change = FieldChange(
        workspace_id=row.workspace_id, lead=lead, field=row.field, before=before, after=after, source=SOURCE, by=by,
        changed_at=now,
    )  # fmt: skip
    change.save()
    for name, value in columns.items():
        at = datetime.fromisoformat(value) if name.endswith("_at") and value else value
        setattr(lead, name, at)
    lead.updated_at = now
    lead.save(update_fields=[*columns, "updated_at"])


def _is_about_another(row: EnrichedField, lead: Lead) -> bool:
    """Whether what was measured is another address or number by now, or was measured again."""
    before = row.item.before
    if row.field == "phone_type":
        return bool(lead.phone != before.get("phone", lead.phone))
    is_newer = bool(lead.email_checked_at and row.decided_at and lead.email_checked_at > row.decided_at)
    return row.field == "email_status" and (lead.email != before.get("email") or is_newer)


def _give_evidence_back(row: EnrichedField, lead: Lead) -> None:
    rows = Evidence.objects.of(row.workspace_id).filter(lead=lead, field="email")
    if not rows.filter(pk=row.undo.get("choice"), is_current=True).delete()[0]:
        raise NothingToDo(CHANGED)
    rows.filter(pk=row.undo.get("before")).update(is_current=True)


def _fresh(row: EnrichedField) -> Lead:
    """As it is now, with what scoring reads."""
    mine = Lead.objects.of(row.workspace_id).select_related("company", "workspace")
    found: Lead = mine.get(pk=row.item.lead_id)
    row.item.lead = found
    return found
