"""Keeps the suppression list of a workspace; each change is audited, and marks the leads that it reaches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from billing import auditing
from leads.models import Suppression
from leads.opting_out import mark, reached
from leads.suppressing import suppress
from scoring.rescoring import hold, rescore


@transaction.atomic
def suppress_and_mark(workspace: Any, kind: str, value: str, *, note: str = "", by: Any, now: datetime) -> int:
    """Never deliver who has this address, and mark the leads that have it; answers how many were marked.

    `kind` is a SuppressionKind. Raises UnusableSuppression with a sentence for the person. Idempotent.
    """
    leads = list(reached(workspace, kind, value).select_related("company", "workspace"))
    hold(leads)  # a whole company is marked in one statement, in no order; and whoever erases locks the lead first
    entry = suppress(kind, value, workspace=workspace, by=by, note=note, now=now)
    marked = mark(leads, kind, by=by, now=now)
    if marked:
        rescore(leads, why="Not to be contacted", now=now)
    _audit("suppression.added", entry, by, now)
    return marked


@transaction.atomic
def lift_suppression(entry: Suppression, *, by: Any, now: datetime) -> None:
    """Take an entry off the list. Leads stay marked: whom to write to again is for a person to decide."""
    _audit("suppression.removed", entry, by, now)
    entry.delete()


def _audit(verb: str, entry: Suppression, by: Any, now: datetime) -> None:
    after = {"kind": entry.kind, "note": entry.note}
    auditing.record(verb, workspace_id=entry.workspace_id, by=by, obj=entry, after=after, now=now)
