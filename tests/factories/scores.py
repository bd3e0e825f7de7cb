"""Scores of leads."""

from __future__ import annotations

from typing import Any

from billing.models import Workspace
from leads.models import Lead
from scoring.models import LeadScore, Profile
from scoring.profiles import ensure_default

TOTALS = {"A+": 90, "A": 80, "B": 65, "C": 50, "D": 30}


def score(of: Lead, grade: str = "B", total: int | None = None) -> LeadScore:
    """A current score with a total that is usual for its grade."""
    total = TOTALS[grade] if total is None else total
    profile = ensure_default(of.workspace)
    span = {"low": max(0, total - 5), "high": min(100, total + 5), "confidence": 80}
    return LeadScore.objects.create(
        workspace=of.workspace, lead=of, profile=profile, values=[5_000] * 10, total=total, grade=grade, **span
    )


def draft(of: Workspace, industry: str = "retail", **fields: Any) -> Profile:
    """A draft of an industry's profile with the usual weights, with an ideal customer of its own where one is given."""
    return Profile.objects.create(workspace=of, industry=industry, **{"has_own_ideal": "ideal" in fields} | fields)
