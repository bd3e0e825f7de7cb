"""How people group leads: tags, static lists, and fields of their own."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from leadengine.tenancy import TenantDetail, TenantForeignKey, TenantModel
from leads.models.lead import Lead


class Tag(TenantModel):
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class LeadTag(TenantDetail):
    lead = TenantForeignKey(Lead, models.CASCADE, related_name="tags", db_index=False)
    tag = TenantForeignKey(Tag, models.CASCADE, related_name="leads")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "tag"], name="lead_tag_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.lead_id}"


class LeadList(TenantModel):
    """A static list: leads stay on it until somebody takes them off."""

    name = models.CharField(max_length=80)
    created_by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="lead_list_once")]

    def __str__(self) -> str:
        return self.name


class LeadListEntry(TenantDetail):
    lead_list = TenantForeignKey(LeadList, models.CASCADE, related_name="entries", db_index=False)
    lead = TenantForeignKey(Lead, models.CASCADE, related_name="list_entries")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "lead list entries"
        constraints = [models.UniqueConstraint(fields=["lead_list", "lead"], name="lead_list_entry_once")]

    def __str__(self) -> str:
        return f"{self.lead_id} on {self.lead_list_id}"


class GroupKind(models.TextChoices):
    TAG = "tag", "Tag"
    LIST = "list", "List"


class DiscardedGroup(TenantModel):
    """A tag or list that was deleted, or merged into another, kept for a while so that it can be brought back."""

    kind = models.CharField(max_length=4, choices=GroupKind)
    name = models.CharField(max_length=80)
    created_by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(null=True, blank=True)
    lead_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    merged_into = models.BigIntegerField(null=True, blank=True, help_text="The tag that took its leads, if one did.")
    gained_ids = ArrayField(
        models.UUIDField(), default=list, blank=True, help_text="The leads that the other tag did not have before."
    )
    discarded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="discarded_kind", condition=models.Q(kind__in=GroupKind.values))]
        indexes = [models.Index(fields=["discarded_at"], name="discarded_when")]

    def __str__(self) -> str:
        return self.name


class CustomFieldKind(models.TextChoices):
    TEXT = "text", "Text"
    NUMBER = "number", "Number"
    DATE = "date", "Date"
    CHOICE = "choice", "Choice"


class CustomField(TenantModel):
    """A typed field of the workspace's own; its values stand in `Lead.custom` under the key."""

    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=CustomFieldKind, default=CustomFieldKind.TEXT)
    choices = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="custom_field_once")]

    def __str__(self) -> str:
        return self.name
