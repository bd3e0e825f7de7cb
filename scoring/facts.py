"""Makes LeadFacts: of prospects that a source has just returned, or of stored leads in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from math import nan, sqrt
from typing import NamedTuple, Protocol
from uuid import UUID

import numpy as np
from django.db.models import Max, Q, prefetch_related_objects

from leads.candidate import Candidate, CompanyFacts
from leads.models import Activity, ActivityKind, Company, EmailStatus, Evidence, Lead
from leads.models import Signal as StoredSignal
from leads.vocabulary.titles import parse
from scoring.columns import Categories, Details, Email, Event, Events, LeadFacts, Phone, Place, Position

DAY = 86_400.0
SWITCHBOARD = Phone("switchboard", None)
NOT_CHECKED = "not_checked"
TOUCHES = (
    ActivityKind.CALL,
    ActivityKind.EMAIL_SENT,
    ActivityKind.EMAIL_OPENED,
    ActivityKind.EMAIL_REPLIED,
    ActivityKind.MEETING,
    ActivityKind.OPT_OUT,
)


class EmailVerdict(Protocol):
    @property
    def status(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def flags(self) -> Iterable[str]: ...


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


class Row(NamedTuple):
    """The facts of one lead, in the order of the columns."""

    position: Position
    industry: str
    place: Place
    technologies: tuple[str, ...]
    details: Details
    email: Email
    phone: Phone
    outcome: str
    employees: float
    revenue: float
    observed: float
    has_profile: bool
    is_barred: bool


def from_candidates(prospects: Sequence[Checked], *, now: datetime) -> LeadFacts:
    """The facts of new prospects: nobody has been in touch with them, so there are public signals only."""
    rows = [_candidate_row(prospect, now) for prospect in prospects]
    return _columns(rows, Events(_candidate_signals(prospects, now)), Events(), now)


def from_leads(leads: Iterable[Lead], *, now: datetime) -> LeadFacts:
    """The facts of stored leads, in their order. Five queries at most, whatever the number of leads."""
    leads = list(leads)
    prefetch_related_objects(leads, "company")
    row_of = {lead.pk: row for row, lead in enumerate(leads)}
    observed = _observed(list(row_of), now)
    rows = [lead_row(lead, observed.get(lead.pk, nan)) for lead in leads]
    return _columns(rows, Events(_stored_signals(leads, now)), Events(_touches(row_of, now)), now)


@lru_cache(maxsize=65_536)
def position_of(title: str) -> Position:
    """Title with the seniority and department that the vocabulary reads in it."""
    parsed = parse(title)
    return Position(title, parsed.seniority, parsed.department)


def typical(least: int | None, most: int | None) -> float:
    """One number for a head count or band: 51-200 -> 101, its geometric mean; NaN if nothing is known."""
    if not least and not most:
        return nan
    return sqrt((least or 1) * most) if most else float(least or 0)


def _columns(rows: list[Row], signals: Events, touches: Events, now: datetime) -> LeadFacts:
    columns = list(zip(*rows, strict=True)) or [()] * len(Row._fields)
    column = dict(zip(Row._fields, columns, strict=True))
    return LeadFacts(
        now=now,
        positions=Categories(column["position"]),
        industries=Categories(column["industry"]),
        places=Categories(column["place"]),
        technologies=Categories(column["technologies"]),
        details=Categories(column["details"]),
        emails=Categories(column["email"]),
        phones=Categories(column["phone"]),
        outcomes=Categories(column["outcome"]),
        employees=np.array(column["employees"], dtype=float),
        revenue=np.array(column["revenue"], dtype=float),
        observed=np.array(column["observed"], dtype=float),
        has_profile=np.array(column["has_profile"], dtype=bool),
        is_barred=np.array(column["is_barred"], dtype=bool),
        signals=signals,
        touches=touches,
    )


def _candidate_row(prospect: Checked, now: datetime) -> Row:
    candidate, company = prospect.candidate, prospect.candidate.company
    return Row(
        position_of(candidate.title),
        company.industry,
        _place(candidate, company),
        company.technologies,
        _details(company),
        _email(prospect.email) if candidate.email else Email(),
        SWITCHBOARD if company.phone and not candidate.phone else _phone(prospect.phone),
        "",
        typical(company.employees_min, company.employees_max),
        nan if company.revenue_usd is None else float(company.revenue_usd),
        _days(candidate.observed_at, now) if candidate.observed_at else nan,
        bool(candidate.linkedin_url),
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
        _email_of(lead.email_status, lead.email_reason, lead.email_flags) if lead.email else Email(),
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
    return _email_of(verdict.status, verdict.reason, ",".join(sorted(verdict.flags)))


def _email_of(status: str, reason: str, flags: str) -> Email:
    return Email(EmailStatus.UNCHECKED.value if reason == NOT_CHECKED else str(status), str(reason), flags)


def _phone(verdict: PhoneVerdict | None) -> Phone:
    return Phone(verdict.type if verdict.valid and verdict.type else "unknown", verdict.valid) if verdict else Phone()


def _stored_phone(lead: Lead, company: Company) -> Phone:
    if company.phone and (not lead.phone or phone_tail(lead.phone) == phone_tail(company.phone)):
        return SWITCHBOARD
    return Phone(lead.phone_type or "unknown", lead.phone_valid) if lead.phone else Phone()


def phone_tail(number: str) -> str:
    """The digits by which two spellings of one number meet, with or without its country's code."""
    return "".join(filter(str.isdigit, number))[-8:]


def _candidate_signals(prospects: Sequence[Checked], now: datetime) -> Iterator[Event]:
    for row, prospect in enumerate(prospects):
        candidate = prospect.candidate
        for signal in candidate.signals:
            on = signal.observed_on or (candidate.observed_at or now).date()
            yield Event(row, signal.kind, _days(on, now), on, signal.detail, candidate.source, signal.url)


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
                yield Event(row, signal.kind, _days(on, now), on, signal.detail, signal.source, signal.url)


def _touches(row_of: dict[UUID, int], now: datetime) -> Iterator[Event]:
    found = Activity.objects.filter(lead_id__in=list(row_of), kind__in=TOUCHES).order_by("id")
    for lead_id, kind, at, text in found.values_list("lead_id", "kind", "occurred_at", "text"):
        yield Event(row_of[lead_id], kind, _days(at, now), at.date(), text[:120], "activity")


def _observed(lead_ids: list[UUID], now: datetime) -> dict[UUID, float]:
    """Age in days of each lead's newest evidence."""
    newest = Evidence.objects.filter(lead_id__in=lead_ids).values("lead_id").annotate(newest=Max("observed_at"))
    return {found["lead_id"]: _days(found["newest"], now) for found in newest.order_by()}


def _days(then: date | datetime, now: datetime) -> float:
    """Days gone by, never negative; a date counts from its midnight, UTC."""
    if not isinstance(then, datetime):
        then = datetime.combine(then, time(), UTC)
    return max(0.0, (now - then).total_seconds() / DAY)
