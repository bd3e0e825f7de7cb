"""Finds, hands over and erases what a workspace holds on one person; what stays is the lead's id, the ledger and hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress as ignoring
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from leads.identity import email_key, hash64, linkedin_slug, name_sort_key, phone_key
from leads.models import Exclusion, Lead, Signal, SourceAnswer, SourceFileRow, SuppressionKind
from leads.models.lead import LeadQuerySet
from leads.opting_out import addresses, reached
from leads.suppressing import UnusableSuppression, suppress

KEPT = {"id", "workspace", "stage", "outcome", "closed_at", "deal_value", "deal_currency", "source", "is_sample"}
KEPT |= {"created_at"}
NOTE = "Erased on request"


def find_person(workspace: Any, text: str) -> LeadQuerySet:
    """The living leads that an e-mail address, LinkedIn profile, phone number or whole name may mean."""
    kinds = {"email": email_key(text), "linkedin": linkedin_slug(text), "phone": phone_key(text)}
    for kind, key in kinds.items():
        if key:
            return reached(workspace, kind, text)
    return Lead.objects.of(workspace).living().filter(name_key=name_sort_key(text))


def export_person(lead: Lead) -> dict[str, Any]:
    """Everything held on the person, by the table it stands in."""
    found: dict[str, Any] = {"lead": list(Lead.objects.filter(pk=lead.pk).values())}
    for model, rows in _related(lead):
        found[model._meta.model_name or ""] = list(rows.values())
    found["exclusion"] = list(_mentioned(lead, Exclusion, "candidate", "label", "detail").values())
    found["sourcefilerow"] = list(_mentioned(lead, SourceFileRow, "cells").values())
    found["signal"] = list(_signals(lead).values())
    return found


def erase_person(lead: Lead, *, by: Any, now: datetime) -> None:
    """Sweep the person out of the workspace, and never deliver them again. Within a transaction of the caller.

    Rows of files and left-out candidates that name them go too, those of a namesake included.
    """
    for kind, value in _own_addresses(lead):
        with ignoring(UnusableSuppression):
            suppress(kind, value, workspace=lead.workspace, by=by, note=NOTE, now=now)
    _mentioned(lead, Exclusion, "candidate", "label", "detail").update(candidate=None, keys=[], label="", detail="")
    _mentioned(lead, SourceFileRow, "cells").update(cells=[])
    _sweep_answers(lead)
    _signals(lead).delete()
    for model, rows in _related(lead):
        if model._meta.model_name != "delivery":
            rows.delete()
    _blank(lead, now)


def _blank(lead: Lead, now: datetime) -> None:
    for field in lead._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(lead, field.name, None if field.null else field.get_default())
    lead.name_key, lead.do_not_contact, lead.updated_at, lead.erased_at = "", True, now, now
    lead.save()


def _related(lead: Lead) -> Iterator[tuple[type[models.Model], models.QuerySet]]:
    """The rows of every table that hangs on a lead, the left-out candidates apart: new tables are met unasked."""
    for relation in Lead._meta.related_objects:
        model: Any = relation.related_model
        if model is not Exclusion:
            yield model, model._base_manager.filter(**{relation.field.name: lead})


def _own_addresses(lead: Lead) -> list[tuple[str, str]]:
    """Earlier ones too; without what is the company's: its domain, and its number where the person has none."""
    found = addresses(lead)
    found.pop(SuppressionKind.DOMAIN.value, None)
    if lead.company and found.get("phone") == lead.company.phone:
        found.pop("phone", None)
    earlier = lead.identities.filter(kind__in=["email", "linkedin"]).values_list("kind", "value")
    return [*found.items(), *earlier]


def _pattern(lead: Lead) -> str:
    """Matches a text that names the person; a name of one word is too common to go by."""
    name = lead.full_name if " " in lead.full_name.strip() else ""
    own = [value.removeprefix("https://www.linkedin.com/in/") for _, value in _own_addresses(lead)]
    words = "|".join(re.escape(value) for value in (name, *own) if value)
    return rf"(^|[^\w.+-])({words})($|[^\w-])" if words else ""


def _mentioned(lead: Lead, model: Any, *fields: str) -> models.QuerySet:
    rows = model.objects.of(lead.workspace_id)
    texts = {f"{name}_text": Cast(name, models.TextField()) for name in fields}
    wanted = Q(lead=lead) | Q(keys__overlap=_hashes(lead)) if model is Exclusion else Q(pk__in=[])
    if pattern := _pattern(lead):
        for name in texts:
            wanted |= Q(**{f"{name}__iregex": pattern})
    return model.objects.of(lead.workspace_id).filter(pk__in=rows.annotate(**texts).filter(wanted).values("pk"))


def _hashes(lead: Lead) -> list[int]:
    return [
        hash64(kind, email_key(value) if kind == "email" else linkedin_slug(value) or value)
        for kind, value in _own_addresses(lead)
    ]


def _signals(lead: Lead) -> models.QuerySet:
    return Signal.objects.of(lead.workspace_id).filter(
        Q(lead=lead) | Q(pk__in=_mentioned(lead, Signal, "detail", "url").values("pk"))
    )


def _sweep_answers(lead: Lead) -> None:
    """Take the person out of what sources answered to runs that may still go on."""
    pattern = re.compile(_pattern(lead) or r"(?!)", re.IGNORECASE)
    for answer in _mentioned(lead, SourceAnswer, "candidates").select_for_update():
        answer.candidates = [each for each in answer.candidates if not any(map(pattern.search, _texts(each)))]
        answer.save(update_fields=["candidates"])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
