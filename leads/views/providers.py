"""The settings of sources: everybody sees how providers fare, managers enter their keys and have them tested."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import manager_required, member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.sealing import NoSealingKey
from leadengine.workflows import providers
from leadengine.workflows.desk import Desk
from leadengine.workflows.opinion_choice import choose_opinions, opinions_of
from leadengine.workflows.provider_keys import UnknownProvider, queue_test, remove_key, set_key
from leads.forms.provider import ProviderKeyForm
from leads.models import ProviderKey
from leads.providers.cards import NO_KEY, ProviderCard, Sign, cards, sign_of
from leads.providers.keys import health_of
from leads.sources import registry
from leads.sources.connector import Connector


@dataclass(frozen=True, slots=True)
class Entry:
    """A provider and the form for its key."""

    card: ProviderCard
    form: ProviderKeyForm


@member_required
@require_safe
def provider_list(request: Request) -> HttpResponse:
    """The page; its region is asked for again while a key is being tested."""
    return _page(request)


@member_required
@require_safe
def provider_signs(request: Request) -> HttpResponse:
    """How the builder's sources fare: tags that take their places on the page; what has no key cannot be ticked there.

    Whoever opens it alone is sent to the page.
    """
    desk = Desk(request.workspace, timezone.now())
    if not wants_region(request):
        return redirect("leads:provider-list")
    listed = () if desk.is_sandboxed else registry.connectors().values()  # there the page says it of itself
    signs = [(each, _sign(each, desk)) for each in listed]
    ticked = request.GET.getlist("sources")  # what is ticked can still be left out
    closed = [name for each, sign in signs if sign is NO_KEY and (name := each.name) not in ticked]
    boxes = [(name, f"id_sources_{list(registry.SOURCES).index(name)}") for name in closed]
    return render(request, "leads/_provider_signs.html", {"signs": signs, "boxes": boxes})


@manager_required
@require_POST
def provider_key_set(request: Request) -> HttpResponse:
    form = ProviderKeyForm(request.POST, provider=request.POST.get("provider", ""))
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    try:
        set_key(request.workspace, said["provider"], said["key"], by=request.user, now=timezone.now())
    except (UnknownProvider, NoSealingKey) as refusal:
        form.add_error("key" if isinstance(refusal, NoSealingKey) else None, str(refusal))
        return _page(request, form, status=422)
    messages.success(request, "The key is kept, and is being tested.")
    return SeeOther(reverse("leads:provider-list"))


@manager_required
@require_POST
def provider_key_test(request: Request, pk: int) -> HttpResponse:
    queue_test(_mine(request, pk))
    return SeeOther(reverse("leads:provider-list"))


@manager_required
@require_POST
def provider_key_remove(request: Request, pk: int) -> HttpResponse:
    remove_key(_mine(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "The key is gone. Runs ask that provider no more.")
    return SeeOther(reverse("leads:provider-list"))


@manager_required
@require_POST
def provider_opinions(request: Request) -> HttpResponse:
    """Whether a provider is asked for second opinions: "is_asked" is "1" or not there."""
    provider, is_asked = request.POST.get("provider", ""), request.POST.get("is_asked") == "1"
    try:
        choose_opinions(request.workspace, provider, is_asked, by=request.user, now=timezone.now())
    except UnknownProvider as refusal:
        messages.error(request, str(refusal))
        return _page(request, status=422)
    messages.success(request, "It is asked for second opinions." if is_asked else "It is asked for no second opinions.")
    return SeeOther(reverse("leads:provider-list"))


def _mine(request: Request, pk: int) -> ProviderKey:
    """The workspace's own key; the server's is its operator's."""
    return get_object_or_404(ProviderKey.objects.filter(workspace=request.workspace), pk=pk)


def _page(request: Request, sent: ProviderKeyForm | None = None, *, status: int = 200) -> HttpResponse:
    desk = Desk(request.workspace, timezone.now())
    installed = providers.installed()
    health = health_of(request.workspace.pk, installed, in_sandbox=desk.is_sandboxed)
    shown = cards(installed.values(), health, in_sandbox=desk.is_sandboxed, opinions=opinions_of(request.workspace))
    entries = [Entry(each, _form(each, sent)) for each in shown]
    is_testing = any(each.is_testing for each in shown)
    context = {"entries": entries, "sent": sent, "is_testing": is_testing, "is_sandboxed": desk.is_sandboxed}
    template = "leads/_provider_list.html" if wants_region(request) else "leads/provider_list.html"
    return render(request, template, context, status=status)


def _sign(connector: Connector, desk: Desk) -> Sign:
    return sign_of(connector, desk.providers[connector.provider], in_sandbox=desk.is_sandboxed)


def _form(card: ProviderCard, sent: ProviderKeyForm | None) -> ProviderKeyForm:
    return sent if sent and sent.data.get("provider") == card.name else ProviderKeyForm(provider=card.name)
