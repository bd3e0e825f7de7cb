"""The managers' dashboard: figures of a period with the leads behind each, as a page, a region of it, and a file."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadengine.access import manager_required
from leadengine.csv_writing import csv_lines
from leadengine.regions import wants_region
from leadengine.request import Request
from leads.filters import members
from scoring.dashboard import accuracy, telling
from scoring.dashboard.board import Board, board, charts
from scoring.dashboard.period import PERIODS
from scoring.forms.dashboard import DashboardForm


@transaction.non_atomic_requests  # it only reads, and a part that fails must not take the others with it
@manager_required
@require_safe
def dashboard(request: Request) -> HttpResponse:
    form = _form(request)
    found = board(request.workspace, form.asked(timezone.localdate()), form.people)
    template = "scoring/_dash_changed.html" if wants_region(request) else "scoring/dashboard.html"
    return render(request, template, _context(form, found), status=422 if form.errors else 200)


@transaction.non_atomic_requests
@manager_required
@require_safe
def dashboard_export(request: Request) -> StreamingHttpResponse:
    """The figures as a file: sums, and nobody's data."""
    form = _form(request)
    found = board(request.workspace, form.asked(timezone.localdate()), form.people)
    name = f"dashboard-{request.workspace.slug}-{found.asked.span.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    lines = csv_lines(telling.HEADER, telling.rows(found))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _form(request: Request) -> DashboardForm:
    """What a credit costs is kept in the session, so that it is not asked twice."""
    key = f"credit-price-{request.workspace.pk}"
    kept = request.session.get(key, "")
    people = {each.pk: (each.email, each.name) for each in members(request.workspace)}
    form = DashboardForm({"price": kept, **request.GET.dict()}, people=people)
    if form["price"].value() != kept and "price" not in form.errors:
        request.session[key] = form["price"].value()
    return form


def _context(form: DashboardForm, found: Board) -> dict[str, Any]:
    return {
        "form": form,
        "periods": PERIODS.values(),
        "found": found,
        "now": timezone.localtime(),
        "verdict": accuracy.verdict(found.accuracy),
        **charts(found),
    }
