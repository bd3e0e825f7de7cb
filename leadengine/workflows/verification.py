"""Asks for the verification of a lead's e-mail address: what it costs, why it may not be, and the order itself."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from billing import ledger
from billing.models import HoldPurpose, PriceKind
from billing.pricing import prices
from billing.standing import means
from enrichment.models import EmailCheck
from leadengine.leased import OPEN_STATES
from leadengine.wording import amount, plural
from leadengine.workflows import leases
from leadengine.workflows.checking_email import verify_turn
from leadengine.workflows.verifiable import is_served_by_sandbox, obstacle
from leadengine.workflows.waking import wake
from leads.models import Lead

WAIT_SECONDS = 0.2


class NotVerifiable(Exception):
    """The address cannot be verified; the message says why."""


REFUSALS = (NotVerifiable, ledger.InsufficientCredits, ledger.LimitExceeded)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a verification costs at most, and why it cannot be had; "" if it can."""

    price: Decimal
    obstacle: str


def offer(lead: Lead, *, by: Any, now: datetime) -> Offer:
    """The offer of now, for this person."""
    price = prices(now).of(PriceKind.EMAIL_CHECK)
    return Offer(price, obstacle(lead) or _shortage(lead, price, by, now))


def start_check(lead: Lead, *, key: UUID, by: Any, now: datetime) -> EmailCheck:
    """Hold the price and queue the work. The same key again, or one that is under way already, is the one answered.

    Raises NotVerifiable, InsufficientCredits or LimitExceeded, and then nothing has happened.
    """
    with transaction.atomic():
        lead = (
            Lead.objects.of(lead.workspace_id)
            .select_related("workspace")
            .select_for_update(of=("self",))
            .get(pk=lead.pk)
        )
        same = EmailCheck.objects.of(lead.workspace_id).filter(key=key).first() or _open(lead)
        if same:
            return same
        if why := obstacle(lead):
            raise NotVerifiable(why)
        made = _order(lead, key, by, now)
        wake()
    return made


def work_off(check: EmailCheck) -> EmailCheck:
    """Do it at once, beside any workers, until it has ended or its server has put us off."""
    while check.is_open and not check.asked_again_at:
        if claimed := leases.claim(EmailCheck, now=timezone.now(), pk=check.pk):
            verify_turn(claimed, batches=1)
        else:
            time.sleep(WAIT_SECONDS)
        check.refresh_from_db()
    return check


def _order(lead: Lead, key: UUID, by: Any, now: datetime) -> EmailCheck:
    price = prices(now).of(PriceKind.EMAIL_CHECK)
    held = ledger.hold(lead.workspace, price, key=f"check:{key}:hold", purpose=HoldPurpose.VERIFICATION, by=by, now=now)
    made: EmailCheck = EmailCheck.objects.create(
        workspace_id=lead.workspace_id, lead=lead, email=lead.email, key=key, hold=held, price=price,
        is_invented=is_served_by_sandbox(lead), by=by, created_at=now, due_at=now,
    )  # fmt: skip
    return made


def _open(lead: Lead) -> EmailCheck | None:
    found: EmailCheck | None = EmailCheck.objects.of(lead.workspace_id).filter(lead=lead, state__in=OPEN_STATES).first()
    return found


def _shortage(lead: Lead, price: Decimal, by: Any, now: datetime) -> str:
    balance, allowed = means(lead.workspace, by, now=now)
    if balance.available < price:
        left = balance.available
        return f"This needs {amount(price)} {plural(price, 'credit')}; {amount(left)} are available."
    if allowed.left is not None and allowed.left < price:
        return f"Your limit of {amount(allowed.limit or 0)} credits a month leaves {amount(allowed.left)}."
    return ""
