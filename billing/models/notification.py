"""What a person is told by the bell: one row a person and event, read or not."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.tenancy import TenantModel, WorkspaceQuerySet


class NotificationKind(models.TextChoices):
    RUN_FINISHED = "run_finished", "A run is finished"
    RUN_STOPPED = "run_stopped", "A run was stopped"
    RUN_FAILED = "run_failed", "A run failed"
    SCHEDULE_BLOCKED = "schedule_blocked", "A schedule did not run"
    NEW_MATCHES = "new_matches", "New people match a saved search"
    CREDITS_LOW = "credits_low", "Credits are low"


class NotificationQuerySet(WorkspaceQuerySet):
    def shown_to(self, user: Any) -> Self:
        """Those in the person's bell; nobody else's, whatever the role."""
        return self.filter(user=user, in_bell=True)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notification(TenantModel):
    """Its id is made of workspace, person and key, so that telling the same event twice leaves one row."""

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey("billing.User", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=NotificationKind)
    title = models.CharField(max_length=160)
    text = models.CharField(max_length=400, blank=True, default="")
    url = models.CharField(max_length=200, help_text="The page it is about: a path of this site.")
    in_bell = models.BooleanField(default=True)
    mail_due = models.BooleanField(default=False, help_text="Still to be sent by e-mail.")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="notification_kind", condition=Q(kind__in=NotificationKind.values))]
        indexes = [
            models.Index(fields=["workspace", "user", "-created_at", "-id"], name="notification_recent"),
            models.Index(
                fields=["workspace", "user"], name="notification_unread", condition=Q(in_bell=True, read_at=None)
            ),
            models.Index(fields=["created_at"], name="notification_mail", condition=Q(mail_due=True)),
        ]

    def __str__(self) -> str:
        return self.title
