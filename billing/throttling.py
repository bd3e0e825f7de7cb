"""How often one may try: failed sign-ins for each person and place, links to new passwords asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_failure_limit
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest

from billing.addresses import sign_in_name

MOST_FAILURES_FROM_ONE_PLACE = 100  # an office shares one address, so it is far above a person's limit
LINKS_FOR_ONE_ADDRESS, LINKS_FROM_ONE_PLACE = 3, 20
LINKS_COUNTED_FOR = timedelta(hours=1)


class SignInHandler(AxesDatabaseHandler):
    """Counts failures for each person from each place, and beyond a higher limit all from one place."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        failures: int = super().get_failures(request, credentials)
        return max(failures, get_failure_limit(request, credentials)) if _is_spraying(request) else failures


def _is_spraying(request: Any) -> bool:
    since = request.axes_attempt_time - timedelta(hours=settings.AXES_COOLOFF_TIME)
    from_here = AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=since)
    return (from_here.aggregate(all=Sum("failures_since_start"))["all"] or 0) >= MOST_FAILURES_FROM_ONE_PLACE


def username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whose failures to count; django-axes calls it."""
    given = credentials or request.POST
    return sign_in_name(given.get("username") or given.get(settings.AXES_USERNAME_FORM_FIELD))


def client_address(request: HttpRequest) -> str | None:
    """Where the request comes from; what a visitor claims about that counts only as far as our proxy added it."""
    direct = request.META.get("REMOTE_ADDR") or None
    if not settings.BEHIND_PROXY:
        return direct
    nearest = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(nearest))
    except ValueError:
        return direct


def may_ask_for_link(request: HttpRequest, email: str, *, now: datetime) -> bool:
    """Notes that a link is asked for, and says whether there were not too many; the same for unknown addresses.

    The notes stand in a table of django-axes that it leaves empty, so that all web processes share them.
    """
    AccessFailureLog.objects.filter(attempt_time__lt=now - LINKS_COUNTED_FOR).delete()
    noted = AccessFailureLog.objects.filter(path_info=request.path)
    name, place = sign_in_name(email), client_address(request)
    if noted.filter(ip_address=place).count() >= LINKS_FROM_ONE_PLACE:
        return False
    if noted.filter(username=name).count() >= LINKS_FOR_ONE_ADDRESS:
        return False
    AccessFailureLog.objects.create(username=name, ip_address=place, path_info=request.path)
    return True
