"""The way back from an address that somebody took, where another one was in use before."""

from __future__ import annotations

from django.urls import reverse

from leadengine.toasts import Undo
from leadengine.workflows.picking import Picked
from leads.models import Lead


def way_back(lead: Lead, picked: Picked) -> Undo | None:
    if not picked.before or not picked.choice:
        return None
    values = {"evidence": str(picked.before.pk), "restores": str(picked.choice.pk)}
    return Undo(reverse("leads:lead-pick", args=[lead.pk]), values)
