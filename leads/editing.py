"""Edits one or many leads by a fixed number of statements, tells each timeline, and puts each lead back to what it had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from leads import edit_statements as statements
from leads.models import Activity, EditedField, LeadEdit, Stage, StageKind
from leads.models.lead import LeadQuerySet

DO = {
    EditedField.STAGE: statements.STAGE,
    EditedField.OWNER: statements.OWNER,
    EditedField.TAG: statements.TAG,
    EditedField.LIST: statements.LIST,
}
UNDO = {
    EditedField.STAGE: statements.STAGE_BACK,
    EditedField.OWNER: statements.OWNER_BACK,
    EditedField.TAG: statements.TAG_BACK,
    EditedField.LIST: statements.LIST_BACK,
}
SAID = {
    EditedField.STAGE: "Stage: {}",
    EditedField.OWNER: "Owner: {}",
    EditedField.TAG: "Tagged “{}”",
    EditedField.LIST: "On the list “{}”",
}


class AlreadyUndone(Exception):
    """The edit was taken back before."""


@dataclass(frozen=True, slots=True)
class Change:
    """What to set: a Stage, a User or None for nobody, a Tag to put on, a LeadList to put on. `reason` is of the stage."""

    field: EditedField
    value: Any
    reason: str = ""

    @property
    def words(self) -> str:
        return "Nobody" if self.value is None else str(self.value.name)


@transaction.atomic
def edit(leads: LeadQuerySet, change: Change, *, workspace: Any, by: Any, now: datetime) -> LeadEdit:
    """Sets one thing on all of `leads`; those that have it already are not touched. The edit is kept if it changed any."""
    ids = list(leads.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    value_id = change.value.pk if change.value else None
    made = LeadEdit(workspace=workspace, field=change.field, value_id=value_id, by=by, made_at=now)
    made.words = SAID[change.field].format(change.words)[:120]
    given = _given(made, by, now) | {"words": change.words, "ids": ids}
    made.changed = _run(DO[change.field], given | _outcome(change, now)) if ids else 0
    if made.changed:
        made.save()
    return made


@transaction.atomic
def undo(made: LeadEdit, *, by: Any, now: datetime) -> int:
    """Gives each lead back what it had, but for those changed since; answers how many. Raises AlreadyUndone."""
    made = LeadEdit.objects.select_for_update().get(pk=made.pk)
    if made.undone_at:
        raise AlreadyUndone
    told = list(Activity.objects.filter(edit_id=made.pk).order_by("lead_id").values_list("lead_id", "detail"))
    before = {"ids": [lead for lead, _ in told], "details": [Jsonb(detail) for _, detail in told]}
    given = _given(made, by, now) | {"words": _name(made)} | before
    put_back = _run(UNDO[EditedField(made.field)], given)
    made.undone_at = now
    made.save(update_fields=["undone_at"])
    return put_back


def _given(made: LeadEdit, by: Any, now: datetime) -> dict[str, Any]:
    return {"workspace": made.workspace_id, "by": by.pk, "now": now, "edit": made.pk, "value": made.value_id}


def _outcome(change: Change, now: datetime) -> dict[str, Any]:
    """What follows from a stage, as `pipeline.move` has it for one lead."""
    if not isinstance(change.value, Stage):
        return {}
    is_open = change.value.kind == StageKind.OPEN
    outcome = "" if is_open else change.value.kind
    return {"outcome": outcome, "reason": change.reason, "closed_at": None if is_open else now}


def _name(made: LeadEdit) -> str:
    """The name of a tag or list that the edit put leads on."""
    return made.words.partition("“")[2].removesuffix("”")


def _run(statement: str, given: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.rowcount
