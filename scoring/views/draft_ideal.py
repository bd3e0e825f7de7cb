"""The ideal customer of a draft: kept in the draft, without effect until that is published."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from leadengine.access import manager_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import flash
from scoring.forms.ideal import IdealCustomerForm
from scoring.ideal import IdealCustomer
from scoring.models import Profile, ProfileState
from scoring.versions import CannotPublish, ideal_of, save_draft, title


@manager_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_ideal(request: Request, pk: int) -> HttpResponse:
    drafts = Profile.objects.of(request.workspace).filter(state=ProfileState.DRAFT).select_related("workspace")
    profile = get_object_or_404(drafts, pk=pk)
    is_sent, ideal = request.method == "POST", IdealCustomer.from_json(ideal_of(profile))
    form = IdealCustomerForm(request.POST if is_sent else None, ideal=ideal)
    if not is_sent or not form.is_valid() or not _is_kept(profile, form, ideal):
        context = {"profile": profile, "title": title(profile), "form": form}
        return render(request, "scoring/profile_ideal.html", context, status=422 if is_sent else 200)
    flash(request, "Saved in the draft.")
    return SeeOther(reverse("scoring:profile-detail", args=[profile.pk]))


def _is_kept(profile: Profile, form: IdealCustomerForm, ideal: IdealCustomer) -> bool:
    """Whether it could be saved; a draft that somebody published or discarded meanwhile is told in the form."""
    if form.ideal == ideal:  # it goes on following the workspace's
        return True
    profile.ideal, profile.has_own_ideal = form.ideal.to_json(), True
    try:
        save_draft(profile)
    except CannotPublish as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
