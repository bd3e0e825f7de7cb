"""Going back to an earlier version of a profile: first what that changes and for whom, then the act."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from leadengine.access import manager_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import flash
from leadengine.whole_numbers import whole_number
from leadengine.workflows.publishing import roll_back
from scoring.comparing import compared
from scoring.ideal import IdealCustomer
from scoring.laboratory import named, returning
from scoring.models import Profile
from scoring.rulebook import GRADES
from scoring.versions import UNSEEN, CannotPublish, name_of, restored, title
from scoring.wording import described


@manager_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_roll_back(request: Request, pk: int) -> HttpResponse:
    found = Profile.objects.of(request.workspace).select_related("workspace", "created_by")
    version = get_object_or_404(found, pk=pk)
    try:
        return _rolled_back(request, version) if request.method == "POST" else _review(request, version)
    except CannotPublish as refusal:
        return _refused(request, version, str(refusal))


def _rolled_back(request: Request, version: Profile) -> HttpResponse:
    seen = whole_number(request.POST.get("seen", ""))
    if seen is None:
        raise CannotPublish(UNSEEN)
    made = roll_back(version, seen=seen, by=request.user, now=timezone.now())
    flash(request, f"Rolled back to version {version.version}, which is in force again as version {made.version}.")
    return SeeOther(reverse("scoring:profile-detail", args=[made.pk]))


def _refused(request: Request, version: Profile, refusal: str) -> HttpResponse:
    """The same page with the reason, where there is one to look at again; who only looks has done nothing wrong."""
    try:
        return _review(request, version, refusal=refusal)
    except CannotPublish:
        is_looking = request.method != "POST"
        context = {"refusal": refusal, "version": version if is_looking else None}
        return render(request, "scoring/refused.html", context, status=200 if is_looking else 422)


def _review(request: Request, version: Profile, *, refusal: str = "") -> HttpResponse:
    now = timezone.now()
    draft = restored(version, by=request.user, now=now)
    found = returning(draft, now=now)
    page = found.movers("", "", request.GET.get("page"))
    told = compared(found.now, draft)
    context = {
        "version": version,
        "name": name_of(version.industry),
        "title": title(version),
        "found": found,
        "grades": GRADES,
        "page": page,
        "movers": named(found, page, request.workspace),
        "changes": [line for line in (*told.weights, *told.cuts, *told.averages) if line.differs],
        "ideal": described(IdealCustomer.from_json(draft.ideal)),
        "has_other_ideal": version.ideal != draft.ideal,
        "refusal": refusal,
    }
    return render(request, "scoring/roll_back.html", context, status=422 if refusal else 200)
