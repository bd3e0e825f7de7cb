"""From a delivery, as the ledger knows it, to the lead that was delivered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.request import Request
from leads.models import Delivery


@member_required
@require_safe
def delivery(request: Request, pk: UUID) -> HttpResponse:
    """Sends on to the lead; a delivery of another workspace, and one whose lead is erased, is not found."""
    of_living = Delivery.objects.of(request.workspace).filter(lead__erased_at=None)
    return redirect("leads:lead-detail", get_object_or_404(of_living, pk=pk).lead_id)
