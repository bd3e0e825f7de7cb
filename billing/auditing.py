"""Writes the audit: one append-only event per act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from billing.models import AuditEvent


def record(
    verb: str,
    *,
    workspace_id: int | None,
    by: models.Model | None,
    obj: models.Model | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    now: datetime,
) -> AuditEvent:
    """Stores who (`by`) did what to `obj`; `before` and `after` are JSON without personal data."""
    return AuditEvent.objects.create(
        workspace_id=workspace_id,
        actor_id=by.pk if by else None,
        verb=verb,
        object_type=obj._meta.label_lower if obj else "",
        object_id=str(obj.pk) if obj else "",
        before=dict(before or {}),
        after=dict(after or {}),
        created_at=now,
    )
