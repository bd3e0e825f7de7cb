"""Support of runs, imports and leads in the Django admin: looked at with their evidence; the workflow stops stuck runs."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from leadengine.support import ReadOnly, operator
from leadengine.workflows.generation import stop_generation
from leadengine.workflows.provider_keys import queue_test, remove_key
from leadengine.workflows.suppression import lift_suppression
from leads.models import (
    ACTIVE_STATES,
    Dataset,
    Evidence,
    Exclusion,
    Import,
    Lane,
    Lead,
    ProviderHealth,
    ProviderKey,
    Run,
    Suppression,
)


class LaneInline(admin.TabularInline):
    model = Lane
    fields = ("source", "stage", "state", "claimed", "due_at", "stalls", "faults", "found", "delivered", "error")
    readonly_fields = fields
    extra = 0
    can_delete = False
    ordering = ("position", "pk")


@admin.register(Run)
class RunAdmin(ReadOnly):
    list_display = ("__str__", "workspace", "name", "state", "reason", "found", "delivered", "spent", "created_at")
    list_select_related = ("workspace",)
    list_filter = ("state", "created_at")
    search_fields = ("name", "workspace__name", "workspace__slug", "started_by__email", "=id")
    ordering = ("-created_at", "-pk")
    inlines = (LaneInline,)
    actions = ("stop_runs",)

    @admin.action(description="Stop, and return the rest of the credits held", permissions=["view"])
    def stop_runs(self, request: HttpRequest, runs: QuerySet[Run]) -> None:
        """Ends stuck runs as the button on their page does; those that have ended stay as they are."""
        stopped = [run for run in runs if run.state in ACTIVE_STATES]
        for run in stopped:
            stop_generation(run, by=operator(request), now=timezone.now())
        messages.success(request, f"{len(stopped)} stopped; {runs.count() - len(stopped)} had ended before.")


@admin.register(Import)
class ImportAdmin(ReadOnly):
    list_display = ("name", "workspace", "started_by", "step", "state", "new", "updated", "error", "created_at")
    list_select_related = ("workspace", "started_by")
    list_filter = ("step", "state", "created_at")
    search_fields = ("name", "workspace__name", "workspace__slug", "started_by__email", "=id")
    ordering = ("-created_at", "-pk")
    exclude = ("cursor",)

    @admin.display(description="New")
    def new(self, job: Import) -> int:
        return int(job.counts.get("new", 0))

    @admin.display(description="Updated")
    def updated(self, job: Import) -> int:
        return int(job.counts.get("update", 0))


class EvidenceInline(admin.TabularInline):
    model = Evidence
    fields = ("field", "value", "source", "url", "confidence", "observed_at", "is_current")
    readonly_fields = fields
    extra = 0
    can_delete = False
    ordering = ("field", "-is_current", "-observed_at", "pk")


@admin.register(Lead)
class LeadAdmin(ReadOnly):
    list_display = ("display_name", "company", "workspace", "title", "email", "stage", "source", "created_at")
    list_select_related = ("company", "workspace", "stage")
    list_filter = ("is_sample", "do_not_contact", "source")
    search_fields = ("name_key", "email", "company__name", "company__domain", "=id")
    ordering = ("-created_at", "-pk")
    inlines = (EvidenceInline,)


@admin.register(Exclusion)
class ExclusionAdmin(ReadOnly):
    list_display = ("label", "reason", "detail", "source", "run", "workspace", "created_at")
    list_select_related = ("run", "workspace")
    list_filter = ("reason", "source")
    search_fields = ("label", "workspace__slug", "=run__id")
    ordering = ("-created_at", "-pk")
    exclude = ("candidate", "keys")
    show_full_result_count = False


@admin.register(Evidence)
class EvidenceAdmin(ReadOnly):
    list_display = ("field", "value", "lead", "company", "source", "confidence", "observed_at", "is_current")
    list_select_related = ("lead__company", "company")
    list_filter = ("source", "is_current")
    search_fields = ("=lead__id", "lead__email", "value")
    ordering = ("-observed_at", "-pk")
    show_full_result_count = False


@admin.register(Suppression)
class SuppressionAdmin(ReadOnly):
    """Entries are hashes: added by the form of the workspace or `manage.py suppress`, lifted here with an audit line."""

    list_display = ("kind", "workspace", "note", "created_by", "created_at")
    list_select_related = ("workspace", "created_by")
    list_filter = ("kind",)
    search_fields = ("note", "workspace__slug")
    ordering = ("-created_at", "-pk")
    exclude = ("digest",)
    actions = ("lift",)

    @admin.action(description="Take off the list", permissions=["view"])
    def lift(self, request: HttpRequest, entries: QuerySet[Suppression]) -> None:
        lifted = [lift_suppression(entry, by=operator(request), now=timezone.now()) for entry in entries]
        messages.success(request, f"{len(lifted)} taken off the list.")


@admin.register(Dataset)
class DatasetAdmin(ReadOnly):
    list_display = ("name", "title", "is_sample", "company_count", "person_count", "observed_at", "loaded_at")
    search_fields = ("name", "title")
    ordering = ("name",)


@admin.register(ProviderKey)
class ProviderKeyAdmin(ReadOnly):
    """Keys as far as anybody may see them; they are entered in the workspace or by `manage.py source_keys`."""

    list_display = ("provider", "workspace", "ending", "standing", "said", "credits_left", "tested_at", "added_by")
    list_select_related = ("workspace", "added_by")
    list_filter = ("provider", "standing")
    search_fields = ("provider", "workspace__slug")
    ordering = ("provider", "pk")
    exclude = ("sealed", "cursor")
    actions = ("test", "remove")

    @admin.action(description="Test", permissions=["view"])
    def test(self, request: HttpRequest, rows: QuerySet[ProviderKey]) -> None:
        for row in rows:
            queue_test(row)
        messages.success(request, f"{len(rows)} are being tested.")

    @admin.action(description="Remove", permissions=["view"])
    def remove(self, request: HttpRequest, rows: QuerySet[ProviderKey]) -> None:
        gone = [remove_key(row, by=operator(request), now=timezone.now()) for row in rows]
        messages.success(request, f"{len(gone)} removed.")


@admin.register(ProviderHealth)
class ProviderHealthAdmin(ReadOnly):
    """How providers fare for all workspaces; a row is a provider under one key."""

    list_display = ("provider", "standing", "asked", "milliseconds", "last_answer_at", "last_error", "last_error_at")
    list_filter = ("provider", "standing")
    search_fields = ("provider",)
    ordering = ("provider", "pk")
    exclude = ("key_digest",)
