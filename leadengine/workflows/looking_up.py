"""A worker's turn at a lookup: asked outside any transaction, then settled with its charge, timeline and score in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing import ledger
from enrichment.checks.phone import check_phone
from enrichment.finding.finder import Finding
from enrichment.finding.outside_asking import with_outside
from enrichment.finding.proving import proved, settled, without
from enrichment.models import EmailCheck, Lookup, LookupKind
from enrichment.phone_lines import look_up
from enrichment.providers.hunter_finder import HunterFinder
from enrichment.sandboxed import find_invented, verify_invented
from enrichment.verdict import EmailVerdict
from enrichment.verification import find_address, verify_address
from leadengine.leased import LeaseState
from leadengine.workflows.address_facts import known_addresses
from leadengine.workflows.enrichment_holds import holds_of_enrichments
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.lookups import PRICES, about, person_of
from leadengine.workflows.telling_lookups import tell
from leads.bounces import lacks_email
from leads.models import Lead

LEASE = timedelta(seconds=50)  # the queue ends a task after 60
NOTHING = Decimal(0)
GAVE_UP = "The lookup broke off again and again. Nothing was charged."
NOT_WANTED = "By then the lead was changed, or is not to be contacted any more. Nothing was charged."


@dataclass(frozen=True, slots=True)
class Came:
    """What came of it: whether it is charged, and the verdict by which an address is told as confirmed."""

    result: Mapping[str, Any]
    is_charged: bool
    verdict: EmailVerdict | None = None


def lookup_turn(lookup: Lookup, *, batches: int) -> None:
    """Raises LeaseLost when the row is not this worker's any more."""
    now = timezone.now()
    mine = Lookup.objects.filter(pk=lookup.pk, epoch=lookup.epoch, state=LeaseState.RUNNING)
    if not mine.update(due_at=now + LEASE):
        raise LeaseLost
    lead = Lead.objects.of(lookup.workspace_id).select_related("company", "workspace").get(pk=lookup.lead_id)
    if not _is_wanted(lookup, lead):
        _end(lookup, {"state": LeaseState.FAILED, "error": NOT_WANTED}, now=now)
        return
    came = _email(lookup, lead, now) if lookup.kind == LookupKind.EMAIL else _line(lookup, lead, now)
    _settle(lookup, came, now=timezone.now())


def fail_lookup(lookup: Lookup) -> None:
    """Give up one that lost its worker again and again; nothing is charged."""
    _end(lookup, {"state": LeaseState.FAILED, "error": GAVE_UP}, now=timezone.now())


def _is_wanted(lookup: Lookup, lead: Lead) -> bool:
    is_open = lookup.kind == LookupKind.LINE or lacks_email(lead)
    return is_open and not lead.do_not_contact and not lead.erased_at and about(lead, lookup.kind) == lookup.about


def _email(lookup: Lookup, lead: Lead, now: datetime) -> Came:
    """Our own guesses first, for they cost no credits of a provider; the provider where they come to nothing."""
    person, domain = person_of(lead), lookup.about
    known = known_addresses(lookup.workspace_id, [lead]).get(domain, ())
    guess = find_invented if lookup.is_invented else find_address
    found = guess(person, domain, known, now=now)
    verdicts: dict[str, EmailVerdict] = {}

    def ask_server(email: str) -> EmailVerdict:
        verdicts[email] = (
            verify_invented({email: 0.0}, now=now)[email] if lookup.is_invented else verify_address(email, now=now)
        )
        return verdicts[email]

    if _may_ask(lookup, lead):
        found = with_outside(
            found,
            person,
            domain,
            finder=HunterFinder(),
            workspace_id=lookup.workspace_id,
            in_sandbox=lookup.is_invented,
            ask_server=ask_server,
        )
    found = without(found, lead.email)
    if not found.email:
        return Came(_told(found), is_charged=False)
    verdict = proved(found, verdicts.get(found.email) or ask_server(found.email), now=now)
    is_sure = verdict.status == "deliverable"
    return Came(_told(settled(found, verdict)), is_charged=is_sure, verdict=verdict if is_sure else None)


def _may_ask(lookup: Lookup, lead: Lead) -> bool:
    """In a sample the provider is a stand-in, which knows invented people only."""
    return lookup.is_invented or not lead.workspace.is_sample


def _told(found: Finding) -> dict[str, Any]:
    """What is kept: without the transcript of a session, which names others."""
    kept = found.to_json()
    return kept | {"evidence": {"outside": kept["evidence"].get("outside")}}


def _line(lookup: Lookup, lead: Lead, now: datetime) -> Came:
    own = check_phone(lookup.about, ())
    answer = look_up(own, workspace_id=lookup.workspace_id, with_line=True, in_sandbox=lookup.is_invented, now=now)
    is_charged = answer.report is not None and answer.report.has_line and not answer.is_kept
    return Came(answer.evidence(), is_charged=is_charged)


@transaction.atomic
def _settle(lookup: Lookup, came: Came, *, now: datetime) -> None:
    row = _locked(lookup)
    mine = Lead.objects.of(row.workspace_id).select_related("company", "workspace")
    lead = mine.select_for_update(no_key=True, of=("self",)).get(pk=row.lead_id)
    if not _is_wanted(row, lead):
        _end(row, {"state": LeaseState.FAILED, "error": NOT_WANTED}, now=now)
        return
    charged = row.price if came.is_charged else NOTHING
    if charged:
        charge = ledger.Charge(f"lookup:{row.pk}", charged, PRICES[LookupKind(row.kind)], _source(row), row.price)
        ledger.capture(row.hold, [charge], by_id=row.by_id, now=now)
    _end(row, {"state": LeaseState.DONE, "result": came.result, "charged": charged}, now=now)
    if came.verdict:
        _keep(row, came.verdict, now)
    tell(lead, row, now=now)


def _source(row: Lookup) -> str:
    return "twilio" if row.kind == LookupKind.LINE else ""


def _keep(row: Lookup, verdict: EmailVerdict, now: datetime) -> None:
    """The verification that it took, paid with the lookup: whoever accepts the address need not have it verified again."""
    EmailCheck.objects.create(
        workspace_id=row.workspace_id, lead_id=row.lead_id, email=verdict.normalized, hold=row.hold, price=NOTHING,
        verdict=verdict.to_json(), is_invented=row.is_invented, is_known=True, by=row.by, state=LeaseState.DONE,
        created_at=now, finished_at=now,
    )  # fmt: skip


@transaction.atomic
def _end(lookup: Lookup, values: Mapping[str, Any], *, now: datetime) -> None:
    row = _locked(lookup)
    for name, value in {**values, "claimed": False, "finished_at": now}.items():
        setattr(row, name, value)
        setattr(lookup, name, value)
    row.save(update_fields=[*values, "claimed", "finished_at"])
    if holds_of_enrichments([row.hold_id]):
        return
    rest = row.price - row.charged
    ledger.release(row.hold, key=f"lookup:{row.pk}:release", by_id=row.by_id, most=rest, now=now)


def _locked(lookup: Lookup) -> Lookup:
    mine = Lookup.objects.select_for_update(no_key=True, of=("self",)).select_related("hold", "by")
    found: Lookup | None = mine.filter(pk=lookup.pk, epoch=lookup.epoch, state=LeaseState.RUNNING).first()
    if found is None:
        raise LeaseLost
    return found
