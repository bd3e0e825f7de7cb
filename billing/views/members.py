"""The people of a workspace: roles, limits, deactivation, links for forgotten passwords."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing import invitations, membership, reset_links
from billing.forms import InviteForm, MemberForm
from billing.limits import allowance
from billing.membership import NotAllowed
from billing.models import Membership
from leadengine.access import manager_required, member_required
from leadengine.answers import SeeOther
from leadengine.request import Request

NEW_LINK = "invitation_link"


@member_required
@require_safe
def members(request: Request) -> HttpResponse:
    """The team for everybody; a new invitation's link is shown once, to whoever made it."""
    context = members_page(request) | {"new_link": request.session.pop(NEW_LINK, None)}
    return render(request, "billing/members.html", context)


def members_page(request: Request, form: InviteForm | None = None) -> dict[str, Any]:
    """What the page shows, with an invitation that was wrong, if there was one."""
    everybody = Membership.objects.of(request.workspace).select_related("user", "workspace")
    may_manage, now = request.membership.is_manager, timezone.now()
    return {
        "members": everybody.order_by("-is_active", "user__first_name", "user__email"),
        "may_manage": may_manage,
        "pending": invitations.pending(request.workspace, now=now) if may_manage else [],
        "expired": invitations.expired(request.workspace, now=now) if may_manage else [],
        "form": form or InviteForm(by=request.user, workspace=request.workspace),
    }


@manager_required
@require_http_methods(["GET", "POST"])
def member_edit(request: Request, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = MemberForm(request.POST or None, by=request.user, member=member)
    if form.is_valid():
        try:
            membership.change(member, **form.cleaned_data, by=request.user, now=timezone.now())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{member.user.name} is changed.")
            return SeeOther(reverse("billing:members"))
    return render(
        request, "billing/member.html", member_page(request, member, form), status=422 if form.errors else 200
    )


def member_page(request: Request, member: Membership, form: MemberForm) -> dict[str, Any]:
    return {
        "form": form,
        "member": member,
        "may_change": membership.may_change(request.user, member),
        "is_last_owner": membership.is_last_owner(member),
        "may_make_link": reset_links.may_make_link(request.user, member),
        "allowance": allowance(member.workspace_id, member.user_id, now=timezone.now()),
    }


@manager_required
@require_POST
def member_deactivate(request: Request, pk: int) -> HttpResponse:
    try:
        member = membership.deactivate(member_or_404(request, pk), by=request.user, now=timezone.now())
        messages.success(request, f"{member.user.name} no longer has access.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return SeeOther(reverse("billing:members"))


@manager_required
@require_POST
def member_reactivate(request: Request, pk: int) -> HttpResponse:
    try:
        member = membership.reactivate(member_or_404(request, pk), by=request.user, now=timezone.now())
        messages.success(request, f"{member.user.name} has access again.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return SeeOther(reverse("billing:members"))


@manager_required
@never_cache
@require_POST
def member_reset_link(request: Request, pk: int) -> HttpResponse:
    """Shows a link for a forgotten password, to be handed over."""
    member = member_or_404(request, pk)
    try:
        path = reset_links.make_link(member, by=request.user, now=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return SeeOther(reverse("billing:members"))
    context = {"member": member, "link": request.build_absolute_uri(path)}
    return render(request, "billing/member_reset_link.html", context)


def member_or_404(request: Request, pk: int) -> Membership:
    everybody = Membership.objects.of(request.workspace).select_related("user", "workspace")
    return get_object_or_404(everybody, pk=pk)
