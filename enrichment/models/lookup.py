"""Lookups about a lead that somebody asked for: an e-mail address that is not known, the line of a phone number."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.leased import OPEN_STATES, Leased
from leadengine.tenancy import TenantForeignKey, TenantModel


class LookupKind(models.TextChoices):
    EMAIL = "email", "E-mail address"
    LINE = "line", "Phone line"


class Lookup(TenantModel, Leased):
    """One request; `key` makes it one however often it is sent. `result` is a Finding, or a LineAnswer's evidence, as JSON.

    `about` is where was looked: the domain, or the number in E.164.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = TenantForeignKey("leads.Lead", models.CASCADE, related_name="lookups", db_index=False)
    kind = models.CharField(max_length=5, choices=LookupKind)
    about = models.CharField(max_length=260)
    key = models.UUIDField(default=uuid.uuid4)
    hold = TenantForeignKey("billing.Hold", models.PROTECT, related_name="+")
    price = models.DecimalField(max_digits=12, decimal_places=2, help_text="Credits, as the button named it.")
    charged = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    result = models.JSONField(null=True, blank=True)
    is_invented = models.BooleanField(default=False, help_text="Answered by the sandbox.")
    by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="lookup_once"),
            models.UniqueConstraint(
                fields=["lead", "kind"], condition=Q(state__in=[*OPEN_STATES]), name="lookup_one_open"
            ),
            models.CheckConstraint(name="lookup_kind", condition=Q(kind__in=LookupKind.values)),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="lookup_due", condition=Q(state__in=[*OPEN_STATES])),
            models.Index(fields=["lead", "kind", "-created_at"], name="lookup_of_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, asked for on {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
