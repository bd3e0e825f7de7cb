"""Limits of spending: of a run, of each person in a month, and the sum that is confirmed a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from billing import membership
from billing.confirm_sum import set_confirm_sum
from billing.forms import ConfirmSumForm, LimitForm, RunLimitForm
from billing.limits import Allowance, allowances
from billing.membership import NotAllowed
from billing.models import Membership, Role
from billing.run_limit import set_run_limit
from billing.views.members import member_or_404
from leadengine.access import manager_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import toast


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A member with what they used and may use this month; `form` is None where it may only be read."""

    member: Membership
    allowance: Allowance
    form: LimitForm | None

    @property
    def percent(self) -> int:
        """How much of the limit is used, 0 to 100."""
        limit, used = self.allowance.limit, self.allowance.used
        return 100 if limit == 0 else min(100, int(100 * used / limit)) if limit else 0


@manager_required
@require_http_methods(["GET", "POST"])
def run_limit(request: Request) -> HttpResponse:
    """Sets what one run may hold; a reload of the page that showed an error goes on to the limits."""
    if request.method == "GET":
        return SeeOther(reverse("billing:settings-limits"))
    form, now = RunLimitForm(request.POST), timezone.now()
    if not form.is_valid():
        return render(request, "billing/settings_limits.html", limits_context(request, run=form, now=now), status=422)
    set_run_limit(request.workspace, form.cleaned_data["most"], by=request.user, now=now)
    messages.success(request, "The limit for a run is saved.")
    return SeeOther(reverse("billing:settings-limits"))


@manager_required
@require_http_methods(["GET", "POST"])
def confirm_sum(request: Request) -> HttpResponse:
    """Sets above which sum an enrichment is confirmed a second time."""
    if request.method == "GET":
        return SeeOther(reverse("billing:settings-limits"))
    form, now = ConfirmSumForm(request.POST), timezone.now()
    if not form.is_valid():
        context = limits_context(request, confirm=form, now=now)
        return render(request, "billing/settings_limits.html", context, status=422)
    set_confirm_sum(request.workspace, form.cleaned_data["above"], by=request.user, now=now)
    messages.success(request, "The sum that is confirmed again is saved.")
    return SeeOther(reverse("billing:settings-limits"))


@manager_required
@require_http_methods(["GET", "POST"])
def member_limit(request: Request, pk: int) -> HttpResponse:
    """Sets what one member may spend in a month; inside htmx the row alone is answered."""
    member, now = member_or_404(request, pk), timezone.now()
    if request.method == "GET":
        return SeeOther(reverse("billing:settings-limits"))
    form = LimitForm(request.POST, prefix=str(pk))
    is_saved = form.is_valid() and _saved(member, form, request, now)
    if request.htmx:
        return _row(request, member, form, is_saved, now)
    if is_saved:
        messages.success(request, f"The limit of {member.user.name} is saved.")
        return SeeOther(reverse("billing:settings-limits"))
    return render(request, "billing/settings_limits.html", limits_context(request, wrong=form, now=now), status=422)


def _saved(member: Membership, form: LimitForm, request: Request, now: datetime) -> bool:
    limit = form.cleaned_data["limit"]
    try:
        membership.change(member, role=member.role, monthly_limit=limit, by=request.user, now=now)
    except NotAllowed as refusal:
        form.add_error("limit", str(refusal))
    return not form.errors


def _row(request: Request, member: Membership, form: LimitForm, is_saved: bool, now: datetime) -> HttpResponse:
    member.refresh_from_db(fields=["monthly_limit"])
    spent = allowances([member], now=now)[member.user_id]
    row = LimitRow(member, spent, _form(member) if is_saved else form)
    response = render(request, "billing/_limit_row.html", {"row": row}, status=200 if is_saved else 422)
    return toast(response, f"The limit of {member.user.name} is saved.") if is_saved else response


def limits_context(
    request: Request,
    *,
    run: RunLimitForm | None = None,
    confirm: ConfirmSumForm | None = None,
    wrong: LimitForm | None = None,
    now: datetime,
) -> dict[str, Any]:
    """The limits of the workspace and its members; a rep sees their own alone, to read."""
    return {
        "limit_form": run or RunLimitForm(initial={"most": request.workspace.most_credits_per_run}),
        "confirm_form": confirm or ConfirmSumForm(initial={"above": request.workspace.confirm_above}),
        "rows": limit_rows(request, wrong, now=now),
        "may_manage": request.membership.is_manager,
    }


def limit_rows(request: Request, wrong: LimitForm | None = None, *, now: datetime) -> list[LimitRow]:
    everybody = Membership.objects.of(request.workspace).filter(is_active=True).select_related("user", "workspace")
    seen = everybody if request.membership.is_manager else everybody.filter(user=request.user)
    members = list(seen.order_by("user__first_name", "user__email"))
    changeable = dict(membership.roles_beneath(Role.OWNER if request.user.is_staff else request.membership.role))
    spent = allowances(members, now=now)
    return [
        LimitRow(each, spent[each.user_id], _form(each, wrong) if each.role in changeable else None) for each in members
    ]


def _form(member: Membership, wrong: LimitForm | None = None) -> LimitForm:
    if wrong and wrong.prefix == str(member.pk):
        return wrong
    return LimitForm(prefix=str(member.pk), initial={"limit": member.monthly_limit})
