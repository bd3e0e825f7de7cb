"""LinkedIn's page in the settings of sources: how the connection stands, and making, pointing and ending it.

The page asks LinkedIn nothing. What a person does there is asked outside any transaction, so that no lock is held meanwhile.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import manager_required, member_required
from leadengine.answers import SeeOther
from leadengine.http import Unanswered
from leadengine.request import Request
from leadengine.sealing import NoSealingKey
from leadengine.wording import in_credits
from leadengine.workflows import linkedin as connecting
from leadengine.workflows import linkedin_hook as hook
from leadengine.workflows import linkedin_intake as intake
from leadengine.workflows.asking import is_sandboxed
from leads.forms.linkedin import AccountForm
from leads.models import LinkedInConnection
from leads.providers import linkedin
from leads.sources.social.linkedin import connection

STATE = "linkedin_state"  # in the session: workspace and secret of the request that is under way
REFUSED = "LinkedIn was not allowed: nothing has changed."
STALE = "That answer of LinkedIn belongs to no request of yours, or was used before. Connect again."


@member_required
@require_safe
def linkedin_page(request: Request) -> HttpResponse:
    return _page(request)


@transaction.non_atomic_requests
@manager_required
@require_safe
def linkedin_callback(request: Request) -> HttpResponse:
    """LinkedIn sends a manager back here, with a code and the state that the page had put into its link."""
    workspace_id, _, state = request.session.pop(STATE, "").partition(":")
    is_ours = state and workspace_id == str(request.workspace.pk)
    if not is_ours or not constant_time_compare(state, request.GET.get("state", "")):
        messages.error(request, STALE)
    elif "code" not in request.GET:
        messages.error(request, REFUSED)
    else:
        _connect(request, request.GET["code"])
    return SeeOther(reverse("leads:linkedin"))


@transaction.non_atomic_requests
@manager_required
@require_POST
def linkedin_account(request: Request) -> HttpResponse:
    if (found := connection(request.workspace.pk)) is None:
        return _unconnected(request)
    form = _form(request, found, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    choice = connecting.Choice(name=form.offered[form.cleaned_data["account"]], **form.cleaned_data)
    try:
        connecting.choose(found, choice, by=request.user, now=timezone.now())
    except Unanswered as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The forms of {choice.name} are read from now on.")
    return SeeOther(reverse("leads:linkedin"))


@transaction.non_atomic_requests
@manager_required
@require_POST
def linkedin_disconnect(request: Request) -> HttpResponse:
    if (found := connection(request.workspace.pk)) is None:
        return _unconnected(request)
    connecting.disconnect(found, by=request.user, now=timezone.now())
    messages.success(request, "LinkedIn is disconnected. Leads that came from it stay.")
    return SeeOther(reverse("leads:linkedin"))


@transaction.non_atomic_requests
@manager_required
@require_POST
def linkedin_webhook(request: Request) -> HttpResponse:
    """On, or off where it is on."""
    if (found := connection(request.workspace.pk)) is None:
        return _unconnected(request)
    switch = hook.switch_off if found.webhook else hook.switch_on
    try:
        switch(found, by=request.user, now=timezone.now())
    except Unanswered as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "LinkedIn tells at once from now on." if found.webhook else "LinkedIn tells no more.")
    return SeeOther(reverse("leads:linkedin"))


def back_to(request: Request) -> str:
    """The address that LinkedIn sends people back to; it must be one of those that the app there lists."""
    path = reverse("leads:linkedin-callback")
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def _connect(request: Request, code: str) -> None:
    try:
        found = connecting.connect(
            request.workspace, code=code, back=back_to(request), by=request.user, now=timezone.now()
        )
    except (Unanswered, NoSealingKey) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"LinkedIn is connected as {found.account_name or 'an account without ads'}.")


def _unconnected(request: Request) -> HttpResponse:
    messages.error(request, "LinkedIn is not connected.")
    return SeeOther(reverse("leads:linkedin"))


def _page(request: Request, form: AccountForm | None = None, *, status: int = 200) -> HttpResponse:
    is_manager = request.membership.is_manager
    found = connecting.status(request.workspace, now=timezone.now())
    if form is None and is_manager and found.found and found.state == "connected":
        form = _form(request, found.found)
    context = {
        "status": found,
        "form": form,
        "hook": hook.standing(found.found, now=timezone.now()) if found.found else "off",
        "waiting": hook.waiting(found.found) if found.found else 0,
        "why_waiting": hook.why_waiting(found.found) if found.found else "",
        "used": intake.used_this_month(found.found, now=timezone.now()) if found.found else 0,
        "is_sandboxed": is_sandboxed(request.workspace),
        "back": back_to(request),
        "version": settings.LINKEDIN_VERSION,
        "connect_url": _authorize_url(request) if is_manager and found.state != "no_key" else "",
    }
    return render(request, "leads/linkedin.html", context, status=status)


def _form(request: Request, found: LinkedInConnection, data: object = None) -> AccountForm:
    now = {"account": found.account, "since": found.since, "most_credits_a_month": found.most_credits_a_month}
    price = in_credits(intake.price_of(timezone.now()))
    offered = connecting.ad_accounts(found)
    return AccountForm(data, offered=offered, today=timezone.localdate(), price=price, initial=now)


def _authorize_url(request: Request) -> str:
    """With a state that stays the same until it is used, so that two open pages do not spoil each other."""
    try:
        app = linkedin.app_of(request.workspace.pk)
    except Unanswered:
        return ""
    workspace_id, _, state = request.session.get(STATE, "").partition(":")
    if not state or workspace_id != str(request.workspace.pk):
        state = secrets.token_urlsafe(24)
        request.session[STATE] = f"{request.workspace.pk}:{state}"
    return linkedin.authorize_url(app, back=back_to(request), state=state)
