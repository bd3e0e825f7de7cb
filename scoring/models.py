"""Scoring profiles by version, the current score of each lead in a narrow table, and the history of changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from leadengine.leased import OPEN_STATES, Leased
from leadengine.tenancy import TenantDetail, TenantForeignKey, TenantModel, TenantOneToOneField, WorkspaceQuerySet
from scoring.rulebook import FACTORS, GRADES


class ProfileState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


def weight(default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(default=default)


class Profile(TenantModel):
    """One version of how leads are scored: ten weights that add up to 100, cut-offs, ideal customer, expected values."""

    industry = models.CharField(
        max_length=80, blank=True, default="", help_text="Empty: the workspace's default profile."
    )
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=ProfileState, default=ProfileState.DRAFT)
    potential = weight(15)
    engagement = weight(12)
    company_fit = weight(15)
    contactability = weight(10)
    industry_match = weight(12)
    job_title = weight(10)
    location = weight(6)
    company_size = weight(8)
    engagement_history = weight(8)
    email_validity = weight(4)
    cut_a_plus = models.PositiveSmallIntegerField(default=85)
    cut_a = models.PositiveSmallIntegerField(default=75)
    cut_b = models.PositiveSmallIntegerField(default=60)
    cut_c = models.PositiveSmallIntegerField(default=45)
    ideal = models.JSONField(default=dict, blank=True, help_text="The ideal customer in the JSON form of criteria.")
    has_own_ideal = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Of a draft: somebody set the ideal customer in it; without, it follows the workspace's.",
    )
    expected = ArrayField(
        models.FloatField(), default=list, blank=True, help_text="Ten expected values 0..1, frozen at publishing."
    )
    note = models.CharField(max_length=300, blank=True, default="")
    created_by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, help_text="When another took its place, or none did.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "industry", "version"], name="profile_version_once"),
            models.UniqueConstraint(
                fields=["workspace", "industry"], condition=Q(state="published"), name="profile_one_published"
            ),
            models.CheckConstraint(
                name="profile_weights_are_100",
                condition=Q(
                    potential=100
                    - F("engagement")
                    - F("company_fit")
                    - F("contactability")
                    - F("industry_match")
                    - F("job_title")
                    - F("location")
                    - F("company_size")
                    - F("engagement_history")
                    - F("email_validity")
                ),
            ),
            models.CheckConstraint(
                name="profile_cuts_fall",
                condition=Q(
                    cut_a_plus__gt=F("cut_a"),
                    cut_a__gt=F("cut_b"),
                    cut_b__gt=F("cut_c"),
                    cut_c__gt=0,
                    cut_a_plus__lte=100,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.industry or 'default'} v{self.version}"


class ScoreQuerySet(WorkspaceQuerySet):
    def by_grade(self) -> dict[str, int]:
        """How many of each grade, from A+ to D, 0 included."""
        counted = dict(self.order_by().values_list("grade").annotate(number=models.Count("pk")))
        return {grade: counted.get(grade, 0) for grade in GRADES}


class LeadScore(TenantDetail):
    """The current score of one lead: ten factor values (0..10,000, NULL = unknown) and what follows from them."""

    lead = TenantOneToOneField("leads.Lead", models.CASCADE, primary_key=True, related_name="score")
    values = ArrayField(models.SmallIntegerField(null=True), size=10)
    total = models.PositiveSmallIntegerField(help_text="0..100, the integer on screen; the grade is taken from it.")
    low = models.PositiveSmallIntegerField(help_text="With every unknown at 0.")
    high = models.PositiveSmallIntegerField(help_text="With every unknown at 1.")
    confidence = models.PositiveSmallIntegerField(help_text="Per cent of the weight that is known.")
    grade = models.CharField(max_length=2)
    probability = models.FloatField(null=True, blank=True)
    profile = TenantForeignKey(Profile, models.PROTECT, related_name="scores", db_index=False)  # a few for all leads
    scored_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="score_range", condition=Q(low__lte=F("total"), total__lte=F("high"), high__lte=100)
            ),
            models.CheckConstraint(name="score_grade", condition=Q(grade__in=["A+", "A", "B", "C", "D"])),
        ]
        indexes = [models.Index(fields=["workspace", "-total", "lead"], name="score_best_first")]

    def __str__(self) -> str:
        return f"{self.grade} {self.total}"


class ScoreChange(TenantDetail):
    """One change of a lead's score, kept for its trend."""

    lead = TenantForeignKey("leads.Lead", models.CASCADE, related_name="score_changes", db_index=False)
    total = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=2)
    total_before = models.PositiveSmallIntegerField(null=True, blank=True)
    grade_before = models.CharField(max_length=2, blank=True, default="")
    values = ArrayField(models.SmallIntegerField(null=True), size=10)
    profile = TenantForeignKey(Profile, models.PROTECT, related_name="+", db_index=False)  # a few for all changes
    why = models.CharField(max_length=200, blank=True, default="")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["lead", "-changed_at"], name="score_change_lead"),
            # the grade mix over weeks: only rows that moved a lead to another grade
            models.Index(
                fields=["workspace", "changed_at"],
                include=["grade_before", "grade"],
                condition=~Q(grade=F("grade_before")),
                name="score_change_of_grade",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade_before} to {self.grade}"


class Rescoring(TenantModel, Leased):
    """All leads of a workspace scored again, in slices by workers; a new one takes the place of one that is open."""

    why = models.CharField(max_length=200)
    leads = models.PositiveIntegerField(default=0, help_text="How many there were when it was queued.")
    done = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], condition=Q(state__in=[*OPEN_STATES]), name="rescoring_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="rescoring_due", condition=Q(state__in=[*OPEN_STATES])),
            models.Index(fields=["workspace", "-created_at"], name="rescoring_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.why}: {self.done} of {self.leads}"

    @property
    def to_publish(self) -> dict[str, int | None]:
        """The drafts that are put in force once their averages are measured, each with who published it."""
        return self.cursor.get("publish") or {}

    @property
    def measured(self) -> int:
        """How many leads they have been measured of."""
        return self.cursor.get("measured") or 0


class ScoreFeedback(TenantDetail):
    """What a person thinks of a lead's score as it stood then; one vote of each person on each lead."""

    lead = TenantForeignKey("leads.Lead", models.CASCADE, related_name="score_feedback", db_index=False)
    by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    is_right = models.BooleanField()
    factor = models.CharField(
        max_length=20,
        blank=True,
        default="",
        choices=[(factor.key, factor.label) for factor in FACTORS],
        help_text="What is wrong; empty where it is none of the ten, or nothing.",
    )
    text = models.CharField(max_length=500, blank=True, default="")
    total = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=2)
    profile = TenantForeignKey(Profile, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "score feedback"
        constraints = [models.UniqueConstraint(fields=["lead", "by"], name="score_feedback_once")]
        indexes = [models.Index(fields=["workspace", "-created_at", "-id"], name="score_feedback_recent")]

    def __str__(self) -> str:
        return f"{self.grade} {self.total} is {'right' if self.is_right else 'wrong'}"
