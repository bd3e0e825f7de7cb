"""A worker's turn at e-mail verifications: servers are asked outside any transaction, for several of one order at once."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from enrichment.known_verdicts import good_verdicts
from enrichment.models import EmailCheck
from enrichment.sandboxed import verify_invented
from enrichment.second_opinions import checkers_with_key
from enrichment.verdict import EmailVerdict
from enrichment.verification import SECONDS, verify_addresses
from enrichment.verifying.assembling import lifted
from leadengine.leased import LeaseState
from leadengine.workflows.address_facts import facts_of_addresses
from leadengine.workflows.asking_outside import OWN_SECONDS, second_opinions
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.settling_checks import Outcome, end_checks, locked_checks, put_back, settle_checks
from leads.models import Lead

LEASE = timedelta(seconds=50)  # the queue ends a task after 60
AT_ONCE = 24  # three sessions of eight recipients, at most
NOT_WANTED = "By then the person was not to be contacted any more, or had another address. Nobody was asked, nothing was charged."
GAVE_UP = "The verification broke off again and again. Nothing was charged."


def verify_turn(check: EmailCheck, *, batches: int) -> None:
    """Ask the servers, and settle. Raises LeaseLost when the row is not this worker's any more."""
    begun, now = time.monotonic(), timezone.now()
    mine = _wanted(_taken(check, now), now)
    if not mine:
        return
    known = good_verdicts(check.workspace_id, {each.email for each in mine}, now=now)
    checkers = checkers_with_key(check.workspace_id)
    asked = _asked([each for each in mine if each.email not in known], now, OWN_SECONDS if checkers else SECONDS)
    found = second_opinions(mine, {**asked, **known}, checkers, begun=begun, now=now)
    put_back([each for each in mine if each.email not in found], now=timezone.now())
    known = {email: verdict for email, verdict in known.items() if found.get(email) is verdict}
    if outcomes := _outcomes([each for each in mine if each.email in found], known, found, now):
        settle_checks(outcomes, now=timezone.now())


@transaction.atomic
def fail_check(check: EmailCheck) -> None:
    """Give up a verification that lost its worker again and again; nothing is charged."""
    now = timezone.now()
    values = {"state": LeaseState.FAILED, "error": GAVE_UP}
    end_checks(locked_checks([check]), {check.pk: values}, now=now)


@transaction.atomic
def _taken(check: EmailCheck, now: datetime) -> list[EmailCheck]:
    """The check, and others that wait on the same hold: addresses of one domain share sessions."""
    own = EmailCheck.objects.filter(pk=check.pk, epoch=check.epoch, state=LeaseState.RUNNING)
    if not own.update(due_at=now + LEASE):
        raise LeaseLost
    waiting = EmailCheck.objects.of(check.workspace_id).filter(
        hold=check.hold_id, is_invented=check.is_invented, state=LeaseState.QUEUED, claimed=False, due_at__lte=now
    )
    more = list(waiting.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")[: AT_ONCE - 1])
    EmailCheck.objects.filter(pk__in=[each.pk for each in more]).update(
        state=LeaseState.RUNNING, claimed=True, epoch=F("epoch") + 1, taken_at=now, due_at=now + LEASE
    )
    for each in more:
        each.epoch += 1
    return [check, *more]


@transaction.atomic
def _wanted(checks: list[EmailCheck], now: datetime) -> list[EmailCheck]:
    """Without those whose person must not be contacted any more, or has another address: they end, and cost nothing."""
    leads = Lead.objects.of(checks[0].workspace_id).living().filter(do_not_contact=False)
    emails = dict(leads.filter(pk__in=[each.lead_id for each in checks]).values_list("pk", "email"))
    gone = [each for each in checks if emails.get(each.lead_id) != each.email]
    if gone:
        values = {each.pk: {"state": LeaseState.FAILED, "error": NOT_WANTED} for each in gone}
        end_checks(locked_checks(gone), values, now=now)
    return [each for each in checks if each not in gone]


def _asked(checks: Sequence[EmailCheck], now: datetime, seconds: float) -> Mapping[str, EmailVerdict]:
    if not checks:
        return {}
    if checks[0].is_invented:
        found = verify_invented({each.email: each.waited(now) for each in checks}, now=now)
    else:
        found = verify_addresses([each.email for each in checks], now=now, seconds=seconds)
    facts = facts_of_addresses(checks[0].workspace_id, [each.lead_id for each in checks])
    return {email: lifted(verdict, facts.get(email, ())) for email, verdict in found.items()}


def _outcomes(
    checks: Sequence[EmailCheck], known: Mapping[str, EmailVerdict], asked: Mapping[str, EmailVerdict], now: datetime
) -> list[Outcome]:
    """An address that several leads share was asked for once."""
    found, seen = [], set(known)
    for check in checks:
        verdict = known.get(check.email) or asked[check.email]
        is_remembered = verdict.checked_at is not None and verdict.checked_at < now
        found.append(Outcome(check, verdict, is_known=is_remembered or check.email in seen))
        seen.add(check.email)
    return found
