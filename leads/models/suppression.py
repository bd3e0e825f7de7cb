"""Whom a workspace, or the whole server, must never deliver: kept as keyed hashes, so that it survives erasure."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SuppressionKind(models.TextChoices):
    EMAIL = "email", "E-mail"
    DOMAIN = "domain", "Domain"
    PHONE = "phone", "Phone"
    LINKEDIN = "linkedin", "LinkedIn"
    RECORD = "record", "Record of a source"

    @classmethod
    def addresses(cls) -> list[tuple[str, str]]:
        """The kinds that a person can name."""
        return [each for each in cls.choices if each[0] != cls.RECORD]


class SuppressionQuerySet(models.QuerySet):
    def reaching(self, workspace: models.Model | int) -> SuppressionQuerySet:
        """The entries that bind this workspace: its own and the server's."""
        return self.filter(Q(workspace=workspace) | Q(workspace__isnull=True))


class Suppression(models.Model):
    """One keyed hash (HMAC-SHA256 of kind and canonical value); no workspace means the whole server."""

    workspace = models.ForeignKey("billing.Workspace", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=SuppressionKind)
    digest = models.BinaryField(max_length=32)
    note = models.CharField(max_length=200, blank=True, default="", help_text="Why; no personal data.")
    created_by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "digest"], name="suppression_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.note or 'no note'})"
