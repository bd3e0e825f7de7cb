"""Asks about the companies of an enrichment: name servers and Wikidata outside any transaction, then each item in its own."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing import ledger
from enrichment.checks.domain import Inspection
from enrichment.company_profiles import ask_wikidata, bluesky_of
from enrichment.inspecting import inspect_companies
from enrichment.kinds import ABOUT_COMPANIES
from enrichment.models import EnrichedField, Enrichment, EnrichmentItem, EnrichmentKind, ItemState
from leadengine.http import Unanswered
from leadengine.outcomes import Outcome
from leadengine.wording import in_credits
from leadengine.workflows.company_findings import Finding, company_fields, dns_findings, profile_findings
from leadengine.workflows.enriching import PRICES
from leadengine.workflows.enrichment_holds import locked_job, room_of
from leadengine.workflows.enrichment_plan import company_obstacle, is_company_served_by_sandbox
from leadengine.workflows.leases import renew
from leads.models import ActivityKind, Lead
from leads.pipeline import record

AT_ONCE = 10  # companies in one turn
SECONDS = 20.0  # after which no further question is begun; one takes ten at most, and the queue ends a task after 60
TRIES = 3
NO_SERVER = "Its name servers did not answer. Nothing was charged."
MOVED = "By then the person was at another company. Nothing was charged."
NOT_WANTED = "By then the person was not to be contacted any more. Nothing was charged."


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one item: findings, or why there are none. `again`: it may be asked later; `is_turn`: it was not asked,
    because others were before us."""

    findings: Sequence[Finding] = ()
    said: str = ""
    is_answer: bool = True
    again: bool = False
    is_turn: bool = False


def ask_companies(job: Enrichment, *, now: datetime) -> bool:
    """The next companies that wait, as far as the credits reach. False when none came to an end. Raises LeaseLost."""
    room, items = room_of(job), []
    waiting = job.items.filter(state=ItemState.WAITING, kind__in=ABOUT_COMPANIES, price__lte=room)
    for item in waiting.select_related("lead__company", "lead__workspace").order_by("tries", "pk")[:AT_ONCE]:
        if item.price <= room:
            room -= item.price
            items.append(item)
    why = {item.pk: _obstacle(item) for item in items}
    open_items = [item for item in items if not why[item.pk]]
    begun, seen, ended = time.monotonic(), _inspected(open_items, now), 0
    for item in items:
        if time.monotonic() - begun > SECONDS:
            break
        answer = _answer(item, seen) if item in open_items else Answer(said=why[item.pk], is_answer=False)
        ended += _settle(job, item, answer, now=timezone.now())
        renew(job, now=timezone.now())
    return ended > 0


def _obstacle(item: EnrichmentItem) -> str:
    """What has come in between since it was ordered."""
    if item.lead.company_id != item.company_id:
        return MOVED
    return NOT_WANTED if company_obstacle(item.lead) else ""


def _inspected(items: Sequence[EnrichmentItem], now: datetime) -> Mapping[str, Inspection]:
    """Invented domains and those of the world apart."""
    found: dict[str, Inspection] = {}
    for is_invented in (True, False):
        mine = [_domain(item) for item in items if is_company_served_by_sandbox(item.lead) is is_invented]
        found |= inspect_companies(mine, is_invented=is_invented, now=now)
    return found


def _domain(item: EnrichmentItem) -> str:
    return item.lead.company.domain.lower() if item.lead.company else ""


def _answer(item: EnrichmentItem, seen: Mapping[str, Inspection]) -> Answer:
    found = seen.get(_domain(item))
    if item.kind == EnrichmentKind.COMPANY:
        return Answer(dns_findings(found)) if found else Answer(said=NO_SERVER, is_answer=False, again=True)
    in_sandbox = is_company_served_by_sandbox(item.lead)
    try:
        told = ask_wikidata(_domain(item), workspace_id=item.workspace_id, in_sandbox=in_sandbox)
    except Unanswered as error:
        if own := bluesky_of(found):
            return Answer(profile_findings(own), said=f"Without Wikidata: {error}")
        is_turn = error.outcome == Outcome.RATE_LIMITED and not error.was_asked
        return Answer(said=str(error), is_answer=False, again=not error.is_permanent, is_turn=is_turn)
    return Answer(profile_findings([*bluesky_of(found), *told]))


@transaction.atomic
def _settle(job: Enrichment, item: EnrichmentItem, answer: Answer, *, now: datetime) -> bool:
    """Whether it ended; one whose lead was erased meanwhile has gone."""
    row = locked_job(job)
    mine = EnrichmentItem.objects.filter(pk=item.pk, state=ItemState.WAITING)
    if not mine.exists():
        return True
    if answer.again and item.tries + (not answer.is_turn) < TRIES:
        mine.update(tries=item.tries + (not answer.is_turn))
        return False
    fields = company_fields(item, answer.findings)
    told = zip(fields, answer.findings, strict=False)  # one for each, or no fields at all
    if any(field.is_to_decide and each.is_worth_it for field, each in told):
        charge = ledger.Charge(f"enrichment:{item.pk}", item.price, PRICES[EnrichmentKind(item.kind)], "", item.price)
        ledger.capture(row.hold, [charge], by_id=row.by_id, now=now)
        item.charged = item.price
    item.state = _state(answer, fields)
    item.note, item.ended_at = answer.said[:300], now
    item.save(update_fields=["state", "note", "charged", "ended_at"])
    EnrichedField.objects.bulk_create(fields)
    if fields:
        _tell(item, fields, row.by, now)
    return True


def _state(answer: Answer, fields: Sequence[EnrichedField]) -> ItemState:
    if not answer.is_answer:
        return ItemState.FAILED
    return ItemState.FOUND if fields else ItemState.NOTHING


def _tell(item: EnrichmentItem, fields: Sequence[EnrichedField], by: Any, now: datetime) -> None:
    """On the timeline of the lead that stands for its company."""
    lead: Lead = item.lead
    cost = in_credits(item.charged) if item.charged else "Free"
    found = "; ".join(f"{each.field.replace('_', ' ')} {each.after}" for each in fields)
    record(lead, ActivityKind.CHECKED, f"{item.get_kind_display()}: {found}. {cost}.", by=by, now=now)
