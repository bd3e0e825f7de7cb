"""Providers on the network: the keys they are asked with, and how they fare, shared by all workers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.leased import OPEN_STATES, Leased, LeaseState


class Standing(models.TextChoices):
    UNTRIED = "untried", "Not asked yet"
    WORKING = "working", "Working"
    SLOW = "slow", "Slow"
    WAITING = "waiting", "Asks us to wait"
    UNAVAILABLE = "unavailable", "Does not answer"
    OUT_OF_CREDITS = "out_of_credits", "Out of credits"
    KEY_REFUSED = "key_refused", "Key refused"


class ProviderKeyQuerySet(models.QuerySet):
    def reaching(self, workspace: models.Model | int) -> ProviderKeyQuerySet:
        """The workspace's own keys and the server's, its own first."""
        mine = self.filter(Q(workspace=workspace) | Q(workspace__isnull=True))
        return mine.order_by("provider", models.F("workspace_id").asc(nulls_last=True))


class ProviderKey(Leased):
    """A key, sealed; no workspace means the whole server. It is a leased row: due means that it wants to be tested.

    `said` is the sentence of the last test, `standing` what it came to.
    """

    workspace = models.ForeignKey("billing.Workspace", models.PROTECT, null=True, blank=True, related_name="+")
    provider = models.CharField(max_length=40)
    sealed = models.TextField()
    digest = models.CharField(max_length=64, help_text="Keyed, to find how it fares; nobody can read the key from it.")
    ending = models.CharField(max_length=4, help_text="The last characters, by which people know it again.")
    standing = models.CharField(max_length=16, choices=Standing, default=Standing.UNTRIED)
    said = models.CharField(max_length=300, blank=True, default="")
    credits_left = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = ProviderKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "provider"], name="provider_key_once", nulls_distinct=False),
            models.CheckConstraint(name="provider_key_standing", condition=Q(standing__in=Standing.values)),
        ]
        indexes = [models.Index(fields=["due_at"], name="provider_key_due", condition=Q(state__in=[*OPEN_STATES]))]

    def __str__(self) -> str:
        return f"{self.provider} …{self.ending}"

    @property
    def is_testing(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_of_server(self) -> bool:
        return self.workspace_id is None

    def queue_test(self) -> None:
        """To be tested by the next worker; the caller saves."""
        self.state, self.claimed, self.due_at, self.stalls, self.error = LeaseState.QUEUED, False, timezone.now(), 0, ""
        self.epoch += 1


class ProviderHealth(models.Model):
    """How a provider fares under one key, and when it may be asked next. `key_digest` "" for one that needs no key."""

    provider = models.CharField(max_length=40)
    key_digest = models.CharField(max_length=64, blank=True, default="")
    standing = models.CharField(max_length=16, choices=Standing, default=Standing.UNTRIED)
    gate = models.JSONField(default=dict, help_text="Rate limits and breaker (leadengine/gating.py).")
    asked = models.PositiveBigIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0, help_text="Of an answer, lately.")
    last_answer_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True, default="")
    last_error_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "provider health"
        constraints = [
            models.UniqueConstraint(fields=["provider", "key_digest"], name="provider_health_once"),
            models.CheckConstraint(name="provider_health_standing", condition=Q(standing__in=Standing.values)),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.get_standing_display()}"
