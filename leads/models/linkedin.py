"""A workspace's connection to LinkedIn's Lead Sync, and what its webhook brought."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.leased import OPEN_STATES, Leased
from leadengine.tenancy import TenantModel
from leads.models.keys import new_id
from leads.models.provider import Standing


class LinkedInConnection(TenantModel):
    """What somebody allowed the workspace at LinkedIn; one at a time. Its tokens are sealed.

    `id` is the unguessable part of the webhook's address. `webhook` is LinkedIn's id of the subscription, "" without one.
    `most_credits_a_month` None: responses wait for a run; otherwise each that is told becomes a lead at once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sealed = models.TextField(help_text="Access and refresh token.")
    ends_at = models.DateTimeField(help_text="Of the access token.")
    refresh_ends_at = models.DateTimeField(null=True, blank=True)
    scopes = models.CharField(max_length=300, blank=True, default="")
    account = models.CharField(max_length=60, blank=True, default="", help_text="URN of the ad account.")
    account_name = models.CharField(max_length=200, blank=True, default="")
    offered = models.JSONField(default=list, blank=True, help_text="The ad accounts that LinkedIn named: URN and name.")
    since = models.DateField(help_text="Runs are given responses from this day on.")
    standing = models.CharField(max_length=16, choices=Standing, default=Standing.WORKING)
    said = models.CharField(max_length=300, blank=True, default="")
    most_credits_a_month = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(1)]
    )
    webhook = models.CharField(max_length=60, blank=True, default="")
    challenged_at = models.DateTimeField(null=True, blank=True)
    event_at = models.DateTimeField(null=True, blank=True)
    connected_by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    connected_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="linkedin_connection_once")]

    def __str__(self) -> str:
        return self.account_name or "LinkedIn"


class LeadAction(models.TextChoices):
    CREATED = "CREATED", "Sent in"
    DELETED = "DELETED", "Deleted"


class LinkedInEvent(TenantModel, Leased):
    """One event of the webhook, however often it is delivered: a response was sent in, or LinkedIn deleted it.

    A worker takes it once; a response is paused where it waits for somebody's run. `error`: why it is not taken in yet.
    """

    response = models.CharField(max_length=120, help_text="LinkedIn's id; it names nobody.")
    action = models.CharField(max_length=8, choices=LeadAction)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "response", "action"], name="linkedin_event_once")]
        indexes = [models.Index(fields=["due_at"], name="linkedin_event_due", condition=Q(state__in=[*OPEN_STATES]))]

    def __str__(self) -> str:
        return f"{self.action} {self.response}"
