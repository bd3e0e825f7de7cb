"""The signals that speak for a lead: its company's and the person's own, never a colleague's."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q

from leads.models import Signal


def of_each_lead() -> Any:
    """Those of the lead of the outer query."""
    own = Q(lead__isnull=True) | Q(lead=OuterRef("pk"))
    return Signal.objects.filter(own, company=OuterRef("company"), workspace=OuterRef("workspace"))
