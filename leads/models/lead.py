"""Leads: one per person per workspace, with the current employment, the contact data and the place in the pipeline."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.tenancy import TenantDetail, TenantForeignKey, TenantModel, WorkspaceQuerySet
from leads.models.company import Company
from leads.models.keys import new_id


class StageKind(models.TextChoices):
    OPEN = "open", "Open"
    WON = "won", "Won"
    LOST = "lost", "Lost"
    DISQUALIFIED = "disqualified", "Disqualified"


class Outcome(models.TextChoices):
    WON = "won", "Won"
    LOST = "lost", "Lost"
    DISQUALIFIED = "disqualified", "Disqualified"


class Stage(TenantModel):
    """A step of the workspace's pipeline; a delivered lead enters the one with the key `new`."""

    key = models.SlugField(max_length=30)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=StageKind, default=StageKind.OPEN)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="stage_once")]

    def __str__(self) -> str:
        return self.name


class EmailStatus(models.TextChoices):
    UNCHECKED = "unchecked", "Not checked"
    DELIVERABLE = "deliverable", "Deliverable"
    RISKY = "risky", "Risky"
    UNKNOWN = "unknown", "Unknown"
    UNDELIVERABLE = "undeliverable", "Undeliverable"


class ErasedFor(models.TextChoices):
    REQUEST = "request", "On request"
    RETENTION = "retention", "Kept long enough"


class LeadQuerySet(WorkspaceQuerySet):
    def graded(self, *grades: str) -> Self:
        return self.filter(score__grade__in=grades)

    def unassigned(self) -> Self:
        return self.filter(owner__isnull=True)

    def living(self) -> Self:
        """Leads whose person has not been erased."""
        return self.filter(erased_at__isnull=True)


class Lead(TenantModel):
    """A person (or a company without a known person) that the workspace may sell to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = TenantForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="leads", db_index=False)

    full_name = models.CharField(max_length=200, blank=True, default="")
    first_name = models.CharField(max_length=100, blank=True, default="")
    last_name = models.CharField(max_length=100, blank=True, default="")
    name_key = models.CharField(
        max_length=320, help_text="Normalised name of person, or company, for sorting and searching."
    )
    title = models.CharField(max_length=200, blank=True, default="")
    seniority = models.CharField(max_length=20, blank=True, default="")
    department = models.CharField(max_length=40, blank=True, default="")
    email = models.CharField(max_length=320, blank=True, default="")
    email_status = models.CharField(max_length=14, choices=EmailStatus, default=EmailStatus.UNCHECKED)
    email_reason = models.CharField(max_length=40, blank=True, default="")
    email_flags = models.CharField(
        max_length=120, blank=True, default="", help_text="Comma-separated: role, free, disposable."
    )
    email_checked_at = models.DateTimeField(null=True, blank=True)
    email_score = models.SmallIntegerField(
        null=True, blank=True, help_text="0..100: how likely mail arrives, where a mail server was asked."
    )
    phone = models.CharField(max_length=40, blank=True, default="", help_text="E.164 where it parses, else as found.")
    phone_type = models.CharField(max_length=20, blank=True, default="")
    phone_valid = models.BooleanField(null=True, blank=True)
    linkedin_slug = models.CharField(max_length=120, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    region = models.CharField(max_length=120, blank=True, default="")
    city = models.CharField(max_length=120, blank=True, default="")
    do_not_contact = models.BooleanField(default=False)

    stage = TenantForeignKey(Stage, models.PROTECT, null=True, blank=True, related_name="leads")
    owner = models.ForeignKey("billing.User", models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(
        max_length=12, choices=Outcome, blank=True, default="", help_text="Set with the stage; empty while open."
    )
    outcome_reason = models.CharField(max_length=200, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    deal_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    deal_currency = models.CharField(max_length=3, blank=True, default="")
    custom = models.JSONField(default=dict, blank=True)

    source = models.CharField(max_length=40, help_text="The source that delivered it first.")
    is_sample = models.BooleanField(default=False, help_text="Invented data.")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_for = models.CharField(max_length=9, choices=ErasedFor, blank=True, default="", db_default="")

    has_bounced: bool  # of leads that were read `leads.bounces.with_bounces`
    objects: ClassVar[Any] = LeadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-created_at", "-id"], name="lead_recent"),
            models.Index(fields=["workspace", "name_key", "id"], name="lead_by_name"),
            models.Index(fields=["workspace", "owner", "-created_at", "-id"], name="lead_by_owner"),
            models.Index(fields=["company"], name="lead_by_company"),
        ]
        constraints = [
            models.CheckConstraint(
                name="lead_deal_currency", condition=Q(deal_value__isnull=True) | ~Q(deal_currency="")
            ),
            models.CheckConstraint(name="lead_outcome", condition=Q(outcome__in=["", *Outcome.values])),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        if self.erased_at:
            return "Erased person"
        return self.full_name or (self.company.name if self.company else "Unknown")


class LeadIdentity(TenantDetail):
    """What identifies a person for certain: personal e-mail, LinkedIn slug, a source's record. Unique in the workspace."""

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=400)
    lead = TenantForeignKey(Lead, models.CASCADE, related_name="identities", db_index=False)

    class Meta:
        verbose_name_plural = "lead identities"
        constraints = [models.UniqueConstraint(fields=["workspace", "kind", "value"], name="lead_identity_once")]
        indexes = [models.Index(fields=["lead"], name="lead_identity_lead")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class MatchKey(TenantDetail):
    """A 64-bit hash under which likely duplicates of a lead are looked for; it proves nothing by itself."""

    key = models.BigIntegerField()
    lead = TenantForeignKey(Lead, models.CASCADE, related_name="match_keys", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "key"], include=["lead"], name="match_key_lookup"),
            models.Index(fields=["lead"], name="match_key_lead"),
        ]

    def __str__(self) -> str:
        return str(self.key)
