"""Finds, hands over and erases what a workspace holds on one person; what stays is the lead's id, the ledger and hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress as ignoring
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from leads.forgetting_records import forget_record
from leads.identity import email_key, hash64, linkedin_slug, name_sort_key, phone_key
from leads.models import (
    ErasedFor,
    Evidence,
    Exclusion,
    ImportUpload,
    Lead,
    Signal,
    SourceAnswer,
    SourceFileRow,
    SuppressionKind,
)
from leads.models.lead import LeadQuerySet
from leads.opting_out import addresses, reached
from leads.passages import blank_passages, count_passages, leads_naming
from leads.row_counts import row_counts
from leads.spellings import SHORTEST, national_digits, pattern_of
from leads.suppressing import UnusableSuppression, suppress

KEPT = {"id", "workspace", "stage", "outcome", "closed_at", "deal_value", "deal_currency", "source", "is_sample"}
KEPT |= {"created_at"}
NOTE = "Erased on request"


def find_person(workspace: Any, text: str) -> LeadQuerySet:
    """The living leads that an e-mail address, LinkedIn profile, phone number or whole name may mean.

    A number is found in any spelling, by its digits.
    """
    for kind, key in {"email": email_key(text), "linkedin": linkedin_slug(text)}.items():
        if key:
            return reached(workspace, kind, text)
    living = Lead.objects.of(workspace).living()
    digits = national_digits(text)
    if len(digits) >= SHORTEST and re.fullmatch(r"[\d\s()+./-]+", text):
        stored = Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
        return living.alias(digits=stored).filter(digits__endswith=digits)
    return living.filter(name_key=name_sort_key(text)).exclude(name_key="")


def no_lead(workspace: Any, text: str) -> Lead | None:
    """Somebody with this address as a lead that is not stored: what is held on them hangs on the address alone.

    None for a bare name, which cannot tell people apart.
    """
    kinds = {
        "email": email_key(text),
        "linkedin_slug": linkedin_slug(text),
        "phone": phone_key(text, workspace.country),
    }
    found = {field: key for field, key in kinds.items() if key}
    return Lead(workspace=workspace, **found) if found else None


def traces(somebody: Lead) -> dict[str, int]:
    """How many records name somebody of `no_lead`, by their kind."""
    return held(somebody) | count_passages(somebody, pattern_of(_own_addresses(somebody)))


def held(lead: Lead) -> dict[str, int]:
    """How many records there are on the person, by the name of their kind; kinds without any are left out."""
    return row_counts((str(model._meta.verbose_name_plural), rows) for model, rows in _everything(lead))


def named_elsewhere(lead: Lead) -> dict[str, int]:
    """How many texts of colleagues hold the bare name, by their kind: erasing leaves them as they are."""
    return count_passages(lead, pattern_of([], name=lead.full_name))


def leads_that_name(lead: Lead) -> models.QuerySet:
    """The leads whose timelines hold the bare name."""
    return leads_naming(lead, pattern_of([], name=lead.full_name))


def export_person(lead: Lead) -> dict[str, Any]:
    """Everything held on the person, by the table it stands in."""
    found: dict[str, Any] = {"lead": list(Lead.objects.filter(pk=lead.pk).values())}
    return found | {model._meta.model_name or "": list(rows.values()) for model, rows in _everything(lead)}


def emails_of(lead: Lead) -> set[str]:
    """Every e-mail address that is known of the person, earlier ones and those of sources that were not chosen too."""
    told = Evidence.objects.of(lead.workspace_id).filter(lead=lead, field="email").values_list("value", flat=True)
    return {value for kind, value in _own_addresses(lead) if kind == "email"} | set(told)


def erase_person(lead: Lead, *, by: Any, now: datetime) -> None:
    """Sweep the person out of the workspace, and never deliver them again. Within a transaction of the caller."""
    erase_traces(lead, by=by, now=now)
    _blank(lead, ErasedFor.REQUEST, now)


def erase_traces(lead: Lead, *, by: Any, now: datetime) -> None:
    """As `erase_person`, but the lead itself stays as it is; also for somebody of `no_lead`.

    Rows of files and left-out candidates that name them go too, those of a namesake included. Their addresses are
    blanked wherever else they stand; a bare name in the text of a colleague stays (`named_elsewhere`). The records by
    which sources know them are suppressed, too: what comes again under one may have another address.
    """
    records = list(lead.identities.filter(kind="record").values_list("kind", "value"))
    for kind, value in [*_own_addresses(lead), *records]:
        with ignoring(UnusableSuppression):
            suppress(kind, value, workspace=lead.workspace, by=by, note=NOTE, now=now)
    for _kind, value in records:
        source, _, record_id = value.partition(":")
        forget_record(lead.workspace_id, source, record_id)
    blank_passages(lead, pattern_of(_own_addresses(lead)))
    _forget(lead)


def erase_forgotten(lead: Lead, *, now: datetime) -> None:
    """As `erase_person`, because it was kept long enough: the person may be delivered again, and was not refused."""
    _forget(lead)
    _blank(lead, ErasedFor.RETENTION, now)


def _forget(lead: Lead) -> None:
    _mentioned(lead, Exclusion, "candidate", "label", "detail").update(candidate=None, keys=[], label="", detail="")
    _mentioned(lead, SourceFileRow, "cells").update(cells=[])
    ImportUpload.objects.of(lead.workspace_id).delete()  # as a whole: nobody can tell whose bytes are in it
    _sweep_answers(lead)
    _signals(lead).delete()
    for model, rows in _related(lead):
        if model._meta.model_name != "delivery":
            rows.delete()


def _blank(lead: Lead, why: ErasedFor, now: datetime) -> None:
    for field in lead._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(lead, field.name, None if field.null else field.get_default())
    lead.name_key, lead.updated_at, lead.erased_at, lead.erased_for = "", now, now, why
    lead.do_not_contact = why == ErasedFor.REQUEST
    lead.save()


def _everything(lead: Lead) -> Iterator[tuple[type[models.Model], models.QuerySet]]:
    """Every kind of record on the person with its rows, the lead itself apart."""
    for model, rows in _related(lead):
        if model is not Signal:
            yield model, rows
    yield Signal, _signals(lead)
    yield Exclusion, _mentioned(lead, Exclusion, "candidate", "label", "detail")
    yield SourceFileRow, _mentioned(lead, SourceFileRow, "cells")


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
    return pattern_of(_own_addresses(lead), name=lead.full_name)


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
        for kind in ("candidates", "faults"):
            told = answer.candidates.get(kind, [])
            answer.candidates[kind] = [each for each in told if not any(map(pattern.search, _texts(each)))]
        answer.save(update_fields=["candidates"])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
