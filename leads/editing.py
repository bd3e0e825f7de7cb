"""Edits one or many leads by a fixed number of statements, tells each timeline, and puts each lead back to what it had.

There is no other undo of stage, owner, outcome, tags and lists: row, bulk bar, board, lead's page, lists and commands
all make a LeadEdit here and take it back here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from leads import edit_statements as statements
from leads.models import Activity, EditedField, Lead, LeadEdit, LeadList, Stage, StageKind, Tag
from leads.models.lead import LeadQuerySet

DO = {field: getattr(statements, field.name) for field in EditedField}
UNDO = {field: getattr(statements, f"{field.name}_BACK") for field in EditedField if field != EditedField.OUTCOME} | {
    EditedField.OUTCOME: statements.STAGE_BACK
}
SAID = {
    EditedField.STAGE: "Stage: {}",
    EditedField.OWNER: "Owner: {}",
    EditedField.OUTCOME: "Outcome: {}",
    EditedField.TAG: "Tagged “{}”",
    EditedField.LIST: "On the list “{}”",
    EditedField.UNTAG: "No longer tagged “{}”",
    EditedField.UNLIST: "Taken off “{}”",
}
# Edits of these fields change the same thing: an older one is not taken back where a later one followed.
TOGETHER = (
    {EditedField.STAGE, EditedField.OUTCOME},
    {EditedField.OWNER},
    {EditedField.TAG, EditedField.UNTAG},
    {EditedField.LIST, EditedField.UNLIST},
)
SKEW = timedelta(hours=1)  # clocks of several machines; which of two events came later is told by their keys


class AlreadyUndone(Exception):
    """The edit was taken back before."""


@dataclass(frozen=True, slots=True)
class Deal:
    """What a lead is worth, in the currency's three letters; `value` None: nothing is known."""

    value: Decimal | None
    currency: str = ""

    @property
    def words(self) -> str:
        return f"{self.value:,.2f} {self.currency}" if self.value is not None else ""


@dataclass(frozen=True, slots=True)
class Change:
    """What to set: a Stage, a User or None for nobody, a Tag or LeadList to put on or to take off.

    `reason` is of the stage; an outcome is a `deal` or a `reason`, and has no value.
    """

    field: EditedField
    value: Any = None
    reason: str = ""
    deal: Deal | None = None

    @property
    def words(self) -> str:
        if self.field == EditedField.OUTCOME:
            return (self.deal.words if self.deal else "") or self.reason or "nothing noted"
        return "Nobody" if self.value is None else str(self.value.name)


def membership_field(group: Tag | LeadList, *, is_off: bool) -> EditedField:
    """What is edited when leads are put on a tag or list, or taken off it."""
    if isinstance(group, Tag):
        return EditedField.UNTAG if is_off else EditedField.TAG
    return EditedField.UNLIST if is_off else EditedField.LIST


@dataclass(frozen=True, slots=True)
class Undone:
    """The leads that were put back, and how many were left as they are because they were changed since."""

    ids: tuple[UUID, ...]
    left: int


@transaction.atomic
def edit(leads: LeadQuerySet, change: Change, *, workspace: Any, by: Any, now: datetime) -> LeadEdit:
    """Sets one thing on all of `leads`; those that have it already are not touched. The edit is kept if it changed any."""
    ids = list(leads.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    value_id = change.value.pk if change.value else None
    made = LeadEdit(workspace=workspace, field=change.field, value_id=value_id, by=by, made_at=now)
    made.words = SAID[change.field].format(change.words)[:120]
    given = _given(made, by, now) | {"words": change.words, "ids": ids}
    made.changed = _run(DO[change.field], given | _outcome(change, now))[0] if ids else 0
    if made.changed:
        made.save()
    return made


@transaction.atomic
def undo(made: LeadEdit, *, by: Any, now: datetime) -> Undone:
    """Gives each lead back what it had, but for those changed since, and takes the edit off their timelines.

    A lead that somebody changed and changed back has been changed since. Raises AlreadyUndone.
    """
    made = LeadEdit.objects.select_for_update().get(pk=made.pk)
    if made.undone_at:
        raise AlreadyUndone
    events = _events(made)
    given = _given(made, by, now) | {"ids": list(events), "events": list(events.values())}
    put_back = _run(UNDO[EditedField(made.field)], given)[1] if events else []
    made.undone_at, made.undone_by = now, by
    made.save(update_fields=["undone_at", "undone_by"])
    return Undone(tuple(put_back), made.changed - len(put_back))


def edited_ids(made: LeadEdit) -> list[UUID]:
    """The leads that an edit changed."""
    return list(Activity.objects.filter(edit_id=made.pk).values_list("lead_id", flat=True))


def _events(made: LeadEdit) -> dict[UUID, int]:
    """The living leads of the edit, locked in the order of their keys, each with its event; without those changed since."""
    leads = (
        Lead.objects.of(made.workspace_id)
        .living()
        .filter(pk__in=Activity.objects.filter(edit_id=made.pk).values("lead_id"))
    )
    living = set(leads.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    own = Activity.objects.filter(edit_id=made.pk).order_by("lead_id").values_list("lead_id", "pk")
    later: dict[UUID, int] = {}
    if others := _later_edits(made):
        later = dict(Activity.objects.filter(edit_id__in=others).order_by("pk").values_list("lead_id", "pk"))
    return {lead: event for lead, event in own if lead in living and later.get(lead, 0) < event}


def _later_edits(made: LeadEdit) -> list[UUID]:
    """Edits of the same thing that may have followed."""
    fields = next(group for group in TOGETHER if made.field in group)
    others = LeadEdit.objects.of(made.workspace_id).filter(field__in=fields, made_at__gte=made.made_at - SKEW)
    if fields & {EditedField.TAG, EditedField.LIST}:
        others = others.filter(value_id=made.value_id)
    return list(others.exclude(pk=made.pk).values_list("pk", flat=True))


def _given(made: LeadEdit, by: Any, now: datetime) -> dict[str, Any]:
    return {"workspace": made.workspace_id, "by": by.pk, "now": now, "edit": made.pk, "value": made.value_id}


def _outcome(change: Change, now: datetime) -> dict[str, Any]:
    """What follows from a stage, and what a closed lead came to."""
    is_closing = isinstance(change.value, Stage) and change.value.kind != StageKind.OPEN
    deal = change.deal if change.deal and change.deal.value is not None else Deal(None)
    return {
        "outcome": change.value.kind if is_closing else "",
        "reason": change.reason,
        "closed_at": now if is_closing else None,
        "deal_value": deal.value,
        "deal_currency": deal.currency,
    }


def _run(statement: str, given: Mapping[str, Any]) -> tuple[int, list[UUID]]:
    """How many rows it wrote, and the leads that it answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.rowcount, [lead for (lead,) in cursor.fetchall()] if cursor.description else []
