"""The frontier of a run: companies that one source found, and whose people another is still to be asked for."""

from __future__ import annotations

from django.db import models

from leadengine.tenancy import TenantDetail, TenantForeignKey
from leads.models.run import Run


class FrontierState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    ASKED = "asked", "Asked"


class RunCompany(TenantDetail):
    """The frontier between company sources and people sources: a company found, whose people are still to be asked for."""

    run = TenantForeignKey(Run, models.CASCADE, related_name="frontier", db_index=False)
    company_key = models.CharField(max_length=320)
    state = models.CharField(max_length=8, choices=FrontierState, default=FrontierState.WAITING)
    facts = models.JSONField(default=dict)
    found_by = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "run companies"
        constraints = [models.UniqueConstraint(fields=["run", "company_key"], name="run_company_once")]

    def __str__(self) -> str:
        return self.company_key
