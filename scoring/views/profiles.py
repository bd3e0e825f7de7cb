"""The scoring profiles: what is in force, drafts, what to start from, one version, two compared, and what is done to them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from leadengine.access import manager_required, member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import flash
from leadengine.whole_numbers import whole_number
from leadengine.workflows.publishing import withdraw_profile
from leadengine.workflows.scoring import open_rescoring
from scoring import starting, versions
from scoring.catalogue import catalogue, versions_of, weights
from scoring.comparing import compared
from scoring.ideal import IdealCustomer
from scoring.models import Profile, ProfileState
from scoring.profiles import current
from scoring.rulebook import EXPECTED, FACTORS, GRADES
from scoring.versions import CannotPublish, drafted, name_of, save_draft, title
from scoring.wording import described


@member_required
@require_safe
def profile_list(request: Request) -> HttpResponse:
    context = {"found": catalogue(request.workspace), "rescoring": open_rescoring(request.workspace)}
    return render(request, "scoring/profile_list.html", context)


@member_required
@require_safe
def rescoring_progress(request: Request) -> HttpResponse:
    """The region; once what was measured for is in force, or is not to be, the page around it renews itself."""
    if not wants_region(request):
        return SeeOther(reverse("scoring:profiles"))
    job = open_rescoring(request.workspace)
    response = render(request, "scoring/_rescoring.html", {"rescoring": job})
    is_settled = "measuring" in request.GET and not (job and job.to_publish)
    return trigger_client_event(response, "versions-settled") if is_settled else response


@member_required
@require_safe
def profile_detail(request: Request, pk: int) -> HttpResponse:
    profile = versions.as_published(_profile(request, pk))
    named = list(zip([each.label for each in FACTORS], profile.expected or EXPECTED, strict=True))
    context = {
        "profile": profile,
        "name": name_of(profile.industry),
        "weights": weights(profile),
        "cuts": list(zip(GRADES, versions.weighting_of(profile).cuts, strict=False)),
        "ideal": described(IdealCustomer.from_json(profile.ideal)),
        "averages": [(label, round(100 * value)) for label, value in named] if profile.expected else [],
        "versions": (found := versions_of(request.workspace, profile.industry)),
        "has_earlier": any(each.state == ProfileState.RETIRED for each in found),
        "current": next((each for each in found if each.state == ProfileState.PUBLISHED), None),
        "rescoring": open_rescoring(request.workspace),
    }
    return render(request, "scoring/profile_detail.html", context)


@member_required
@require_safe
def profile_compare(request: Request, pk: int) -> HttpResponse:
    profile, number = _profile(request, pk), request.GET.get("with", "")
    known = whole_number(number)
    if number and known is None:
        raise Http404
    other = _profile(request, known) if known is not None else current(request.workspace, profile.industry)
    both = (versions.as_published(each) for each in (profile, other))
    one, two = sorted(both, key=lambda each: (each.industry, each.version))
    is_same = one.industry == two.industry
    titles = [f"Version {each.version}" if is_same else title(each) for each in (one, two)]
    context = {"one": one, "other": two, "found": compared(one, two), "titles": titles, "name": name_of(two.industry)}
    return render(request, "scoring/profile_compare.html", context)


@manager_required
@require_POST
def profiles_adopt(request: Request) -> HttpResponse:
    start = starting.find(request.POST.get("start", ""))
    if start is None:
        return _refused(request, CannotPublish("Name the industry whose profile you want to start from."))
    now = timezone.now()
    draft = save_draft(
        drafted(request.workspace, start.industry, start.weighting, note=start.about, by=request.user, now=now)
    )
    flash(request, f"{title(draft)} is a draft: it scores nobody until you publish it.")
    return SeeOther(reverse("scoring:profile-detail", args=[draft.pk]))


@manager_required
@require_POST
def profile_withdraw(request: Request, pk: int) -> HttpResponse:
    profile = _profile(request, pk)
    try:
        withdraw_profile(profile, by=request.user, now=timezone.now())
    except CannotPublish as refusal:
        return _refused(request, refusal)
    flash(request, f"{title(profile)} is out of force. Its leads are scored again without it.")
    return SeeOther(reverse("scoring:profiles"))


@manager_required
@require_POST
def profile_discard(request: Request, pk: int) -> HttpResponse:
    profile = _profile(request, pk)
    if not versions.discard(profile):
        return _refused(request, CannotPublish(f"{title(profile)} is no draft any more."))
    flash(request, f"The draft {title(profile)} is discarded.")
    return SeeOther(reverse("scoring:profiles"))


def _refused(request: Request, refusal: CannotPublish) -> HttpResponse:
    return render(request, "scoring/refused.html", {"refusal": str(refusal)}, status=422)


def _profile(request: Request, pk: int) -> Profile:
    found = Profile.objects.of(request.workspace).select_related("workspace", "created_by")
    return get_object_or_404(found, pk=pk)
