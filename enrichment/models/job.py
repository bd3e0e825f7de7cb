"""Enrichments: many leads, several things asked about each, and how far that is."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.leased import OPEN_STATES, Leased
from leadengine.tenancy import TenantDetail, TenantForeignKey, TenantModel


class EnrichmentKind(models.TextChoices):
    EMAIL = "email", "Find e-mail"
    VERIFY = "verify", "Verify e-mail"
    LINE = "line", "Phone line"
    COMPANY = "company", "Company by its DNS"
    PROFILES = "profiles", "Company profiles"


class ItemState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    ASKED = "asked", "Being asked"
    FOUND = "found", "Found"
    NOTHING = "nothing", "Not found"
    FAILED = "failed", "No answer"
    LEFT = "left", "Not asked"


UNDER_WAY = (ItemState.WAITING, ItemState.ASKED)


class Enrichment(TenantModel, Leased):
    """One order; `key` makes it one however often it is sent. `hold` is what its button said, `at_most` the same sum."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(default=uuid.uuid4)
    kinds = ArrayField(models.CharField(max_length=8, choices=EnrichmentKind))
    hold = TenantForeignKey("billing.Hold", models.PROTECT, related_name="+")
    at_most = models.DecimalField(max_digits=12, decimal_places=2, help_text="Credits, as the button named it.")
    selected = models.PositiveIntegerField(help_text="Leads that were chosen.")
    leads = models.PositiveIntegerField(help_text="Leads about which something is asked.")
    is_test = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False, help_text="Answered by the sandbox.")
    by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="enrichment_once")]
        indexes = [
            models.Index(fields=["due_at"], name="enrichment_due", condition=Q(state__in=[*OPEN_STATES])),
            models.Index(fields=["workspace", "-created_at"], name="enrichment_recent"),
            models.Index(fields=["hold"], name="enrichment_hold"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def rest(self) -> list[str]:
        """The leads that were chosen beside those of a test."""
        return list(self.cursor.get("rest", ()))

    @property
    def beyond(self) -> int:
        """How many more were chosen than `rest` names."""
        return int(self.cursor.get("beyond", 0))

    @property
    def kind_labels(self) -> list[str]:
        return [EnrichmentKind(kind).label for kind in self.kinds]


class EnrichmentItem(TenantDetail):
    """One thing that is asked about one lead, or its company; asked at most once, and charged once.

    `before`: what stood on the lead when it was ordered. `note`: what there is to say beside the fields.
    """

    enrichment = TenantForeignKey(Enrichment, models.CASCADE, related_name="items", db_index=False)
    lead = TenantForeignKey("leads.Lead", models.CASCADE, related_name="enrichment_items")
    company = TenantForeignKey("leads.Company", models.CASCADE, null=True, blank=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=EnrichmentKind)
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    charged = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    before = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=300, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    score_before = models.SmallIntegerField(null=True, blank=True)
    grade_before = models.CharField(max_length=2, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrichment", "lead", "kind"], name="enrichment_item_once"),
            models.CheckConstraint(name="enrichment_item_kind", condition=Q(kind__in=EnrichmentKind.values)),
            models.CheckConstraint(name="enrichment_item_state", condition=Q(state__in=ItemState.values)),
        ]
        indexes = [
            models.Index(fields=["company", "kind"], name="enrichment_item_company", condition=Q(company__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in UNDER_WAY
