"""Saved searches: what is kept of one, whose they are to see and to change, and the runs they were last used for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from leads.criteria import Criteria
from leads.models import Delivery, Run, SavedSearch, SourceFile
from leads.run_costs import with_cost
from leads.schedules import restore_schedule, schedule_to_restore
from leads.sources import registry

LONGEST_NAME = 120
COPY = " (copy)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchContent:
    """Everything of a search but its name and who may see it; `most_credits` None: what the estimate says."""

    criteria: Criteria
    sources: tuple[str, ...]
    most_leads: int
    most_credits: Decimal | None = None
    lowest_grade: str = "D"
    new_only: bool = True
    verify_emails: bool = False
    file_id: UUID | None = None

    def fields(self) -> dict[str, Any]:
        """As columns of a SavedSearch."""
        return {
            "criteria": self.criteria.to_json(),
            "sources": list(self.sources),
            "most_leads": self.most_leads,
            "most_credits": self.most_credits,
            "lowest_grade": self.lowest_grade,
            "new_only": self.new_only,
            "verify_emails": self.verify_emails,
            "source_file_id": self.file_id,
        }


def visible_to(user: Any, workspace: Any) -> QuerySet[SavedSearch]:
    """One's own and those that others share."""
    return SavedSearch.objects.of(workspace).filter(Q(created_by=user) | Q(is_shared=True))


def deletable_by(user: Any, workspace: Any, *, is_manager: bool) -> QuerySet[SavedSearch]:
    """One's own; a manager also changes and deletes what others share."""
    mine = Q(created_by=user)
    return SavedSearch.objects.of(workspace).filter(mine | Q(is_shared=True) if is_manager else mine)


def lacking(saved: SavedSearch) -> tuple[str, ...]:
    """What it asks that is not there any more: sources that are not installed, by name, and its file."""
    gone = tuple(registry.title(name) for name in saved.sources if name not in registry.SOURCES)
    has_lost_file = saved.source_file_id is None and any(
        name in registry.SOURCES and registry.SOURCES[name].kind == "file" for name in saved.sources
    )
    return (*gone, "its file") if has_lost_file else gone


def save_search(
    workspace: Any, name: str, content: SearchContent, *, is_shared: bool, by: Any, now: datetime
) -> SavedSearch:
    """Keeps the search under its name; one's own search of the same name is replaced."""
    fields = content.fields() | {"is_shared": is_shared, "updated_at": now, "new_matches": None, "counted_at": None}
    saved, _is_new = SavedSearch.objects.update_or_create(
        workspace=workspace, created_by=by, name=name, defaults=fields, create_defaults=fields | {"created_at": now}
    )
    return saved


def remember_count(saved: SavedSearch, number: int, *, now: datetime) -> None:
    """What was counted last, for places that may not count themselves."""
    SavedSearch.objects.filter(pk=saved.pk).update(new_matches=number, counted_at=now)


def duplicate(saved: SavedSearch, *, by: Any, now: datetime) -> SavedSearch:
    """One's own private copy, under a name that is free."""
    taken = set(SavedSearch.objects.of(saved.workspace_id).filter(created_by=by).values_list("name", flat=True))
    name = f"{saved.name[: LONGEST_NAME - len(COPY)]}{COPY}"
    number = 2
    while name in taken:
        ending = f" (copy {number})"
        name, number = f"{saved.name[: LONGEST_NAME - len(ending)]}{ending}", number + 1
    return SavedSearch.objects.create(
        workspace_id=saved.workspace_id, created_by=by, name=name, created_at=now, updated_at=now, **_columns(saved)
    )


def to_restore(saved: SavedSearch) -> dict[str, Any]:
    """What `restore` needs to bring a deleted search back, as JSON."""
    kept = {key: str(value) if isinstance(value, Decimal | UUID) else value for key, value in _columns(saved).items()}
    named = {"name": saved.name, "is_shared": saved.is_shared, "created_by_id": saved.created_by_id}
    return kept | named | {"schedule": schedule_to_restore(saved)}


def restore(workspace: Any, kept: Mapping[str, Any], *, now: datetime) -> SavedSearch:
    """The search as it was, with its maker; one of the same name that was made since then stays as it is."""
    fields = {**kept, "updated_at": now}
    schedule = fields.pop("schedule", None)
    if not SourceFile.objects.of(workspace).filter(pk=fields["source_file_id"]).exists():
        fields["source_file_id"] = None
    owned = {"created_by_id": fields.pop("created_by_id"), "name": fields.pop("name")}
    saved, is_new = SavedSearch.objects.get_or_create(workspace=workspace, **owned, defaults=fields)
    if is_new and schedule:
        restore_schedule(saved, schedule)
    return saved


def runs_of(searches: Iterable[SavedSearch]) -> QuerySet[Run]:
    """Runs that bear the name of one of the searches, newest first: those of its maker, and of all if it is shared."""
    condition = Q(pk__in=[])
    workspaces = set()
    for each in searches:
        workspaces.add(each.workspace_id)
        condition |= Q(name=each.name) if each.is_shared else Q(name=each.name, started_by_id=each.created_by_id)
    return with_cost(Run.objects.filter(condition, workspace__in=workspaces)).order_by("-created_at", "-id")


def last_runs(searches: list[SavedSearch]) -> dict[int, Run]:
    """Search -> the newest of its runs. One query."""
    found: dict[int, Run] = {}
    for run in (
        runs_of(searches).order_by("name", "started_by_id", "-created_at", "-id").distinct("name", "started_by_id")
    ):
        for each in searches:
            is_its = run.name == each.name and (each.is_shared or run.started_by_id == each.created_by_id)
            if is_its and (each.pk not in found or run.created_at > found[each.pk].created_at):
                found[each.pk] = run
    return found


def grades_of(runs: Iterable[Run]) -> dict[UUID, Counter[str]]:
    """Run -> how many leads of each grade it delivered. One query."""
    counts: dict[UUID, Counter[str]] = {}
    delivered = Delivery.objects.filter(run__in=[run.pk for run in runs]).order_by().values_list("run_id", "grade")
    for run, grade, number in delivered.annotate(number=Count("pk")):
        counts.setdefault(run, Counter())[grade] = number
    return counts


def _columns(saved: SavedSearch) -> dict[str, Any]:
    limits = ("most_leads", "most_credits", "lowest_grade", "new_only", "verify_emails")
    return {name: getattr(saved, name) for name in ("criteria", "sources", *limits, "source_file_id")}
