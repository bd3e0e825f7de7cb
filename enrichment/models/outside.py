"""What providers of second opinions answered a workspace, kept so that none is asked twice while its answer is good."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from leadengine.tenancy import TenantModel


class OutsideAnswer(TenantModel):
    """One provider's answer about one address or number. It is paid for with the workspace's key, so it is its alone.

    `subject` is a keyed hash, and `facts` name nobody. Without facts it is a claim: somebody is asking now. `asked_for`:
    the verification in which it was asked, the only one that counts its `credits`.
    """

    provider = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    facts = models.JSONField(null=True)
    credits = models.DecimalField(max_digits=10, decimal_places=2, default=0, help_text="Of the provider's own.")
    asked_for = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "subject", "provider"], name="outside_answer_once"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="outside_answer_by_end")]

    def __str__(self) -> str:
        return f"{self.provider}, {self.asked_at:%Y-%m-%d %H:%M}"
