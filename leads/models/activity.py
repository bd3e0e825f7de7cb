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
    EMAIL_CLICKED = "email_clicked", "Link clicked"
    EMAIL_BOUNCED = "email_bounced", "E-mail bounced"
    EMAIL_REPLIED = "email_replied", "Reply"
    MEETING = "meeting", "Meeting"
    VISIT = "visit", "Visit to our site"
    OPT_OUT = "opt_out", "Opted out"
    EDITED = "edited", "Edited"
    REPORTED = "reported", "Reported as bad data"
    ENRICHED = "enriched", "Enriched"
    CHECKED = "checked", "Checked"
    IMPORTED = "imported", "Imported"


class CallOutcome(models.TextChoices):
    """What came of a call; stands in the event's detail under "outcome"."""

    REACHED = "reached", "Reached"
    VOICEMAIL = "voicemail", "Left a message"
    NO_ANSWER = "no_answer", "No answer"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    REFUSED = "refused", "Asked not to be called"


class Activity(TenantDetail):
    """One event in a lead's life."""

    lead = TenantForeignKey(Lead, models.CASCADE, related_name="activities", db_index=False)
    kind = models.CharField(max_length=16, choices=ActivityKind)
    text = models.CharField(max_length=2000, blank=True, default="")
    detail = models.JSONField(default=dict, blank=True)
    run_id = models.UUIDField(null=True, blank=True)
    edit_id = models.UUIDField(null=True, blank=True, help_text="The LeadEdit that it is part of.")
    external_id = models.CharField(
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text="Its number where it was logged from, so that it is logged once.",
    )
    by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    occurred_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(name="activity_kind", condition=models.Q(kind__in=ActivityKind.values)),
            models.UniqueConstraint(
                fields=["workspace", "external_id"], condition=~models.Q(external_id=""), name="activity_logged_once"
            ),
        ]
        indexes = [
            models.Index(fields=["lead", "-occurred_at", "-id"], name="activity_timeline"),
            models.Index(fields=["edit_id"], name="activity_of_edit", condition=models.Q(edit_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def outcome_label(self) -> str:
        """What came of a call, "" where nobody said."""
        outcome = self.detail.get("outcome", "")
        return CallOutcome(outcome).label if outcome in CallOutcome.values else ""
