"""Schedules: a saved search that runs, or is counted, by itself."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from leadengine.leased import OPEN_STATES, Leased, LeaseState
from leadengine.tenancy import TenantModel, TenantOneToOneField
from leads.models.search import SavedSearch
from leads.timing import Rhythm


class Every(models.TextChoices):
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"
    MONTHLY = "monthly", "Monthly"


class ScheduledAct(models.TextChoices):
    RUN = "run", "Run it"
    ALERT = "alert", "Only tell me how many are new"


class SearchSchedule(TenantModel, Leased):
    """`next_at` is the planned time, `due_at` the lease; `code` outlives the row, so that what was spent stays counted."""

    search = TenantOneToOneField(SavedSearch, models.CASCADE, related_name="schedule")
    code = models.UUIDField(default=uuid4, editable=False)
    act = models.CharField(max_length=5, choices=ScheduledAct, default=ScheduledAct.RUN)
    every = models.CharField(max_length=7, choices=Every, default=Every.WEEKLY)
    weekday = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)])
    monthday = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(28)])
    hour = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(23)])
    most_leads = models.PositiveIntegerField(default=25, validators=[MinValueValidator(1), MaxValueValidator(10_000)])
    most_credits_a_month = models.DecimalField(max_digits=12, decimal_places=2, validators=[MinValueValidator(1)])
    by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    next_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True, default="", help_text="Why it did not run, for people.")

    class Meta:
        constraints = [
            models.CheckConstraint(name="schedule_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="schedule_monthday", condition=Q(monthday__gte=1, monthday__lte=28)),
            models.CheckConstraint(name="schedule_hour", condition=Q(hour__lte=23)),
        ]
        indexes = [models.Index(fields=["due_at"], name="schedule_due", condition=Q(state__in=[*OPEN_STATES]))]

    def __str__(self) -> str:
        return f"schedule of {self.search}"

    @property
    def is_paused(self) -> bool:
        return self.state == LeaseState.PAUSED

    def rhythm(self, zone: str) -> Rhythm:
        return Rhythm(self.every, self.hour, self.weekday, self.monthday, zone)
