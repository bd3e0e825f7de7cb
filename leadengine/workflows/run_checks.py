"""Verification as part of a run: its own hold, an order for each delivered address, and what becomes of them at a stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from billing import ledger
from billing.models import Hold, HoldPurpose, PriceKind
from billing.pricing import prices
from enrichment.models import EmailCheck
from leadengine.ids import deterministic
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows import leases
from leadengine.workflows.checking_email import verify_turn
from leadengine.workflows.verifiable import is_served_by_sandbox, obstacle
from leadengine.workflows.waking import wake
from leads.intake import Accepted
from leads.models import Lead, Run

UNCERTAIN = ("", "not_checked", "dns_timeout", "dns_servfail")  # what a run's own checks leave to the mail server


def hold_for_checks(run: Run, amount: Decimal, *, by: Any, now: datetime) -> None:
    """Set aside what verifying the run's leads costs at most."""
    if run.verify_emails:
        key = f"run:{run.pk}:checks:{run.epoch}"
        ledger.hold(run.workspace, amount, key=key, purpose=HoldPurpose.VERIFICATION, run_id=run.pk, by=by, now=now)


def cost_of_checks(run: Run, leads: int, *, now: datetime) -> Decimal:
    """What verifying so many of the run's leads costs at most; nothing where it was not asked for."""
    return prices(now).of(PriceKind.EMAIL_CHECK) * leads if run.verify_emails else Decimal(0)


def sums_of_checks(run: Run) -> tuple[Decimal, Decimal]:
    """What verifications of the run have cost, and what those under way may add."""
    of_run = EmailCheck.objects.of(run.workspace_id).filter(run=run).order_by()
    owed = Sum("price", filter=Q(state__in=OPEN_STATES), default=Decimal(0))
    found = of_run.aggregate(charged=Sum("charged", default=Decimal(0)), owed=owed)
    return found["charged"], found["owed"]


def order_checks(run: Run, accepted: Sequence[Accepted], *, now: datetime) -> None:
    """Queue the verification of those just delivered, as far as the hold goes.

    Within the transaction that delivers them, with the credit account locked, so that nothing moves the hold meanwhile.
    """
    held = _hold_of(run) if run.verify_emails else None
    addresses = {each.lead_id: each.contact.email for each in accepted if _is_worth_asking(each)}
    if held is None or not addresses:
        return
    price = prices(now).of(PriceKind.EMAIL_CHECK)
    leads = Lead.objects.of(run.workspace_id).filter(pk__in=addresses).exclude(email_checks__state__in=OPEN_STATES)
    made = [
        EmailCheck(
            workspace_id=run.workspace_id, lead=lead, email=lead.email, key=_key(run, lead.pk), run=run, hold=held,
            price=price, is_invented=is_served_by_sandbox(lead), by_id=run.started_by_id, created_at=now, due_at=now,
        )
        for lead in leads.select_related("workspace").order_by("pk")
        if lead.email_reason in UNCERTAIN and not obstacle(lead)
    ]  # fmt: skip
    EmailCheck.objects.bulk_create(made[: _room(run, held, price)], ignore_conflicts=True)
    if made:
        wake()


def check_turn(run: Run) -> bool:
    """One turn at the run's verifications that wait; False when none is due, or all are claimed."""
    claimed = leases.claim(EmailCheck, now=timezone.now(), run=run)
    if claimed:
        verify_turn(claimed, batches=1)
    return claimed is not None


def stop_checks(run: Run, *, now: datetime) -> None:
    """A stop stops these too: what a worker is asking now is fenced off. To be called before the account is locked."""
    under_way = EmailCheck.objects.of(run.workspace_id).filter(run=run, state__in=OPEN_STATES)
    under_way.update(state=LeaseState.STOPPED, claimed=False, epoch=F("epoch") + 1, finished_at=now)


def stopped_checks(run: Run) -> QuerySet[EmailCheck]:
    """Those that the run's stop ended and that are wanted still, in the order in which they were ordered."""
    ended = EmailCheck.objects.of(run.workspace_id).filter(
        run=run, state=LeaseState.STOPPED, finished_at=run.stop_requested_at
    )
    under_way = EmailCheck.objects.of(run.workspace_id).filter(lead=OuterRef("lead"), state__in=OPEN_STATES)
    wanted = ended.filter(email=F("lead__email"), lead__do_not_contact=False, lead__erased_at__isnull=True)
    return wanted.exclude(Exists(under_way)).order_by("created_at", "pk")


def lock_stopped_checks(run: Run) -> None:
    """So that nobody orders the same meanwhile. To be called before the account is locked."""
    leads = Lead.objects.of(run.workspace_id).filter(pk__in=stopped_checks(run).values("lead"))
    list(leads.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk"))


def take_up_checks(run: Run, most: int, *, now: datetime) -> None:
    """Queue so many that the stop ended again, on the hold of the resumed run and at the price of now."""
    again = list(stopped_checks(run).values_list("pk", flat=True)[:most])
    held = _hold_of(run) if again else None
    EmailCheck.objects.of(run.workspace_id).filter(pk__in=again).update(
        state=LeaseState.QUEUED, hold=held, price=cost_of_checks(run, 1, now=now), claimed=False, stalls=0,
        epoch=F("epoch") + 1, due_at=now, finished_at=None,
    )  # fmt: skip


def return_unused(run: Run, *, now: datetime) -> None:
    """Release what no verification under way can use any more, of each stretch of the run; a second time, nothing.

    With the credit account locked. An earlier stretch that ended by itself left its verifications their hold.
    """
    for held in _holds_of(run) if run.verify_emails else ():
        rest = max(held.remaining - _owed(run, held), Decimal(0))
        key = f"hold:{held.pk}:release:{run.epoch}"
        ledger.release(held, key=key, by_id=held.member_id, most=rest, now=now)


def _hold_of(run: Run) -> Hold | None:
    return next(iter(_holds_of(run)), None)


def _holds_of(run: Run) -> list[Hold]:
    """The newest first."""
    holds = Hold.objects.of(run.workspace_id).filter(run_id=run.pk, purpose=HoldPurpose.VERIFICATION)
    return list(holds.order_by("-pk"))


def _is_worth_asking(each: Accepted) -> bool:
    return bool(each.contact.email) and each.contact.email_reason in UNCERTAIN


def _room(run: Run, held: Hold, price: Decimal) -> int:
    """How many more the hold pays for."""
    return int((held.remaining - _owed(run, held)) // price) if price else 10**9


def _owed(run: Run, held: Hold) -> Decimal:
    """What verifications under way may still take of the hold."""
    under_way = EmailCheck.objects.of(run.workspace_id).filter(hold=held, state__in=OPEN_STATES)
    return sum(under_way.values_list("price", flat=True), Decimal(0))


def _key(run: Run, lead_id: UUID) -> UUID:
    return deterministic("check", run.pk, lead_id)
