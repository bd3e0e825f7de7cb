"""Prices as rows: what one unit of a kind costs, per source, from a date on."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class PriceKind(models.TextChoices):
    DELIVERY = "delivery", "New lead delivered"
    EMAIL_CHECK = "email_check", "E-mail verified"
    PHONE_CHECK = "phone_check", "Phone line looked up"
    PROFILE = "profile", "Social profiles found"
    COMPANY_FACTS = "company_facts", "Company facts found"


class Price(models.Model):
    """Credits for one unit; an empty source is the default of its kind. A new price is a new row."""

    kind = models.CharField(max_length=20, choices=PriceKind)
    source = models.CharField(max_length=40, blank=True, default="")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    valid_from = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "valid_from"], name="price_once"),
            models.CheckConstraint(name="price_not_negative", condition=models.Q(amount__gte=0)),
            models.CheckConstraint(name="price_kind", condition=models.Q(kind__in=PriceKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.source} {self.amount}"
