"""Where each stored fact is from, and how it changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.tenancy import TenantDetail, TenantForeignKey
from leads.models.company import Company
from leads.models.lead import Lead


class Authority(models.IntegerChoices):
    """Who wins when two values differ: the higher authority, then confidence, then age."""

    GUESS = 1, "Guess"
    PROVIDER = 2, "Provider"
    FILE = 3, "Customer's file"
    PERSON = 4, "A person's edit"


class Evidence(TenantDetail):
    """One observed value of one field; losing and older values stay."""

    lead = TenantForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="evidence", db_index=False)
    company = TenantForeignKey(Company, models.CASCADE, null=True, blank=True, related_name="evidence", db_index=False)
    field = models.CharField(max_length=40)
    value = models.TextField()
    source = models.CharField(max_length=40)
    url = models.CharField(max_length=500, blank=True, default="")
    confidence = models.FloatField(default=0.5)
    authority = models.PositiveSmallIntegerField(choices=Authority, default=Authority.PROVIDER)
    observed_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(name="evidence_of_one", condition=Q(lead__isnull=True) ^ Q(company__isnull=True)),
            models.CheckConstraint(name="evidence_confidence", condition=Q(confidence__gte=0, confidence__lte=1)),
        ]
        indexes = [
            models.Index(fields=["lead"], name="evidence_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["company"], name="evidence_company", condition=Q(company__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.field} by {self.source}"


class FieldChange(TenantDetail):
    """A stored field that changed its value, by whom or what, so that it can be undone."""

    lead = TenantForeignKey(Lead, models.CASCADE, related_name="field_changes", db_index=False)
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    source = models.CharField(max_length=40)
    by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["lead", "-changed_at"], name="field_change_lead")]

    def __str__(self) -> str:
        return self.field
