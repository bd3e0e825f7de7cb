"""Verifications of a lead's e-mail address that somebody asked for: queued, paid on a hold, kept with what was seen."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from enrichment.verdict import EmailVerdict
from leadengine.leased import OPEN_STATES, Leased
from leadengine.tenancy import TenantForeignKey, TenantModel


class EmailCheck(TenantModel, Leased):
    """One request; `key` makes it one however often it is sent. `verdict` is an EmailVerdict as JSON, the last that there is.

    `price` of the `hold` is its own; the hold may serve others too. `run`: the run that delivered the lead ordered it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = TenantForeignKey("leads.Lead", models.CASCADE, related_name="email_checks", db_index=False)
    email = models.CharField(max_length=320)
    key = models.UUIDField(default=uuid.uuid4)
    hold = TenantForeignKey("billing.Hold", models.PROTECT, related_name="+")
    run = TenantForeignKey("leads.Run", models.PROTECT, null=True, blank=True, related_name="email_checks")
    price = models.DecimalField(max_digits=12, decimal_places=2, help_text="Credits, as the button named it.")
    charged = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    verdict = models.JSONField(null=True, blank=True)
    is_invented = models.BooleanField(default=False, help_text="Answered by the sandbox.")
    is_known = models.BooleanField(
        default=False,
        help_text="A certain verdict was there already, or somebody else came to one meanwhile: nothing is charged.",
    )
    by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="email_check_once"),
            models.UniqueConstraint(
                fields=["lead"], condition=Q(state__in=[*OPEN_STATES]), name="email_check_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="email_check_due", condition=Q(state__in=[*OPEN_STATES])),
            models.Index(fields=["lead", "-created_at"], name="email_check_of_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, asked for on {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def asked(self) -> int:
        """How often it was asked for, and its server has put us off, or a provider could not answer, each time."""
        return int(self.cursor.get("asked", 0))

    def waited(self, now: datetime) -> float:
        """Seconds since its server was first asked."""
        first = self.cursor.get("first_at")
        return (now - datetime.fromisoformat(first)).total_seconds() if first else 0.0

    @property
    def asked_again_at(self) -> datetime | None:
        """When whoever has put us off is asked again; None for a check that waits for nothing but a worker."""
        return self.due_at if self.is_open and self.asked and not self.claimed else None

    @property
    def found(self) -> EmailVerdict | None:
        return EmailVerdict.from_json(self.verdict) if self.verdict else None
