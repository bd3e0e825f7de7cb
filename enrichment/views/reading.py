"""The lead that a page of its address or number is about."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from leadengine.request import Request
from leads.bounces import with_bounces
from leads.models import Lead


def lead_or_404(request: Request, pk: UUID) -> Lead:
    """With what the head of its page shows, in one query."""
    mine = with_bounces(Lead.objects.of(request.workspace).living())
    return get_object_or_404(mine.select_related("company", "workspace", "stage", "owner"), pk=pk)
