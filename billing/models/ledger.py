"""Credits: one append-only table of entries is the only write; a trigger folds it into balances and holds.

`available = posted - held`. The shape of an entry and balances that are never negative are constraints of the database.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from leadengine.tenancy import TenantForeignKey, TenantModel, TenantOneToOneField


class CreditAccount(TenantModel):
    """A workspace's totals in credits; written by the fold trigger only."""

    workspace = models.OneToOneField("billing.Workspace", models.PROTECT, related_name="credit_account")
    posted = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)
    held = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_held_not_negative", condition=Q(held__gte=0)),
            models.CheckConstraint(name="account_available_not_negative", condition=Q(posted__gte=F("held"))),
        ]

    def __str__(self) -> str:
        return f"{self.posted} credits, {self.held} held"


class HoldPurpose(models.TextChoices):
    DELIVERY = "delivery", "Delivery of leads"
    VERIFICATION = "verification", "Verification"
    REINCLUSION = "reinclusion", "Re-inclusion"


class Hold(TenantModel):
    """Credits set aside for one purpose of one piece of work; its totals are written by the fold trigger only."""

    account = TenantForeignKey(CreditAccount, models.PROTECT, related_name="holds")
    purpose = models.CharField(max_length=12, choices=HoldPurpose, default=HoldPurpose.DELIVERY)
    run_id = models.UUIDField(null=True, blank=True)
    member_id = models.BigIntegerField(null=True, blank=True, help_text="Whose monthly limit it counts against.")
    remaining = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)
    captured = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="hold_remaining_not_negative", condition=Q(remaining__gte=0)),
            models.CheckConstraint(name="hold_captured_not_negative", condition=Q(captured__gte=0)),
        ]
        indexes = [
            models.Index(fields=["run_id"], name="hold_run"),
            models.Index(fields=["workspace", "-created_at"], name="hold_recent"),
            models.Index(fields=["account", "member_id"], name="hold_member", condition=Q(member_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.remaining} held, {self.captured} captured"

    @property
    def work(self) -> UUID | int:
        """What the work that it is of is known by: its run, or else the hold itself."""
        return self.run_id or self.pk


class EntryKind(models.TextChoices):
    GRANT = "grant", "Granted"
    HOLD = "hold", "Held"
    CAPTURE = "capture", "Charged"
    RELEASE = "release", "Returned"
    REVERSE = "reverse", "Paid back"
    EXPIRE = "expire", "Expired"


class CreditEntry(TenantModel):
    """One movement of credits, never changed; `posted` and `held` are signed; the same key twice is one entry."""

    account = TenantForeignKey(CreditAccount, models.PROTECT, related_name="entries")
    hold = TenantForeignKey(Hold, models.PROTECT, null=True, blank=True, related_name="entries")
    kind = models.CharField(max_length=7, choices=EntryKind)
    posted = models.DecimalField(max_digits=14, decimal_places=2)
    held = models.DecimalField(max_digits=14, decimal_places=2)
    key = models.CharField(max_length=120)
    price_kind = models.CharField(max_length=20, blank=True, default="")
    source = models.CharField(max_length=40, blank=True, default="")
    unit_price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    actor_id = models.BigIntegerField(null=True, blank=True)
    run_id = models.UUIDField(null=True, blank=True)
    job_id = models.UUIDField(null=True, blank=True)
    delivery_id = models.UUIDField(null=True, blank=True)
    reverses = TenantOneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    note = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "credit entries"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="entry_key_once"),
            models.UniqueConstraint(fields=["hold"], condition=Q(kind="hold"), name="entry_one_hold"),
            models.CheckConstraint(
                name="entry_shape",
                condition=Q(kind="grant", posted__gt=0, held=0, hold__isnull=True, reverses__isnull=True)
                | Q(kind="reverse", posted__gt=0, held=0, hold__isnull=True, reverses__isnull=False)
                | Q(kind="expire", posted__lt=0, held=0, hold__isnull=True, reverses__isnull=True)
                | Q(kind="hold", posted=0, held__gt=0, hold__isnull=False, reverses__isnull=True)
                | Q(kind="capture", posted__lt=0, held=F("posted"), hold__isnull=False, reverses__isnull=True)
                | Q(kind="release", posted=0, held__lt=0, hold__isnull=False, reverses__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-id"], name="entry_statement"),
            models.Index(fields=["workspace", "-id"], name="entry_grant", condition=Q(kind="grant")),
            models.Index(fields=["run_id", "kind"], name="entry_run"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.posted or self.held}"
