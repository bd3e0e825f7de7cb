"""The tags of a workspace: named, renamed, merged, deleted; and bringing back what was deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import Undo, flash
from leads import grouping
from leads.discarding import CannotRestore, discard, merge, restore
from leads.forms.grouping import MergeForm, NameForm
from leads.group_listing import tags_with_leads
from leads.models import DiscardedGroup, LeadList, Tag
from leads.views.lists import url_of

PAGE = 100


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def tag_list(request: Request) -> HttpResponse:
    """All tags; POST makes one."""
    form = NameForm(request.POST if request.method == "POST" else None, of=request.workspace, kind=Tag)
    if form.is_valid():
        made = grouping.create_tag(request.workspace, form.cleaned_data["name"])
        flash(request, f"The tag “{made.name}” is there.")
        return SeeOther(reverse("leads:tag-list"))
    return _page(request, form, status=422 if form.is_bound else 200)


@member_required
@require_POST
def tag_rename(request: Request, pk: int) -> HttpResponse:
    tag = find_tag(request, pk)
    form = NameForm(request.POST, of=request.workspace, kind=Tag, group=tag)
    if not form.is_valid():
        return _page(request, renaming=form, status=422)
    before = grouping.rename(tag, form.cleaned_data["name"])
    flash(request, f"“{before}” is now “{tag.name}”.", undo=Undo(request.path, {"name": before}))
    return SeeOther(reverse("leads:tag-list"))


@member_required
@require_POST
def tag_merge(request: Request, pk: int) -> HttpResponse:
    tag = find_tag(request, pk)
    form = MergeForm(request.POST, tag=tag)
    if not form.is_valid():
        return _page(request, merging=form, status=422)
    into = form.cleaned_data["into"]
    kept = merge(tag, into, now=timezone.now())
    flash(request, f"“{kept.name}” is merged into “{into.name}”.", undo=_way_back(kept))
    return SeeOther(reverse("leads:tag-list"))


@member_required
@require_POST
def tag_delete(request: Request, pk: int) -> HttpResponse:
    kept = discard(find_tag(request, pk), now=timezone.now())
    flash(request, f"The tag “{kept.name}” is deleted. Its leads stay.", undo=_way_back(kept))
    return SeeOther(reverse("leads:tag-list"))


@member_required
@require_POST
def group_restore(request: Request, pk: int) -> HttpResponse:
    """Brings a deleted or merged tag, or a deleted list, back."""
    kept = get_object_or_404(DiscardedGroup.objects.of(request.workspace), pk=pk)
    try:
        group = restore(kept)
    except CannotRestore as reason:
        messages.error(request, str(reason))
        return SeeOther(reverse(f"leads:{kept.kind}-list"))
    messages.success(request, f"“{group.name}” is back.")
    return SeeOther(url_of(group) if isinstance(group, LeadList) else reverse("leads:tag-list"))


def find_tag(request: Request, pk: int) -> Tag:
    return get_object_or_404(Tag.objects.of(request.workspace), pk=pk)


def _way_back(kept: DiscardedGroup) -> Undo:
    return Undo(reverse("leads:group-restore", args=[kept.pk]))


def _page(request: Request, form: NameForm | None = None, *, status: int = 200, **refused: Any) -> HttpResponse:
    """The tags; a form that was refused (`renaming`, `merging`) stands above them."""
    page = Paginator(tags_with_leads(request.workspace), PAGE).get_page(request.GET.get("page"))
    form = form or NameForm(of=request.workspace, kind=Tag)
    names = Tag.objects.of(request.workspace).order_by("name").values_list("pk", "name")
    context = {"page": page, "form": form, "names": list(names), **refused}
    return render(request, "leads/tag_list.html", context, status=status)
