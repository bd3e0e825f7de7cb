"""The settings' page of mail checks: whether mail servers talk to this machine, what to do, and how addresses are weighed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enrichment.mail_ways import check_mail_ways, last_mail_test
from enrichment.weight_table import starts, weights
from leadengine.access import manager_required
from leadengine.answers import SeeOther
from leadengine.request import Request


@manager_required
@require_safe
def mail_checks(request: Request) -> HttpResponse:
    context = {"test": last_mail_test(now=timezone.now()), "starts": starts(), "weights": weights()}
    return render(request, "enrichment/mail_checks.html", context)


@manager_required
@require_POST
def mail_checks_test(request: Request) -> HttpResponse:
    """Asks name servers and large receivers, for at most a few seconds."""
    found = check_mail_ways(now=timezone.now())
    messages.success(request, "Tested: nothing stands in the way." if found.is_good else "Tested: see what to do.")
    return SeeOther(reverse("enrichment:mail-checks"))
