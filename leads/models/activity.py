"""The timeline of a lead: what happened to it, and what people did with it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from leadengine.tenancy import TenantDetail, TenantForeignKey
from leads.models.lead import Lead


class ActivityKind(models.TextChoices):
    DELIVERED = "delivered", "Delivered"
    MERGED = "merged", "More evidence"
    STAGE = "stage", "Stage changed"
    OWNER = "owner", "Owner changed"
    NOTE = "note", "Note"
    CALL = "call", "Call"
    EMAIL_SENT = "email_sent", "E-mail sent"
    EMAIL_OPENED = "email_opened", "E-mail opened"
    EMAIL_REPLIED = "email_replied", "Reply"
    MEETING = "meeting", "Meeting"
    OPT_OUT = "opt_out", "Opted out"
    EDITED = "edited", "Edited"
    REPORTED = "reported", "Reported as bad data"
    ENRICHED = "enriched", "Enriched"


class Activity(TenantDetail):
    """One event in a lead's life."""

    lead = TenantForeignKey(Lead, models.CASCADE, related_name="activities", db_index=False)
    kind = models.CharField(max_length=16, choices=ActivityKind)
    text = models.CharField(max_length=2000, blank=True, default="")
    detail = models.JSONField(default=dict, blank=True)
    run_id = models.UUIDField(null=True, blank=True)
    edit_id = models.UUIDField(null=True, blank=True, help_text="The LeadEdit that it is part of.")
    by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    occurred_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "activities"
        constraints = [models.CheckConstraint(name="activity_kind", condition=models.Q(kind__in=ActivityKind.values))]
        indexes = [
            models.Index(fields=["lead", "-occurred_at", "-id"], name="activity_timeline"),
            models.Index(fields=["edit_id"], name="activity_of_edit", condition=models.Q(edit_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
