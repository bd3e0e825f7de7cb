"""The tabs of a lead's page: which there are, how much is in each, and what the chosen one shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from leadengine.request import Request
from leadengine.workflows.correcting import likelier_spelling
from leadengine.workflows.reporting import WINDOW
from leads import dossier
from leads.conflicts import conflicts
from leads.forms.lead import LeadSuppressionForm, NoteForm, ReportForm
from leads.models import Lead
from leads.views.trail import Trail, trail_of

RECENT, NEWEST = timedelta(days=180), 3
TABS = {"overview": "Overview", "people": "People", "signals": "Signals", "activity": "Activity", "data": "Data"}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: `number` is the key that opens it, `count` None where there is nothing to count."""

    key: str
    label: str
    number: int
    url: str
    count: int | None
    is_current: bool


def tab_context(request: Request, lead: Lead, *, tab: str = "") -> dict[str, Any]:
    """What `_lead_panel.html` shows, on the page and alone; `tab` is the one asked for unless it is named here."""
    wanted = tab or request.GET.get("tab", "")
    current = wanted if wanted in TABS else "overview"
    trail = trail_of(request, lead)
    links = {"activity_url": trail.url(lead.pk, "activity"), "no_calls": dossier.refused_call(lead)}
    frame = {"lead": lead, "trail": trail, "suffix": trail.suffix(current), "tabs": _tabs(lead, trail, current)}
    return frame | links | {"panel": f"leads/_lead_{current}.html"} | PANELS[current](lead)


def _tabs(lead: Lead, trail: Trail, current: str) -> list[Tab]:
    counted = dossier.counts(lead)
    return [
        Tab(key, label, number, trail.url(lead.pk, key), counted.get(key), key == current)
        for number, (key, label) in enumerate(TABS.items(), start=1)
    ]


def _overview(lead: Lead) -> dict[str, Any]:
    return {
        "events": dossier.timeline(lead, most=dossier.LATEST),
        "is_short": True,
        "meant_email": "" if lead.email or lead.do_not_contact else likelier_spelling(lead, None),
        "consents": dossier.consents(lead),
        "signals": dossier.signals(lead, since=(timezone.now() - RECENT).date())[:NEWEST],
        "note_form": NoteForm(now=timezone.now()),
        "report_form": ReportForm(),
        "suppression_form": LeadSuppressionForm(lead=lead),
        **_delivery(lead),
    }


def _delivery(lead: Lead) -> dict[str, Any]:
    """The delivery that can be reported as bad data, as long as it can."""
    delivery = dossier.last_delivery(lead)
    is_open = bool(delivery and not delivery.reversed_at and delivery.delivered_at > timezone.now() - WINDOW)
    return {"delivery": delivery, "is_reportable": is_open}


def _people(lead: Lead) -> dict[str, Any]:
    return {"people": dossier.colleagues(lead)}


def _signals(lead: Lead) -> dict[str, Any]:
    return {"signals": dossier.signals(lead)}


def _activity(lead: Lead) -> dict[str, Any]:
    return {"events": dossier.timeline(lead), "note_form": NoteForm(now=timezone.now())}


def _data(lead: Lead) -> dict[str, Any]:
    rows = dossier.evidence(lead)
    return {"evidence": rows, "conflicts": conflicts(rows)}


PANELS: dict[str, Callable[[Lead], dict[str, Any]]] = {
    "overview": _overview,
    "people": _people,
    "signals": _signals,
    "activity": _activity,
    "data": _data,
}
