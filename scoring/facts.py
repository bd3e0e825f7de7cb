"""Makes LeadFacts: of prospects that a source has just returned, or of stored leads in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from math import nan
from typing import Protocol
from uuid import UUID

from django.db.models import Max, Q, prefetch_related_objects

from leads.agreement import phone_tail
from leads.candidate import Candidate, CompanyFacts
from leads.identity import linkedin_slug
from leads.models import Activity, ActivityKind, Company, EmailStatus, Evidence, Lead
from leads.models import Signal as StoredSignal
from leads.pipeline import WRITTEN
from scoring.columns import UNSOUGHT, Details, Email, Event, LeadFacts, Phone, Place, Position
from scoring.heeding import PROVED, heeded, touch_kind
from scoring.rows import SWITCHBOARD, Row, columns_of, days, position_of, typical

NOT_CHECKED = "not_checked"
TOUCHES = (*WRITTEN, ActivityKind.OPT_OUT, ActivityKind.STAGE)


class EmailVerdict(Protocol):
    @property
    def status(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def flags(self) -> Iterable[str]: ...
    @property
    def measured(self) -> int | None: ...


class PhoneVerdict(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def valid(self) -> bool: ...


class Checked(Protocol):
    """A candidate with what the checks said of its address and number; None where it has none."""

    @property
    def candidate(self) -> Candidate: ...
    @property
    def email(self) -> EmailVerdict | None: ...
    @property
    def phone(self) -> PhoneVerdict | None: ...


def from_candidates(prospects: Sequence[Checked], *, now: datetime, asked_at: datetime | None = None) -> LeadFacts:
    """The facts of new prospects: nobody has been in touch with them, so there are public signals only."""
    rows = [_candidate_row(prospect, now) for prospect in prospects]
    return columns_of(rows, signals=_candidate_signals(prospects, asked_at or now, now), touches=(), now=now)


def from_leads(leads: Iterable[Lead], *, now: datetime) -> LeadFacts:
    """The facts of stored leads, in their order. Five queries at most, whatever the number of leads."""
    leads = list(leads)
    prefetch_related_objects(leads, "company")
    observed = _observed([lead.pk for lead in leads], now)
    rows = [lead_row(lead, observed.get(lead.pk, nan)) for lead in leads]
    return heeded(columns_of(rows, signals=_stored_signals(leads, now), touches=_touches(leads, now), now=now))


def _candidate_row(prospect: Checked, now: datetime) -> Row:
    candidate, company = prospect.candidate, prospect.candidate.company
    return Row(
        position_of(candidate.title),
        company.industry,
        _place(candidate, company),
        company.technologies,
        _details(company),
        _email(prospect.email) if candidate.email else Email(UNSOUGHT),
        SWITCHBOARD if _is_switchboard(candidate.phone, company.phone) else _phone(prospect.phone),
        "",
        typical(company.employees_min, company.employees_max),
        nan if company.revenue_usd is None else float(company.revenue_usd),
        days(candidate.observed_at, now) if candidate.observed_at else nan,
        bool(linkedin_slug(candidate.linkedin_url)),
        False,
    )


def lead_row(lead: Lead, observed: float) -> Row:
    company = lead.company or Company()
    return Row(
        Position(lead.title, lead.seniority, lead.department) if lead.seniority else position_of(lead.title),
        company.industry,
        _place(lead, company),
        tuple(company.technologies),
        _details(company),
        _stored_email(lead),
        _stored_phone(lead, company),
        lead.outcome,
        typical(company.employees_min, company.employees_max),
        nan if company.revenue_usd is None else float(company.revenue_usd),
        observed,
        bool(lead.linkedin_slug),
        lead.do_not_contact,
    )


def _place(person: Candidate | Lead, company: CompanyFacts | Company) -> Place:
    """Where the person is, else where the company is."""
    found = person if person.country else company
    return Place(found.country, found.region, found.city)


def _details(company: CompanyFacts | Company) -> Details:
    words = f"{' | '.join(company.keywords)} | {company.description}"
    return Details(words, company.funding_stage, company.founded_year)


def _email(verdict: EmailVerdict | None) -> Email:
    """What the verdict says; an address that cannot be one is dropped at delivery, so it counts as none."""
    if verdict is None:
        return Email(EmailStatus.UNCHECKED.value, NOT_CHECKED)
    if verdict.status == EmailStatus.UNDELIVERABLE:
        return Email()
    return _email_of(verdict.status, verdict.reason, ",".join(sorted(verdict.flags)), verdict.measured)


def _email_of(status: str, reason: str, flags: str, measured: int | None) -> Email:
    known = EmailStatus.UNCHECKED.value if reason == NOT_CHECKED else str(status)
    return Email(known, str(reason), flags, None if measured is None else measured / 100)


def _stored_email(lead: Lead) -> Email:
    """What is stored of it; without an address, the reason tells that there was one and that it could not work."""
    if lead.email:
        return _email_of(lead.email_status, lead.email_reason, lead.email_flags, lead.email_score)
    return Email(UNSOUGHT) if lead.email_reason in ("", NOT_CHECKED) else Email()


def _phone(verdict: PhoneVerdict | None) -> Phone:
    return Phone(verdict.type if verdict.valid and verdict.type else "unknown", verdict.valid) if verdict else Phone()


def _stored_phone(lead: Lead, company: Company) -> Phone:
    if _is_switchboard(lead.phone, company.phone):
        return SWITCHBOARD
    return Phone(lead.phone_type or "unknown", lead.phone_valid) if lead.phone else Phone()


def _is_switchboard(own: str, companys: str) -> bool:
    """Whether the number by which the person is reached is the company's."""
    return bool(companys) and (not own or phone_tail(own) == phone_tail(companys))


def _candidate_signals(prospects: Sequence[Checked], asked_at: datetime, now: datetime) -> Iterator[Event]:
    for row, prospect in enumerate(prospects):
        candidate = prospect.candidate
        for signal in candidate.dated_signals(asked_at.date()):
            on = signal.observed_on or asked_at.date()
            yield Event(row, signal.kind, days(on, now), on, signal.detail, candidate.source, signal.url)


def _stored_signals(leads: list[Lead], now: datetime) -> Iterator[Event]:
    """Signals of the lead itself, and of its company where they name nobody."""
    rows: dict[UUID | None, list[int]] = {}
    for row, lead in enumerate(leads):
        rows.setdefault(lead.company_id, []).append(row)
    found = StoredSignal.objects.filter(company_id__in=[key for key in rows if key]).filter(
        Q(lead__isnull=True) | Q(lead_id__in=[lead.pk for lead in leads])
    )
    for signal in found.order_by("id"):
        for row in rows[signal.company_id]:
            if signal.lead_id in (None, leads[row].pk):
                on = signal.observed_on
                yield Event(row, signal.kind, days(on, now), on, signal.detail, signal.source, signal.url)


def _touches(leads: Sequence[Lead], now: datetime) -> Iterator[Event]:
    """What happened between us and each lead."""
    row_of = {lead.pk: row for row, lead in enumerate(leads)}
    found = Activity.objects.filter(lead_id__in=list(row_of), kind__in=TOUCHES).order_by("id")
    for lead_id, kind, at, text, detail in found.values_list("lead_id", "kind", "occurred_at", "text", "detail"):
        row = row_of[lead_id]
        known = touch_kind(kind, detail.get("outcome", ""))
        if known in PROVED:
            is_past = detail.get("proved") != getattr(leads[row], PROVED[known])
            is_past |= PROVED[known] == "email" and _arrived_since(leads[row], at)
            known = touch_kind(kind, detail.get("outcome", ""), is_past=is_past)
        yield Event(row, known, days(at, now), at.date(), text[:120], "activity")


def _arrived_since(lead: Lead, at: datetime) -> bool:
    """Whether a check has found the address deliverable since."""
    return bool(lead.email_checked_at and lead.email_checked_at > at) and lead.email_status == EmailStatus.DELIVERABLE


def _observed(lead_ids: list[UUID], now: datetime) -> dict[UUID, float]:
    """Age in days of each lead's newest evidence."""
    newest = Evidence.objects.filter(lead_id__in=lead_ids).values("lead_id").annotate(newest=Max("observed_at"))
    return {found["lead_id"]: days(found["newest"], now) for found in newest.order_by()}
