"""What an enrichment found about a company, written into its record with its evidence, and taken out again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from enrichment.models import EnrichedField
from leadengine.workflows.applying_leads import CHANGED
from leadengine.workflows.company_findings import LINKEDIN, TECHNOLOGIES, standing_value
from leadengine.workflows.enriching import NothingToDo
from leads.identity import linkedin_company_slug
from leads.models import Authority, Company, Evidence
from leads.vocabulary import technologies


def apply_to_company(row: EnrichedField, *, now: datetime) -> dict[str, Any]:
    """Answers what is needed to take it back."""
    company = _locked(row)
    if row.field == TECHNOLOGIES:
        return _add_technologies(row, company, now)
    mine = Evidence.objects.of(row.workspace_id).filter(company=company, is_current=True)
    standing = {each.field: each for each in mine}
    value, _ = standing_value(row.field, company, standing)
    if value != row.before:
        raise NothingToDo(f"It says “{value}” now; it was left as it is.")
    column = "linkedin_slug" if row.field == LINKEDIN else row.field
    replaced = list(mine.filter(field=column).values_list("pk", flat=True))
    mine.filter(pk__in=replaced).update(is_current=False)
    made = Evidence.objects.create(
        workspace_id=row.workspace_id, company=company, field=column, value=row.after, source=row.source,
        url=row.url, confidence=row.confidence or 0.5, authority=Authority.PROVIDER, observed_at=now,
    )  # fmt: skip
    if row.field == LINKEDIN:
        _set_page(company, linkedin_company_slug(row.after) or row.after, now)
    return {"evidence": made.pk, "replaced": replaced}


def undo_at_company(row: EnrichedField, *, now: datetime) -> None:
    """Raises NothingToDo where somebody, or a source, said something else since."""
    company = _locked(row)
    if row.field == TECHNOLOGIES:
        added = set(row.undo.get("added", ()))
        company.technologies = [name for name in company.technologies if name not in added]
        company.updated_at = now
        company.save(update_fields=["technologies", "updated_at"])
        return
    made = Evidence.objects.of(row.workspace_id).filter(pk=row.undo.get("evidence"), is_current=True)
    if not made.delete()[0]:
        raise NothingToDo(CHANGED)
    Evidence.objects.of(row.workspace_id).filter(pk__in=row.undo.get("replaced", ())).update(is_current=True)
    if row.field == LINKEDIN:
        _set_page(company, row.before, now)


def _locked(row: EnrichedField) -> Company:
    found: Company | None = (
        Company.objects.of(row.workspace_id).select_for_update(no_key=True).filter(pk=row.item.company_id).first()
    )
    if found is None:
        raise NothingToDo("The company is not there any more.")
    return found


def _add_technologies(row: EnrichedField, company: Company, now: datetime) -> dict[str, Any]:
    added = technologies.unlisted(technologies.listed(row.after), company.technologies)
    company.technologies = sorted({*company.technologies, *added})
    company.updated_at = now
    company.save(update_fields=["technologies", "updated_at"])
    return {"added": added}


def _set_page(company: Company, slug: str, now: datetime) -> None:
    company.linkedin_slug, company.updated_at = slug[:120], now
    company.save(update_fields=["linkedin_slug", "updated_at"])
