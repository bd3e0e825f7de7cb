"""Gives back what an import changed, as far as nobody changed it since; asks and writes for a whole batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from leads import company_facts
from leads.identity import email_key
from leads.merging_evidence import GROUPS, group_of
from leads.models import (
    IMPORTED,
    Activity,
    ActivityKind,
    Company,
    Evidence,
    FieldChange,
    Import,
    ImportChange,
    ImportRow,
    Lead,
    LeadIdentity,
    Relation,
    Signal,
)
from leads.untouched import NEW

# What comes with a lead of itself; a row of any other table that hangs on it means that somebody, or something, was there.
OF_ITSELF = {"leadidentity", "matchkey", "leadscore", "scorechange", "importrow", "importchange"}


def untouched(job: Import, lead_ids: Collection[UUID]) -> set[UUID]:
    """Which of these only the import made, and nobody has touched since. New tables are met unasked."""
    own = Lead.objects.of(job.workspace_id).living().filter(pk__in=lead_ids)
    found = set(own.filter(stage__key=NEW, owner=job.started_by_id).values_list("pk", flat=True))
    mine = _own_rows(job)
    for relation in Lead._meta.related_objects:
        model: Any = relation.related_model
        name = model._meta.model_name
        if name not in OF_ITSELF:
            rows = model._base_manager.filter(**{f"{relation.field.name}__in": found}).exclude(
                mine.get(name, Q(pk__in=[]))
            )
            found -= set(rows.values_list(relation.field.attname, flat=True))
    return found


def _own_rows(job: Import) -> dict[str, Q]:
    """By table what this import itself wrote about a lead."""
    return {
        "evidence": Q(source=IMPORTED, observed_at=job.observed_at),
        "activity": Q(kind=ActivityKind.IMPORTED, detail__import=str(job.pk)),
        "signal": Q(source=IMPORTED),
        "fieldchange": Q(source=IMPORTED, by__isnull=True),
    }


def remove(job: Import, lead_ids: Collection[UUID]) -> None:
    """These leads, with all that hangs on them."""
    ImportRow.objects.filter(workspace_id=job.workspace_id, lead__in=lead_ids).update(lead=None)
    Lead.objects.of(job.workspace_id).filter(pk__in=lead_ids).delete()


def put_back(job: Import, leads: Sequence[Lead], *, now: datetime) -> set[UUID]:
    """Gives these leads what they had; answers those of which something was left as it is, because it changed since."""
    if not leads:
        return set()
    mine = ImportChange.objects.filter(workspace_id=job.workspace_id, of=job, lead__in=[lead.pk for lead in leads])
    changes, by_lead = list(mine.order_by("-pk")), defaultdict[UUID | None, list[ImportChange]](list)
    for change in changes:
        by_lead[change.lead_id].append(change)
    left: dict[UUID, set[str]] = {}
    for lead in leads:
        left[lead.pk] = {group for change in by_lead[lead.pk] for group in _give_back(lead, change, _group_of_column)}
        lead.updated_at = now
    Lead.objects.bulk_update(leads, [*_columns(changes), "updated_at"])
    replaced = {pk for change in changes for pk in change.replaced}
    _old_evidence(job, Q(lead__in=[*left]), replaced, left, group_of)
    _forget_traces(job, by_lead, left)
    mine.delete()
    return {pk for pk, groups in left.items() if groups}


def put_companies_back(job: Import, most: int) -> bool:
    """The next companies; False when there are none left. Those that it made go, where nothing is left at them."""
    found = ImportChange.objects.filter(workspace_id=job.workspace_id, of=job, company__isnull=False)
    changes = list(found.select_related("company").order_by("-pk")[:most])
    companies = Company.objects.of(job.workspace_id).select_for_update(no_key=True).order_by("pk")
    ids = {change.company_id for change in changes if change.company_id}
    locked = {each.pk: each for each in companies.filter(pk__in=ids)}
    left: dict[UUID, set[str]] = defaultdict(set)
    for change in changes:
        if company := locked.get(change.company_id) if change.company_id else None:
            left[company.pk] |= {*_give_back(company, change, lambda name: company_facts.GROUP_OF.get(name, name))}
    Company.objects.bulk_update(list(locked.values()), company_facts.COLUMNS)
    replaced = {pk for change in changes for pk in change.replaced}
    _old_evidence(job, Q(company__in=[*locked]), replaced, left, company_facts.group_of)
    made = {change.company_id for change in changes if change.company_id and change.before is None}
    ImportChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    _empty(job, made).delete()
    return len(changes) == most


def _empty(job: Import, made: Collection[UUID]) -> Any:
    """Companies of the import that nobody is at, and of which nobody else said anything."""
    theirs = Evidence.objects.filter(company__in=made).exclude(source=IMPORTED).values("company")
    rows = Company.objects.of(job.workspace_id).filter(pk__in=made, leads__isnull=True, relation=Relation.NONE)
    return Company.objects.filter(pk__in=rows.exclude(pk__in=theirs).values("pk"))


def _give_back(record: Any, change: ImportChange, group: Any) -> Iterable[str]:
    """Sets the columns of each group that is as the import left it; answers the groups that are not."""
    if change.before is None:
        return []
    groups: dict[str, list[str]] = defaultdict(list)
    for name in change.after:
        groups[group(name)].append(name)
    left = []
    for key, names in groups.items():
        if any(getattr(record, name) != _value(record, name, change.after[name]) for name in names):
            left.append(key)
            continue
        for name in names:
            setattr(record, name, _value(record, name, change.before[name]))
    return left


def _value(record: Any, name: str, kept: Any) -> Any:
    field = record._meta.get_field(name.removesuffix("_id"))
    return (field.target_field if field.is_relation else field).to_python(kept)


def _group_of_column(name: str) -> str:
    """The group of a lead's column: "email_status" goes with the address, "seniority" with the title."""
    together = {"name_key": "full_name", "seniority": "title", "department": "title", "linkedin_slug": "linkedin_url"}
    if name in together or name == "company_id":
        return together.get(name, "company")
    return next((group for group, names in GROUPS.items() if name in names or name.startswith(f"{group}_")), name)


def _columns(changes: Iterable[ImportChange]) -> list[str]:
    return sorted({name.removesuffix("_id") for change in changes for name in change.after})


def _old_evidence(job: Import, of: Q, replaced: set[int], left: Any, group: Any) -> None:
    """The import's own word goes, and what was in use before is in use again, but for groups that were left."""
    rows = Evidence.objects.filter(of, workspace_id=job.workspace_id)
    mine = rows.filter(source=IMPORTED, observed_at=job.observed_at)
    gone = [row.pk for row in mine if group(row.field) not in left.get(row.lead_id or row.company_id, ())]
    Evidence.objects.filter(pk__in=gone).delete()
    used = {(row.lead_id or row.company_id, row.field) for row in rows.filter(is_current=True)}
    old = rows.filter(pk__in=replaced, is_current=False)
    again = [row.pk for row in old if (row.lead_id or row.company_id, row.field) not in used]
    Evidence.objects.filter(pk__in=again).update(is_current=True)


def _forget_traces(job: Import, changes: Any, left: dict[UUID, set[str]]) -> None:
    """Timelines and signals of leads that are wholly back, and the addresses by which they were known meanwhile."""
    back = [pk for pk, groups in left.items() if not groups]
    Activity.objects.filter(lead__in=back, kind=ActivityKind.IMPORTED, detail__import=str(job.pk)).delete()
    Signal.objects.filter(lead__in=back, source=IMPORTED).delete()
    FieldChange.objects.filter(
        lead__in=back, source=IMPORTED, changed_at__gte=job.started_at or job.created_at
    ).delete()
    own = LeadIdentity.objects.of(job.workspace_id).filter(lead__in=back)
    own.filter(kind="record", value__startswith=f"{IMPORTED}:{job.file_id}:").delete()
    for pk in back:
        for change in changes[pk]:
            if address := change.after.get("email"):
                own.filter(lead=pk, kind="email", value=email_key(address)).delete()
