"""Marks a company as customer or competitor, which no run delivers, or takes the mark away; each change is audited."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from billing import auditing
from leads.models import Company, Relation


@transaction.atomic
def mark_company(company: Company, relation: Relation, *, by: Any, now: datetime) -> Relation:
    """Sets the mark and answers the one before. Marking it the same again changes nothing."""
    before = Relation(company.relation)
    if before == relation:
        return before
    company.relation, company.updated_at = relation, now
    company.save(update_fields=["relation", "updated_at"])
    auditing.record(
        "company.marked",
        workspace_id=company.workspace_id,
        by=by,
        obj=company,
        before={"relation": before.value},
        after={"relation": relation.value},
        now=now,
    )
    return before
