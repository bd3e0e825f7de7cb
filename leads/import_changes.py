"""What an import changed, kept so that it can be given back: leads and companies before and after, and their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from leadengine.bulk import copy_in
from leads.company_facts import Record, columns_of
from leads.merging_evidence import COLUMNS
from leads.models import Evidence, Import, ImportChange, Lead

KEPT = [name for name in COLUMNS if name not in ("company", "updated_at")] + ["company_id"]


def standing(lead: Lead) -> dict[str, Any]:
    """What an import may change of a lead."""
    return {name: getattr(lead, name) for name in KEPT}


def in_use(lead_ids: Iterable[UUID]) -> dict[UUID, list[int]]:
    """By lead the rows of evidence that are in use. One query."""
    found: dict[UUID, list[int]] = defaultdict(list)
    rows = Evidence.objects.filter(lead__in=list(lead_ids), is_current=True).order_by("pk")
    for pk, lead_id in rows.values_list("pk", "lead_id"):
        found[lead_id].append(pk)
    return found


def keep_leads(job: Import, before: Mapping[UUID, Mapping[str, Any]], used: Mapping[UUID, list[int]]) -> None:
    """For each of these leads what it was, and what it is by now."""
    after = Lead.objects.of(job.workspace_id).in_bulk(list(before))
    changes = []
    for lead_id, was in before.items():
        now = standing(after[lead_id])
        differs = [name for name in KEPT if now[name] != was[name]]
        changes.append(
            ImportChange(
                workspace_id=job.workspace_id,
                of=job,
                lead_id=lead_id,
                before={name: was[name] for name in differs},
                after={name: now[name] for name in differs},
                replaced=used.get(lead_id, []),
            )
        )
    copy_in(changes)


def keep_companies(job: Import, records: Mapping[UUID, Record]) -> None:
    """For each company that was made or has learnt something what it was, and what it is by now."""
    changes = []
    for company_id, record in records.items():
        now = columns_of(record.company)
        differs = [name for name, value in now.items() if value != record.before[name]]
        if record.is_new or differs or record.better:
            changes.append(
                ImportChange(
                    workspace_id=job.workspace_id,
                    of=job,
                    company_id=company_id,
                    before=None if record.is_new else {name: record.before[name] for name in differs},
                    after=now if record.is_new else {name: now[name] for name in differs},
                    replaced=[record.rows[group] for group in sorted(record.better & record.rows.keys())],
                )
            )
    copy_in(changes)
