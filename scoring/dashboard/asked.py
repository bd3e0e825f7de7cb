"""What somebody wants to see: which days, whose leads, what a credit costs; and the way from a number to its leads; pure.

Asked(PERIODS["w"], date(2026, 11, 26)).url("grade:A") -> "/leads/?q=added%3A2026-11-20..2026-11-26+grade%3AA"
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from leads.query.tokens import quoted
from scoring.dashboard.period import Period, Span

NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Asked:
    """`who` is an owner's id, NOBODY for leads without one, None for all; `email` names the owner in queries."""

    period: Period
    today: date
    who: int | str | None = None
    email: str = ""
    price: Decimal | None = None

    @property
    def span(self) -> Span:
        return self.period.of(self.today)

    @property
    def before(self) -> Span:
        return self.period.before(self.today)

    @property
    def owner(self) -> Q:
        """The condition on leads."""
        if self.who is None:
            return Q()
        return Q(owner__isnull=True) if self.who == NOBODY else Q(owner=self.who)

    def text(self, *terms: str, span: Span | None = None, owner: str = "") -> str:
        """A query for leads that were added in these days (else in the period) and meet the terms."""
        whose = owner or self.email or (NOBODY if self.who == NOBODY else "")
        of_owner = (f"owner:{quoted(whose)}",) if whose else ()
        return " ".join((f"added:{(span or self.span).text}", *of_owner, *terms))

    def url(self, *terms: str, span: Span | None = None, owner: str = "") -> str:
        return leads_url(self.text(*terms, span=span, owner=owner))


def leads_url(text: str) -> str:
    return f"{reverse('leads:lead-list')}?{urlencode({'q': text})}"


def in_money(credits: Decimal, asked: Asked) -> Decimal | None:
    """What credits cost, where it is said what one costs."""
    return credits * asked.price if asked.price is not None else None


Row = dict[str, Any]
