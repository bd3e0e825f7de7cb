"""The laboratory: weights and cut-offs moved, what that would change, and the way from there to a version."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import manager_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import flash
from leadengine.whole_numbers import whole_number
from leadengine.workflows.publishing import publish_profile
from leads.vocabulary.industries import TREE
from scoring import starting, versions
from scoring.forms.laboratory import PublishForm, WeightingForm
from scoring.laboratory import Experiment, experiment, named
from scoring.models import Profile, ProfileState
from scoring.pending import awaited
from scoring.profiles import published
from scoring.rulebook import GRADES, governing
from scoring.versions import CannotPublish, drafted, name_of, save_draft, weighting_of
from scoring.weighting import Weighting

OWN = ("from", "to", "page", "balance")
PUBLISHED = "{} is in force. {} leads are being scored again."
MEASURED_FIRST = "{} will be in force when the averages of {} leads are measured. It stays a draft until then."


@manager_required
@require_safe
def lab(request: Request) -> HttpResponse:
    base = _base(request, request.GET)
    form = WeightingForm(request.GET, base=base)
    if "balance" in request.GET and form.is_bound:
        form = _balanced(form, base, request.GET)
    return _lab(request, base, form)


@manager_required
@require_safe
def lab_review(request: Request) -> HttpResponse:
    base = _base(request, request.GET)
    form = WeightingForm(request.GET, base=base)
    if form.is_bound and not form.is_valid():
        return _lab(request, base, form)
    return _review(request, base, form)


@manager_required
@require_POST
def lab_publish(request: Request) -> HttpResponse:
    base = _base(request, request.POST)
    form, asked = WeightingForm(request.POST, base=base), PublishForm(request.POST)
    if not (form.is_valid() and asked.is_valid()):
        return _lab(request, base, form) if form.errors else _review(request, base, form, asked=asked)
    draft = _draft(request, base, form, asked.cleaned_data["note"])
    try:
        job = publish_profile(draft, seen=asked.cleaned_data["seen"], by=request.user, now=timezone.now())
    except CannotPublish as refusal:
        return _review(request, _base(request, request.POST), form, refusal=str(refusal))
    said = PUBLISHED if draft.state == ProfileState.PUBLISHED else MEASURED_FIRST
    flash(request, said.format(versions.title(draft), f"{job.leads:,}" if job else "No"))
    return SeeOther(reverse("scoring:profile-detail", args=[draft.pk]))


@manager_required
@require_POST
def lab_keep(request: Request) -> HttpResponse:
    base = _base(request, request.POST)
    form, asked = WeightingForm(request.POST, base=base), PublishForm(request.POST)
    if not (form.is_valid() and asked.is_valid()):
        return _lab(request, base, form) if form.errors else _review(request, base, form, asked=asked)
    try:
        draft = save_draft(_draft(request, base, form, asked.cleaned_data["note"]))
    except CannotPublish as refusal:
        return _review(request, base, form, refusal=str(refusal))
    flash(request, f"Kept as a draft: {versions.title(draft)}.")
    return SeeOther(reverse("scoring:profile-detail", args=[draft.pk]))


def _base(request: Request, data: QueryDict) -> Profile:
    """What the laboratory starts from: a version, a starting profile, or an industry without one; else the default."""
    if number := data.get("profile", ""):
        profiles = Profile.objects.of(request.workspace).select_related("workspace", "created_by")
        return get_object_or_404(profiles, pk=whole_number(number))
    start, industry = starting.find(data.get("start", "")), data.get("industry", "")
    if (data.get("start") and not start) or (industry and industry not in TREE):
        raise Http404
    if start:
        return drafted(request.workspace, start.industry, start.weighting, note="", by=None, now=timezone.now())
    found = published(request.workspace)
    if industry in found:
        return found[industry]
    weighting = weighting_of(governing(found, industry))
    return drafted(request.workspace, industry, weighting, note="", by=None, now=timezone.now())


def _balanced(form: WeightingForm, base: Profile, data: QueryDict) -> WeightingForm:
    """Brought to 100: what was set by hand stays where that is possible."""
    if form.is_valid() or form.weighting is None:
        return form
    even = form.weighting.balanced(form.weighting.changed_from(weighting_of(base)))
    return WeightingForm(data.dict() | {key: str(number) for key, number in even.columns().items()}, base=base)


def _draft(request: Request, base: Profile, form: WeightingForm, note: str) -> Profile:
    """The version to be saved: the draft that is tried itself, or a new one of the industry with today's ideal customer."""
    weighting, now = form.weighting or Weighting(), timezone.now()
    if not base.pk or base.state != ProfileState.DRAFT:
        return drafted(request.workspace, base.industry, weighting, note=note, by=request.user, now=now)
    for name, number in weighting.columns().items():
        setattr(base, name, number)
    base.note = note or base.note
    return base


def _lab(request: Request, base: Profile, form: WeightingForm) -> HttpResponse:
    tried = _tried(base, form)
    context = _context(request, base, form)
    if tried:
        context["found"] = found = _experiment(request, base, tried)
        origin, goal = (each if each in GRADES else "" for each in (request.GET.get("from"), request.GET.get("to")))
        page = found.movers(origin or "", goal or "", request.GET.get("page"))
        movers = named(found, page, request.workspace)
        context |= {"page": page, "movers": movers, "origin": origin, "goal": goal}
    is_region = wants_region(request) and request.method == "GET"
    if is_region and "balance" not in request.GET:
        return render(
            request, "scoring/_lab_results.html", context | {"is_sent": False}
        )  # half-typed is no mistake yet
    template = "scoring/_lab.html" if is_region else "scoring/lab.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _experiment(request: Request, base: Profile, tried: Weighting) -> Experiment:
    """A draft is tried with the ideal customer that publishing it puts in force, everything else with that of today
    or, where another one is on its way into force, with that."""
    tried_on = base if base.pk and base.state == ProfileState.DRAFT else awaited(request.workspace, base.industry)
    ideal = versions.ideal_ahead(tried_on) if tried_on else None
    return experiment(request.workspace, base.industry, tried, now=timezone.now(), ideal=ideal)


def _tried(base: Profile, form: WeightingForm) -> Weighting | None:
    """The numbers that are tried: weights that do not add up yet as they would be balanced; None if nothing helps."""
    form.is_valid()
    tried = form.weighting
    if tried and tried.left:
        tried = tried.balanced(tried.changed_from(weighting_of(base)))
    return None if tried is None or tried.problems() else tried


def _context(request: Request, base: Profile, form: WeightingForm) -> dict[str, Any]:
    query = request.GET.copy()
    for name in OWN:
        query.pop(name, None)
    given = request.POST or request.GET
    return {
        "base": base,
        "name": name_of(base.industry),
        "form": form,
        "grades": GRADES,
        "start": given.get("start", ""),
        "query": query.urlencode(),
        "found": None,
        "is_sent": True,
    }


def _review(
    request: Request, base: Profile, form: WeightingForm, *, asked: PublishForm | None = None, refusal: str = ""
) -> HttpResponse:
    found = _experiment(request, base, form.weighting or Weighting())
    note = request.POST.get("note", base.note if base.state == ProfileState.DRAFT else "")
    asked = asked or PublishForm(initial={"note": note, "seen": found.seen})
    context = _context(request, base, form) | {
        "asked": asked,
        "found": found,
        "refusal": refusal,
    }
    return render(request, "scoring/lab_review.html", context, status=422 if refusal or asked.errors else 200)
