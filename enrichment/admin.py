"""Support of verification in the Django admin: what was asked for and what came of it; ended ones can be asked for again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from enrichment.models import EmailCheck, Enrichment, Lookup, OutsideAnswer
from leadengine.support import ReadOnly, operator
from leadengine.workflows.verification import ask_again


@admin.register(EmailCheck)
class EmailCheckAdmin(ReadOnly):
    list_display = (
        "email",
        "workspace",
        "state",
        "status",
        "reason",
        "charged",
        "due_at",
        "stalls",
        "error",
        "created_at",
    )
    list_select_related = ("workspace",)
    list_filter = ("state", "is_invented", "is_known", "created_at")
    search_fields = ("email", "workspace__slug", "workspace__name", "=lead__id", "=run__id", "=id")
    ordering = ("-created_at", "-pk")
    show_full_result_count = False
    actions = ("retry",)

    @admin.display(description="verdict")
    def status(self, check: EmailCheck) -> str:
        return (check.verdict or {}).get("status", "")

    @admin.display
    def reason(self, check: EmailCheck) -> str:
        return (check.verdict or {}).get("reason", "")

    @admin.action(description="Ask the mail server again", permissions=["view"])
    def retry(self, request: HttpRequest, checks: QuerySet[EmailCheck]) -> None:
        """One that waits is asked now; an ended one is ordered anew, at today's price, as the button on the lead does."""
        by, now = operator(request), timezone.now()
        refused = [why for check in checks.order_by("pk") if (why := ask_again(check, by=by, now=now))]
        messages.success(request, f"{checks.count() - len(refused)} will be asked for again.")
        for why in sorted(set(refused)):
            messages.warning(request, f"{refused.count(why)} not: {why}")


@admin.register(Lookup)
class LookupAdmin(ReadOnly):
    list_display = ("kind", "about", "workspace", "state", "charged", "due_at", "stalls", "error", "created_at")
    list_select_related = ("workspace",)
    list_filter = ("kind", "state", "is_invented", "created_at")
    search_fields = ("workspace__slug", "workspace__name", "=lead__id", "=id")
    ordering = ("-created_at", "-pk")
    show_full_result_count = False


@admin.register(Enrichment)
class EnrichmentAdmin(ReadOnly):
    """Orders about many leads; what was asked of each has rows of its own."""

    list_display = ("kinds", "workspace", "state", "leads", "at_most", "due_at", "stalls", "error", "created_at")
    list_select_related = ("workspace",)
    list_filter = ("state", "is_test", "is_invented", "created_at")
    search_fields = ("workspace__slug", "workspace__name", "=id")
    ordering = ("-created_at", "-pk")
    show_full_result_count = False


@admin.register(OutsideAnswer)
class OutsideAnswerAdmin(ReadOnly):
    """Whom an answer is about stands nowhere in it, and the keyed hash that would find it again is not shown."""

    list_display = ("provider", "workspace", "asked_at", "expires_at", "credits", "is_answered", "said")
    list_select_related = ("workspace",)
    list_filter = ("provider", "asked_at")
    search_fields = ("workspace__slug", "workspace__name", "=asked_for")
    exclude = ("subject",)
    ordering = ("-asked_at", "-pk")
    show_full_result_count = False

    @admin.display(description="answered", boolean=True)
    def is_answered(self, row: OutsideAnswer) -> bool:
        """Without facts somebody is asking now; in doubt is a question that nobody answered."""
        return bool(row.facts) and "in_doubt" not in (row.facts or {})

    @admin.display
    def said(self, row: OutsideAnswer) -> str:
        return str((row.facts or {}).get("said") or (row.facts or {}).get("in_doubt", ""))
