"""Whom a workspace wants asked for second opinions."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from leadengine.tenancy import TenantModel


class OpinionChoice(TenantModel):
    """What a manager chose for one provider; without a row, a key that serves nothing else is consent."""

    provider = models.CharField(max_length=40)
    is_asked = models.BooleanField()
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "provider"], name="opinion_choice_once")]

    def __str__(self) -> str:
        return f"{self.provider}: {'asked' if self.is_asked else 'not asked'}"
