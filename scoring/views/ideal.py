"""The ideal customer: asked once at first use, then kept by managers; saving it publishes a new version of the profile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.workflows.scoring import open_rescoring, publish_ideal
from scoring.forms.ideal import IdealCustomerForm
from scoring.ideal import IdealCustomer
from scoring.models import Profile, Rescoring
from scoring.pending import being_published
from scoring.profiles import in_force
from scoring.versions import as_published
from scoring.wording import described

NEXT_STEP = '{} <a class="button small" href="{}">Search with it</a>'


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def ideal_customer(request: Request) -> HttpResponse:
    ideal = _ideal(request)
    if not (ideal.is_empty or request.membership.is_manager):
        status = 403 if request.method == "POST" else 200
        return render(
            request, "scoring/ideal_shown.html", {**_context(request), "facts": described(ideal)}, status=status
        )
    form = IdealCustomerForm(request.POST if request.method == "POST" else None, ideal=ideal)
    if request.method != "POST":
        return _page(request, form)
    return _saved(request, form) if form.is_valid() else _page(request, form, status=422)


def _saved(request: Request, form: IdealCustomerForm) -> HttpResponse:
    profile = publish_ideal(request.workspace, form.ideal, by=request.user, now=timezone.now())
    job = open_rescoring(request.workspace)
    saved = f"Saved as version {profile.version} of the profile.{_what_follows(job) if job else ''}"
    messages.success(request, format_html(NEXT_STEP, saved, reverse("leads:search-new")))
    return SeeOther(_next(request) or reverse("scoring:ideal-customer"))


def _what_follows(job: Rescoring) -> str:
    if job.to_publish:
        return f" It will be in force when the averages of {job.leads:,} leads are measured."
    return f" {job.leads:,} {'lead is' if job.leads == 1 else 'leads are'} being scored again."


def _page(request: Request, form: IdealCustomerForm, *, status: int = 200) -> HttpResponse:
    return render(
        request,
        "scoring/ideal_customer.html",
        {**_context(request), "form": form, "is_described": not form.ideal.is_empty},
        status=status,
    )


def _context(request: Request) -> dict[str, Any]:
    versions = Profile.objects.of(request.workspace).filter(industry="", published_at__isnull=False)
    return {
        "next": _next(request),
        "profile": in_force(request.workspace),
        "versions": list(versions.select_related("created_by").order_by("-version")[:10]),
        "rescoring": open_rescoring(request.workspace),
    }


def _ideal(request: Request) -> IdealCustomer:
    """Of the version on its way into force, else of the one that is."""
    waiting = being_published(request.workspace).get("")
    profile = as_published(waiting) if waiting else in_force(request.workspace)
    return IdealCustomer.from_json(profile.ideal) if profile else IdealCustomer()


def _next(request: Request) -> str:
    """Where the person came from, if it is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""
