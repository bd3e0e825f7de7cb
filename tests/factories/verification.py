"""E-mail verifications of invented addresses, and addresses that come to a given verdict."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from billing import ledger
from billing.models import Hold, HoldPurpose, Workspace
from enrichment.models import EmailCheck
from leadengine.sandbox.invented_mail import greylists, verdict_at_last
from leadengine.workflows.verification import start_check, work_off
from leads.models import Lead
from tests.factories import leads, people


def workspace(credits: int = 10) -> Workspace:
    """A sample workspace: its invented addresses are answered by the sandbox."""
    return people.workspace(credits=credits, is_sample=True)


def address(status: str, *, is_grey: bool = False) -> str:
    """An invented address whose verification comes to this status; `is_grey`: once its server has put us off."""
    tried = (f"ada.okafor{number}@harbour{number}.example" for number in count(1))
    return next(email for email in tried if verdict_at_last(email) == status and greylists(email) == is_grey)


def domain_where(local: str, status: str) -> str:
    """An invented domain at which the verification of this mailbox comes to this status."""
    tried = (f"harbour{number}.example" for number in count(1))
    return next(each for each in tried if verdict_at_last(f"{local}@{each}") == status and not greylists(f"x@{each}"))


def lead(of: Workspace, status: str = "deliverable", **fields: Any) -> Lead:
    return leads.lead(of, **{"email": address(status)} | fields)


def sharing(of: Workspace, email: str = "info@harbour.example") -> list[Lead]:
    """Two colleagues who are written to at one mailbox."""
    both = [lead(of, email=f"ada{number}@harbour.example", name=f"Ada Okafor {number}") for number in range(2)]
    Lead.objects.filter(pk__in=[each.pk for each in both]).update(email=email)
    return list(Lead.objects.filter(email=email).order_by("pk"))


def queued(of: Lead, **fields: Any) -> EmailCheck:
    given = {"key": uuid4(), "by": None, "now": timezone.now()} | fields
    given["by"] = given["by"] or people.rep(of.workspace)
    return start_check(of, **given)


def order(of: Workspace, *leads: Lead, by: Any) -> Hold:
    """Verifications of these leads, ordered at once and not begun, whatever their addresses; without a price."""
    held = ledger.hold(
        of, Decimal(0), key=f"checks:{uuid4()}", purpose=HoldPurpose.VERIFICATION, by=by, now=timezone.now()
    )
    for lead in leads:
        EmailCheck.objects.create(workspace=of, lead=lead, email=lead.email, hold=held, price=0, by=by)
    return held


def done(of: Lead, **fields: Any) -> EmailCheck:
    return work_off(queued(of, **fields))
