"""Saved views of the list of leads: a query, its columns and its order under a name, private or shared."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.tenancy import TenantModel, WorkspaceQuerySet


class SavedViewQuerySet(WorkspaceQuerySet):
    def kept(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """One's own and those that others share."""
        return self.kept().filter(Q(owner=user) | Q(is_shared=True))

    def changeable_by(self, user: Any, *, is_manager: bool) -> Self:
        """One's own, also deleted ones; a manager also changes what others share."""
        return self.filter(Q(owner=user) | Q(is_shared=True) if is_manager else Q(owner=user))


class SavedView(TenantModel):
    """A tab of the list. Deleting marks it, so that it can come back as it was."""

    owner = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True, default="", help_text="Canonical text; “me” is whoever looks.")
    columns = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="Empty: one's own.")
    sort = models.CharField(max_length=20, blank=True, default="")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "owner", "name"], name="saved_view_once", condition=Q(deleted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name
