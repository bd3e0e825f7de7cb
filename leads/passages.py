"""Finds and blanks what other records of a workspace say of a person: addresses go, a bare name is only counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast

from leadengine.tenancy import TenantModel
from leads.models import Activity, Lead, Suppression
from leads.row_counts import row_counts

ERASED = "[erased]"
# Records of other people, and those that are searched for the name as well.
ELSEWHERE = {"leadidentity", "matchkey", "fieldchange", "companyidentity", "exclusion", "sourcefilerow", "sourceanswer"}
ONLY = {"lead": ("outcome_reason", "custom")}  # of another lead no address is touched: it is theirs
ONCE = {"name", "company_key"}  # unique in their table


def blank_passages(lead: Lead, pattern: str) -> int:
    """Take what the pattern matches out of every text of the workspace that is not the lead's own; answers how many."""
    found, blanked = re.compile(pattern, re.IGNORECASE), 0
    for rows, fields in _rows(lead, pattern) if pattern else ():
        for row in rows.select_for_update(no_key=True, of=("self",)):
            words = f"[erased {row.pk}]"
            changed = {
                f.name: _without(found, getattr(row, f.name), words if f.name in ONCE else ERASED) for f in fields
            }
            cut = {f.name: changed[f.name][: f.max_length] for f in fields if f.max_length and changed[f.name]}
            rows.model._base_manager.filter(pk=row.pk).update(**changed | cut)
            blanked += 1
    return blanked


def count_passages(lead: Lead, pattern: str) -> dict[str, int]:
    """How many records, by their kind, hold what the pattern matches; without the lead's own."""
    found = _rows(lead, pattern) if pattern else ()
    return row_counts((str(rows.model._meta.verbose_name_plural), rows) for rows, _ in found)


def leads_naming(lead: Lead, pattern: str) -> models.QuerySet:
    """The other leads on whose timelines the pattern matches."""
    others = Lead.objects.of(lead.workspace_id).living().exclude(pk=lead.pk).order_by("name_key", "pk")
    named = Activity.objects.of(lead.workspace_id).filter(lead=OuterRef("pk"), text__iregex=pattern)
    return others.filter(Exists(named)) if pattern else others.none()


def _rows(lead: Lead, pattern: str) -> Iterator[tuple[models.QuerySet, list[Any]]]:
    """For each kind of record: those that match, and their fields of text."""
    for model, everything in _places(lead):
        fields = [field for field in model._meta.concrete_fields if _is_text(field, model)]
        texts = {f"{field.name}_text": Cast(field.name, models.TextField()) for field in fields}
        wanted = Q(pk__in=[])
        for text in texts:
            wanted |= Q(**{f"{text}__iregex": pattern})
        if fields:
            yield everything.filter(pk__in=everything.alias(**texts).filter(wanted).values("pk")).order_by("pk"), fields


def _places(lead: Lead) -> Iterator[tuple[Any, models.QuerySet]]:
    """Every kind of record of the workspace but the ledger; a new one is met unasked."""
    for model in apps.get_models():
        name = model._meta.model_name or ""
        if issubclass(model, TenantModel) and model._meta.app_label != "billing" and name not in ELSEWHERE:
            rows = model._base_manager.filter(workspace_id=lead.workspace_id)
            yield model, _of_others(model, rows, lead)
    yield Suppression, Suppression.objects.filter(workspace=lead.workspace_id)


def _of_others(model: Any, rows: models.QuerySet, lead: Lead) -> models.QuerySet:
    if model is Lead:
        return rows.exclude(pk=lead.pk)
    names = {field.name for field in model._meta.concrete_fields}
    if "company" in names and "lead" in names and model._meta.model_name == "evidence":
        return rows.filter(lead__isnull=True)
    return rows.exclude(lead=lead) if "lead" in names else rows


def _is_text(field: Any, model: Any) -> bool:
    only = ONLY.get(model._meta.model_name)
    is_list = isinstance(field, ArrayField) and isinstance(field.base_field, models.CharField | models.TextField)
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    return (is_list or is_text) and not field.primary_key and (only is None or field.name in only)


def _without(found: re.Pattern[str], value: Any, words: str) -> Any:
    if isinstance(value, dict):
        return {key: _without(found, each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(found, each, words) for each in value]
    return found.sub(lambda match: match[1] + words, value) if isinstance(value, str) else value
