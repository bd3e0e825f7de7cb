"""Reads what the acts of the audit were about, of whatever kind, in one query: names, and the ids that pages go by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim

from billing.models import CreditEntry, Invitation, Membership, User, Workspace
from enrichment.models import Enrichment
from leads.models import Company, Delivery, EditedField, Import, Lead, LeadEdit, LeadList, Run, SavedSearch, Tag
from leads.saved_searches import visible_to
from scoring.models import Profile

LISTS, TAGS = (EditedField.LIST, EditedField.UNLIST), (EditedField.TAG, EditedField.UNTAG)
NAME = Coalesce(
    NullIf(Trim(Concat("user__first_name", Value(" "), "user__last_name")), Value("")),
    "user__email",
    output_field=CharField(),
)  # as `User.name`, of a membership


@dataclass(frozen=True, slots=True)
class AuditRow:
    """`at` is the id of what its page is of, `number` and `more` what else a name of this kind is made of."""

    at: str
    name: str
    number: int
    more: str


def audit_rows(
    workspace: Workspace, ids: Mapping[str, Collection[str]], *, reader: User | None
) -> dict[tuple[str, str], AuditRow]:
    """By kind and id; what is not there any more is left out."""
    parts = [PARTS[kind](workspace, pks, reader) for kind, pks in ids.items() if kind in PARTS]
    found: Iterable[Any] = parts[0].union(*parts[1:], all=True) if parts else ()
    return {
        (kind, pk): AuditRow(at or pk, name or "", number, more or "") for kind, pk, at, name, number, more in found
    }


Part = Callable[[Workspace, Collection[str], User | None], QuerySet[Any, Any]]


def _part(model: Any, **columns: Any) -> Part:
    """The same columns of each, so that they are one query."""
    given = {"at": Value(""), "name": Value(""), "number": Value(0), "more": Value("")} | columns
    texts = {f"{key}_of": Cast(given[key], CharField()) for key in ("at", "name", "more")}
    shown = {"pk_of": Cast("pk", CharField()), "number_of": Cast(given["number"], IntegerField())}
    kind = {"kind_of": Value(model._meta.label_lower)}

    def part(workspace: Workspace, ids: Collection[str], reader: User | None) -> QuerySet[Any, Any]:
        rows = model.objects.of(workspace).filter(pk__in=ids).annotate(**kind, **texts, **shown)
        return rows.values_list("kind_of", "pk_of", "at_of", "name_of", "number_of", "more_of")

    return part


def _searches(workspace: Workspace, ids: Collection[str], reader: User | None) -> QuerySet[Any, Any]:
    """With 1 where the reader may not open it; the operator may."""
    seen = visible_to(reader, workspace) if reader else SavedSearch.objects.of(workspace)
    is_private = Case(When(pk__in=seen.values("pk"), then=Value(0)), default=Value(1))
    return _part(SavedSearch, name=F("name"), number=is_private)(workspace, ids, reader)


def _first(rows: QuerySet[Any], column: Any) -> Subquery:
    """Of a row of the same workspace."""
    return Subquery(rows.filter(workspace=OuterRef("workspace")).values(found=column)[:1])


def _edited() -> Case:
    """The name of the list, tag or owner that an edit gave or took."""
    value = OuterRef("value_id")
    return Case(
        When(field__in=LISTS, then=_first(LeadList.objects.filter(pk=value), F("name"))),
        When(field__in=TAGS, then=_first(Tag.objects.filter(pk=value), F("name"))),
        When(field=EditedField.OWNER, then=_first(Membership.objects.filter(user=value), NAME)),
        output_field=CharField(),
    )


def _paid_back() -> dict[str, Subquery]:
    """The lead of an entry."""
    delivered = Delivery.objects.filter(pk=OuterRef("delivery_id"), lead__erased_at=None)
    columns = {"at": "lead_id", "name": "lead__full_name", "more": "lead__company__name"}
    return {key: _first(delivered, F(column)) for key, column in columns.items()}


def _one_where(**is_so: Any) -> Case:
    return Case(When(**is_so, then=Value(1)), default=Value(0))


PARTS: dict[str, Part] = {
    "leads.savedsearch": _searches,
    "leads.run": _part(Run, name=F("name"), number=F("number")),
    "leads.lead": _part(Lead, name=F("full_name"), more=F("company__name"), number=_one_where(erased_at__isnull=False)),
    "leads.company": _part(Company, name=F("name")),
    "leads.import": _part(Import, name=F("name")),
    "leads.leadedit": _part(LeadEdit, at=F("value_id"), name=_edited(), more=F("field")),
    "scoring.profile": _part(Profile, name=F("industry"), number=F("version")),
    "enrichment.enrichment": _part(Enrichment, number=F("leads"), more=Cast(_one_where(is_test=True), CharField())),
    "billing.membership": _part(Membership, name=NAME),
    "billing.invitation": _part(Invitation, name=F("email")),
    "billing.creditentry": _part(CreditEntry, **_paid_back()),
}
