"""What the work is called that credits are held for, and where it is: runs, enrichments, imports, lookups."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from billing.models import CreditEntry, Workspace
from enrichment.models import Enrichment, Lookup, LookupKind
from leadengine.wording import plural
from leads.models import Import, Run


@dataclass(frozen=True, slots=True)
class Work:
    """`what` a hold for it is called, "" where the hold's own purpose says it."""

    name: str
    url: str
    what: str = ""


def run_names(workspace: Workspace, ids: Collection[UUID]) -> dict[UUID, str]:
    """Number and name of each run of the workspace, in one query; unknown ones are left out."""
    runs = Run.objects.of(workspace).filter(pk__in=ids).values_list("pk", "number", "name")
    return {pk: run_name(number, name) for pk, number, name in runs}


def works(workspace: Workspace, *, runs: Collection[UUID], holds: Collection[int]) -> dict[UUID | int, Work]:
    """Of runs by their ids, of the rest by their holds, in one query; what is unknown is left out."""
    of_run = Run.objects.of(workspace).filter(pk__in=runs)
    parts = [_part(of_run, "run", pk=F("pk"), number=F("number"), name=F("name"))] if runs else []
    if holds:
        parts += _parts_by_hold(workspace, holds)
    if not parts:
        return {}
    found: Iterable[Any] = parts[0].union(*parts[1:], all=True)
    return {(hold or UUID(pk)): _work(kind, pk, number, name) for kind, hold, pk, number, name in found}


def names_of_holds(workspace: Workspace, entries: Collection[CreditEntry]) -> dict[int | None, str]:
    """What holds outside of runs are for, by the holds of these entries; those of verifications say it themselves."""
    holds = {entry.hold_id for entry in entries if entry.hold_id and not entry.run_id}
    return {key: work.what for key, work in works(workspace, runs=(), holds=holds).items() if isinstance(key, int)}


def _parts_by_hold(workspace: Workspace, holds: Collection[int]) -> list[QuerySet[Any, Any]]:
    """A lookup that an enrichment asks for is held and charged by the enrichment, which is then what the hold is for."""
    jobs = Enrichment.objects.of(workspace).filter(hold__in=holds)
    lookups = Lookup.objects.of(workspace).filter(hold__in=holds, lead__erased_at=None)
    lookups = lookups.exclude(hold__in=jobs.values("hold"))
    test = Case(When(is_test=True, then=Value("test")), default=Value(""))
    return [
        _part(jobs, "enrichment", hold=F("hold_id"), pk=F("pk"), number=F("leads"), name=test),
        _part(
            Import.objects.of(workspace).filter(hold__in=holds), "import", hold=F("hold_id"), pk=F("pk"), name=F("name")
        ),
        *(
            _part(lookups.filter(kind=kind), kind, hold=F("hold_id"), pk=F("lead_id"), name=F("lead__full_name"))
            for kind in LookupKind.values
        ),
    ]


def _part(rows: QuerySet[Any], kind: str, **columns: Any) -> QuerySet[Any, Any]:
    """The same columns of each, so that they are one query."""
    given = {"hold": Value(None, IntegerField()), "number": Value(0), "name": Value("")} | columns
    shown = {"named": Cast(given["name"], CharField()), "by_hold": given["hold"], "at": Cast(given["pk"], CharField())}
    rows = rows.annotate(kind_of=Value(kind), counted=given["number"], **shown)
    return rows.values_list("kind_of", "by_hold", "at", "counted", "named")


def _work(kind: str, pk: str, number: int, name: str) -> Work:
    if kind == "run":
        return Work(run_name(number, name), reverse("leads:run-detail", args=[pk]))
    if kind == "enrichment":
        title = enrichment_name(number, is_test=bool(name))
        return Work(title, reverse("enrichment:job", args=[pk]), "Enrichment")
    if kind == "import":
        return Work(f"Import of {name}", reverse("leads:import-detail", args=[pk]), "Import")
    label = str(LookupKind(kind).label)
    return Work(f"{label} of {name or 'a lead'}", reverse("leads:lead-detail", args=[pk]), "Lookup")


def enrichment_name(leads: int, *, is_test: bool) -> str:
    return f"Enrichment of {leads:,} {plural(leads, 'lead')}{' (test)' if is_test else ''}"


def run_name(number: int, name: str) -> str:
    return f"Run {number}: {name}"
