"""What an enrichment would ask about which of the chosen leads; and of the others, who has it already and who cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q

from enrichment.kinds import ABOUT_COMPANIES, INFO
from enrichment.models import UNDER_WAY, EnrichmentItem, EnrichmentKind, ItemState, Lookup, LookupKind
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.sandbox.invented_mail import is_invented
from leadengine.workflows.bulk_checks import verifiable
from leadengine.workflows.lookups import (
    EMAIL_KNOWN,
    NEEDS_KEY,
    about,
    has_key_for,
    lookup_obstacle,
)
from leadengine.workflows.verifiable import NOT_TO_BE_CONTACTED
from leads.bounces import with_bounces
from leads.identity import is_free_mail
from leads.models import Lead
from leads.models.lead import LeadQuerySet

MOST = 2_000  # leads in one enrichment
LOOKUPS = {EnrichmentKind.EMAIL: LookupKind.EMAIL, EnrichmentKind.LINE: LookupKind.LINE}
NO_EMAIL = "No e-mail address is known."
NO_DOMAIN = "The company's own domain is not known."
INVENTED = "Domains on .example are invented: no server answers for them."


@dataclass(slots=True)
class Planned:
    """Of one kind: the leads to ask about, how many have it already, and why others cannot be asked about."""

    kind: EnrichmentKind
    wanted: list[Lead] = field(default_factory=list)
    have: int = 0
    cannot: Counter[str] = field(default_factory=Counter)
    locked: str = ""

    @property
    def left_out(self) -> int:
        return sum(self.cannot.values())

    def only(self, ids: Collection[UUID]) -> Planned:
        return Planned(self.kind, [lead for lead in self.wanted if lead.pk in ids], self.have, self.cannot, self.locked)


@dataclass(frozen=True, slots=True)
class Plan:
    """`leads`: those that are looked at, the best first; `selected` more may have been chosen."""

    leads: Sequence[Lead]
    selected: int
    kinds: Mapping[EnrichmentKind, Planned]

    def of(self, kinds: Iterable[EnrichmentKind]) -> list[Planned]:
        return [self.kinds[kind] for kind in kinds]

    def asked(self, kinds: Iterable[EnrichmentKind]) -> list[Lead]:
        """The leads about which anything of these is asked, the best first."""
        ids = {lead.pk for each in self.of(kinds) for lead in each.wanted}
        return [lead for lead in self.leads if lead.pk in ids]

    def first(self, number: int, kinds: Iterable[EnrichmentKind]) -> Plan:
        """Of the first leads only about which something is asked: a test."""
        few = self.asked(kinds)[:number]
        ids = {lead.pk for lead in few}
        return Plan(few, self.selected, {kind: each.only(ids) for kind, each in self.kinds.items()})


def make_plan(leads: LeadQuerySet, *, workspace: Any, now: datetime) -> Plan:
    """Six queries, however many leads there are; of more than MOST the best are looked at."""
    best = with_bounces(leads.select_related("company", "workspace", "score"))
    rows = list(best.order_by(F("score__total").desc(nulls_last=True), "pk")[:MOST])
    selected = len(rows) if len(rows) < MOST else leads.count()
    has_line_key, lately = has_key_for(workspace.pk, LookupKind.LINE), _looked_up_lately(rows, now)
    kinds = {kind: _looked_up(kind, rows, lately, has_key=has_line_key) for kind in LOOKUPS}
    kinds[EnrichmentKind.VERIFY] = _verified(rows, workspace, now)
    known = _companies_known(rows, workspace, now)
    for kind in ABOUT_COMPANIES:
        kinds[kind] = _of_companies(kind, rows, known)
    return Plan(rows, selected, {kind: kinds[kind] for kind in INFO})


def company_obstacle(lead: Lead) -> str:
    """Why nothing can be asked about the lead's company, in a sentence; "" if it can."""
    domain = lead.company.domain if lead.company else ""
    if lead.do_not_contact:
        return NOT_TO_BE_CONTACTED
    if not domain or is_free_mail(domain):
        return NO_DOMAIN
    if is_invented(f"@{domain}") and not is_company_served_by_sandbox(lead):
        return INVENTED
    return ""


def is_company_served_by_sandbox(lead: Lead) -> bool:
    """Invented domains of the sample, where the sandbox is allowed."""
    is_sample = bool(settings.SANDBOX and lead.workspace.is_sample)
    return is_sample and bool(lead.company) and is_invented(f"@{lead.company.domain}")


def _looked_up(
    kind: EnrichmentKind, leads: Sequence[Lead], lately: Collection[tuple[str, UUID, str]], *, has_key: bool
) -> Planned:
    of_kind, found = LOOKUPS[kind], Planned(kind)
    for lead in leads:
        why = lookup_obstacle(lead, of_kind, has_key=True)
        if why == EMAIL_KNOWN or (not why and (of_kind, lead.pk, about(lead, of_kind)) in lately):
            found.have += 1
        elif why:
            found.cannot[why] += 1
        else:
            found.wanted.append(lead)
    if kind == EnrichmentKind.LINE and not has_key:
        return Planned(kind, [], found.have, found.cannot, NEEDS_KEY)
    return found


def _looked_up_lately(leads: Sequence[Lead], now: datetime) -> set[tuple[str, UUID, str]]:
    since = now - timedelta(days=INFO[EnrichmentKind.EMAIL].days)
    asked = Lookup.objects.filter(lead__in=[lead.pk for lead in leads], created_at__gt=since)
    wanted = asked.filter(kind__in=LOOKUPS.values(), state__in=[*OPEN_STATES, LeaseState.DONE])
    return set(wanted.values_list("kind", "lead_id", "about"))


def _verified(leads: Sequence[Lead], workspace: Any, now: datetime) -> Planned:
    mine = Lead.objects.of(workspace).filter(pk__in=[lead.pk for lead in leads])
    wanted = set(verifiable(mine, workspace, now=now).values_list("pk", flat=True))
    found = Planned(EnrichmentKind.VERIFY)
    for lead in leads:
        if lead.pk in wanted:
            found.wanted.append(lead)
        elif lead.do_not_contact or not lead.email:
            found.cannot[NOT_TO_BE_CONTACTED if lead.do_not_contact else NO_EMAIL] += 1
        else:
            found.have += 1
    return found


def _companies_known(leads: Sequence[Lead], workspace: Any, now: datetime) -> set[tuple[str, UUID | None]]:
    """Of which companies each kind was answered lately, or is being asked."""
    is_answered = Q(state__in=UNDER_WAY)
    for kind in ABOUT_COMPANIES:
        since = now - timedelta(days=INFO[kind].days)
        is_answered |= Q(kind=kind, state__in=[ItemState.FOUND, ItemState.NOTHING], ended_at__gt=since)
    companies = {lead.company_id for lead in leads if lead.company_id}
    items = EnrichmentItem.objects.of(workspace).filter(kind__in=ABOUT_COMPANIES, company__in=companies)
    return set(items.filter(is_answered).values_list("kind", "company_id"))


def _of_companies(kind: EnrichmentKind, leads: Sequence[Lead], known: Collection[tuple[str, UUID | None]]) -> Planned:
    """Of colleagues the first stands for their company: it is asked about once."""
    found, seen = Planned(kind), {company for of_kind, company in known if of_kind == kind}
    for lead in leads:
        if why := company_obstacle(lead):
            found.cannot[why] += 1
        elif lead.company_id in seen:
            found.have += 1
        else:
            found.wanted.append(lead)
            seen.add(lead.company_id)
    return found
