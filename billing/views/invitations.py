"""Inviting by link, taking an invitation back, and accepting one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from billing import invitations
from billing.forms import InviteForm, JoinForm
from billing.invitations import InvitationClosed
from billing.membership import NotAllowed
from billing.models import Invitation, Membership, User
from billing.views.members import NEW_LINK, members_page
from leadengine.access import manager_required
from leadengine.answers import SeeOther
from leadengine.middleware import CURRENT
from leadengine.request import Request

BACKEND = "django.contrib.auth.backends.ModelBackend"


@manager_required
@require_POST
def invitation_create(request: Request) -> HttpResponse:
    form = InviteForm(request.POST, by=request.user, workspace=request.workspace)
    if not form.is_valid():
        return render(request, "billing/members.html", members_page(request, form), status=422)
    _, token = invitations.invite(request.workspace, **form.cleaned_data, by=request.user, now=timezone.now())
    path = reverse("billing:invitation-accept", args=[token])
    request.session[NEW_LINK] = request.build_absolute_uri(path)
    return SeeOther(reverse("billing:members"))


@manager_required
@require_POST
def invitation_revoke(request: Request, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.of(request.workspace).select_related("workspace"), pk=pk)
    try:
        invitations.revoke(invitation, by=request.user, now=timezone.now())
        messages.success(request, "The invitation is revoked: its link no longer works.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return SeeOther(reverse("billing:members"))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request: Request, token: str) -> HttpResponse:
    """Joins as whoever is signed in, or as somebody new."""
    try:
        invitation = invitations.open_invitation(token, now=timezone.now())
        return accept(request, invitation, token) if request.user.is_authenticated else join(request, invitation, token)
    except InvitationClosed as closed:
        return render(request, "billing/invitation_closed.html", {"reason": str(closed)}, status=410)


def accept(request: Request, invitation: Invitation, token: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "billing/invitation_accept.html", {"invitation": invitation})
    return _welcome(request, invitations.accept(token, request.user, now=timezone.now()))


def join(request: Request, invitation: Invitation, token: str) -> HttpResponse:
    form = JoinForm(request.POST or None, email=invitation.email)
    if form.is_valid():
        member = _join(token, form)
        login(request, member.user, backend=BACKEND)
        return _welcome(request, member)
    context = {"invitation": invitation, "form": form}
    return render(request, "billing/invitation_join.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _join(token: str, form: JoinForm) -> Membership:
    """The account and its place in the workspace, both or neither."""
    user = User.objects.create_user(**form.cleaned_data)
    return invitations.accept(token, user, now=timezone.now())


def _welcome(request: Request, member: Membership) -> HttpResponse:
    request.session[CURRENT] = member.workspace_id
    messages.success(request, f"Welcome to {member.workspace}.")
    return SeeOther(reverse("leads:home"))
