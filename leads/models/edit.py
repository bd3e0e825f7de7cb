"""Edits of one or many leads at once, kept so that each lead can get back what it had."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.tenancy import TenantModel
from leads.models.keys import new_id


class EditedField(models.TextChoices):
    STAGE = "stage", "Stage"
    OWNER = "owner", "Owner"
    TAG = "tag", "Tag"
    LIST = "list", "List"
    OUTCOME = "outcome", "Outcome"
    UNTAG = "untag", "Tag taken off"
    UNLIST = "unlist", "Taken off a list"


class LeadEdit(TenantModel):
    """One act on a set of leads. What each had before stands in its activity, which bears this edit's id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    field = models.CharField(max_length=8, choices=EditedField)
    value_id = models.BigIntegerField(null=True, blank=True, help_text="Stage, user, tag or list; empty for nobody.")
    words = models.CharField(max_length=120, help_text="What was done, for people.")
    changed = models.PositiveIntegerField(default=0, help_text="How many leads it changed.")
    by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="lead_edit_field", condition=Q(field__in=EditedField.values))]

    def __str__(self) -> str:
        return self.words
