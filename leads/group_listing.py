"""Read models of the pages of tags and lists, each in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from leadengine.charts import GRADES
from leads.grouping import memberships
from leads.models import Lead, LeadList, LeadListEntry, Tag
from leads.models.lead import LeadQuerySet


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list with its living leads: how many there are, and how many of each grade."""

    lead_list: LeadList
    leads: int
    grades: dict[str, int]

    @property
    def is_graded(self) -> bool:
        return bool(sum(self.grades.values()))


def list_rows(workspace: Any) -> list[ListRow]:
    """All lists of the workspace by name. Two queries."""
    lists = list(LeadList.objects.of(workspace).select_related("created_by").order_by("name", "pk"))
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    entries = LeadListEntry.objects.of(workspace).filter(lead_list__in=lists, lead__erased_at__isnull=True).order_by()
    for pk, grade, number in entries.values_list("lead_list", "lead__score__grade").annotate(number=Count("pk")):
        counted[pk][grade or ""] = number
    return [_row(each, counted[each.pk]) for each in lists]


def _row(lead_list: LeadList, counts: dict[str, int]) -> ListRow:
    return ListRow(lead_list, sum(counts.values()), {each: counts[each] for each in GRADES if each in counts})


def tags_with_leads(workspace: Any) -> Any:
    """All tags of the workspace by name, each with `number`, its living leads. One query."""
    living = Count("leads", filter=Q(leads__lead__erased_at__isnull=True))
    return Tag.objects.of(workspace).annotate(number=living).order_by("name", "pk")


def leads_on(lead_list: LeadList) -> LeadQuerySet:
    """Its living leads, the best score first, each with what its row shows and `added_at`."""
    found = Lead.objects.of(lead_list.workspace_id).living().filter(list_entries__in=memberships(lead_list))
    rows = found.annotate(added_at=F("list_entries__added_at"))
    return rows.select_related("company", "score", "stage", "owner").order_by(
        F("score__total").desc(nulls_last=True), "name_key", "id"
    )
