"""What an enrichment found: each field before and after, and what somebody made of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from enrichment.models.job import EnrichmentItem
from leadengine.tenancy import TenantDetail, TenantForeignKey

UNDO_FOR = timedelta(days=30)
MEASURED = ("email_status", "phone_type")  # in use as soon as they are found


class Mark(models.TextChoices):
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    SAME = "same", "Same"
    CONFLICT = "conflict", "Conflict"


class FieldState(models.TextChoices):
    OPEN = "open", "To decide"
    APPLIED = "applied", "In use"
    KEPT = "kept", "Old kept"
    UNDONE = "undone", "Undone"


class EnrichedField(TenantDetail):
    """One field of a lead or its company. `undo`: what is needed to put back what stood there before it was applied."""

    item = TenantForeignKey(EnrichmentItem, models.CASCADE, related_name="fields", db_index=False)
    lead = TenantForeignKey("leads.Lead", models.CASCADE, related_name="enriched_fields")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True, default="")
    after = models.TextField()
    mark = models.CharField(max_length=8, choices=Mark)
    state = models.CharField(max_length=7, choices=FieldState, default=FieldState.OPEN)
    source = models.CharField(max_length=40)
    url = models.CharField(max_length=500, blank=True, default="")
    confidence = models.FloatField(null=True, blank=True)
    undo = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "field"], name="enriched_field_once"),
            models.CheckConstraint(name="enriched_field_mark", condition=Q(mark__in=Mark.values)),
            models.CheckConstraint(name="enriched_field_state", condition=Q(state__in=FieldState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.get_mark_display()}"

    @property
    def is_to_decide(self) -> bool:
        return self.state == FieldState.OPEN

    @property
    def can_be_decided_again(self) -> bool:
        """What was kept out or undone; a measured fact only where it is known how to bring it back."""
        is_suggested = self.field not in MEASURED or bool(self.undo.get("again"))
        return self.state == FieldState.KEPT or (self.state == FieldState.UNDONE and is_suggested)

    def can_be_undone(self, now: datetime) -> bool:
        return (
            self.state == FieldState.APPLIED
            and self.mark != Mark.SAME
            and self.decided_at is not None
            and now < self.decided_at + UNDO_FOR
        )
