"""Where sources disagree about a person, somebody decides: the chosen value is used, and no source overrules it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from enrichment.known_verdicts import columns_of, good_verdict
from leadengine.workflows.judging import check
from leads.candidate import Candidate
from leads.conflicts import PERSON
from leads.criteria import Criteria
from leads.fact_words import in_words
from leads.merging_evidence import COLUMNS, GROUPS, More, offered
from leads.models import ActivityKind, Authority, Evidence, FieldChange, Lead
from leads.pipeline import record
from leads.prospecting import prospect
from leads.sources import registry
from leads.suppressing import digests, suppressed
from scoring.rescoring import rescore


class NotPickable(Exception):
    """The value cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was in use before, and the choice that is now; each None where there is none."""

    before: Evidence | None
    choice: Evidence | None


@transaction.atomic
def pick(lead: Lead, row: Evidence, *, by: Any, now: datetime, restores: int | None = None) -> Picked:
    """Use what this evidence of the lead says, with the fields that go with it.

    From then on it stands above every source. `restores` names such a choice, which is taken back instead: the evidence
    is in use again as it was. Raises NotPickable, and then nothing has happened.
    """
    group = _group_of(row)
    chosen = _rows(lead, group).filter(source=PERSON, is_current=True)
    if restores and not chosen.filter(pk=restores).delete()[0]:
        raise NotPickable("Somebody has chosen again since; that choice was left as it is.")
    before = _rows(lead, group).filter(field=row.field, is_current=True).first()
    said = _said_with(row, group)
    values = _values(lead, group, said, now)
    _use(lead, values, by=by, now=now)
    if restores:
        chosen.delete()
        Evidence.objects.filter(pk__in=[each.pk for each in said]).update(is_current=True)
    else:
        _rows(lead, group).filter(is_current=True).update(is_current=False)
        Evidence.objects.bulk_create(_chosen(each, now) for each in said)
    told = f"{in_words(row.field, row.value)} ({registry.title(row.source)}) {'is back in use' if restores else 'was picked'}"
    record(lead, ActivityKind.EDITED, told, by=by, now=now)
    rescore([lead], why=told[:200], now=now)
    return Picked(before, chosen.filter(field=row.field).first())


def _group_of(row: Evidence) -> str:
    for group, fields in GROUPS.items():
        if row.field in fields:
            return group
    raise NotPickable("Only facts about the person can be picked.")


def _rows(lead: Lead, group: str) -> Any:
    return Evidence.objects.of(lead.workspace_id).filter(lead=lead, field__in=GROUPS[group])


def _said_with(row: Evidence, group: str) -> list[Evidence]:
    """The evidence, and what its source said last of the fields that only make sense together with it."""
    rows = Evidence.objects.of(row.workspace_id).filter(lead=row.lead_id, field__in=GROUPS[group], source=row.source)
    last = {each.field: each for each in rows.order_by("observed_at", "pk")}
    return list((last | {row.field: row}).values())


def _values(lead: Lead, group: str, said: Sequence[Evidence], now: datetime) -> Mapping[str, Any]:
    """The lead's columns, checked as a source's facts are."""
    facts: dict[str, Any] = {"country": lead.country} | {each.field: each.value for each in said}
    candidate = Candidate(source=said[0].source, record_id="", **facts)
    if suppressed(lead.workspace_id, [digests([candidate])]):
        raise NotPickable(f"“{said[-1].value}” is on the suppression list.")
    checked = check(prospect([candidate], Criteria()), Criteria(), must_reach=False)
    values = offered(More(lead.pk, checked.prospect, checked.contact), now).get(group)
    if not values:
        raise NotPickable(f"“{said[-1].value}” cannot be used: it is not valid.")
    return values if group != "email" else {**values, **_verified(lead, values["email"], now)}


def _verified(lead: Lead, email: str, now: datetime) -> Mapping[str, Any]:
    """What a verification of this address said that is still good."""
    verdict = good_verdict(lead.workspace_id, email, now=now)
    return columns_of(verdict, now=now) if verdict else {}


def _use(lead: Lead, values: Mapping[str, Any], *, by: Any, now: datetime) -> None:
    changes = []
    for name, value in values.items():
        if value != getattr(lead, name):
            changes.append(_change(lead, name, value, by, now))
            setattr(lead, name, value)
    lead.updated_at = now
    lead.save(update_fields=COLUMNS)
    FieldChange.objects.bulk_create(changes)


def _change(lead: Lead, name: str, value: Any, by: Any, now: datetime) -> FieldChange:
    before = str(getattr(lead, name) or "")
    return FieldChange(
        workspace_id=lead.workspace_id,
        lead=lead,
        field=name,
        before=before,
        after=str(value or ""),
        source=PERSON,
        by=by,
        changed_at=now,
    )


def _chosen(row: Evidence, now: datetime) -> Evidence:
    return Evidence(
        workspace_id=row.workspace_id,
        lead_id=row.lead_id,
        field=row.field,
        value=row.value,
        source=PERSON,
        url=row.url,
        confidence=1.0,
        authority=Authority.PERSON,
        observed_at=now,
    )
