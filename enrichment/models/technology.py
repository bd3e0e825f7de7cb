"""What domains' DNS showed of the technologies in use there, and since when."""

from __future__ import annotations

from django.db import models


class DomainTechnology(models.Model):
    """One technology of one domain: a public fact of the world, the same for every workspace."""

    domain = models.CharField(max_length=253)
    vendor = models.CharField(max_length=120)
    category = models.CharField(max_length=60, blank=True, default="")
    confidence = models.FloatField()
    evidence = models.CharField(max_length=400)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        verbose_name_plural = "domain technologies"
        constraints = [
            models.UniqueConstraint(fields=["domain", "vendor"], name="domain_technology_once"),
            models.CheckConstraint(
                name="domain_technology_sure", condition=models.Q(confidence__gte=0, confidence__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor} at {self.domain}"
