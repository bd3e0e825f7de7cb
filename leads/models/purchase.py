"""Purchases at providers: written down before they are asked for, so that none is paid twice and each stands on the receipt."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.tenancy import TenantDetail, TenantForeignKey
from leads.models.run import Lane


class PurchaseState(models.TextChoices):
    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered"
    UNKNOWN = "unknown", "Not known whether charged"


class Purchase(TenantDetail):
    """One question to a provider that costs credits of its own, for one batch of a lane; never asked twice by itself.

    `credits` were charged; while it is ASKED or UNKNOWN, `at_most` may have been. `is_assumed`: the provider did not say
    how many, so its price stands for them. `people`: hashes of those it was for, kept while it is not known whether they
    were paid for, or what was bought may not be delivered yet. `left`: what the provider had left after a purchase without
    an answer.
    """

    lane = TenantForeignKey(Lane, models.CASCADE, related_name="purchases", db_index=False)
    sequence = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField(help_text="Of people.")
    people = ArrayField(models.BigIntegerField(), default=list, blank=True)
    at_most = models.DecimalField(max_digits=12, decimal_places=2)
    credits = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    left = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, help_text="In credits of the provider, by its own word."
    )
    is_assumed = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=PurchaseState, default=PurchaseState.ASKED)
    said = models.CharField(max_length=300, blank=True, default="", help_text="Why it is not known, for people.")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lane", "sequence"], name="purchase_once"),
            models.CheckConstraint(name="purchase_state", condition=Q(state__in=PurchaseState.values)),
        ]
        indexes = [
            models.Index(fields=["workspace", "asked_at"], name="purchase_recent"),
        ]

    def __str__(self) -> str:
        return f"purchase {self.sequence}"
