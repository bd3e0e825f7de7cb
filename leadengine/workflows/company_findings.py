"""What was found about a company, beside what stands in its record: added, changed, the same, or a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enrichment.checks.domain import Inspection
from enrichment.checks.technologies import Technology
from enrichment.company_profiles import Profile
from enrichment.models import EnrichedField, EnrichmentItem, FieldState, Mark
from leads.models import Authority, Company, Evidence
from leads.vocabulary import technologies

DNS = "dns"
TECHNOLOGIES, MAIL_PROVIDER, MAIL_SECURITY = "technologies", "mail_provider", "mail_security"
LINKEDIN = "linkedin_url"
MAIL = "email"  # the category of who takes the mail, which has a field of its own


@dataclass(frozen=True, slots=True)
class Finding:
    """One field with its value; `is_worth_it`: it is what the price is paid for, not a by-product."""

    field: str
    value: str
    source: str
    confidence: float
    url: str = ""
    is_worth_it: bool = True


def dns_findings(found: Inspection) -> list[Finding]:
    """How the mail is guarded comes along for nothing."""
    used = [each for each in found.technologies if each.vendor != found.mail_provider]
    told = [_technologies(used)] if used else []
    if found.mail_provider:
        told.append(Finding(MAIL_PROVIDER, found.mail_provider, DNS, 0.95))
    if found.posture:
        told.append(Finding(MAIL_SECURITY, f"{found.posture} of 100", DNS, 0.95, is_worth_it=False))
    return told


def profile_findings(profiles: Sequence[Profile]) -> list[Finding]:
    """Each account once, by whoever is surer of it."""
    best: dict[str, Profile] = {}
    for each in sorted(profiles, key=lambda each: each.confidence):
        best[each.field] = each
    return [Finding(name, each.handle, each.source, each.confidence, each.page) for name, each in sorted(best.items())]


def company_fields(item: EnrichmentItem, findings: Sequence[Finding]) -> list[EnrichedField]:
    """The findings as rows; what a person said of the company is never replaced by default. One query."""
    company = item.lead.company
    if company is None or not findings:
        return []
    rows = Evidence.objects.of(item.workspace_id).filter(company=company, is_current=True).order_by("pk")
    standing = {row.field: row for row in rows}
    return [_field(item, each, company, standing) for each in findings]


def _technologies(used: Sequence[Technology]) -> Finding:
    names = sorted({technologies.canonical(each.vendor)[:60] for each in used})
    return Finding(TECHNOLOGIES, ", ".join(names), DNS, min(each.confidence for each in used))


def _field(item: EnrichmentItem, found: Finding, company: Company, standing: Mapping[str, Evidence]) -> EnrichedField:
    before, mark = _compared(found, company, standing)
    state = FieldState.APPLIED if mark == Mark.SAME else FieldState.OPEN
    return EnrichedField(
        workspace_id=item.workspace_id, item=item, lead_id=item.lead_id,
            field=found.field, before=before, after=found.value, mark=mark,
        state=state, source=found.source, url=found.url[:500], confidence=found.confidence,
    )  # fmt: skip


def _compared(found: Finding, company: Company, standing: Mapping[str, Evidence]) -> tuple[str, Mark]:
    """What stands there, and how the new value stands to it."""
    if found.field == TECHNOLOGIES:
        new = technologies.unlisted(technologies.listed(found.value), company.technologies)
        return ", ".join(company.technologies), Mark.ADDED if new else Mark.SAME
    before, row = standing_value(found.field, company, standing)
    if not before:
        return "", Mark.ADDED
    if before.lower() == found.value.lower():
        return before, Mark.SAME
    is_chosen = row is None or row.authority >= Authority.FILE
    return before, Mark.CONFLICT if is_chosen else Mark.CHANGED


def standing_value(name: str, company: Company, standing: Mapping[str, Evidence]) -> tuple[str, Evidence | None]:
    """The value in use, and the evidence that it is by; what has none was set by a person."""
    if name == LINKEDIN:
        return company.linkedin_slug, standing.get("linkedin_slug")
    row = standing.get(name)
    return (row.value if row else ""), row
