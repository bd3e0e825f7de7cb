"""Saved searches: criteria under a name, private or shared."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from leadengine.tenancy import TenantForeignKey, TenantModel


class SavedSearch(TenantModel):
    """Criteria in their JSON form, with the sources and limits they were last run with."""

    name = models.CharField(max_length=120)
    criteria = models.JSONField(default=dict)
    sources = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    most_leads = models.PositiveIntegerField(default=100)
    most_credits = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    lowest_grade = models.CharField(max_length=2, default="D")
    new_only = models.BooleanField(default=True, help_text="Leave out what the workspace knows already.")
    verify_emails = models.BooleanField(
        default=False, db_default=False, help_text="Verify the addresses of the leads that it delivers."
    )
    source_file = TenantForeignKey("leads.SourceFile", models.SET_NULL, null=True, blank=True, related_name="+")
    is_shared = models.BooleanField(default=False)
    created_by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    new_matches = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many new people matched when it was counted last."
    )
    counted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["workspace", "created_by", "name"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name
