"""Leads as a file: a page that says what leaves and who stays out, and the file itself."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from leadengine.access import member_required
from leadengine.request import Request
from leadengine.toasts import flash
from leadengine.wording import plural
from leadengine.workflows.exporting import export_leads
from leads.exporting import PURPOSES, count_blocked
from leads.views.browsing import Browsing
from leads.views.selection import Selection, everything, selected, ticked

READY = "export-ready"


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_export(request: Request) -> HttpResponseBase:
    """The file, once its purpose is chosen; before that the page that asks."""
    browsing = Browsing(request, timezone.now())
    selection = selected(browsing) if request.method == "POST" else everything(browsing)
    purpose = request.POST.get("purpose", "")
    if selection.problem or purpose not in PURPOSES:
        return _asking(browsing, selection)
    query, by = selection.query, request.user
    made = export_leads(selection.leads, purpose, workspace=request.workspace, query=query, by=by, now=browsing.now)
    left_out = f"; left out: {made.left_out:,}" if made.left_out else ""
    text = f"Exported {made.exported:,} {plural(made.exported, 'lead')}{left_out}."
    headers = {"Cache-Control": "private, no-store"}
    answer = FileResponse(made.file, as_attachment=True, filename=made.name, content_type="text/csv", headers=headers)
    if "told" in request.POST:  # the page waits for the file and says so itself
        answer.set_cookie(READY, quote(text), max_age=60, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        flash(request, text)
    return answer


def _asking(browsing: Browsing, selection: Selection) -> HttpResponse:
    number, blocked = selection.leads.count(), count_blocked(selection.leads)
    context = {
        "browsing": browsing,
        "problem": selection.problem,
        "number": number - blocked,
        "blocked": blocked,
        "ticked": [] if selection.query is not None else ticked(browsing),
        "purposes": [(key, label) for key, (label, _columns) in PURPOSES.items()],
    }
    return render(browsing.request, "leads/lead_export.html", context, status=422 if selection.problem else 200)
