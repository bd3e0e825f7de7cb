"""The audit log: what was done in the workspace, for its managers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.audit_log import audit_lines, events
from billing.forms import AuditFilter
from leadengine.access import manager_required
from leadengine.request import Request
from leadengine.workflows.naming_audit import subjects

PER_PAGE = 50


@manager_required
@require_safe
def audit(request: Request) -> HttpResponse:
    is_region = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    return render(request, "billing/_audit.html" if is_region else "billing/audit.html", _context(request))


def _context(request: Request) -> dict[str, Any]:
    form = AuditFilter(request.GET, workspace=request.workspace)
    wanted = form.cleaned_data if form.is_valid() else {"group": "", "who": ""}
    actor = int(wanted["who"]) if wanted["who"] else None
    found = events(request.workspace, group=wanted["group"], actor_id=actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    about = subjects(request.workspace, shown, reader=request.user)
    return {"filter": form, "page": page, "lines": audit_lines(shown, about), "is_filtered": any(wanted.values())}
