"""A worker's turn at one e-mail verification: servers are asked outside any transaction, then all is written in one.

Lock order as everywhere: the row of work, the lead, the credit account, the hold.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing import ledger
from billing.models import PriceKind
from enrichment.known_verdicts import columns_of, good_verdict
from enrichment.models import EmailCheck
from enrichment.sandboxed import verify_invented
from enrichment.verdict import EmailVerdict, Reason
from enrichment.verification import verify_address
from enrichment.wording import sentence
from leadengine.leased import LeaseState
from leadengine.wording import amount, plural
from leadengine.workflows.leases import LeaseLost
from leads.models import ActivityKind, FieldChange, Lead
from leads.pipeline import record
from scoring.rescoring import rescore

LEASE = timedelta(seconds=50)  # the queue ends a task after 60
CHARGED = ("deliverable", "undeliverable")
SOURCE = "verification"
GAVE_UP = "The verification broke off again and again. Nothing was charged."


def verify_turn(check: EmailCheck, *, batches: int) -> None:
    """Ask the servers, and settle. Raises LeaseLost when the row is not this worker's any more."""
    now = timezone.now()
    if not _mine(check).update(due_at=now + LEASE):
        raise LeaseLost
    known = good_verdict(check.workspace_id, check.email, now=now)
    verdict = known or _asked(check, now)
    is_known = known is not None or (verdict.checked_at is not None and verdict.checked_at < now)
    settle(check, verdict, is_known=is_known, now=timezone.now())


def fail_check(check: EmailCheck) -> None:
    """Give up a verification that lost its worker again and again; nothing is charged."""
    _end(check, {"state": LeaseState.FAILED, "error": GAVE_UP}, now=timezone.now())


@transaction.atomic
def settle(check: EmailCheck, verdict: EmailVerdict, *, is_known: bool, now: datetime) -> None:
    """Verdict on the lead, charge or return of the hold, timeline and score, at once or not at all.

    Risky and unknown cost nothing, nor does what was known already or needed no server, nor an address that the lead
    has no more.
    """
    held = _locked(check)
    lead = _lead(held)
    charged = Decimal(0)
    if lead and verdict.status in CHARGED and verdict.checked_at and not is_known:
        charge = ledger.Charge(f"check:{held.pk}", held.price, PriceKind.EMAIL_CHECK, "", held.price)
        charged = ledger.capture(held.hold, [charge], by_id=held.by_id, now=now)
    values = {"state": LeaseState.DONE, "verdict": verdict.to_json(), "charged": charged, "is_known": is_known}
    _end(held, values, now=now)
    if lead:
        _tell(lead, held, verdict, charged, now)


def _asked(check: EmailCheck, now: datetime) -> EmailVerdict:
    if check.is_invented:
        return verify_invented(check.email, now=now)
    return verify_address(check.email, now=now)


def _mine(check: EmailCheck) -> Any:
    return EmailCheck.objects.filter(pk=check.pk, epoch=check.epoch, state=LeaseState.RUNNING)


def _locked(check: EmailCheck) -> EmailCheck:
    rows = _mine(check).select_for_update(no_key=True, of=("self",)).select_related("hold", "by")
    found: EmailCheck | None = rows.first()
    if found is None:
        raise LeaseLost
    return found


def _lead(check: EmailCheck) -> Lead | None:
    """The lead, if it still has the address."""
    leads = Lead.objects.of(check.workspace_id).living().select_related("company", "workspace")
    found: Lead | None = leads.select_for_update(no_key=True, of=("self",)).filter(pk=check.lead_id).first()
    return found if found and found.email == check.email else None


@transaction.atomic
def _end(check: EmailCheck, values: dict[str, Any], *, now: datetime) -> None:
    if not _mine(check).update(**values, claimed=False, finished_at=now):
        raise LeaseLost
    ledger.release(check.hold, key=f"check:{check.pk}:release", by_id=check.by_id, now=now)


def _tell(lead: Lead, check: EmailCheck, verdict: EmailVerdict, charged: Decimal, now: datetime) -> None:
    before, columns = lead.email_status, columns_of(verdict, now=now)
    for name, value in columns.items():
        setattr(lead, name, value)
    lead.updated_at = now
    lead.save(update_fields=[*columns, "updated_at"])
    if before != lead.email_status:
        FieldChange.objects.create(
            workspace_id=lead.workspace_id, lead=lead, field="email_status", before=before, after=lead.email_status,
            source=SOURCE, by=check.by, changed_at=now,
        )  # fmt: skip
    told = f"{verdict.status.capitalize()}: {sentence(Reason(verdict.reason))}"
    cost = f"{amount(charged)} {plural(charged, 'credit')}" if charged else "Free"
    record(lead, ActivityKind.CHECKED, f"{told} {cost}.", by=check.by, now=now)
    rescore([lead], why=f"E-mail checked: {verdict.status}", now=now)
