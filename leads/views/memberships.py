"""The tags and the lists of one lead: small regions of its page, each also a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from leadengine.access import member_required
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.editing import edit_one
from leads import grouping
from leads.edit_wording import said_of
from leads.editing import Change, membership_field
from leads.forms.grouping import MembershipForm
from leads.grouping import Group
from leads.models import Lead, LeadEdit, LeadList, Tag
from leads.views.edit_undo import way_back
from leads.views.telling import told

OFFERED = 200  # names that the input completes


@dataclass(frozen=True, slots=True)
class Editor:
    """What the region shows: the groups that the lead is in, and the names of others."""

    key: str
    title: str
    noun: str
    url: str
    chosen: tuple[Group, ...]
    offered: tuple[str, ...]
    form: MembershipForm


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_tags(request: Request, pk: UUID) -> HttpResponse:
    return _answer(request, _lead(request, pk), Tag)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_lists(request: Request, pk: UUID) -> HttpResponse:
    return _answer(request, _lead(request, pk), LeadList)


def _lead(request: Request, pk: UUID) -> Lead:
    return get_object_or_404(Lead.objects.of(request.workspace).living().select_related("company"), pk=pk)


def _answer(request: Request, lead: Lead, kind: type[Group]) -> HttpResponse:
    if request.method != "POST":
        return _region(request, lead, MembershipForm(of=request.workspace, kind=kind))
    form = MembershipForm(request.POST, of=request.workspace, kind=kind)
    made = None
    try:
        made = _changed(request, lead, form) if form.is_valid() else None
    except grouping.UnusableName as error:
        form.add_error("add", str(error))
    if made is None or form.errors:
        return _region(request, lead, form, status=422)
    return told(request, said_of(lead, made), url=request.path, undo=way_back(made, to=request.path))


def _changed(request: Request, lead: Lead, form: MembershipForm) -> LeadEdit:
    """Takes the lead off the group that is named by its number, or puts it on the one that is named in words."""
    now, given, off = timezone.now(), form.cleaned_data, form.cleaned_data["remove"]
    group = off or grouping.named(request.workspace, form.kind, given["add"], by=request.user, now=now)
    change = Change(membership_field(group, is_off=bool(off)), group)
    return edit_one(lead, change, by=request.user, now=now)


def _region(request: Request, lead: Lead, form: MembershipForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"lead": lead, "editor": _editor(lead, form)}
    template = "leads/_lead_groups.html" if wants_region(request) else "leads/lead_groups.html"
    return render(request, template, context, status=status)


def _editor(lead: Lead, form: MembershipForm) -> Editor:
    key, noun = ("tags", "tag") if form.kind is Tag else ("lists", "list")
    every = form.kind.objects.of(lead.workspace_id).order_by("name", "pk")
    chosen: tuple[Group, ...] = tuple(every.filter(pk__in=grouping.groups_of(lead, form.kind)))
    offered = tuple(every.exclude(pk__in=[each.pk for each in chosen]).values_list("name", flat=True)[:OFFERED])
    url = reverse(f"leads:lead-{key}", args=[lead.pk])
    return Editor(key, key.capitalize(), noun, url, chosen, offered, form)
