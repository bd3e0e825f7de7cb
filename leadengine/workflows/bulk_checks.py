"""Verifies the addresses of many leads as one order: what it costs at most, one hold, a check for each, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from billing import ledger
from billing.models import CreditEntry, Hold, HoldPurpose, PriceKind
from billing.pricing import prices
from billing.standing import means
from enrichment.deciding import OPEN
from enrichment.models import EmailCheck
from enrichment.second_opinions import newest_key
from leadengine.bulk import copy_in
from leadengine.ids import deterministic
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.wording import amount, in_credits
from leadengine.workflows import leases
from leadengine.workflows.check_receipts import CheckReceipt, check_receipt
from leadengine.workflows.checking_email import verify_turn
from leadengine.workflows.settling_checks import end_checks
from leadengine.workflows.verifiable import is_served_by_sandbox, lacking
from leadengine.workflows.verification import NotVerifiable
from leadengine.workflows.waking import wake
from leads.models import EmailStatus, Lead
from leads.models.lead import LeadQuerySet

MOST = 10_000  # addresses in one order
GOOD_DAYS = {EmailStatus.DELIVERABLE: 30, EmailStatus.RISKY: 30, EmailStatus.UNDELIVERABLE: 14}


@dataclass(frozen=True, slots=True)
class BulkOffer:
    """Of `selected` leads so many `addresses` would be verified; the rest is known well enough, or cannot be asked for.

    `available`: credits that can be spent now; `obstacle`: why it cannot be had, "" if it can. `without`, `barred`,
    `invented`: of the rest, who has no address, is not to be contacted, or has one that nobody can be asked about.
    """

    selected: int
    addresses: int
    unit_price: Decimal
    available: Decimal
    obstacle: str = ""
    without: int = 0
    barred: int = 0
    invented: int = 0

    @property
    def left_out(self) -> int:
        return self.selected - self.addresses

    @property
    def why_left_out(self) -> str:
        """How many of them for which reason; each for one."""
        known = self.left_out - self.without - self.barred - self.invented
        told = (
            (self.without, "without an address"),
            (self.barred, "not to be contacted"),
            (self.invented, "with an invented address"),
            (known, "verified not long ago or being verified"),
        )
        return ", ".join(f"{number:,} {why}" for number, why in told if number)

    @property
    def at_most(self) -> Decimal:
        return self.unit_price * self.addresses

    @property
    def balance_after(self) -> Decimal:
        return self.available - self.at_most


def bulk_offer(leads: LeadQuerySet, *, workspace: Any, by: Any, now: datetime) -> BulkOffer:
    """What verifying these costs at most, for this person, now. Five queries."""
    price = prices(now).of(PriceKind.EMAIL_CHECK)
    addresses = verifiable(leads, workspace, now=now).count()
    balance, allowed = means(workspace, by, now=now)
    obstacle = lacking(balance, allowed, price * addresses)
    if not addresses:
        obstacle = "None of these has an address that needs to be verified now."
    elif addresses > MOST:
        obstacle = f"At most {MOST:,} addresses can be verified at once; narrow the selection."
    counted = _counted(leads, workspace)
    return BulkOffer(addresses=addresses, unit_price=price, available=balance.available, obstacle=obstacle, **counted)


def _counted(leads: LeadQuerySet, workspace: Any) -> dict[str, int]:
    """How many there are, and how many of them cannot be asked for, each for one reason. One query."""
    why = {"without": Q(email=""), "barred": Q(do_not_contact=True) & ~Q(email="")}
    if not _has_sandbox(workspace):
        why["invented"] = Q(email__iendswith=".example", do_not_contact=False)
    counted = {name: Count("pk", filter=condition) for name, condition in why.items()}
    found: dict[str, int] = leads.aggregate(selected=Count("pk"), **counted)
    return found


def _has_sandbox(workspace: Any) -> bool:
    """Whether invented addresses are answered for."""
    return bool(settings.SANDBOX and workspace.is_sample)


def verifiable(leads: LeadQuerySet, workspace: Any, *, now: datetime) -> LeadQuerySet:
    """Those with an address that may be asked for, is not known well enough, and is not being verified already.

    What our own engine could not decide may be asked again once there is a new key of a provider that may, or where one
    could not answer just then.
    """
    good = Q(pk__in=[])
    for status, days in GOOD_DAYS.items():
        good |= Q(email_status=status, email_score__isnull=False, email_checked_at__gt=now - timedelta(days=days))
    if since := newest_key(workspace.pk):
        is_left_open = Q(email_checked_at__lt=since) | Q(Exists(_left_open(workspace)))
        good &= ~(Q(email_reason__in=[*OPEN]) & is_left_open)
    under_way = EmailCheck.objects.of(workspace).filter(state__in=OPEN_STATES).values("lead")
    found = leads.filter(do_not_contact=False).exclude(email="").exclude(good).exclude(pk__in=under_way)
    if _has_sandbox(workspace):
        return found
    return found.exclude(email__iendswith=".example")


def _left_open(workspace: Any) -> QuerySet[EmailCheck]:
    """Of a lead, those that ended without the word of a provider who could not be reached, since its verdict."""
    done = EmailCheck.objects.of(workspace).filter(lead=OuterRef("pk"), email=OuterRef("email"), state=LeaseState.DONE)
    return done.filter(finished_at__gte=OuterRef("email_checked_at"), verdict__evidence__left_open=True)


@transaction.atomic
def start_checks(
    leads: LeadQuerySet, *, workspace: Any, key: UUID, by: Any, shown_at_most: Decimal | None, now: datetime
) -> Hold:
    """Hold what it costs at most, and queue one check for each address. The same key again is the same order.

    Raises NotVerifiable, InsufficientCredits or LimitExceeded, and then nothing has happened.
    """
    hold_key = f"checks:{key}:hold"
    rows = _locked(verifiable(leads, workspace, now=now), workspace)
    first = CreditEntry.objects.of(workspace).filter(key=hold_key).select_related("hold").first()
    if first and first.hold:
        return first.hold
    price = prices(now).of(PriceKind.EMAIL_CHECK)
    _must_be(rows, price * len(rows), shown_at_most)
    held = ledger.hold(workspace, price * len(rows), key=hold_key, purpose=HoldPurpose.VERIFICATION, by=by, now=now)
    copy_in([_check(lead, workspace, held, price, key, by, now) for lead in rows])
    wake()
    return held


def _locked(leads: LeadQuerySet, workspace: Any) -> Sequence[Lead]:
    """These, without those that somebody else ordered while we waited for the lock; of too many, one too many."""
    wanted = Lead.objects.of(workspace).filter(pk__in=leads.values("pk"))
    rows = list(wanted.select_for_update(no_key=True, of=("self",)).order_by("pk")[: MOST + 1])
    if len(rows) > MOST:
        return rows
    under_way = EmailCheck.objects.of(workspace).filter(state__in=OPEN_STATES, lead__in=[row.pk for row in rows])
    taken = set(under_way.values_list("lead_id", flat=True))
    return [row for row in rows if row.pk not in taken]


def _must_be(rows: Sequence[Lead], cost: Decimal, shown_at_most: Decimal | None) -> None:
    if not rows:
        raise NotVerifiable("None of these has an address that needs to be verified now.")
    if len(rows) > MOST:
        raise NotVerifiable(f"At most {MOST:,} addresses can be verified at once; narrow the selection.")
    if shown_at_most is not None and cost > shown_at_most:
        prices = f"{in_credits(cost)} now, {amount(shown_at_most)} when you saw it"
        raise NotVerifiable(f"It would cost {prices}. Look and start again.")


def _check(lead: Lead, workspace: Any, held: Hold, price: Decimal, key: UUID, by: Any, now: datetime) -> EmailCheck:
    lead.workspace = workspace
    return EmailCheck(
        workspace_id=workspace.pk, lead=lead, email=lead.email, key=deterministic("check", key, lead.pk), hold=held,
        price=price, is_invented=is_served_by_sandbox(lead), by=by, created_at=now, due_at=now,
    )  # fmt: skip


@transaction.atomic
def stop_order(held: Hold, *, now: datetime) -> int:
    """Ask no more of it, and give back what it has not used; answers how many checks that ended."""
    under_way = EmailCheck.objects.of(held.workspace_id).filter(hold=held, state__in=OPEN_STATES).order_by("pk")
    rows = {row.pk: row for row in under_way.select_for_update(no_key=True, of=("self",)).select_related("hold")}
    end_checks(rows, {pk: {"state": LeaseState.STOPPED} for pk in rows}, now=now)
    return len(rows)


def find_order(workspace: Any, pk: int) -> Hold | None:
    """The hold of an order of the workspace."""
    found: Hold | None = Hold.objects.of(workspace).filter(pk=pk, purpose=HoldPurpose.VERIFICATION).first()
    return found


def order_receipt(held: Hold) -> CheckReceipt:
    """How an order stands. One query."""
    return check_receipt(EmailCheck.objects.of(held.workspace_id).filter(hold=held))


def work_off_order(held: Hold) -> CheckReceipt:
    """Do it at once, beside any workers, until only those are open whose servers have put us off."""
    while (told := order_receipt(held)).waiting:
        leases.take_turn(EmailCheck, verify_turn, hold=held.pk)
    return told
