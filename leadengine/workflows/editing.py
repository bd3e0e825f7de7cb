"""Edits leads and takes edits back, and scores again what that changes: few leads at once, many in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from billing import auditing
from leadengine.workflows.scoring import start_rescoring
from leads.editing import Change, Undone, edit, edited_ids, undo
from leads.models import EditedField, Lead, LeadEdit
from leads.models.lead import LeadQuerySet
from scoring.rescoring import rescore

AT_ONCE = 500  # leads; more are scored by a worker, with the rest of the workspace
SCORED = {EditedField.STAGE, EditedField.OUTCOME}  # what counts for a score


def edit_leads(leads: LeadQuerySet, change: Change, *, workspace: Any, by: Any, now: datetime) -> LeadEdit:
    """As `leads.editing.edit`, and the leads are scored by what they are now. The audit keeps what was done to many."""
    with transaction.atomic():
        made = edit(leads, change, workspace=workspace, by=by, now=now)
        if made.changed > 1:
            _audit("leads.edited", made, made.changed, by=by, now=now)
    if made.changed and change.field in SCORED:
        _score(edited_ids(made), why=made.words, workspace=workspace, by=by, now=now)
    return made


def edit_one(lead: Lead, change: Change, *, by: Any, now: datetime) -> LeadEdit:
    """The same for one lead, which need not be fresh."""
    one = Lead.objects.of(lead.workspace_id).living().filter(pk=lead.pk)
    return edit_leads(one, change, workspace=lead.workspace, by=by, now=now)


def undo_edit(made: LeadEdit, *, by: Any, now: datetime) -> Undone:
    """As `leads.editing.undo`, and the leads are scored by what they are again. Raises AlreadyUndone."""
    with transaction.atomic():
        done = undo(made, by=by, now=now)
        if made.changed > 1 and done.ids:
            _audit("leads.put_back", made, len(done.ids), by=by, now=now)
    if done.ids and made.field in SCORED:
        _score(done.ids, why=f"Undone: {made.words}", workspace=made.workspace, by=by, now=now)
    return done


def is_scored_later(made: LeadEdit) -> bool:
    """Whether a worker scores what this edit changed, so that grades follow in a while."""
    return made.field in SCORED and made.changed > AT_ONCE


def _audit(verb: str, made: LeadEdit, leads: int, *, by: Any, now: datetime) -> None:
    """Of one lead its timeline tells. A new owner is named by the number of the account only."""
    what = {"edit": "Owner", "owner": made.value_id} if made.field == EditedField.OWNER else {"edit": made.words}
    auditing.record(verb, workspace_id=made.workspace_id, by=by, obj=made, after={"leads": leads, **what}, now=now)


def _score(ids: Sequence[UUID], *, why: str, workspace: Any, by: Any, now: datetime) -> None:
    if len(ids) > AT_ONCE:
        start_rescoring(workspace, why=why, by=by, now=now)
        return
    leads = Lead.objects.of(workspace).living().filter(pk__in=ids).select_related("company", "workspace")
    rescore(list(leads.order_by("pk")), why=why[:200], now=now)
