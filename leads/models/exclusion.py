"""The exclusion ledger: why a candidate that a source returned was not delivered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from leadengine.tenancy import TenantDetail, TenantForeignKey
from leads.models.lead import Lead
from leads.models.run import Lane, Run


class Reason(models.TextChoices):
    DUPLICATE_IN_RUN = "duplicate_in_run", "Found twice in this run"
    ALREADY_KNOWN = "already_known", "Known already"
    SUPPRESSED = "suppressed", "On the suppression list"
    CRITERIA_MISMATCH = "criteria_mismatch", "Does not meet the criteria"
    LOW_LIKELIHOOD = "low_likelihood", "Too uncertain a match"
    NO_CONTACT = "no_contact", "No way to make contact"
    INVALID_EMAIL = "invalid_email", "Invalid e-mail address"
    BELOW_GRADE = "below_grade", "Below the lowest grade"
    LIMIT_REACHED = "limit_reached", "The most leads were reached"
    BUDGET_REACHED = "budget_reached", "The most credits were reached"
    SOURCE_ERROR = "source_error", "The source's record was unusable"


REINCLUDABLE = frozenset(
    {
        Reason.CRITERIA_MISMATCH,
        Reason.LOW_LIKELIHOOD,
        Reason.NO_CONTACT,
        Reason.BELOW_GRADE,
        Reason.LIMIT_REACHED,
        Reason.BUDGET_REACHED,
    }
)


BEST_FIRST = (F("total").desc(nulls_last=True), F("pk").asc())


class Exclusion(TenantDetail):
    """One candidate left out, with the reason and what it rests on.

    The candidate is kept 30 days for re-inclusion, a suppressed one not at all.
    """

    run = TenantForeignKey(Run, models.CASCADE, related_name="exclusions", db_index=False)
    lane = TenantForeignKey(Lane, models.CASCADE, related_name="exclusions")
    source = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, choices=Reason)
    detail = models.CharField(max_length=300, blank=True, default="")
    label = models.CharField(
        max_length=200, blank=True, default="", help_text="Whom it is about, as shown on the receipt."
    )
    grade = models.CharField(max_length=2, blank=True, default="", db_default="")
    total = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The score of 100 that was judged when it was left out, where one was."
    )
    candidate = models.JSONField(null=True, blank=True)
    keys = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Hashed identities, to judge it again."
    )
    lead = TenantForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="exclusions")
    created_at = models.DateTimeField(default=timezone.now)
    included_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="exclusion_reason", condition=Q(reason__in=Reason.values))]
        indexes = [
            models.Index("run", "reason", F("total").desc(nulls_last=True), "id", name="exclusion_best_first"),
            GinIndex(fields=["keys"], name="exclusion_keys"),
        ]

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Its place in the order of BEST_FIRST, the smallest first."""
        return self.total is None, -(self.total or 0), self.pk

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.label}"
