"""The credits page: what there is, what it was used for, and every entry of the ledger."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing import ledger, ledger_export, statement
from billing.forms import LedgerFilter
from billing.limits import allowance, month_start
from billing.views.limits import limit_rows
from leadengine.access import member_required
from leadengine.csv_writing import csv_lines
from leadengine.linecharts import Series, trend
from leadengine.request import Request
from leadengine.wording import amount, plural
from leadengine.workflows.naming import run_names

DAYS = 30
PER_PAGE = 50


@member_required
@require_safe
def credits(request: Request) -> HttpResponse:
    """Managers see the workspace's use, a rep their own; the ledger alone is rendered for htmx."""
    if request.htmx and not request.htmx.boosted:
        return render(request, "billing/_ledger.html", ledger_region(request))
    return render(request, "billing/credits.html", credits_page(request, now=timezone.now()))


@member_required
@require_safe
def ledger_csv(request: Request) -> StreamingHttpResponse:
    """The ledger as the page shows it, all of it, as a file."""
    form, member_id = LedgerFilter(request.GET), seen_member(request)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    rows = ledger_export.ledger_rows(request.workspace, kind=kind, member_id=member_id)
    lines = csv_lines(ledger_export.header(member_id=member_id), rows)
    name = f"credits-{request.workspace.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def credits_page(request: Request, *, now: datetime) -> dict[str, Any]:
    since = month_start(now).date()
    member_id = seen_member(request)
    people = statement.use_by_person(request.workspace, since=since) if member_id is None else []
    return {
        "balance": ledger.balance(request.workspace),
        "mine": allowance(request.workspace.pk, request.user.pk, now=now),
        "is_low": statement.is_low(request.workspace),
        "chart": day_chart(request, now),
        "since": since,
        "kinds": statement.use_by_kind(request.workspace, since=since, member_id=member_id),
        "people": people,
        "runs": named_runs(request, since),
        "rows": limit_rows(request, now=now),
        **ledger_region(request),
    }


def ledger_region(request: Request) -> dict[str, Any]:
    form = LedgerFilter(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    found = statement.entries(request.workspace, kind=kind, member_id=seen_member(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = statement.ledger_lines(request.workspace, list(page.object_list))
    runs = run_names(request.workspace, {line.entry.run_id for line in lines if line.entry.run_id})
    named = [(line, runs.get(line.entry.run_id, "") if line.entry.run_id else "") for line in lines]
    return {"page": page, "lines": named, "filter": form}


def seen_member(request: Request) -> int | None:
    """Whose use may be seen: everybody's (None) by managers, their own by reps."""
    return None if request.membership.is_manager else request.user.pk


def named_runs(request: Request, since: date) -> list[tuple[statement.Use, str]]:
    """The runs that used most this month, with their names."""
    uses = statement.use_by_run(request.workspace, since=since, member_id=seen_member(request))[:8]
    names = run_names(request.workspace, {use.key for use in uses})
    return [(use, names.get(use.key, "")) for use in uses]


def day_chart(request: Request, now: datetime) -> str:
    days = statement.use_by_day(request.workspace, days=DAYS, member_id=seen_member(request), now=now)
    total = sum(day.credits for day in days)
    finding = f"{amount(total)} {plural(total, 'credit')} used in the last {DAYS} days."
    line = Series("Credits", [float(day.credits) for day in days], "tone-accent", has_area=True)
    shown = ([day.label for day in days], [line]) if total else ([], [])
    return trend("use-by-day", "Use by day", *shown, finding=finding if total else "Nothing was used yet.")
