"""Runs: one search carried out, its lanes (one per source and stage), what the sources answered, and what was delivered."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from leadengine.leased import OPEN_STATES, Leased
from leadengine.tenancy import TenantDetail, TenantForeignKey, TenantModel
from leads.models.keys import new_id
from leads.models.lead import Lead


class RunState(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    PAUSED = "paused", "Paused"
    FINISHED = "finished", "Finished"
    STOPPED = "stopped", "Stopped"
    FAILED = "failed", "Failed"


MOVING_STATES = (RunState.QUEUED, RunState.RUNNING)
ACTIVE_STATES = (*MOVING_STATES, RunState.PAUSED)


class Run(TenantModel):
    """One order for leads. Its row is the truth: state, limits and counters are checked and moved under its lock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    criteria = models.JSONField()
    ideal = models.JSONField(default=dict, help_text="The ideal customer as it was at the start.")
    profile_id = models.BigIntegerField(
        help_text="The scoring profile's version in force at the start: its sources are asked by it, whatever is published later."
    )
    sources = ArrayField(models.CharField(max_length=40))
    most_leads = models.PositiveIntegerField()
    most_credits = models.DecimalField(max_digits=12, decimal_places=2)
    lowest_grade = models.CharField(max_length=2, default="D")
    new_only = models.BooleanField(default=True, help_text="Leave out what the workspace knows already.")
    verify_emails = models.BooleanField(
        default=False, db_default=False, help_text="Verify the addresses of the leads that it delivers."
    )
    source_file = TenantForeignKey("leads.SourceFile", models.PROTECT, null=True, blank=True, related_name="runs")
    stop_rules = models.JSONField(default=dict, blank=True)
    quote = models.JSONField(default=dict)
    hold = TenantForeignKey("billing.Hold", models.PROTECT, null=True, blank=True, related_name="+")
    request_key = models.CharField(max_length=64)

    state = models.CharField(max_length=8, choices=RunState, default=RunState.QUEUED)
    epoch = models.PositiveIntegerField(
        default=0, help_text="Raised by stop and pause: what is in flight is fenced off."
    )
    reason = models.CharField(
        max_length=300, blank=True, default="", help_text="Why it stopped, paused or failed, for people."
    )
    found = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    spent = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    included = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="Of the delivered ones those that were included by hand, beyond what was asked.",
    )
    included_cost = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        db_default=0,
        help_text="What they cost, of what was spent.",
    )
    is_cut_off = models.BooleanField(
        default=False, db_default=False, help_text="No name could be looked up, so that domains were not checked."
    )
    stop_requested_at = models.DateTimeField(null=True, blank=True)
    spent_at_stop = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    started_by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "request_key"], name="run_request_once"),
            models.UniqueConstraint(fields=["workspace", "number"], name="run_number_once"),
            models.CheckConstraint(name="run_state", condition=Q(state__in=RunState.values)),
            models.CheckConstraint(
                name="run_within_leads", condition=Q(delivered__lte=F("most_leads") + F("included"))
            ),
            models.CheckConstraint(
                name="run_within_credits", condition=Q(spent__lte=F("most_credits") + F("included_cost"))
            ),
        ]
        indexes = [models.Index(fields=["workspace", "-created_at", "-id"], name="run_recent")]

    def __str__(self) -> str:
        return f"Run {self.number}"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_STATES

    @property
    def excluded(self) -> int:
        return self.found - self.delivered

    @property
    def found_itself(self) -> int:
        """Delivered without those whom somebody included by hand."""
        return self.delivered - self.included

    @property
    def leads_left(self) -> int:
        return max(0, self.most_leads - self.delivered)

    @property
    def credits_left(self) -> Decimal:
        return max(Decimal(0), self.most_credits - self.spent)


class RunWatcher(TenantDetail):
    """Who is told when the run ends: whoever started it, and whoever asked for it."""

    run = TenantForeignKey(Run, models.CASCADE, related_name="watchers", db_index=False)
    user = models.ForeignKey("billing.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "user"], name="run_watcher_once")]

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.run_id}"


class LaneStage(models.TextChoices):
    COMPANIES = "companies", "Companies"
    PEOPLE = "people", "People"


class Lane(TenantModel, Leased):
    """One source's share of a run, worked on in slices; `feeds` says that its companies go to the run's frontier."""

    run = TenantForeignKey(Run, models.CASCADE, related_name="lanes", db_index=False)
    source = models.CharField(max_length=40)
    stage = models.CharField(max_length=10, choices=LaneStage, default=LaneStage.PEOPLE)
    feeds = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0, help_text="Number of the next batch.")
    unit_price = models.DecimalField(max_digits=12, decimal_places=2)
    position = models.PositiveSmallIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    spent = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    faults = models.PositiveSmallIntegerField(default=0, help_text="Source errors since the last answer.")
    asked = models.PositiveIntegerField(
        default=0, help_text="Questions put to the provider, those that failed included."
    )
    provider_credits = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        help_text="What the provider charged, in credits of its own.",
    )
    retry_note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "source", "stage"], name="lane_once")]
        indexes = [models.Index(fields=["due_at"], name="lane_due", condition=Q(state__in=[*OPEN_STATES]))]

    def __str__(self) -> str:
        return f"{self.source} {self.stage}"

    @property
    def asked_at(self) -> datetime:
        return self.run.created_at

    @property
    def owner_id(self) -> int:
        return self.run.started_by_id

    @property
    def excluded(self) -> int:
        return self.found - self.delivered


class SourceAnswer(TenantDetail):
    """What a source answered for one batch, stored before it is used, so that a repeated batch is not asked and paid twice."""

    lane = TenantForeignKey(Lane, models.CASCADE, related_name="answers", db_index=False)
    sequence = models.PositiveIntegerField()
    candidates = models.JSONField()
    next_cursor = models.JSONField(null=True)
    fetched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "sequence"], name="answer_once")]

    def __str__(self) -> str:
        return f"answer {self.sequence}"


class Delivery(TenantDetail):
    """The act of delivering a lead; its key is made from run and lead, and keys the charge."""

    id = models.UUIDField(primary_key=True, editable=False)
    run = TenantForeignKey(Run, models.PROTECT, related_name="deliveries", db_index=False)
    lane = TenantForeignKey(Lane, models.PROTECT, related_name="deliveries")
    lead = TenantForeignKey(Lead, models.PROTECT, related_name="deliveries", db_index=False)
    source = models.CharField(max_length=40)
    unit_price = models.DecimalField(max_digits=12, decimal_places=2)
    grade = models.CharField(max_length=2, blank=True, default="")
    delivered_at = models.DateTimeField(default=timezone.now)
    reversed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["run", "lead"], name="delivery_once")]
        indexes = [
            models.Index(fields=["lead", "-delivered_at"], name="delivery_of_lead"),
            models.Index(fields=["workspace", "-delivered_at"], name="delivery_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.delivered_at:%Y-%m-%d}"
