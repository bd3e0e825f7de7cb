"""Asks for what is not known of a lead, its e-mail address or its phone's line: price, obstacles, and the order itself."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from billing import ledger
from billing.models import HoldPurpose, PriceKind
from billing.pricing import prices
from enrichment.checks.phone import check_phone
from enrichment.finding.patterns import Person
from enrichment.models import Lookup, LookupKind
from enrichment.phone_panel import countries_of
from enrichment.providers.hunter_finder import HunterFinder
from enrichment.providers.twilio import Twilio
from leadengine.leased import OPEN_STATES
from leadengine.sandbox.invented_mail import is_invented
from leadengine.workflows.verifiable import NOT_TO_BE_CONTACTED, shortage
from leadengine.workflows.waking import wake
from leads.bounces import lacks_email
from leads.models import Lead, ProviderKey

PRICES = {LookupKind.EMAIL: PriceKind.EMAIL_CHECK, LookupKind.LINE: PriceKind.PHONE_CHECK}
EMAIL_KNOWN = "An e-mail address is known."
NEEDS_KEY = "Twilio Lookup needs a key: a manager enters it under Settings, Sources."
PROVIDERS = {LookupKind.EMAIL: HunterFinder.provider, LookupKind.LINE: Twilio.provider}


class NotLookedUp(Exception):
    """It cannot be looked up; the message says why."""


REFUSALS = (NotLookedUp, ledger.InsufficientCredits, ledger.LimitExceeded)


@dataclass(frozen=True, slots=True)
class LookupOffer:
    """What it costs at most, whether the provider's key is there, and why it cannot be had; "" if it can."""

    price: Decimal
    has_key: bool
    obstacle: str


def offer(lead: Lead, kind: str, *, by: Any, now: datetime) -> LookupOffer:
    price, has_key = prices(now).of(PRICES[LookupKind(kind)]), has_key_for(lead.workspace_id, kind)
    why = lookup_obstacle(lead, kind, has_key=has_key) or shortage(lead.workspace, price, by=by, now=now)
    return LookupOffer(price, has_key, why)


def can_be_looked_up(lead: Lead, kind: str) -> bool:
    """Whether anything but credits could keep it from being had."""
    return not lookup_obstacle(lead, kind, has_key=has_key_for(lead.workspace_id, kind))


def start_lookup(lead: Lead, kind: str, *, key: UUID, by: Any, now: datetime) -> Lookup:
    """Hold the price and queue the work. The same key again, or one that is under way already, is the one answered.

    Raises NotLookedUp, InsufficientCredits or LimitExceeded, and then nothing has happened.
    """
    with transaction.atomic():
        mine = (
            Lead.objects.of(lead.workspace_id)
            .select_related("workspace", "company")
            .select_for_update(no_key=True, of=("self",))
        )
        lead = mine.get(pk=lead.pk)
        before = Lookup.objects.of(lead.workspace_id)
        same = before.filter(key=key).first() or before.filter(lead=lead, kind=kind, state__in=OPEN_STATES).first()
        if same:
            return same
        if why := lookup_obstacle(lead, kind, has_key=has_key_for(lead.workspace_id, kind)):
            raise NotLookedUp(why)
        made = _order(lead, kind, key, by, now)
        wake()
    return made


def latest_lookup(lead: Lead, kind: str) -> Lookup | None:
    """The last one about what the lead is now."""
    found = Lookup.objects.of(lead.workspace_id).filter(lead=lead, kind=kind, about=about(lead, kind))
    return found.order_by("-created_at", "-pk").first()


def about(lead: Lead, kind: str) -> str:
    """The domain, or the number in E.164; "" where there is none."""
    if kind == LookupKind.EMAIL:
        return lead.company.domain if lead.company else ""
    return check_phone(lead.phone, countries_of(lead)).e164 if lead.phone else ""


def person_of(lead: Lead) -> Person:
    """The halves of the name as a source told them; of a whole name, its first and its last word."""
    if lead.first_name or lead.last_name:
        return Person(lead.first_name, lead.last_name)
    words = lead.full_name.split()
    return Person(words[0], words[-1] if len(words) > 1 else "") if words else Person("", "")


def is_served_by_sandbox(lead: Lead, kind: str) -> bool:
    """Invented domains of the sample, and its numbers where the stand-ins answer."""
    is_sample = bool(settings.SANDBOX and lead.workspace.is_sample)
    return is_sample and (kind == LookupKind.LINE or is_invented(f"@{about(lead, kind)}"))


def _order(lead: Lead, kind: str, key: UUID, by: Any, now: datetime) -> Lookup:
    price = prices(now).of(PRICES[LookupKind(kind)])
    key_of_hold = f"lookup:{key}:hold"
    held = ledger.hold(lead.workspace, price, key=key_of_hold, purpose=HoldPurpose.VERIFICATION, by=by, now=now)
    made: Lookup = Lookup.objects.create(
        workspace_id=lead.workspace_id, lead=lead, kind=kind, about=about(lead, kind), key=key, hold=held, price=price,
        is_invented=is_served_by_sandbox(lead, kind), by=by, created_at=now, due_at=now,
    )  # fmt: skip
    return made


def has_key_for(workspace_id: int, kind: str) -> bool:
    """Whether the workspace has a key of the provider that is asked."""
    provider = PROVIDERS[LookupKind(kind)]
    return bool(ProviderKey.objects.reaching(workspace_id).filter(provider=provider).exists())


def lookup_obstacle(lead: Lead, kind: str, *, has_key: bool) -> str:
    """What but credits keeps it from being looked up, in a sentence; "" if nothing does."""
    if lead.do_not_contact:
        return NOT_TO_BE_CONTACTED
    return _without_email(lead) if kind == LookupKind.EMAIL else _without_line(lead, has_key)


def _without_email(lead: Lead) -> str:
    domain = about(lead, LookupKind.EMAIL)
    if not lacks_email(lead):
        return EMAIL_KNOWN
    if not any(astuple(person_of(lead))):
        return "Nobody's name is known here, so no address can be looked for."
    if not domain:
        return "The company's domain is not known, so no address can be looked for."
    if is_invented(f"@{domain}") and not is_served_by_sandbox(lead, LookupKind.EMAIL):
        return "Domains on .example are invented: no mail server answers for them."
    return ""


def _without_line(lead: Lead, has_key: bool) -> str:
    if not about(lead, LookupKind.LINE):
        return "There is no number that could be asked about."
    return "" if has_key else NEEDS_KEY
