"""The credits page: what there is, what it was used for, and every entry of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing import auditing, ledger_export, statement
from billing.forecast import forecast
from billing.forms import LedgerFilter, RunLimitForm
from billing.limits import month_start
from billing.models import Workspace
from billing.standing import Standing, standing
from billing.uses import Use, uses
from billing.views.limits import limit_rows
from leadengine.access import member_required
from leadengine.csv_writing import csv_lines
from leadengine.linecharts import Series, trend
from leadengine.request import Request
from leadengine.wording import in_credits
from leadengine.workflows.naming import charged_leads, charged_names, source_names
from leadengine.workflows.naming_work import names_of_holds, run_names, works
from leadengine.workflows.reporting import trust

DAYS = 30
PER_PAGE = 25
SHOWN = 6


@member_required
@require_safe
def credits(request: Request) -> HttpResponse:
    """Managers see the workspace's use, a rep their own; the ledger alone is rendered for htmx."""
    if request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request:
        return render(request, "billing/_ledger.html", with_names(request, ledger_region(request)))
    now = timezone.now()
    return render(request, "billing/credits.html", with_names(request, credits_page(request, now=now)))


@member_required
@require_safe
def ledger_csv(request: Request) -> StreamingHttpResponse:
    """The ledger as the page shows it, all of it, as a file; the audit says who took it."""
    wanted = asked(request, ledger_filter(request))
    rows = ledger_export.ledger_rows(request.workspace, **wanted, known=known_names(request.workspace))
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


def known_names(ours: Workspace) -> ledger_export.Names:
    """What the file calls leads, runs, holds and sources."""
    return ledger_export.Names(
        partial(charged_names, ours), partial(run_names, ours), partial(names_of_holds, ours), source_names
    )


def credits_page(request: Request, *, now: datetime) -> dict[str, Any]:
    rows, stands = limit_rows(request, now=now), standing(request.workspace)
    used = _used(request, now, {row.member.user_id: row.member.user.name for row in rows})
    team = _of_the_team(request, stands, used, now) if request.membership.is_manager else {}
    return {
        "standing": stands,
        "held_by_others": stands.held - sum(hold.remaining for hold in used["holds"]),
        "mine": next(row.allowance for row in rows if row.member.user_id == request.user.pk),
        "rows": rows,
        "limit_form": RunLimitForm(initial={"most": request.workspace.most_credits_per_run}),
        **used,
        **team,
        **ledger_region(request),
    }


def _of_the_team(request: Request, stands: Standing, found: dict[str, Any], now: datetime) -> dict[str, Any]:
    """How long it lasts, this month's use as a part of all that there was to use in it, and what sources are worth."""
    used = max(found["used"], Decimal(0))
    plan = stands.posted + used
    return {
        "forecast": forecast(stands.available, found["days"], today=timezone.localdate(now)),
        "plan": plan,
        "used_percent": round(100 * used / plan) if plan else 0,
        "sources": trust(request.workspace),
    }


def _used(request: Request, now: datetime, names: dict[int, str]) -> dict[str, Any]:
    """The chart of 30 days, and this month's use by kind, person and run, each with its share of the largest."""
    since, today = month_start(now).date(), timezone.localdate(now)
    found = uses(request.workspace, since=min(since, today - timedelta(days=DAYS)), member_id=seen_member(request))
    month, days = found.since(since), found.by_day(DAYS, today=today)
    return {
        "since": since,
        "used": month.total,
        "chart": day_chart(days),
        "days": [day.credits for day in days],
        "kinds": shares(month.by_kind()),
        "people": shares(month.by_person(names)[:SHOWN]) if request.membership.is_manager else [],
        "works": shares(month.by_work(SHOWN)),
        "holds": list(statement.open_holds(request.workspace, member_id=seen_member(request))),
    }


def shares(uses: Sequence[Use]) -> list[tuple[Use, int]]:
    """Each with its per cent of the largest."""
    top = max((use.credits for use in uses), default=0)
    return [(use, max(0, round(100 * use.credits / top)) if top > 0 else 0) for use in uses]


def ledger_region(request: Request) -> dict[str, Any]:
    form = ledger_filter(request)
    found = statement.entries(request.workspace, **asked(request, form))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return {
        "page": page,
        "filter": form,
        "is_filtered": any(request.GET.get(key) for key in form.fields),
    }


def with_names(request: Request, found: dict[str, Any]) -> dict[str, Any]:
    """The context with the ledger's lines, and what work, sources and leads are called; three queries for these."""
    entries = found["page"].object_list
    held = [*found.get("holds", []), *(entry.hold for entry in entries if entry.hold)]
    ids = {each.run_id for each in [*entries, *held]} | {use.key for use, _ in found.get("works", [])}
    named = works(
        request.workspace,
        runs={each for each in ids if each},
        holds={hold.pk for hold in held if not hold.run_id},
    )
    whats = {key: work.what for key, work in named.items()}
    return found | {
        "lines": statement.ledger_lines(request.workspace, entries, known=found["filter"].known, holds=whats),
        "work_names": named,
        "charged_leads": charged_leads(request.workspace, entries),
        "source_names": source_names({entry.source for entry in entries}),
    }


def ledger_filter(request: Request) -> LedgerFilter:
    return LedgerFilter(request.GET, membership=request.membership)


def asked(request: Request, form: LedgerFilter) -> dict[str, Any]:
    """Which entries: their kind, and of whom; a rep gets their own whatever they ask for."""
    wanted = form.cleaned_data if form.is_valid() else {}
    who = int(wanted["who"]) if wanted.get("who") else None
    return {"kind": wanted.get("kind", ""), "member_id": seen_member(request) or who}


def seen_member(request: Request) -> int | None:
    """Whose use may be seen: everybody's (None) by managers, their own by reps."""
    return None if request.membership.is_manager else request.user.pk


def day_chart(days: Sequence[Use]) -> str:
    total = sum(day.credits for day in days)
    finding = f"{in_credits(total)} used in the last {DAYS} days."
    line = Series("Credits", [float(day.credits) for day in days], "tone-accent", has_area=True)
    shown = ([day.label for day in days], [line]) if total else ([], [])
    return trend("use-by-day", "Use by day", *shown, finding=finding if total else "Nothing was used yet.")
