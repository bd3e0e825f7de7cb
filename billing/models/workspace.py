"""Who uses the product: users, the workspaces that pay, and what each user may do in one."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from billing.addresses import sign_in_name
from leadengine.tenancy import TenantModel


class UserManager(BaseUserManager["User"]):
    """Makes users that sign in by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=sign_in_name(email), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, email: str | None) -> User:
        """Whoever signs in so; by the very spelling that failed attempts are counted under."""
        return self.alias(spelling=Lower("email")).get(spelling=sign_in_name(email))


class Theme(models.TextChoices):
    SYSTEM = "system", "As the system"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Density(models.TextChoices):
    ROOMY = "roomy", "Comfortable"
    COMPACT = "compact", "Compact"


class User(AbstractUser):
    """A person who signs in; deactivated, never deleted, because the ledger names people by bare id."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail", unique=True)
    theme = models.CharField(
        max_length=6,
        choices=Theme,
        blank=True,
        default="",
        db_default="",
        help_text="Empty until chosen: then the cookie decides.",
    )
    density = models.CharField(max_length=7, choices=Density, default=Density.ROOMY, db_default=Density.ROOMY)
    has_keys = models.BooleanField(default=True, db_default=True, help_text="Whether single keys do something.")
    notices = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
        help_text="Where told otherwise than by default.",
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    @property
    def name(self) -> str:
        return self.get_full_name() or self.email


class Workspace(models.Model):
    """The customer: it pays, and it owns every lead, run, score, profile and credit."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=50, unique=True)
    is_sample = models.BooleanField(default=False, help_text="Invented data only; shown with a badge.")
    country = models.CharField(
        max_length=2, blank=True, help_text="ISO code of the team's country: the hint for phone numbers."
    )
    reuse_days = models.PositiveSmallIntegerField(
        default=365, help_text="A lead delivered within this many days is known and not charged again."
    )
    retention_days = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Days without a sign of life after which a lead is erased; empty: kept for ever.",
    )
    most_credits_per_run = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    confirm_above = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        default=Decimal(100),
        db_default=Decimal(100),
        help_text="Credits; an enrichment that may cost more is confirmed a second time. Empty: none is.",
    )
    next_run_number = models.PositiveIntegerField(default=1)
    answers_epoch = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="Advanced when somebody is erased: kept answers of providers then count no more.",
    )
    time_zone = models.CharField(
        max_length=50, default="UTC", db_default="UTC", help_text="Hours of schedules and months of caps are in it."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(name="workspace_reuse_days", condition=models.Q(reuse_days__gte=1))]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.time_zone not in available_timezones():
            raise ValidationError(
                {"time_zone": f"There is no time zone “{self.time_zone}”. Write for example Europe/Berlin."}
            )


class Role(models.TextChoices):
    REP = "rep", "Sales rep"
    MANAGER = "manager", "Manager"
    OWNER = "owner", "Owner"


class Membership(TenantModel):
    """What one user may do, and spend, in one workspace."""

    SEEN_AGAIN_AFTER: ClassVar = timedelta(minutes=5)

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="memberships", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.REP)
    monthly_limit = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Credits per calendar month, holds counted.",
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When they last opened a page or did something, to minutes."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
            models.CheckConstraint(name="membership_role", condition=models.Q(role__in=Role.values)),
            models.CheckConstraint(name="membership_limit", condition=models.Q(monthly_limit__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.workspace}"

    @property
    def is_manager(self) -> bool:
        return self.role in {Role.MANAGER, Role.OWNER}

    def see(self, *, now: datetime) -> None:
        """Remembers that they are here; written at most once in SEEN_AGAIN_AFTER, however many pages they open."""
        if self.last_seen_at is None or now - self.last_seen_at >= self.SEEN_AGAIN_AFTER:
            self.last_seen_at = now
            Membership.objects.filter(pk=self.pk).update(last_seen_at=now)


class Invitation(TenantModel):
    """A link that makes its bearer a member; only the link's hash is kept."""

    email = models.EmailField(blank=True)
    role = models.CharField(max_length=8, choices=Role, default=Role.REP)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-created_at"], name="invitation_recent")]

    def __str__(self) -> str:
        return f"Invitation of {self.email or 'anyone'} to {self.workspace}"
