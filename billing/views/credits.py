"""The credits page: what there is, what it was used for, and every entry of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing import auditing, ledger, ledger_export, statement
from billing.forecast import forecast
from billing.forms import LedgerFilter, RunLimitForm
from billing.limits import allowance, month_start
from billing.statement import Use
from billing.views.limits import limit_rows
from leadengine.access import member_required
from leadengine.csv_writing import csv_lines
from leadengine.linecharts import Series, trend
from leadengine.request import Request
from leadengine.wording import amount, plural
from leadengine.workflows.naming import run_names

DAYS = 30
PER_PAGE = 25
SHOWN = 6


@member_required
@require_safe
def credits(request: Request) -> HttpResponse:
    """Managers see the workspace's use, a rep their own; the ledger alone is rendered for htmx."""
    if request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request:
        return render(request, "billing/_ledger.html", ledger_region(request))
    return render(request, "billing/credits.html", credits_page(request, now=timezone.now()))


@member_required
@require_safe
def ledger_csv(request: Request) -> StreamingHttpResponse:
    """The ledger as the page shows it, all of it, as a file; the audit says who took it."""
    wanted = asked(request)
    rows = ledger_export.ledger_rows(request.workspace, **wanted)
    lines = csv_lines(ledger_export.header(member_id=wanted["member_id"]), rows)
    if request.method == "GET":
        after = {"entries": wanted["kind"] or "all", "own_only": wanted["member_id"] == request.user.pk}
        auditing.record(
            "ledger.exported",
            workspace_id=request.workspace.pk,
            by=request.user,
            obj=None,
            after=after,
            now=timezone.now(),
        )
    name = f"credits-{request.workspace.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def credits_page(request: Request, *, now: datetime) -> dict[str, Any]:
    since, member_id = month_start(now).date(), seen_member(request)
    full = statement.balance_after_last_grant(request.workspace)
    balance = ledger.balance(request.workspace)
    return {
        "balance": balance,
        "full": full,
        "alert_at": full / 5,
        "is_low": balance.available < full / 5,
        "percent": min(100, int(100 * balance.available / full)) if full else 0,
        "mine": allowance(request.workspace.pk, request.user.pk, now=now),
        "since": since,
        "holds": held_for(request),
        **_uses(request, since, member_id),
        **_days(request, balance.available, now),
        "rows": limit_rows(request, now=now),
        "limit_form": RunLimitForm(initial={"most": request.workspace.most_credits_per_run}),
        **ledger_region(request),
    }


def _uses(request: Request, since: date, member_id: int | None) -> dict[str, Any]:
    """This month's use by kind, person and run, each with its share of the largest."""
    kinds = statement.use_by_kind(request.workspace, since=since, member_id=member_id)
    people = statement.use_by_person(request.workspace, since=since) if member_id is None else []
    runs = statement.use_by_run(request.workspace, since=since, member_id=member_id)[:SHOWN]
    names = run_names(request.workspace, {use.key for use in runs})
    return {
        "used": sum(use.credits for use in kinds),
        "kinds": shares(kinds),
        "people": shares(people[:SHOWN]),
        "runs": [(use, names.get(use.key, ""), percent) for use, percent in shares(runs)],
    }


def shares(uses: Sequence[Use]) -> list[tuple[Use, int]]:
    """Each with its per cent of the largest."""
    top = max((use.credits for use in uses), default=0)
    return [(use, max(0, round(100 * use.credits / top)) if top > 0 else 0) for use in uses]


def held_for(request: Request) -> list[tuple[Any, str]]:
    """Holds that are open, with the names of their runs."""
    found = statement.open_holds(request.workspace, member_id=seen_member(request))[:SHOWN]
    names = run_names(request.workspace, {hold.run_id for hold in found if hold.run_id})
    return [(hold, names.get(hold.run_id, "") if hold.run_id else "") for hold in found]


def ledger_region(request: Request) -> dict[str, Any]:
    wanted = asked(request)
    found = statement.entries(request.workspace, **wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = statement.ledger_lines(request.workspace, list(page.object_list))
    runs = run_names(request.workspace, {line.entry.run_id for line in lines if line.entry.run_id})
    named = [(line, runs.get(line.entry.run_id, "") if line.entry.run_id else "") for line in lines]
    form = LedgerFilter(request.GET, membership=request.membership)
    return {"page": page, "lines": named, "filter": form, "is_filtered": bool(request.GET.get("kind"))}


def asked(request: Request) -> dict[str, Any]:
    """Which entries: their kind, and of whom; a rep gets their own whatever they ask for."""
    form = LedgerFilter(request.GET, membership=request.membership)
    wanted = form.cleaned_data if form.is_valid() else {}
    who = int(wanted["who"]) if wanted.get("who") else None
    return {"kind": wanted.get("kind", ""), "member_id": seen_member(request) or who}


def seen_member(request: Request) -> int | None:
    """Whose use may be seen: everybody's (None) by managers, their own by reps."""
    return None if request.membership.is_manager else request.user.pk


def _days(request: Request, available: Any, now: datetime) -> dict[str, Any]:
    """The chart of use by day, and how long the credits last at that pace."""
    days = statement.use_by_day(request.workspace, days=DAYS, member_id=seen_member(request), now=now)
    told = forecast(available, [day.credits for day in days], today=timezone.localdate(now))
    return {"chart": day_chart(days), "forecast": told if request.membership.is_manager else None}


def day_chart(days: Sequence[Use]) -> str:
    total = sum(day.credits for day in days)
    finding = f"{amount(total)} {plural(total, 'credit')} used in the last {DAYS} days."
    line = Series("Credits", [float(day.credits) for day in days], "tone-accent", has_area=True)
    shown = ([day.label for day in days], [line]) if total else ([], [])
    return trend("use-by-day", "Use by day", *shown, finding=finding if total else "Nothing was used yet.")
