"""Asks for the verification of a lead's e-mail address: what it costs, why it may not be, and the order itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from billing import ledger
from billing.models import HoldPurpose, PriceKind
from billing.pricing import prices
from enrichment.models import EmailCheck
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows import leases
from leadengine.workflows.checking_email import verify_turn
from leadengine.workflows.verifiable import is_served_by_sandbox, obstacle, shortage
from leadengine.workflows.waking import wake
from leads.models import Lead


class NotVerifiable(Exception):
    """The address cannot be verified; the message says why."""


REFUSALS = (NotVerifiable, ledger.InsufficientCredits, ledger.LimitExceeded)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a verification costs at most, and why it cannot be had; "" if it can."""

    price: Decimal
    obstacle: str


def unit_price(now: datetime) -> Decimal:
    """What a verification of one address costs at most."""
    return prices(now).of(PriceKind.EMAIL_CHECK)


def offer(lead: Lead, *, by: Any, now: datetime) -> Offer:
    """The offer of now, for this person."""
    price = unit_price(now)
    return Offer(price, obstacle(lead) or shortage(lead.workspace, price, by=by, now=now))


def start_check(lead: Lead, *, key: UUID, by: Any, now: datetime) -> EmailCheck:
    """Hold the price and queue the work. The same key again, or one that is under way already, is the one answered.

    Raises NotVerifiable, InsufficientCredits or LimitExceeded, and then nothing has happened.
    """
    with transaction.atomic():
        lead = (
            Lead.objects.of(lead.workspace_id)
            .select_related("workspace")
            .select_for_update(no_key=True, of=("self",))
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


def ask_again(check: EmailCheck, *, by: Any, now: datetime) -> str:
    """Ask now for one that waits, and order one that has ended anew; why it could not be, in a sentence, or ""."""
    waiting = EmailCheck.objects.of(check.workspace_id).filter(pk=check.pk, state=LeaseState.QUEUED, claimed=False)
    if waiting.update(due_at=now):
        wake()
        return ""
    try:
        start_check(check.lead, key=uuid4(), by=by, now=now)
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def work_off(check: EmailCheck) -> EmailCheck:
    """Do it at once, beside any workers, until it has ended or its server has put us off."""
    while check.is_open and not check.asked_again_at:
        leases.take_turn(EmailCheck, verify_turn, pk=check.pk)
        check.refresh_from_db()
    return check


def _order(lead: Lead, key: UUID, by: Any, now: datetime) -> EmailCheck:
    price = unit_price(now)
    held = ledger.hold(lead.workspace, price, key=f"check:{key}:hold", purpose=HoldPurpose.VERIFICATION, by=by, now=now)
    made: EmailCheck = EmailCheck.objects.create(
        workspace_id=lead.workspace_id, lead=lead, email=lead.email, key=key, hold=held, price=price,
        is_invented=is_served_by_sandbox(lead), by=by, created_at=now, due_at=now,
    )  # fmt: skip
    return made


def _open(lead: Lead) -> EmailCheck | None:
    found: EmailCheck | None = EmailCheck.objects.of(lead.workspace_id).filter(lead=lead, state__in=OPEN_STATES).first()
    return found
