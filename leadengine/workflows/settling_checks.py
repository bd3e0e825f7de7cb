"""Verifications settled together: verdicts on the leads, charges, retries, timelines and scores, at once or not at all.

Lock order as everywhere: the rows of work, the leads and their scores, the credit account, the hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from billing import ledger
from billing.models import PriceKind
from enrichment.found import SURE as CHARGED
from enrichment.known_verdicts import good_verdicts
from enrichment.models import EmailCheck
from enrichment.verdict import EmailVerdict
from enrichment.verifying.verifier import RETRY_AFTER
from leadengine.leased import LeaseState
from leadengine.workflows.enrichment_holds import holds_of_enrichments
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.telling_checks import Told, tell_verdicts
from leads.models import Lead
from scoring.rescoring import hold

NOTHING = Decimal(0)
LATE_AGAIN = timedelta(seconds=30)
MOST_LATE = 20
TOO_LATE = "By the time of the answer the person was not to be contacted any more, or had another address. Nothing was charged."
NEVER = "Its mail server did not come to an answer in time, again and again. Nothing was charged."
WRITTEN = ("state", "verdict", "charged", "is_known", "error", "claimed", "stalls", "due_at", "cursor", "finished_at")

Rows = Mapping[UUID, EmailCheck]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verification came to. `is_known`: it was known already, or somebody else came to an answer meanwhile."""

    check: EmailCheck
    verdict: EmailVerdict
    is_known: bool = False


@transaction.atomic
def settle_checks(outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Raises LeaseLost when none of them is this worker's any more; of some, the others are settled.

    Risky and unknown cost nothing, nor does what is known by now or needed no server, nor whoever has another address or
    is not to be contacted by now. Whom a server puts off is asked again (`RETRY_AFTER`), and only then charged or let go.
    """
    rows = locked_checks([each.check for each in outcomes])
    leads = _leads(rows)
    hold(list(leads.values()))
    told: list[Told] = []
    ends: dict[UUID, dict[str, Any]] = {}
    for each in _with_what_is_known_now([each for each in outcomes if each.check.pk in rows], rows, now):
        check = rows[each.check.pk]
        lead = leads.get(check.lead_id)
        if lead is None or lead.email != check.email:
            ends[check.pk] = {"state": LeaseState.FAILED, "error": TOO_LATE}
            continue
        if each.verdict.retry_at and check.asked < len(RETRY_AFTER):
            told.append(Told(lead, check, _put_off(check, each, now), is_news=check.asked == 1))
            continue
        verdict, charged = replace(each.verdict, retry_at=None), _cost(check, each)
        values = {"verdict": verdict.to_json(), "charged": charged, "is_known": each.is_known}
        ends[check.pk] = {"state": LeaseState.DONE} | values
        told.append(Told(lead, check, verdict, charged))
    _capture([rows[pk] for pk in ends if ends[pk].get("charged")], now)
    end_checks(rows, ends, now=now)
    tell_verdicts(told, now=now)


def locked_checks(checks: Sequence[EmailCheck]) -> Rows:
    """Those that are this worker's still, locked. Raises LeaseLost when none is."""
    epochs = {check.pk: check.epoch for check in checks}
    found = EmailCheck.objects.filter(pk__in=epochs, state=LeaseState.RUNNING).order_by("pk")
    locked = found.select_for_update(no_key=True, of=("self",)).select_related("hold", "by")
    rows = {row.pk: row for row in locked if row.epoch == epochs[row.pk]}
    if not rows:
        raise LeaseLost
    return rows


@transaction.atomic
def put_back(checks: Sequence[EmailCheck], *, now: datetime) -> None:
    """Into the queue again: their turn at the mail server did not come in time. After some times they stay unknown."""
    rows = locked_checks(checks) if checks else {}
    for check in rows.values():
        check.cursor = {**check.cursor, "late": check.cursor.get("late", 0) + 1}
        check.state, check.claimed, check.stalls, check.due_at = LeaseState.QUEUED, False, 0, now + LATE_AGAIN
    EmailCheck.objects.bulk_update(rows.values(), WRITTEN)
    hopeless = {
        pk: {"state": LeaseState.FAILED, "error": NEVER} for pk, row in rows.items() if row.cursor["late"] > MOST_LATE
    }
    end_checks({pk: rows[pk] for pk in hopeless}, hopeless, now=now)


def end_checks(rows: Rows, values: Mapping[UUID, Mapping[str, Any]], *, now: datetime) -> None:
    """End locked rows with these values, and give back what each had of its hold and did not use.

    What an enrichment holds serves its other questions, and comes back at its end.
    """
    unused: dict[int, list[EmailCheck]] = defaultdict(list)
    for pk, columns in values.items():
        for name, value in {**columns, "claimed": False, "finished_at": now}.items():
            setattr(rows[pk], name, value)
        unused[rows[pk].hold_id].append(rows[pk])
    EmailCheck.objects.bulk_update([rows[pk] for pk in values], WRITTEN)
    kept = holds_of_enrichments(unused)
    for some in (checks for hold_id, checks in unused.items() if hold_id not in kept):
        rest = sum((check.price - check.charged for check in some), NOTHING)
        ledger.release(some[0].hold, key=f"check:{some[0].pk}:release", by_id=some[0].by_id, most=rest, now=now)


def _with_what_is_known_now(outcomes: Sequence[Outcome], rows: Rows, now: datetime) -> Sequence[Outcome]:
    """Who asked for the same mailbox at the same time, and was quicker, was charged: it is looked up with the account locked."""
    workspace_id = next(iter(rows.values())).workspace_id
    ledger.locked(workspace_id)
    known = good_verdicts(workspace_id, {row.email for row in rows.values()}, now=now)
    return [_in_view_of(each, known.get(each.check.email)) for each in outcomes]


def _in_view_of(outcome: Outcome, known: EmailVerdict | None) -> Outcome:
    """Free where there is a certain answer; one that is certain itself is the newer."""
    if known is None or known.status not in CHARGED:
        return outcome
    verdict = outcome.verdict if outcome.verdict.status in CHARGED else known
    return replace(outcome, verdict=verdict, is_known=True)


def _leads(rows: Rows) -> Mapping[UUID, Lead]:
    """Locked, without those who are not to be contacted any more."""
    workspace_id, pks = next(iter(rows.values())).workspace_id, {row.lead_id for row in rows.values()}
    wanted = Lead.objects.of(workspace_id).living().filter(pk__in=pks, do_not_contact=False)
    locked = wanted.select_related("company", "workspace").select_for_update(no_key=True, of=("self",))
    return {lead.pk: lead for lead in locked.order_by("pk")}


def _cost(check: EmailCheck, outcome: Outcome) -> Decimal:
    verdict = outcome.verdict
    is_new = verdict.checked_at is not None and not outcome.is_known
    return check.price if verdict.status in CHARGED and is_new else NOTHING


def _put_off(check: EmailCheck, outcome: Outcome, now: datetime) -> EmailVerdict:
    """Back into the queue until its server may be asked again; the same address, sender and server by then."""
    wait = timedelta(seconds=RETRY_AFTER[check.asked])
    at = outcome.verdict.retry_at if outcome.is_known and outcome.verdict.retry_at else now + wait
    verdict = replace(outcome.verdict, retry_at=at)
    check.cursor = {"first_at": now.isoformat(), **check.cursor, "asked": check.asked + 1}
    check.state, check.claimed, check.stalls, check.due_at = LeaseState.QUEUED, False, 0, at
    check.verdict = verdict.to_json()
    check.save(update_fields=WRITTEN)
    return verdict


def _capture(checks: Sequence[EmailCheck], now: datetime) -> None:
    by_hold: dict[int, list[EmailCheck]] = defaultdict(list)
    for check in checks:
        by_hold[check.hold_id].append(check)
    for some in by_hold.values():
        charges = [
            ledger.Charge(f"check:{each.pk}", each.price, PriceKind.EMAIL_CHECK, "", each.price) for each in some
        ]
        ledger.capture(some[0].hold, charges, by_id=some[0].by_id, now=now)
